import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { londonDate } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { DataTable } from '../../ui/index.ts'
import { type Appointment, spanInWords, statusInWords } from './appointment.ts'

type Props = {
  caption: string
  rows: readonly Appointment[] /** Shown where they are of several people. */
  withPerson?: boolean
  withDay?: boolean
  empty?: VNode
}

/** Appointments in order: when, what, with whom, where, who is there, what came of it. */
export function AppointmentTable({ caption, rows, withPerson = false, withDay = true, empty }: Props): VNode {
  return (
    <DataTable<Appointment>
      caption={caption}
      rows={rows}
      keyOf={one => one.id}
      {...(empty ? { empty } : {})}
      columns={[
        {
          heading: 'When',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.appointments.show(one.caseId, one.id)}>
              {withDay ? `${formatDate(londonDate(one.startsAt))}, ` : ''}
              {spanInWords(one.startsAt, one.endsAt)}
            </a>
          ),
        },
        {
          heading: 'What',
          cell: one => one.kindName,
          second: one => one.purpose,
        },
        ...(withPerson
          ? [
              {
                heading: 'With',
                cell: (one: Appointment) =>
                  one.personName ? (
                    <a class="govuk-link" href={paths.cases.show(one.caseId)}>
                      {one.personName}
                    </a>
                  ) : (
                    'A person whom you may not see'
                  ),
                second: (one: Appointment) => one.serviceName,
              },
            ]
          : []),
        { heading: 'Where', cell: one => one.place },
        { heading: 'Who', cell: one => one.workerName },
        { heading: 'State', cell: one => statusInWords(one), second: one => one.outcome },
      ]}
    />
  )
}
