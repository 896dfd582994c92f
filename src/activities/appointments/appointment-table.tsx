import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { londonDate } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { DataTable, Tag } from '../../ui/index.ts'
import { type Appointment, spanInWords, statusInWords } from './appointment.ts'

/** Appointments of one case in order: when, what, where, who is there, what came of it. */
export function AppointmentTable({ caption, rows }: { caption: string; rows: readonly Appointment[] }): VNode {
  return (
    <DataTable<Appointment>
      caption={caption}
      rows={rows}
      keyOf={one => one.id}
      columns={[
        {
          heading: 'When',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.appointments.show(one.caseId, one.id)}>
              {formatDate(londonDate(one.startsAt))}, {spanInWords(one.startsAt, one.endsAt)}
            </a>
          ),
        },
        { heading: 'What', cell: one => one.kindName, second: one => one.purpose },
        { heading: 'Where', cell: one => one.place },
        { heading: 'Who', cell: one => one.workerName },
        {
          heading: 'State',
          cell: one => (one.status === 'cancelled' ? Tag({ text: statusInWords(one), classes: 'govuk-tag--grey' }) : statusInWords(one)),
          second: one => one.outcome,
        },
      ]}
    />
  )
}
