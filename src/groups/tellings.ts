import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPartOfMany } from '../access/index.ts'
import { auditAll } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Booking, Session } from './group.ts'

/** That somebody has been told that a session is cancelled: by whom, and when. */
export type Telling = { id: string; toldAt: Date; toldBy: string }

/** Who has been told of a cancelled session, by their booking, of those whom the actor may see. */
export async function tellingsOf(tx: Tx, sessionId: string): Promise<ReadonlyMap<string, Telling>> {
  const { rows } = await sql<Telling & { bookingId: string }>`
    select t.id, t.booking_id as "bookingId", t.told_at as "toldAt", u.name as "toldBy"
    from group_session_tellings t join users u on u.id = t.told_by where t.session_id = ${sessionId} and t.taken_back_at is null`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.bookingId, row]))
}

/** Records that these have been told. Whoever was told already stays as they are: two colleagues may ring at once. */
export async function recordTold(tx: Tx, actor: Actor, now: Date, session: Session, bookings: readonly Booking[]): Promise<void> {
  const lists = await listsForPartOfMany(
    tx,
    bookings.map(one => one.caseId),
    'groups',
  )
  const told: Booking[] = []
  for (const booking of bookings) {
    const { readers, editors, withheld } = lists.get(booking.caseId)!
    const added = await sql`
      insert into group_session_tellings (id, session_id, booking_id, case_id, told_at, told_by, readers, editors, withheld)
      values (${uuid()}, ${session.id}, ${booking.id}, ${booking.caseId}, ${now}, ${actor.userId}, ${readers}::int[], ${editors}::int[], ${withheld}::int[])
      on conflict (session_id, booking_id) where taken_back_at is null do nothing`.execute(tx)
    if (added.numAffectedRows === 1n) told.push(booking)
  }
  await auditAll(tx, actor, now, told.map(eventOf('group-cancellation-told', session)))
}

/** It was not so, or of somebody else. */
export async function takeToldBack(tx: Tx, actor: Actor, now: Date, session: Session, booking: Booking): Promise<void> {
  const taken = await sql`
    update group_session_tellings set taken_back_at = ${now}
    where session_id = ${session.id} and booking_id = ${booking.id} and taken_back_at is null`.execute(tx)
  if (taken.numAffectedRows === 1n) await auditAll(tx, actor, now, [eventOf('group-cancellation-telling-taken-back', session)(booking)])
}

const eventOf = (action: string, session: Session) => (booking: Booking) => ({
  action,
  subject: { type: 'group-booking', id: booking.id },
  personId: booking.personId,
  caseId: booking.caseId,
  detail: { sessionId: session.id },
})
