import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { mustBeThereStillAsKeeper } from './left-meanwhile.ts'
import { sorted } from './lists.ts'

/**
 * Lets these alone see and change a task of no case, and what it said before: whoever made it and whoever has it now. The caller has
 * changed the task under the actor's own rights. A task of a case follows its case, and is left as it is.
 */
export async function passTask(tx: Tx, actor: Actor, taskId: string, principals: readonly number[]): Promise<void> {
  const lists = sorted(principals)
  await asKeeper(tx, async keeper => {
    await mustBeThereStillAsKeeper(keeper, actor, lists)
    for (const [table, key] of [
      ['task_changes', 'task_id'],
      ['texts', 'source_id'],
      ['tasks', 'id'],
    ] as const)
      await sql`
        update ${sql.table(table)} set readers = ${lists}::int[], editors = ${lists}::int[]
        where ${sql.ref(key)} = ${taskId}::uuid and case_id is null`.execute(keeper)
  })
}
