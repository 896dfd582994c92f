import { sql } from 'kysely'
import { formatName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { Appointment } from './appointment.ts'

export type AppointmentsWanted = {
  /** Whose: ids of users. */
  workers?: readonly string[]
  caseId?: string
  personId?: string
  /** From this instant, by when they end. */
  from?: Date
  /** Before this instant, by when they begin. */
  until?: Date
  bookedOnly?: boolean
  latestFirst?: boolean
  limit: number
}

/** Appointments that the actor may see, in order of time. */
export async function appointmentsOf(tx: Tx, actor: Actor, wanted: AppointmentsWanted): Promise<Appointment[]> {
  const { workers, caseId, personId, from, until, bookedOnly, latestFirst, limit } = wanted
  const { rows } = await sql<Row>`${columns(actor)}
    where true
      ${workers ? sql`and a.worker_id = any (${[...workers]}::uuid[])` : sql``}
      ${caseId ? sql`and a.case_id = ${caseId}` : sql``}
      ${personId ? sql`and c.person_id = ${personId}` : sql``}
      ${from ? sql`and a.starts_at > ${from}::timestamptz - interval '1 day' and a.ends_at > ${from}` : sql``}
      ${until ? sql`and a.starts_at < ${until}` : sql``}
      ${bookedOnly ? sql`and a.status = 'booked'` : sql``}
    order by a.starts_at ${latestFirst ? sql`desc` : sql``}, a.id limit ${limit}`.execute(tx)
  return rows.map(fromRow)
}

export async function findAppointment(tx: Tx, actor: Actor, id: string): Promise<Appointment | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${columns(actor)} where a.id = ${id}`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

/** Those of its series that come after it and still stand, in order. */
export async function laterInSeries(tx: Tx, actor: Actor, { seriesId, startsAt }: Appointment): Promise<Appointment[]> {
  if (seriesId === null) return []
  const { rows } = await sql<Row>`${columns(actor)}
    where a.series_id = ${seriesId} and a.starts_at > ${startsAt} and a.status = 'booked' order by a.starts_at, a.id`.execute(tx)
  return rows.map(fromRow)
}

/** What was offered after one that was missed, where that still stands. */
export async function offeredAfter(tx: Tx, actor: Actor, missedId: string): Promise<Appointment | undefined> {
  const { rows } =
    await sql<Row>`${columns(actor)} where a.follows = ${missedId} and a.status = 'booked' order by a.starts_at limit 1`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

export type AppointmentChange = { id: string; at: Date; by: string; reason: string; before: Moved; after: Moved }
/** Of what can be moved, what was: instants as ISO 8601 text. */
export type Moved = {
  startsAt?: string
  endsAt?: string
  place?: string
  worker?: string /** What was taken back: 'Did not attend'. */
  said?: string
}

export async function changesOf(tx: Tx, appointmentId: string): Promise<AppointmentChange[]> {
  const { rows } = await sql<AppointmentChange>`
    select h.id, h.at, u.name as by, h.reason, h.before, h.after from appointment_changes h join users u on u.id = h.by
    where h.appointment_id = ${appointmentId} order by h.at, h.id`.execute(tx)
  return rows
}

/** How many of the latest appointments of a case were missed, one after another. */
export async function missedInARow(tx: Tx, caseId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from appointments a
    where a.case_id = ${caseId} and a.status = 'did-not-attend' and not exists (
      select from appointments b where b.case_id = a.case_id and b.status = 'attended' and b.starts_at > a.starts_at)`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Everybody with a post in the actor's teams, the actor first. */
export async function colleaguesOf(tx: Tx, actor: Actor): Promise<{ id: string; name: string }[]> {
  const teamIds = actor.posts.map(post => post.teamId)
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from users u where u.status <> 'disabled' and exists (
      select from posts p where p.user_id = u.id and p.ended_at is null and p.team_id = any (${teamIds}::uuid[]))
    order by u.id <> ${actor.userId}::uuid, u.name, u.id limit 200`.execute(tx)
  return rows
}

type Row = Omit<Appointment, 'personName'> & { given: string | null; family: string | null }

const fromRow = ({ given, family, ...row }: Row): Appointment => ({
  ...row,
  personName: given || family ? formatName({ given, family }) : null,
})

const columns = (actor: Actor) => sql`
  select a.id, a.case_id as "caseId", c.service_area as "serviceArea", s.name as "serviceName", c.person_id as "personId", p.given_name as given,
    p.family_name as family, p.contact_care as "contactCare", a.kind,
    coalesce((select l.label from list_options l where l.list = 'note-type' and l.code = a.kind and l.service_area in ('', c.service_area)
      order by l.service_area desc limit 1), a.kind) as "kindName",
    a.purpose, a.worker_id as "workerId", w.name as "workerName", a.starts_at as "startsAt", a.ends_at as "endsAt", a.place, a.safety, a.status,
    a.cancelled_by as "cancelledBy", a.outcome, a.note_id as "noteId", a.task_id as "taskId", a.series_id as "seriesId", a.version, a.editors && ${[...actor.writePrincipals]}::int[] as "mayEdit"
  from appointments a join cases c on c.id = a.case_id join service_areas s on s.code = c.service_area join users w on w.id = a.worker_id
    left join people p on p.id = c.person_id`
