import { type FrameParts, type PartOfCase, withPart } from '../../cases/index.ts'
import { type Answer, notFound } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { CalendarParts } from '../calendar/entries.ts'
import { type Appointment, mayBeTakenBack } from './appointment.ts'
import { findAppointment } from './appointments.queries.ts'
import { postBook, showBook } from './book.tsx'
import { postCancel, showCancel } from './cancel.tsx'
import { endedAlready, nothingToTakeBack } from './ended-already.ts'
import { listAppointments } from './list.tsx'
import { postAttended, postMissed, showMissed } from './miss.tsx'
import { postMove, showMove } from './move.tsx'
import { showAppointment } from './show.tsx'
import { postTakeBack, showTakeBack } from './take-back.tsx'

/** `/cases/:caseId/appointments…`: make, see, move, cancel, and say what came of it. */
export function appointmentRoutes(routes: Routes, parts: AppointmentParts): void {
  const list = '/cases/:caseId/appointments'
  const one = `${list}/:appointmentId`
  routes.get(list, { may: 'read-records' }, visit => withPart(visit, 'appointments', 'read', part => listAppointments(visit, parts, part)))
  routes.get(`${list}/new`, { may: 'record' }, visit => withPart(visit, 'appointments', 'edit', part => showBook(visit, parts, part)))
  routes.post(`${list}/new`, { may: 'record' }, visit => withPart(visit, 'appointments', 'edit', part => postBook(visit, parts, part)))
  routes.get(one, { may: 'read-records' }, visit => withOne(visit, 'read', (part, found) => showAppointment(visit, parts, part, found)))
  const booked = (path: string, show: Shown | undefined, save: Shown) => {
    const withBooked = (visit: Visit, work: Shown) =>
      withOne(visit, 'edit', async (part, found) => (found.status === 'booked' ? work(visit, parts, part, found) : endedAlready(found)))
    if (show) routes.get(`${one}/${path}`, { may: 'record' }, visit => withBooked(visit, show))
    routes.post(`${one}/${path}`, { may: 'record' }, visit => withBooked(visit, save))
  }
  booked('move', showMove, postMove)
  booked('cancel', showCancel, postCancel)
  booked('missed', showMissed, postMissed)
  booked('attended', undefined, postAttended)
  const withOutcome = (visit: Visit, work: Shown) =>
    withOne(visit, 'edit', async (part, found) => (mayBeTakenBack(found) ? work(visit, parts, part, found) : nothingToTakeBack(found)))
  routes.get(`${one}/take-back`, { may: 'record' }, visit => withOutcome(visit, showTakeBack))
  routes.post(`${one}/take-back`, { may: 'record' }, visit => withOutcome(visit, postTakeBack))
}

type AppointmentParts = FrameParts & CalendarParts
type Shown = (visit: Visit, parts: AppointmentParts, part: PartOfCase, found: Appointment) => Promise<Answer>
type To = Parameters<typeof withPart>[2]

const withOne = (visit: Visit, to: To, work: (part: PartOfCase, found: Appointment) => Promise<Answer>) =>
  withPart(visit, 'appointments', to, async part => {
    const found = await findAppointment(visit.tx, visit.actor, visit.params['appointmentId'] ?? '')
    return found?.caseId === part.caseId ? work(part, found) : notFound()
  })
