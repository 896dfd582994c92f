import { sql } from 'kysely'
import { knownPlaces, type Places } from '../access/index.ts'
import { formatName } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Attendance, Booking } from './group.ts'
import { noPlaces } from './group.ts'

type Row = Omit<Booking, 'personName' | 'mayEdit'> & { given: string | null; family: string | null; editors: number[] }

const bookingColumns = sql`
  b.id, b.group_id as "groupId", coalesce(g.name, 'A group that is not open to you') as "groupName", b.case_id as "caseId", c.reference,
  c.service_area as "serviceArea", s.name as "serviceName", c.person_id as "personId", p.given_name as given, p.family_name as family,
  b.status, b.needs, b.asked_at as "askedAt", b.placed_at as "placedAt", b.ended_at as "endedAt", b.outcome, b.outcome_words as "outcomeWords", b.editors,
  coalesce((select l.label from list_options l where l.list = 'group-outcome' and l.code = b.outcome order by l.service_area desc limit 1), b.outcome) as "outcomeLabel"`
const bookingTables = sql`
  from group_bookings b join cases c on c.id = b.case_id join service_areas s on s.code = c.service_area
    left join people p on p.id = c.person_id left join groups g on g.id = b.group_id`

const asRead =
  (actor: Actor) =>
  <T extends Row>({ given, family, editors, ...row }: T) => ({
    ...row,
    personName: formatName({ given, family }),
    mayEdit: editors.some(one => actor.writePrincipals.includes(one)),
  })

/** Everybody in a group whom the actor may see, by name; those who wait in the order in which they asked. */
export async function bookingsOfGroup(tx: Tx, actor: Actor, groupId: string): Promise<Booking[]> {
  const { rows } = await sql<Row>`
    select ${bookingColumns} ${bookingTables} where b.group_id = ${groupId}
    order by case b.status when 'waiting' then b.asked_at end, p.family_name, p.given_name, b.id`.execute(tx)
  return rows.map(asRead(actor))
}

/** The places that a case has and had, the open ones first. */
export async function bookingsOfCase(tx: Tx, actor: Actor, caseId: string): Promise<Booking[]> {
  const { rows } = await sql<Row>`
    select ${bookingColumns} ${bookingTables} where b.case_id = ${caseId} order by b.ended_at is not null, b.asked_at desc, b.id`.execute(
    tx,
  )
  return rows.map(asRead(actor))
}

/** What a person has places in, over all cases that the actor may see; those that have ended are left out. */
export async function openBookingsOfPerson(
  tx: Tx,
  actor: Actor,
  personId: string,
  now: Date,
): Promise<(Booking & { nextAt: Date | null })[]> {
  const { rows } = await sql<Row & { nextAt: Date | null }>`
    select ${bookingColumns},
      (select min(x.starts_at) from group_sessions x where x.group_id = b.group_id and x.cancelled_at is null and x.ends_at > ${now}) as "nextAt"
    ${bookingTables} where c.person_id = ${personId} and b.status <> 'ended' order by b.status, b.asked_at, b.id`.execute(tx)
  return rows.map(asRead(actor))
}

export async function findBooking(tx: Tx, actor: Actor, id: string): Promise<Booking | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`select ${bookingColumns} ${bookingTables} where b.id = ${id}`.execute(tx)
  return rows.map(asRead(actor))[0]
}

/** How many places of a group are taken and waited for, as far as the actor may know. */
export async function placesOf(tx: Tx, actor: Actor, groupId: string): Promise<Places> {
  return (await knownPlaces(tx, actor, [groupId])).get(groupId) ?? noPlaces
}

export type Attended = {
  id: string
  sessionId: string
  caseId: string
  attendance: Attendance
  reason: string
  /** The note that says so. */
  noteId: string
  recordedBy: string
  startsAt: Date
  endsAt: Date
  /** What the session was about. */
  title: string
  moduleId: string | null
}

const attended = sql`
  select d.id, d.booking_id as "bookingId", d.session_id as "sessionId", d.case_id as "caseId", d.attendance, d.reason, d.note_id as "noteId", u.name as "recordedBy",
    x.starts_at as "startsAt", x.ends_at as "endsAt", coalesce(m.title, x.topic) as title, x.module_id as "moduleId"
  from group_attendances d join users u on u.id = d.recorded_by join group_sessions x on x.id = d.session_id left join programme_modules m on m.id = x.module_id`

/** What was recorded of a session for those whom the actor may see, by booking. */
export async function attendanceAt(tx: Tx, sessionId: string): Promise<ReadonlyMap<string, Attended>> {
  const { rows } = await sql<
    Attended & { bookingId: string }
  >`${attended} where d.session_id = ${sessionId} and d.replaced_at is null`.execute(tx)
  return new Map(rows.map(row => [row.bookingId, row]))
}

/** What somebody came to, in order. */
export async function attendanceOf(tx: Tx, bookingId: string): Promise<Attended[]> {
  const { rows } =
    await sql<Attended>`${attended} where d.booking_id = ${bookingId} and d.replaced_at is null order by x.starts_at, d.id`.execute(tx)
  return rows
}
