import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus } from 'ical-generator'
import { paths } from '../../paths.ts'
import { type Actor, asActor } from '../../platform/actor.ts'
import { type Clock, londonDate } from '../../platform/clock.ts'
import type { Database } from '../../platform/db/database.ts'
import { referenceOf } from '../appointments/appointment.ts'
import { hashOfFeedToken } from './address.tsx'
import { type CalendarEntry, type CalendarParts, entriesOf } from './entries.ts'

export type FeedParts = CalendarParts & {
  server: FastifyInstance
  /** Connected as lanyard_gate: finds whose address it is. */
  gate: Database
  /** Connected as lanyard_web: reads as that user. */
  web: Database
  clock: Clock
  /** A user as they are now; nobody when they have been disabled. */
  actorOf: (userId: string) => Promise<Actor | undefined>
  origin: string
}

const day = 24 * 3_600_000

/** Calendar programs read it without signing in: the address is the secret. What they get is what its user may see now, and names nobody. */
export function feedRoutes({ server, gate, web, clock, actorOf, origin, alsoInCalendar }: FeedParts): void {
  server.get<{ Params: { token: string } }>(paths.calendar.feed(':token'), async (request, reply) => {
    const now = clock.now()
    const userId = await ownerOf(gate, request.params.token, now)
    const actor = userId === undefined ? undefined : await actorOf(userId)
    if (!userId || !actor?.capabilities.has('read-records')) return reply.code(404).type('text/plain; charset=utf-8').send('Not found')
    const wanted = { workers: [userId], from: new Date(now.getTime() - 30 * day), until: new Date(now.getTime() + 366 * day), limit: 2_000 }
    const found = await asActor(web, actor, 'read', tx => entriesOf(tx, actor, wanted, { alsoInCalendar }))
    return reply
      .header('cache-control', 'private, no-store')
      .type('text/calendar; charset=utf-8')
      .send(
        calendarOf(
          found.filter(one => !one.isCancelled),
          { now, origin, secret: request.params.token },
        ),
      )
  })
}

/** `secret` keys the ids of events. */
type FeedOf = { now: Date; origin: string; secret: string }

/**
 * RFC 5545. Times are instants in UTC, which every calendar shows by its own clock: a local time with its zone cannot say which of the two
 * hours is meant on the night that the clocks go back. The link leads to that day of the worker's own calendar, for whoever may sign in: an
 * address of the case would tell which appointments are with the same person, and so would ids that begin with the moment of being booked.
 */
export function calendarOf(entries: readonly Pick<CalendarEntry, 'id' | 'startsAt' | 'endsAt'>[], { now, origin, secret }: FeedOf): string {
  const calendar = ical({
    name: 'Lanyard',
    prodId: { company: 'Lanyard', product: 'Calendar', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  })
  calendar.ttl(15 * 60)
  for (const { id, startsAt, endsAt } of entries)
    calendar.createEvent({
      id: `${createHmac('sha256', secret).update(id).digest('hex')}@lanyard`,
      stamp: now,
      start: startsAt,
      end: endsAt,
      summary: `Appointment ${referenceOf(id)}`,
      url: origin + paths.calendar.day(londonDate(startsAt)),
      class: ICalEventClass.PRIVATE,
      status: ICalEventStatus.CONFIRMED,
    })
  return calendar.toString()
}

async function ownerOf(gate: Database, token: string, now: Date): Promise<string | undefined> {
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const hash = hashOfFeedToken(token)
  const row = await gate.kysely
    .selectFrom('calendar_feeds')
    .select(['user_id', 'last_read_at'])
    .where('token_hash', '=', hash)
    .executeTakeFirst()
  if (!row) return undefined
  // To the hour: a calendar program asks every few minutes.
  if (!row.last_read_at || now.getTime() - row.last_read_at.getTime() > day / 24)
    await gate.kysely.updateTable('calendar_feeds').set({ last_read_at: now }).where('token_hash', '=', hash).execute()
  return row.user_id
}
