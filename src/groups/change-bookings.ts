import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase, holdPlaces, knownAhead } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { openPartToEdit, type PartOfCase, recordOnTimeline } from '../cases/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { enqueue } from '../platform/jobs.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { placesOf } from './bookings.queries.ts'
import { beginCourse } from './change-courses.ts'
import { type Booking, type Group, hasRoom, standingFor } from './group.ts'

/** The part `groups` of a case that is opened to edit: it is held, so that its lists still hold when the row is written. */
export type Place = Pick<PartOfCase, 'caseId' | 'personId' | 'lists'>

/**
 * Books somebody into a group: a place where there is one, else the waiting list. Whether there is one is said by the number of those of whom
 * the actor may know (decision 22).
 */
export async function book(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  group: Pick<Group, 'id' | 'name' | 'capacity'>,
  needs: string,
): Promise<Result<{ bookingId: string; status: 'booked' | 'waiting' }, 'group-ended' | 'booked-already'>> {
  await holdPlaces(tx, group.id)
  // It may have been ended since it was read.
  const stands = await tx.selectFrom('groups').select('ended_at').where('id', '=', group.id).executeTakeFirst()
  if (!stands || stands.ended_at) return no('group-ended')
  const status = standingFor(group.capacity, await placesOf(tx, actor, group.id))
  const bookingId = uuid()
  const { readers, editors, withheld } = place.lists
  const added = await sql`
    insert into group_bookings (id, group_id, case_id, status, needs, asked_at, asked_by, placed_at, readers, editors, withheld)
    values (${bookingId}, ${group.id}, ${place.caseId}, ${status}, ${needs}, ${now}, ${actor.userId}, ${status === 'booked' ? now : null}::timestamptz,
      ${readers}::int[], ${editors}::int[], ${withheld}::int[])
    on conflict (group_id, case_id) where status <> 'ended' do nothing`.execute(tx)
  if (added.numAffectedRows !== 1n) return no('booked-already')
  const title = status === 'booked' ? `Booked into a group: ${group.name}` : `Asked for a place in a group: ${group.name}`
  await follow(tx, actor, now, place, bookingId, 'group-booked', { title, summary: needs })
  if (status === 'booked') await beginItsProgramme(tx, actor, now, place, group.id)
  return ok({ bookingId, status })
}

/** Gives somebody who waits a place that has come free, and tells whoever asked for it. False where there is none after all. */
export async function givePlace(tx: Tx, actor: Actor, now: Date, booking: Booking): Promise<boolean> {
  await holdCase(tx, booking.caseId)
  await holdPlaces(tx, booking.groupId)
  const group = await tx.selectFrom('groups').select(['capacity', 'name', 'ended_at']).where('id', '=', booking.groupId).executeTakeFirst()
  const { booked } = await placesOf(tx, actor, booking.groupId)
  // Nobody overtakes whoever asked before them, even where those cannot be given the place that is there.
  const ahead = await knownAhead(tx, actor, booking.id)
  if (!group || group.ended_at || !hasRoom(group.capacity, booked + ahead)) return false
  const given = await sql<{ askedBy: string }>`
    update group_bookings set status = 'booked', placed_at = ${now} where id = ${booking.id} and status = 'waiting' returning asked_by as "askedBy"`.execute(
    tx,
  )
  const askedBy = given.rows[0]?.askedBy
  if (!askedBy) return false
  await follow(tx, actor, now, booking, booking.id, 'group-place-given', { title: `Given a place in a group: ${group.name}` })
  await beginItsProgramme(tx, actor, now, booking, booking.groupId)
  await tellUsers(tx, now, {
    to: [askedBy, actor.userId ?? askedBy],
    kind: 'group',
    words: 'A place has come free in a group for somebody who was waiting',
    href: paths.groups.booking(booking.caseId, booking.id),
    caseId: booking.caseId,
    personId: booking.personId,
  })
  return true
}

export type Outcome = { outcome: string; outcomeLabel: string; words: string }

/** Somebody leaves a group, or its waiting list, or has finished it: what came of it for them. Their place goes to whoever waits for one. */
export async function endBooking(
  tx: Tx,
  actor: Actor,
  now: Date,
  booking: Booking,
  { outcome, outcomeLabel, words }: Outcome,
): Promise<Result<void, 'ended-already'>> {
  await holdCase(tx, booking.caseId)
  await holdPlaces(tx, booking.groupId)
  const ended = await sql`
    update group_bookings set status = 'ended', ended_at = ${now}, ended_by = ${actor.userId}, outcome = ${outcome}, outcome_words = ${words}
    where id = ${booking.id} and status <> 'ended'`.execute(tx)
  if (ended.numAffectedRows !== 1n) return no('ended-already')
  const title = `${booking.status === 'waiting' ? 'No longer on the list' : 'Group'}: ${booking.groupName}: ${lowerFirst(outcomeLabel)}`
  await follow(tx, actor, now, booking, booking.id, 'group-booking-ended', { title, summary: words })
  if (booking.status === 'booked') await enqueue(tx, 'fill-places', { groupId: booking.groupId })
  return ok(undefined)
}

/** Whoever has a place in a group that goes through a programme goes through it: what they come to counts. */
async function beginItsProgramme(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Pick<Place, 'caseId' | 'personId'>,
  groupId: string,
): Promise<void> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from groups g join programmes p on p.id = g.programme_id where g.id = ${groupId} and p.withdrawn_at is null`.execute(
    tx,
  )
  if (rows[0]) await beginCourse(tx, actor, now, place, rows[0], londonDate(now))
}

/** The part of the case that holds its places, for a change. */
export const placeToEdit = (tx: Tx, actor: Actor, caseId: string): Promise<PartOfCase | undefined> =>
  openPartToEdit(tx, actor, caseId, 'groups')

async function follow(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, personId }: { caseId: string; personId: string },
  bookingId: string,
  action: string,
  line: { title: string; summary?: string },
): Promise<void> {
  await recordOnTimeline(tx, {
    caseId,
    at: now,
    kind: 'group',
    part: 'groups',
    ...line,
    source: { type: 'group-booking', id: bookingId },
    href: paths.groups.booking(caseId, bookingId),
    actor,
  })
  await audit(tx, actor, now, { action, subject: { type: 'group-booking', id: bookingId }, personId, caseId })
}
