import type { Fate, OpenAction } from '../cases/index.ts'
import { labelOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { findBooking } from './bookings.queries.ts'
import { endBooking } from './change-bookings.ts'
import { endCourse } from './change-courses.ts'
import { findCourse, openOfCase } from './programmes.queries.ts'

/** Places in groups and programmes that a case still has: closing it asks what becomes of each. */
export async function openPlacesOf(tx: Tx, caseId: string): Promise<OpenAction[]> {
  const { places, courses } = await openOfCase(tx, caseId)
  return [
    ...places.map(({ id, name }) => ({ key: `group:${id}`, text: `Group: ${name}`, href: paths.groups.booking(caseId, id) })),
    ...courses.map(({ id, name }) => ({ key: `programme:${id}`, text: `Programme: ${name}`, href: paths.programmes.course(caseId, id) })),
  ]
}

/** Ends those that are not to go on, each as it was decided. A programme was left, whatever was said, whose needed modules are not done or not open to whoever says it. */
export async function endPlaces(
  tx: Tx,
  actor: Actor,
  now: Date,
  caseId: string,
  fates: ReadonlyMap<string, Fate>,
  because: string,
): Promise<void> {
  const words = `The case was closed: ${because}`
  for (const [key, fate] of fates) {
    const [kind, id = ''] = key.split(':')
    if (fate === 'stays') continue
    const booking = kind === 'group' ? await findBooking(tx, actor, id) : undefined
    if (booking && booking.caseId === caseId && booking.status !== 'ended') {
      const outcome = fate === 'done' ? 'completed' : booking.status === 'waiting' ? 'no-place' : 'left'
      await endBooking(tx, actor, now, booking, { outcome, outcomeLabel: await labelOf(tx, 'group-outcome', outcome), words })
    }
    const course = kind === 'programme' ? await findCourse(tx, actor, caseId, id) : undefined
    if (course?.status !== 'going') continue
    const on = londonDate(now)
    const ended = await endCourse(tx, actor, now, course, { outcome: fate === 'done' ? 'completed' : 'left', on, words })
    if (!ended.ok && ended.error !== 'not-going') await endCourse(tx, actor, now, course, { outcome: 'left', on, words })
  }
}
