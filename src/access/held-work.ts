import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Of one team: open cases, and open tasks on cases that do not take them along when they are handed on. */
export type HeldWork = { teamId: string; cases: number; tasks: number }

/**
 * How much of each team a user has still to do, for whoever administers that team's agency: how much and not which, so that nobody is locked out
 * while people depend on them. Whoever manages users need read no record. Cases that are withheld from the asker are in no count.
 */
export async function workHeldBy(tx: Tx, actor: Actor, userId: string): Promise<HeldWork[]> {
  const isOfAuthority = actor.administers.includes(0)
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<HeldWork>`
      select c.team_id as "teamId", count(distinct c.id) filter (where ${isTheirs(userId)}) as cases, count(t.id) filter (where not ${isTheirs(userId)}) as tasks
      from cases c left join tasks t on t.case_id = c.id and t.status = 'open' and t.assignee = (select principal from users where id = ${userId})
      where (${isTheirs(userId)} or t.id is not null) and c.removed_at is null
        and (${isOfAuthority} or c.agency = any (${[...actor.administers]}::int[])) and (c.withheld && ${[...actor.principals]}::int[]) is not true
      group by c.team_id order by c.team_id`.execute(keeper)
    return rows
  })
}

const isTheirs = (userId: string) => sql`(c.worker_id = ${userId} and c.closed_on is null) is true`

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
