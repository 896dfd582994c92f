import type { VNode } from 'preact'
import { type Case, type Coming, panelPart } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { londonDate, startOfDay, today } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, SidePanel } from '../../ui/index.ts'
import { spanInWords } from './appointment.ts'
import { appointmentsOf } from './appointments.queries.ts'

/** What is booked on a case, in the narrow column of its page. Null for somebody who may not see its appointments. */
export async function AppointmentsPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const part = await panelPart(visit.tx, visit.actor, theCase, 'appointments')
  if (!part) return null
  const open = await appointmentsOf(visit.tx, visit.actor, { caseId: theCase.id, bookedOnly: true, limit: 5 })
  return (
    <SidePanel id="appointments-panel" title="Appointments">
      {open.length === 0 ? <p class="govuk-body">None is booked.</p> : null}
      <ul class="ly-list">
        {open.map(one => (
          <li key={one.id}>
            <a class="govuk-link" href={paths.appointments.show(one.caseId, one.id)}>
              {formatDate(londonDate(one.startsAt))}, {spanInWords(one.startsAt, one.endsAt)}
            </a>
            <span class="ly-second">
              {one.kindName}, {one.workerName}
            </span>
          </li>
        ))}
      </ul>
      <div class="govuk-button-group">
        {part.mayEdit && may(visit.actor, 'record')
          ? Button({ text: 'Make an appointment', href: paths.appointments.book(theCase.id), classes: 'govuk-button--secondary' })
          : null}
        <a class="govuk-link" href={paths.appointments.ofCase(theCase.id)}>
          All appointments
        </a>
      </div>
    </SidePanel>
  )
}

/** What is to come for a person, for their timeline: appointments from today on that the reader may see. */
export async function comingFor({ tx, actor, clock }: Visit, personId: string): Promise<Coming[]> {
  const found = await appointmentsOf(tx, actor, { personId, from: startOfDay(today(clock)), bookedOnly: true, limit: 10 })
  return found.map(one => ({
    id: one.id,
    title: one.kindName,
    on: londonDate(one.startsAt),
    time: spanInWords(one.startsAt, one.endsAt),
    by: [one.workerName, one.place].filter(Boolean).join(' · '),
    href: paths.appointments.show(one.caseId, one.id),
  }))
}
