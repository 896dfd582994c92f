import type { VNode } from 'preact'
import { londonDate } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { DataTable } from '../../ui/index.ts'
import { spanInWords } from '../appointments/appointment.ts'
import type { CalendarEntry } from './entries.ts'

type Props = { caption: string; rows: readonly CalendarEntry[]; withDay: boolean; empty?: VNode }

/** A calendar in order: when, what, with whom, where, who is there, what came of it. */
export function EntryTable({ caption, rows, withDay, empty }: Props): VNode {
  return (
    <DataTable<CalendarEntry>
      caption={caption}
      rows={rows}
      keyOf={one => one.id}
      {...(empty ? { empty } : {})}
      columns={[
        {
          heading: 'When',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={one.href}>
              {withDay ? `${formatDate(londonDate(one.startsAt))}, ` : ''}
              {spanInWords(one.startsAt, one.endsAt)}
            </a>
          ),
        },
        { heading: 'What', cell: one => one.what, second: one => one.about },
        {
          heading: 'With',
          cell: one =>
            one.person && (
              <a class="govuk-link" href={one.person.href}>
                {one.person.name}
              </a>
            ),
          second: one => one.person?.serviceName,
        },
        { heading: 'Where', cell: one => one.place },
        { heading: 'Who', cell: one => one.workerName },
        { heading: 'State', cell: one => one.state, second: one => one.stateBecause },
      ]}
    />
  )
}
