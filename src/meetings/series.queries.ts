import { type RawBuilder, sql } from 'kysely'
import { whereTheyWork } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Meeting, Member, Seat, Series } from './meeting.ts'

const seriesOf = (actor: Actor): RawBuilder<unknown> => sql`
  s.id, s.kind, s.name, s.place, s.weeks, s.starts_at as "startsAt", s.item_minutes as "itemMinutes", s.quorum, s.research_days as "researchDays",
  s.closes_after_days as "closesAfterDays", s.repeat_months as "repeatMonths", s.repeat_anchor as "repeatAnchor", s.adult_women as "adultWomen", s.review_rules as "reviewRules", s.running, s.version,
  s.running = any (${[...actor.readPrincipals]}::int[]) as runs,
  array(select t.id from meeting_seats t where t.series_id = s.id and t.ended_at is null and t.principal = any (${[...actor.readPrincipals]}::int[])) as seats`

/** Every series that there is, by name: which may be referred to. */
export async function allSeries(tx: Tx, actor: Actor): Promise<Series[]> {
  const { rows } = await sql<Series>`select ${seriesOf(actor)} from meeting_series s order by s.name, s.id`.execute(tx)
  return rows
}

export async function findSeries(tx: Tx, actor: Actor, seriesId: string): Promise<Series | undefined> {
  if (!isId(seriesId)) return undefined
  const { rows } = await sql<Series>`select ${seriesOf(actor)} from meeting_series s where s.id = ${seriesId}`.execute(tx)
  return rows[0]
}

/** Whether the actor has a part in it: sits in it, or runs it. */
export const takesPart = (series: Series): boolean => series.runs || series.seats.length > 0

/** Its seats by agency, those that have ended too: what they did stays theirs. */
export async function seatsOfSeries(tx: Tx, seriesId: string): Promise<Seat[]> {
  const { rows } = await sql<Seat>`
    select s.id, s.principal, s.agency_id as "agencyId", s.agency, a.name, s.category, s.ended_at as "endedAt", s.ended_reason as "endedReason"
    from meeting_seats s join agencies a on a.id = s.agency_id where s.series_id = ${seriesId} order by a.name, s.id`.execute(tx)
  return rows
}

/** Who sits in it and who runs it now. */
export async function membersOf(tx: Tx, seriesId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select m.id, m.user_id as "userId", u.name, u.job_title as "jobTitle", a.name as "agencyName",
      coalesce(nullif(u.telephone, ''), a.telephone) as telephone, m.role, m.seat_id as "seatId"
    from meeting_members m join users u on u.id = m.user_id join agencies a on a.principal = u.agency
    where m.series_id = ${seriesId} and m.ended_at is null
    order by array_position(array['chair', 'co-ordinator', 'member', 'deputy'], m.role), a.name, u.name, m.id`.execute(tx)
  return rows
}

const meetingColumns = sql`
  m.id, m.series_id as "seriesId", m.starts_at as "startsAt", m.place, m.state, m.research_due_on as "researchDueOn", m.sent_at as "sentAt",
  m.circulated_at as "circulatedAt", m.held_at as "heldAt", m.minutes_words as "minutesWords", m.minutes_approved_at as "minutesApprovedAt",
  (select u.name from users u where u.id = m.minutes_approved_by) as "minutesApprovedBy",
  m.minutes_circulated_at as "minutesCirculatedAt", m.cancelled_reason as "cancelledReason", m.version`

export async function findMeeting(tx: Tx, meetingId: string): Promise<Meeting | undefined> {
  if (!isId(meetingId)) return undefined
  return (await meetings(tx, sql`m.id = ${meetingId}`))[0]
}

/** Principals who may know of a date. */
export async function datesSeenBy(tx: Tx, meetingId: string): Promise<number[] | undefined> {
  const { rows } = await sql<{ seenBy: number[] }>`select seen_by as "seenBy" from meetings where id = ${meetingId}`.execute(tx)
  return rows[0]?.seenBy
}

async function meetings(tx: Tx, where: RawBuilder<unknown>): Promise<Meeting[]> {
  const { rows } = await sql<Meeting>`select ${meetingColumns} from meetings m where ${where}`.execute(tx)
  return rows
}

/** Dates of a series that are to come or going on, the next first. */
export const comingOf = (tx: Tx, seriesId: string): Promise<Meeting[]> =>
  meetings(tx, sql`m.series_id = ${seriesId} and m.state in ('planned', 'sent', 'open') order by m.starts_at, m.id`)

/** Dates that were held or cancelled, the latest first: so many, from one on. A series meets for years. */
export const pastOf = (
  tx: Tx,
  seriesId: string,
  { limit, after }: { limit: number; after?: { at: Date; id: string } | undefined },
): Promise<Meeting[]> =>
  meetings(
    tx,
    sql`m.series_id = ${seriesId} and m.state in ('held', 'cancelled')
      and ${after ? sql`(m.starts_at, m.id) < (${after.at}, ${after.id}::uuid)` : sql`true`} order by m.starts_at desc, m.id desc limit ${limit}`,
  )

/** The latest date whose minutes have not gone round. */
export const minutesOwedOf = async (tx: Tx, seriesId: string): Promise<Meeting | undefined> =>
  (
    await meetings(
      tx,
      sql`m.series_id = ${seriesId} and m.state = 'held' and m.minutes_circulated_at is null order by m.starts_at desc, m.id desc limit 1`,
    )
  )[0]

/** Users of an agency, and agencies that could be given a seat. */
export type Choice = { id: string; name: string; principal: number }
/**
 * People who can act on what these agencies are given: whoever only reads could never say that it is done. Once for each agency that they work for, their
 * own or one in which they have a post beside it (M1g). With their name, or part of it.
 */
export async function workersOf(tx: Tx, agencies: readonly number[], called = ''): Promise<(Choice & { agency: number })[]> {
  const { rows } = await sql<Choice & { agency: number }>`
    select u.id, u.name, u.principal, w.agency from users u join lateral (
      select distinct f.agency from posts o join roles r on r.id = o.role_id, unnest(array[u.agency, o.agency]) f (agency)
      where o.user_id = u.id and o.ended_at is null and 'record' = any (r.capabilities)) w on w.agency = any (${[...agencies]}::int[])
    where u.status = 'active' and position(lower(${called}) in lower(u.name)) > 0
    order by u.name, u.id, w.agency`.execute(tx)
  return rows
}
/** Who could sit for an agency: whoever has a post in it, alone or beside another agency's (M1g). Not one of its own who has none any more. */
export async function whoCouldSitFor(tx: Tx, agency: number): Promise<Choice[]> {
  const { rows } = await sql<Choice>`
    select id, name, principal from users u
    where status = 'active' and exists (
      select from posts p join teams t on t.id = p.team_id and t.disabled_at is null
      where p.user_id = u.id and p.agency = ${agency} and p.ended_at is null)
    order by name, id`.execute(tx)
  return rows
}
export async function activeAgencies(tx: Tx): Promise<Choice[]> {
  const { rows } = await sql<Choice>`select id, name, principal from agencies where disabled_at is null order by name, id`.execute(tx)
  return rows
}
/** Anybody, from whom something can be kept. */
export const activeUsers = (tx: Tx): Promise<UserChoice[]> => usersWhere(tx, sql``)

/** Who could chair or co-ordinate: whoever has a post in the agency that they are of. They run it for that agency, and leave it with the post. */
export const whoCouldRun = (tx: Tx): Promise<UserChoice[]> =>
  usersWhere(
    tx,
    sql`and exists (select from posts p join teams t on t.id = p.team_id and t.disabled_at is null
      where p.user_id = u.id and p.agency = u.agency and p.ended_at is null)`,
  )

type UserChoice = Choice & { agencyName: string }

async function usersWhere(tx: Tx, further: RawBuilder<unknown>): Promise<UserChoice[]> {
  const { rows } = await sql<UserChoice>`
    select u.id, u.name, u.principal, ${whereTheyWork} as "agencyName" from users u join agencies a on a.principal = u.agency
    where u.status = 'active' and a.disabled_at is null ${further} order by a.name, u.name, u.id`.execute(tx)
  return rows
}
