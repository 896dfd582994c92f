import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import type { Item } from './meeting.ts'

/** What is added to an item between meetings and can be taken back: by which column it is known who added it, and what the audit says of it. */
const kinds = {
  meeting_documents: { by: 'added_by', action: 'meeting-document-withdrawn', called: 'documentId' },
  meeting_log_entries: { by: 'recorded_by', action: 'meeting-log-taken-back', called: 'entryId' },
  meeting_stage_moves: { by: 'recorded_by', action: 'meeting-stage-taken-back', called: 'moveId' },
} as const

/** Takes back what was added by mistake: it is read no more and counts no more, and stays. By whoever added it, or those who run the meeting. */
export async function takeBack(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Pick<Item, 'id' | 'mayEdit'>,
  table: keyof typeof kinds,
  id: string,
): Promise<Result<void, 'not-there'>> {
  if (!isId(id)) return no('not-there')
  const { by, action, called } = kinds[table]
  const taken = await sql`
    update ${sql.table(table)} set withdrawn_at = ${now}, withdrawn_by = ${actor.userId}
    where id = ${id} and item_id = ${item.id} and withdrawn_at is null and (${item.mayEdit} or ${sql.ref(by)} = ${actor.userId}::uuid)`.execute(
    tx,
  )
  if (taken.numAffectedRows !== 1n) return no('not-there')
  await auditItem(tx, actor, now, action, item.id, { [called]: id })
  return ok(undefined)
}
