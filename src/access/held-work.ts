import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type HeldWork = { teamId: string; cases: number }

/**
 * How many open cases of each team a user works, for whoever administers that team's agency: how many and not which, so that nobody is locked out
 * while people depend on them. Whoever manages users need read no record. Cases that are withheld from the asker are in no count.
 */
export async function openCasesHeldBy(tx: Tx, actor: Actor, userId: string): Promise<HeldWork[]> {
  const isOfAuthority = actor.administers.includes(0)
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<HeldWork>`
      select team_id as "teamId", count(*) as cases from cases
      where worker_id = ${userId} and closed_on is null and removed_at is null
        and (${isOfAuthority} or agency = any (${[...actor.administers]}::int[])) and (withheld && ${[...actor.principals]}::int[]) is not true
      group by team_id order by team_id`.execute(keeper)
    return rows
  })
}
