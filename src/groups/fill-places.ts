import { waitingInOrder } from '../access/index.ts'
import { type Actor, asActor, may, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import { findBooking } from './bookings.queries.ts'
import { givePlace } from './change-bookings.ts'

export type FillingPlaces = {
  database: Database
  /** Who a user is now: a place is given with the rights of whoever answers for the one who waits. */
  actorOf: (userId: string) => Promise<Actor | undefined>
  clock: Clock
}

/**
 * Gives places that have come free to those who wait, in their order. Whoever freed a place may often not see who is next; so the place is given
 * behind the pages, as the worker of the one who waits or as whoever booked them, and neither learns of the other. Somebody for whom
 * nobody may act any more keeps their turn, until their team takes them off the list.
 */
export function groupJobs({ database, actorOf, clock }: FillingPlaces): { 'fill-places': (payload: unknown) => Promise<void> } {
  return {
    'fill-places': async payload => {
      const { groupId } = payload as { groupId?: unknown }
      if (typeof groupId !== 'string') throw new Error('A job that fills places names the group.')
      const waiting = await asActor(database, theSystem('Places of groups'), 'read', tx => waitingInOrder(tx, groupId))
      for (const { bookingId, userIds } of waiting) {
        for (const userId of userIds) {
          const actor = await actorOf(userId)
          if (!actor || !may(actor, 'record')) continue
          const tried = await asActor(database, actor, 'write', async tx => {
            const booking = await findBooking(tx, actor, bookingId)
            if (!booking?.mayEdit || booking.status !== 'waiting') return false
            await givePlace(tx, actor, clock.now(), booking)
            return true
          })
          if (tried) break
        }
      }
    },
  }
}
