import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { type Actor, asActor } from '../../platform/actor.ts'
import { type Clock, timeInWords } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { enqueue, type Job } from '../../platform/jobs.ts'
import { findAppointment } from './appointments.queries.ts'

const minutesBefore = 60

/** Puts the reminder in the queue, in place of an earlier one of the same appointment. */
export async function remindLater(tx: Tx, { id, startsAt, workerId }: { id: string; startsAt: Date; workerId: string }): Promise<void> {
  const runAt = new Date(startsAt.getTime() - minutesBefore * 60_000)
  await enqueue(tx, 'remind-of-appointment', { appointmentId: id, workerId }, { key: `appointment-${id}`, runAt })
}

export type RemindParts = {
  /** Connected as lanyard_worker. */
  worker: Database
  clock: Clock
  /** A user as they are now; nobody when they have been disabled. */
  actorOf: (userId: string) => Promise<Actor | undefined>
}

/**
 * An hour before: tells the worker. The job acts as the worker, so that nobody is reminded of an appointment that they may no longer see; one
 * that was cancelled, is over or has another worker now is passed over.
 */
export const remindOfAppointment =
  ({ worker, clock, actorOf }: RemindParts): Job =>
  async payload => {
    const { appointmentId, workerId } = payload as { appointmentId: string; workerId: string }
    const actor = await actorOf(workerId)
    if (!actor) return
    const now = clock.now()
    await asActor(worker, actor, 'write', async tx => {
      const found = await findAppointment(tx, actor, appointmentId)
      if (found?.status !== 'booked' || found.workerId !== workerId || found.startsAt <= now) return
      await tellUsers(tx, now, {
        to: [workerId],
        kind: 'appointment',
        words: `You have an appointment at ${timeInWords(found.startsAt)}`,
        href: paths.appointments.show(found.caseId, found.id),
        caseId: found.caseId,
      })
    })
  }
