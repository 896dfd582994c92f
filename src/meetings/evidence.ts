import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, wordsPart } from '../access/index.ts'
import { type KeptFile, mayOpen, type Scan } from '../documents/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { isId } from '../platform/id.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Action } from './actions.ts'
import { auditItem } from './change-items.ts'

/** A file that shows what was done about an action: read by whoever reads the action. */
export type Evidence = {
  id: string
  entryId: string
  fileName: string
  contentType: string
  bytes: number
  scan: Scan
  withdrawnAt: Date | null
  /** Whether the actor added it. */
  isOwn: boolean
}

const evidence = async (tx: Tx, actor: Actor, where: { actionId: string; id?: string }): Promise<(Evidence & { key: string })[]> =>
  (
    await sql<Evidence & { key: string }>`
      select id, entry_id as "entryId", file_name as "fileName", content_type as "contentType", bytes, scan, withdrawn_at as "withdrawnAt",
        added_by = ${actor.userId}::uuid as "isOwn", storage_key as key
      from meeting_evidence where action_id = ${where.actionId} ${where.id ? sql`and id = ${where.id}` : sql``} order by added_at, id`.execute(
      tx,
    )
  ).rows

export const evidenceOf = (tx: Tx, actor: Actor, actionId: string): Promise<Evidence[]> => evidence(tx, actor, { actionId })

/** Puts a file, which was checked and kept, beside what was just written to the action. */
export async function addEvidence(
  tx: Tx,
  actor: Actor,
  now: Date,
  action: Pick<Action, 'id' | 'itemId' | 'own'>,
  { entryId, file, willBeScanned }: { entryId: string; file: KeptFile; willBeScanned: boolean },
): Promise<void> {
  const lists = await listsForRowOfItem(tx, action.itemId, { audience: 'item', part: wordsPart, own: action.own, outlasts: true })
  await sql`
    insert into meeting_evidence (id, item_id, action_id, entry_id, file_name, content_type, bytes, storage_key, added_at, added_by, scan, own, readers, editors, withheld)
    values (${uuid()}, ${action.itemId}, ${action.id}, ${entryId}, ${file.name}, ${file.contentType}, ${file.bytes}, ${file.key}, ${now}, ${actor.userId},
      ${willBeScanned ? 'awaiting-scan' : 'not-scanned'}, ${[...action.own]}::int[], ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(
    tx,
  )
  await auditItem(tx, actor, now, 'meeting-evidence-added', action.itemId, { actionId: action.id, bytes: file.bytes })
}

/** One file to look at or to take away. Visibility is asked of the database each time. */
export async function openEvidence(tx: Tx, actor: Actor, now: Date, files: Files, action: Pick<Action, 'id' | 'itemId'>, id: string) {
  const found = isId(id) ? (await evidence(tx, actor, { actionId: action.id, id }))[0] : undefined
  if (!found || found.withdrawnAt) return no('not-there' as const)
  const may = mayOpen(found.scan)
  if (!may.ok) return may
  const kept = await files.read(found.key)
  if (!kept) throw new Error(`The file of evidence ${id} is not in storage.`)
  await auditItem(tx, actor, now, 'meeting-evidence-opened', action.itemId, { actionId: action.id, evidenceId: id })
  return ok({ name: found.fileName, contentType: found.contentType, ...kept })
}

/** Takes a wrong file back: nobody opens it any more. By whoever added it, or those who run the meeting. */
export async function withdrawEvidence(
  tx: Tx,
  actor: Actor,
  now: Date,
  action: Pick<Action, 'id' | 'itemId'>,
  id: string,
  runs: boolean,
): Promise<Result<void, 'not-there'>> {
  if (!isId(id)) return no('not-there')
  const withdrawn = await sql`
    update meeting_evidence set withdrawn_at = ${now}, withdrawn_by = ${actor.userId}
    where id = ${id} and action_id = ${action.id} and withdrawn_at is null and (${runs} or added_by = ${actor.userId}::uuid)`.execute(tx)
  if (withdrawn.numAffectedRows !== 1n) return no('not-there')
  await auditItem(tx, actor, now, 'meeting-evidence-withdrawn', action.itemId, { actionId: action.id, evidenceId: id })
  return ok(undefined)
}
