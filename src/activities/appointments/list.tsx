import { audit } from '../../audit/index.ts'
import { type FrameParts, type PartOfCase, partPage } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import { AppointmentTable } from './appointment-table.tsx'
import { appointmentsOf } from './appointments.queries.ts'

const mostPast = 200

/** The appointments of a case: those to come, then those that have been, the latest first. */
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
  const open = all.filter(one => one.status === 'booked').reverse()
  const ended = all.filter(one => one.status !== 'booked')
  const body = (
    <>
      {open.length === 0 ? <EmptyState title="No appointment is booked." /> : <AppointmentTable caption="Booked" rows={open} />}
      {ended.length > 0 ? <AppointmentTable caption="Before" rows={ended} /> : null}
    </>
  )
  return partPage(visit, parts, part, open.length === 1 ? '1 appointment booked' : `${open.length} appointments booked`, body, {
    current: 'appointments',
    actions:
      part.mayEdit && may(actor, 'record') ? Button({ text: 'Make an appointment', href: paths.appointments.book(part.caseId) }) : null,
  })
}
