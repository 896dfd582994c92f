import { audit } from '../../audit/index.ts'
import { type FrameParts, type PartOfCase, partPage } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import type { Appointment } from './appointment.ts'
import { AppointmentTable } from './appointment-table.tsx'
import { appointmentsOf } from './appointments.queries.ts'

const mostPast = 200

/** The appointments of a case: those to come, those of which nobody has said what came of them, and those that have been, the latest first. */
export async function listAppointments(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock } = visit
  const all = await appointmentsOf(tx, actor, { caseId: part.caseId, latestFirst: true, limit: mostPast })
  await audit(tx, actor, clock.now(), {
    action: 'appointments-read',
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
    detail: { shown: all.length },
  })
  const now = clock.now()
  const isToCome = (one: Appointment) => one.endsAt > now && (one.status === 'booked' || one.status === 'cancelled')
  const isUnsaid = (one: Appointment) => !isToCome(one) && one.status === 'booked'
  const tables = [
    // Those that were cancelled stand where whoever looks for them expects them, in the order of time.
    { caption: 'To come', rows: all.filter(isToCome).reverse() },
    { caption: 'Say what came of these', rows: all.filter(isUnsaid).reverse() },
    { caption: 'Before', rows: all.filter(one => !isToCome(one) && !isUnsaid(one)) },
  ]
  const booked = all.filter(one => one.status === 'booked').length
  const body = (
    <>
      {booked === 0 ? <EmptyState title="No appointment is booked." /> : null}
      {tables.map(({ caption, rows }) => (rows.length > 0 ? <AppointmentTable key={caption} caption={caption} rows={rows} /> : null))}
    </>
  )
  return partPage(visit, parts, part, booked === 1 ? '1 appointment booked' : `${booked} appointments booked`, body, {
    current: 'appointments',
    actions:
      part.mayEdit && may(actor, 'record') ? Button({ text: 'Make an appointment', href: paths.appointments.book(part.caseId) }) : null,
  })
}
