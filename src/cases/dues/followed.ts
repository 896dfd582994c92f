import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs.ts'

/** The job that moves tasks with the dates that they follow. It acts as whoever moved the date. */
export const followersTask = 'move-followers'

/** Lets a date know that a task follows it: a job is put in the queue only where one does. False where there is no such date now. */
export async function followDue(tx: Tx, caseId: string, source: string): Promise<boolean> {
  const found = await sql`update case_dues set is_followed = true where case_id = ${caseId} and source = ${source}`.execute(tx)
  return found.numAffectedRows === 1n
}

export async function followersMove(tx: Tx, caseId: string): Promise<void> {
  const { rows } = await sql<{ userId: string | null }>`select nullif(current_setting('lanyard.user_id', true), '') as "userId"`.execute(tx)
  await enqueue(tx, followersTask, { caseId, userId: rows[0]?.userId ?? null }, { key: `${followersTask} ${caseId}` })
}
