import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import {
  holdItemsKept,
  joinMeeting,
  keepFromWhomTheyName,
  keepOnceRunByOthers,
  leaveMeeting,
  newMeetingPrincipal,
  rewriteConversationsOfDates,
  rewriteItemsOfSeries,
} from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { type PlainTime, sameTimeOn } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { addDays, everySoManyWeeks, type PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { MeetingKind } from './kind.ts'
import type { MemberRole, Seat, Series } from './meeting.ts'
import { whoCouldSitFor } from './series.queries.ts'

export type SeriesWords = Omit<Series, 'id' | 'kind' | 'running' | 'version' | 'runs' | 'seats' | 'reviewRules'>

/** Sets up a series, run by whoever is named: only the authority may. */
export async function setUpSeries(
  tx: Tx,
  actor: Actor,
  now: Date,
  kind: MeetingKind,
  words: SeriesWords,
): Promise<{ id: string; running: number }> {
  const id = uuid()
  const running = await newMeetingPrincipal(tx)
  await sql`
    insert into meeting_series (id, kind, name, running, place, weeks, starts_at, item_minutes, quorum, research_days, closes_after_days, repeat_months, repeat_anchor,
      adult_women, review_rules, created_at, created_by)
    values (${id}, ${kind.code}, ${words.name}, ${running}, ${words.place}, ${words.weeks}, ${words.startsAt}, ${words.itemMinutes}, ${words.quorum},
      ${words.researchDays}, ${words.closesAfterDays}, ${words.repeatMonths}, ${words.repeatAnchor}, ${words.adultWomen}, ${asJson(kind.review?.rules ?? null)}::jsonb, ${now}, ${actor.userId})`.execute(
    tx,
  )
  await auditSeries(tx, actor, now, 'meeting-set-up', id)
  return { id, running }
}

const asJson = (rules: Series['reviewRules']): string | null => rules && JSON.stringify(rules)

export type SeriesKey = Pick<Series, 'id' | 'running'>

/** Changes how a series is run from now on: dates that are fixed stay as they are. */
export async function changeSeries(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: Pick<Series, 'id'>,
  words: SeriesWords & Pick<Series, 'reviewRules'>,
  version: number,
): Promise<Result<void, 'changed-meanwhile'>> {
  const changed = await sql`
    update meeting_series set name = ${words.name}, place = ${words.place}, weeks = ${words.weeks}, starts_at = ${words.startsAt}, item_minutes = ${words.itemMinutes},
      quorum = ${words.quorum}, research_days = ${words.researchDays}, closes_after_days = ${words.closesAfterDays}, repeat_months = ${words.repeatMonths},
      repeat_anchor = ${words.repeatAnchor}, adult_women = ${words.adultWomen}, review_rules = ${asJson(words.reviewRules)}::jsonb, version = version + 1
    where id = ${series.id} and version = ${version}`.execute(tx)
  if (changed.numAffectedRows !== 1n) return no('changed-meanwhile')
  await auditSeries(tx, actor, now, 'meeting-changed', series.id)
  return ok(undefined)
}

/**
 * Ends an agency's seat, and at once with it what its members read and change by sitting there. An agency that comes back is given another seat: what was
 * settled while it was away is not opened to it.
 */
export async function endSeat(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: SeriesKey,
  seat: Pick<Seat, 'id' | 'principal' | 'agencyId'>,
  reason: string,
): Promise<Result<void, 'not-there'>> {
  await holdSeries(tx, series)
  const ended = await sql`
    update meeting_seats set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason}
    where id = ${seat.id} and series_id = ${series.id} and ended_at is null`.execute(tx)
  if (ended.numAffectedRows !== 1n) return no('not-there')
  const { rows } = await sql<{ userId: string }>`
    update meeting_members set ended_at = ${now}, ended_by = ${actor.userId} where seat_id = ${seat.id} and ended_at is null
    returning user_id as "userId"`.execute(tx)
  await leaveMeeting(tx, now, seat.principal)
  await sql`update meetings set seen_by = array_remove(seen_by, ${seat.principal}::int) where series_id = ${series.id}`.execute(tx)
  await rewriteItemsOfSeries(tx, series.id)
  await rewriteConversationsOfDates(tx, series.id)
  await auditSeries(tx, actor, now, 'meeting-seat-ended', series.id, { agencyId: seat.agencyId })
  await tellUsers(tx, now, {
    to: rows.map(row => row.userId).filter(one => one !== actor.userId),
    kind: 'meeting',
    words: 'Your agency’s seat in a meeting has ended',
    href: paths.meetings.home,
  })
  return ok(undefined)
}

/** Gives an agency a seat: whoever sits in it holds the seat's own principal, which nobody else of the agency does. */
export async function addSeat(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: SeriesKey,
  agencyId: string,
  category: string,
): Promise<Result<string, 'sits-already'>> {
  await holdSeries(tx, series)
  const there =
    await sql`select from meeting_seats where series_id = ${series.id} and agency_id = ${agencyId} and ended_at is null`.execute(tx)
  if (there.rows.length > 0) return no('sits-already')
  const id = uuid()
  const principal = await newMeetingPrincipal(tx)
  await sql`
    insert into meeting_seats (id, series_id, running, agency_id, agency, principal, category, added_at, added_by)
    select ${id}, ${series.id}, ${series.running}, id, principal, ${principal}, ${category}, ${now}, ${actor.userId} from agencies where id = ${agencyId}`.execute(
    tx,
  )
  await seesDatesToCome(tx, series, principal)
  await rewriteItemsOfSeries(tx, series.id)
  await rewriteConversationsOfDates(tx, series.id)
  await auditSeries(tx, actor, now, 'meeting-seat-added', series.id, { agencyId })
  return ok(id)
}

/** What was held or cancelled before an agency came stays with those who sat there then. */
async function seesDatesToCome(tx: Tx, { id }: SeriesKey, principal: number): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update meetings set seen_by = seen_by || ${principal}::int where series_id = ${id} and state not in ('held', 'cancelled') returning id`.execute(
    tx,
  )
  // Who is there may have been written down already where one of them is being held.
  await sql`
    update meeting_attendance set seen_by = seen_by || ${principal}::int where meeting_id = any (${rows.map(row => row.id)}::uuid[])`.execute(
    tx,
  )
}

export type NewMember = { userId: string; role: MemberRole; seat: Pick<Seat, 'id' | 'principal' | 'agency'> | null }

/** Lets somebody sit in a seat or run the series. A seat is for people of its agency: what is theirs to see is their agency's. */
export async function addMember(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: SeriesKey,
  { userId, role, seat }: NewMember,
): Promise<Result<void, 'not-of-the-agency' | 'is-one-already' | 'seat-has-ended'>> {
  if (!seat) await holdItemsKept(tx)
  await holdSeries(tx, series)
  const sits =
    seat && (await sql`select from meeting_seats where id = ${seat.id} and series_id = ${series.id} and ended_at is null`.execute(tx))
  if (sits?.rows.length === 0) return no('seat-has-ended')
  const { rows } = await sql<{ principal: number; agency: number }>`
    select principal, agency from users where id = ${userId} and status = 'active'`.execute(tx)
  const user = rows[0]
  // One log-in may have posts in several agencies, and sits for each (M1g).
  if (!user || (seat && !(await whoCouldSitFor(tx, seat.agency)).some(one => one.id === userId))) return no('not-of-the-agency')
  const there = await sql`
    select from meeting_members where series_id = ${series.id} and user_id = ${userId} and seat_id is not distinct from ${seat?.id ?? null}::uuid and ended_at is null
      and (seat_id is not null or role = ${role})`.execute(tx)
  if (there.rows.length > 0) return no('is-one-already')
  await sql`
    insert into meeting_members (id, series_id, running, seat_id, user_id, role, added_at, added_by)
    values (${uuid()}, ${series.id}, ${series.running}, ${seat?.id ?? null}, ${userId}, ${role}, ${now}, ${actor.userId})`.execute(tx)
  await joinMeeting(tx, now, seat?.principal ?? series.running, user.principal, seat?.agency ?? user.agency)
  if (!seat) {
    await keepFromWhomTheyName(tx, actor, now, series.id, user.principal)
    await keepOnceRunByOthers(tx, now, series.id)
  }
  await auditSeries(tx, actor, now, 'meeting-member-added', series.id, { userId, role })
  return ok(undefined)
}

export type EndedMember = { userId: string; ran: boolean }

/** Ends somebody's part at once. Whoever both chairs and co-ordinates goes on with the other. */
export async function endMember(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: SeriesKey,
  memberId: string,
): Promise<Result<EndedMember, 'not-there'>> {
  if (!isId(memberId)) return no('not-there')
  await holdSeries(tx, series)
  const { rows } = await sql<{ userId: string; principal: number; seatId: string | null; seatPrincipal: number | null }>`
    update meeting_members m set ended_at = ${now}, ended_by = ${actor.userId}
    from users u where m.id = ${memberId} and m.series_id = ${series.id} and m.ended_at is null and u.id = m.user_id
    returning m.user_id as "userId", u.principal, m.seat_id as "seatId",
      (select principal from meeting_seats s where s.id = m.seat_id) as "seatPrincipal"`.execute(tx)
  const member = rows[0]
  if (!member) return no('not-there')
  const still = await sql`
    select from meeting_members where series_id = ${series.id} and user_id = ${member.userId} and seat_id is not distinct from ${member.seatId}::uuid
      and ended_at is null`.execute(tx)
  if (still.rows.length === 0) await leaveMeeting(tx, now, member.seatPrincipal ?? series.running, member.principal)
  await auditSeries(tx, actor, now, 'meeting-member-ended', series.id, { userId: member.userId })
  return ok({ userId: member.userId, ran: member.seatId === null })
}

/** Adds dates, each so many weeks after the one before. A day on which it meets already is left as it is. */
export async function addMeetings(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: Series,
  first: PlainDate,
  times: number,
): Promise<Result<number, 'no-such-time'>> {
  await holdSeries(tx, series)
  const seats = await sql<{
    principal: number
  }>`select principal from meeting_seats where series_id = ${series.id} and ended_at is null`.execute(tx)
  const seenBy = [series.running, ...seats.rows.map(one => one.principal)]
  const days = everySoManyWeeks(first, series.weeks, times)
  const instants = sameTimeOn(days, series.startsAt as PlainTime)
  if (!instants.ok) return no('no-such-time')
  let added = 0
  for (const [place, startsAt] of instants.value.entries()) {
    const made = await sql`
      insert into meetings (id, series_id, running, seen_by, starts_at, place, state, research_due_on, created_at, created_by)
      select ${uuid()}, ${series.id}, ${series.running}, ${seenBy}::int[], ${startsAt}, ${series.place}, 'planned', ${addDays(days[place]!, -series.researchDays)}, ${now}, ${actor.userId}
      where not exists (select from meetings m where m.series_id = ${series.id} and m.starts_at = ${startsAt} and m.state <> 'cancelled')`.execute(
      tx,
    )
    added += Number(made.numAffectedRows ?? 0)
  }
  await auditSeries(tx, actor, now, 'meeting-dates-added', series.id, { first, added })
  return ok(added)
}

/**
 * One at a time changes who sits in a series, who runs it and when it meets, until the transaction ends: what follows from who else does, and from which
 * seats there are, is then so when it is saved.
 */
export async function holdSeries(tx: Tx, { id }: Pick<Series, 'id'>): Promise<void> {
  const { rows } = await sql`select from meeting_series where id = ${id} for no key update`.execute(tx)
  if (rows.length === 0) throw new Error('A series is changed by those who run it.')
}

export const auditSeries = (tx: Tx, actor: Actor, now: Date, action: string, id: string, detail?: Record<string, unknown>): Promise<void> =>
  audit(tx, actor, now, { action, subject: { type: 'meeting-series', id }, ...(detail ? { detail } : {}) })
