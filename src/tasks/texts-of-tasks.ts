import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { joined, writeTexts } from '../texts/index.ts'

/** Makes a task findable by its words as they now stand. */
export async function writeTaskText(tx: Tx, taskId: string): Promise<void> {
  await writeTexts(
    tx,
    'task',
    {
      id: sql`t.id`,
      caseId: sql`t.case_id`,
      personId: sql`t.person_id`,
      part: sql.lit('tasks'),
      kind: sql`t.status`,
      name: sql`t.title`,
      words: joined(sql`t.detail`, sql`t.outcome`),
      authorId: sql`t.created_by`,
      at: sql`t.created_at`,
      recordedAt: sql`coalesce(t.closed_at, t.created_at)`,
      lists: 't',
    },
    sql`tasks t where t.id = ${taskId}`,
  )
}
