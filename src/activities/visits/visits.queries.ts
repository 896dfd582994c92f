import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { VisitOut } from './visit.ts'

/** Who of the actor's teams is out, or has been since `since`: those who are out first, the first expected on top. */
export async function visitsOut(tx: Tx, actor: Actor, since: Date): Promise<VisitOut[]> {
  const { rows } = await sql<Row>`${columns(actor)} where v.back_at is null or v.back_at > ${since}
    order by v.back_at is not null, v.expected_back_at, v.id limit 200`.execute(tx)
  return rows.map(fromRow)
}

/** Whoever was expected by now and is not back, the longest missed first, as far as the actor may see them. */
export async function overdueVisits(tx: Tx, actor: Actor, now: Date): Promise<VisitOut[]> {
  const { rows } = await sql<Row>`${columns(actor)} where v.back_at is null and v.expected_back_at <= ${now}
    order by v.expected_back_at, v.id limit 200`.execute(tx)
  return rows.map(fromRow)
}

/** The actor's own visit, alone or with a colleague, while they are out. */
export async function ownVisitOut(tx: Tx, actor: Actor): Promise<VisitOut | undefined> {
  const { rows } = await sql<Row>`${columns(actor)} where ${actor.userId}::uuid in (v.user_id, v.second_worker) and v.back_at is null
    order by v.set_out_at desc limit 1`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

export async function findVisit(tx: Tx, actor: Actor, id: string): Promise<VisitOut | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${columns(actor)} where v.id = ${id}`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

/** Colleagues in the actor's teams who may say that they are back. */
export async function companionsFor(tx: Tx, actor: Actor): Promise<{ id: string; name: string }[]> {
  const teamIds = actor.posts.map(post => post.teamId)
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from users u where u.status = 'active' and u.id <> ${actor.userId} and exists (
      select from posts p join roles r on r.id = p.role_id
      where p.user_id = u.id and p.ended_at is null and p.team_id = any (${teamIds}::uuid[]) and 'record' = any (r.capabilities))
    order by u.name, u.id limit 200`.execute(tx)
  return rows
}

/** Whether somebody is out already, as far as the actor may see. */
export async function isOut(tx: Tx, userId: string): Promise<boolean> {
  const { rows } = await sql`select from visits_out where ${userId}::uuid in (user_id, second_worker) and back_at is null limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

type Row = Omit<VisitOut, 'appointment' | 'second'> & {
  appointmentId: string | null
  caseId: string | null
  secondId: string | null
  secondName: string | null
  secondTelephone: string | null
}
const fromRow = ({ appointmentId, caseId, secondId, secondName, secondTelephone, ...row }: Row): VisitOut => ({
  ...row,
  second: secondId === null ? null : { id: secondId, name: secondName ?? '', telephone: secondTelephone ?? '' },
  appointment: appointmentId && caseId ? { id: appointmentId, caseId } : null,
})

// The appointment comes by its own row, under its own lists: a colleague who may not see it learns nothing of it here.
const columns = ({ userId, principal, writePrincipals }: Actor) => sql`
  select v.id, v.user_id as "userId", u.name as "workerName", u.telephone as "workerTelephone", w.id as "secondId", w.name as "secondName",
    w.telephone as "secondTelephone", t.name as "teamName", v.whereabouts, v.set_out_at as "setOutAt", v.expected_back_at as "expectedBackAt",
    v.back_at as "backAt", case when v.back_by in (v.user_id, coalesce(v.second_worker, v.user_id)) then '' else coalesce(b.name, '') end as "backBy",
    v.back_words as "backWords", v.told, a.id as "appointmentId", a.case_id as "caseId",
    ${userId}::uuid in (v.user_id, coalesce(v.second_worker, v.user_id)) as "isOwn",
    case when v.second_worker is null then '' when v.second_worker = ${userId} then u.name else w.name end as "otherName", ${principal} = any (v.looked_for_by) as "isLookedFor",
    v.team = any (${[...writePrincipals]}::int[]) or v.looked_for_by && ${[...writePrincipals]}::int[]
      or (${userId}::uuid in (v.user_id, coalesce(v.second_worker, v.user_id)) and cardinality(${[...writePrincipals]}::int[]) > 0) as "mayChange"
  from visits_out v join users u on u.id = v.user_id left join users w on w.id = v.second_worker left join users b on b.id = v.back_by join teams t on t.principal = v.team
    left join appointments a on a.id = v.appointment_id`
