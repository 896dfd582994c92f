import { type RawBuilder, sql } from 'kysely'
import { teamsInWhich } from '../../platform/acting-at.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { ChasingStep } from './steps.ts'

/** Something that is due, as chasing sees it: never its words. */
export type Pending = {
  /** `task/…` or `due/…`: what was told of is known by it. */
  subject: string
  href: string
  caseId: string | null
  personId: string | null
  serviceArea: string
  dueOn: PlainDate
  /** One's own, a team's that nobody of it has taken, somebody's for whom one covers; what leaders hear of is whoever's. */
  whose: 'own' | 'team' | 'covered' | 'any'
  remindDays: number | null
}

const soonest = 60

/**
 * What the actor answers for: tasks that are theirs or their teams' to take, and what rules ask for on their cases; and in the days when they
 * cover for somebody, what is that person's, as far as the actor sees it.
 */
export async function ownPending(tx: Tx, actor: Actor, now: Date, today: PlainDate): Promise<Pending[]> {
  const { rows } = await sql<Pending>`
    with answered as (
      select ${actor.principal}::int as principal, ${actor.userId}::uuid as "userId", 'own' as whose
      union select one, null, 'team' from unnest(${[...actor.principals]}::int[]) as one where one <> ${actor.principal}
      union select u.principal, u.id, 'covered' from covers k join users u on u.id = k.worker_id
        where k.covered_by = ${actor.userId}::uuid and k.ended_at is null and k.starts_at <= ${now} and k.ends_at > ${now}
    )
    select 'task/' || t.id as subject, '/tasks/' || t.id as href, t.case_id as "caseId", t.person_id as "personId", coalesce(c.service_area, '') as "serviceArea",
      t.due_on as "dueOn", a.whose, t.remind_days as "remindDays"
    from answered a join tasks t on t.assignee = a.principal left join cases c on c.id = t.case_id
    where t.status = 'open' and t.due_on <= ${today}::date + ${soonest}::int
    union all
    select ${dueColumns(sql`a.whose`)} from answered a join caseload_entries w on w.worker_id = a."userId" join case_dues d on d.case_id = w.case_id
    where w.closed_on is null and ${isOfRule} and d.due_on <= ${today}::date + ${soonest}::int`.execute(tx)
  return rows
}

/** What is overdue in the teams that the actor leads and is not their own: of colleagues, of the team, of cases that nobody has. */
export async function teamsOverdue(tx: Tx, actor: Actor, today: PlainDate): Promise<Pending[]> {
  const teamIds = teamsInWhich(actor, 'manage-allocation')
  const { rows } = await sql<Pending>`
    select 'task/' || t.id as subject, '/tasks/' || t.id as href, t.case_id as "caseId", t.person_id as "personId", c.service_area as "serviceArea", t.due_on as "dueOn",
      'any' as whose, null::int as "remindDays"
    from cases c join tasks t on t.case_id = c.id
    where c.team_id = any (${teamIds}::uuid[]) and t.status = 'open' and t.due_on < ${today}::date and t.assignee <> ${actor.principal}
    union all
    select 'task/' || t.id, '/tasks/' || t.id, null, t.person_id, '', t.due_on, 'any', null::int
    from teams m join tasks t on t.assignee = m.principal
    where m.id = any (${teamIds}::uuid[]) and t.case_id is null and t.status = 'open' and t.due_on < ${today}::date
    union all
    select ${dueColumns(sql`'any'`)} from caseload_entries w join case_dues d on d.case_id = w.case_id
    where w.team_id = any (${teamIds}::uuid[]) and w.closed_on is null and w.worker_id is distinct from ${actor.userId}::uuid and ${isOfRule} and d.due_on < ${today}::date`.execute(
    tx,
  )
  return rows
}

const dueColumns = (whose: RawBuilder<unknown>) =>
  sql`'due/' || d.case_id || '/' || d.source, case when d.href = '' then '/cases/' || d.case_id else d.href end, d.case_id, w.person_id, w.service_area, d.due_on, ${whose}, null::int`
const isOfRule = sql`(d.source in ('stage', 'review') or d.source like 'rule/%')`

export async function chasingSteps(tx: Tx): Promise<(ChasingStep & { serviceArea: string })[]> {
  const { rows } = await sql<ChasingStep & { serviceArea: string }>`
    select service_area as "serviceArea", days, tell from chasing_steps where in_use order by service_area, days, tell`.execute(tx)
  return rows
}

/** Writes down what somebody is told of, and answers what they had not been told yet. */
export async function notYetTold<T extends { subject: string; step: string }>(
  tx: Tx,
  actor: Actor,
  now: Date,
  things: readonly T[],
): Promise<T[]> {
  if (things.length === 0) return []
  const { rows } = await sql<{ subject: string }>`
    insert into chasings (told, subject, step, at)
    select ${actor.principal}, s.subject, s.step, ${now} from unnest(${things.map(one => one.subject)}::text[], ${things.map(one => one.step)}::text[]) as s (subject, step)
    on conflict do nothing returning subject`.execute(tx)
  const fresh = new Set(rows.map(row => row.subject))
  return things.filter(one => fresh.has(one.subject))
}

/** Users who may be told of anything: those who are active and have a post. */
export async function usersToChase(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u where u.status = 'active' and exists (select from posts o where o.user_id = u.id and o.ended_at is null) order by u.id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/** What was told of things long past is forgotten. */
export async function forgetChasings(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('chasings').where('at', '<', before).execute()
}
