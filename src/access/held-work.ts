import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Of one team: open cases; open tasks on cases that do not take them along when they are handed on; appointments to come. */
export type HeldWork = { teamId: string; cases: number; tasks: number; appointments: number }

/**
 * How much of each team a user has still to do, for whoever administers that team's agency: how much and not which, so that nobody is locked out
 * while people depend on them. Whoever manages users need read no record. Cases that are withheld from the asker are in no count.
 */
export async function workHeldBy(tx: Tx, actor: Actor, now: Date, userId: string): Promise<HeldWork[]> {
  const isOfAuthority = actor.administers.includes(0)
  const isCounted = sql`c.removed_at is null and (${isOfAuthority} or c.agency = any (${[...actor.administers]}::int[]))
    and (c.withheld && ${[...actor.principals]}::int[]) is not true`
  const isTheirs = sql`(c.worker_id = ${userId} and c.closed_on is null) is true`
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<HeldWork>`
      select h.team_id as "teamId", sum(h.cases)::int as cases, sum(h.tasks)::int as tasks, sum(h.appointments)::int as appointments from (
        select c.team_id, 1 as cases, 0 as tasks, 0 as appointments from cases c where ${isTheirs} and ${isCounted}
        union all
        select c.team_id, 0, 1, 0 from tasks t join cases c on c.id = t.case_id
        where t.status = 'open' and t.assignee = (select principal from users where id = ${userId}) and not ${isTheirs} and ${isCounted}
        union all
        select c.team_id, 0, 0, 1 from appointments a join cases c on c.id = a.case_id
        where a.worker_id = ${userId} and a.status = 'booked' and a.starts_at > ${now} and ${isCounted}
      ) h group by h.team_id order by h.team_id`.execute(keeper)
    return rows
  })
}

/** How many open tasks of no case somebody has: seen by them and whoever gave them alone. */
export async function tasksAloneOf(tx: Tx, userId: string): Promise<number> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ tasks: number }>`
      select count(*) as tasks from tasks where case_id is null and status = 'open' and assignee = (select principal from users where id = ${userId})`.execute(
      keeper,
    )
    return rows[0]?.tasks ?? 0
  })
}
