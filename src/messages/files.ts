import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import { type KeptFile, mayOpen, type Scan, type ScanQueue } from '../documents/index.ts'
import { type Actor, asActor, type theSystem } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { isId } from '../platform/id.ts'

/** A file that was checked and kept and that a message is to bring. */
export type NewFile = { file: KeptFile; willBeScanned: boolean }

/** A file that came with a message: read by whoever reads the message, or by its author alone once that was withdrawn. */
export type MessageFile = {
  id: string
  conversationId: string
  fileName: string
  contentType: string
  bytes: number
  scan: Scan
  key: string
}

/** Puts a file beside the message, under the message's own lists. The conversation is held. */
export async function addFile(
  tx: Tx,
  actor: Actor,
  now: Date,
  messageId: string,
  { id, file, willBeScanned }: NewFile & { id: string },
): Promise<void> {
  await sql`
    insert into message_files (id, message_id, conversation_id, case_id, part, file_name, content_type, bytes, storage_key, added_at, added_by, scan, named_readers, readers, editors, withheld)
    select ${id}, m.id, m.conversation_id, m.case_id, m.part, ${file.name}, ${file.contentType}, ${file.bytes}, ${file.key}, ${now}, ${actor.userId},
      ${willBeScanned ? 'awaiting-scan' : 'not-scanned'}, m.named_readers, m.readers, m.editors, m.withheld
    from messages m where m.id = ${messageId}`.execute(tx)
}

/** With the message that brought it, which was withdrawn: its author alone opens it from now on. */
export async function takeBackFiles(tx: Tx, actor: Actor, messageId: string): Promise<void> {
  await sql`
    update message_files set authors_own = true, named_readers = ${[actor.principal]}::int[] where message_id = ${messageId}`.execute(tx)
}

export async function filesOf(tx: Tx, messageId: string): Promise<Pick<MessageFile, 'id' | 'fileName'>[]> {
  const { rows } = await sql<Pick<MessageFile, 'id' | 'fileName'>>`
    select id, file_name as "fileName" from message_files where message_id = ${messageId}`.execute(tx)
  return rows
}

/** Asked of row-level security each time: an address that somebody kept is worth nothing once they have left. */
export async function findFile(tx: Tx, id: string): Promise<MessageFile | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<MessageFile>`
    select id, conversation_id as "conversationId", file_name as "fileName", content_type as "contentType", bytes, scan, storage_key as key
    from message_files where id = ${id}`.execute(tx)
  return rows[0]
}

/** What a file is called where it is linked, and why it cannot be opened where it cannot. */
export function fileInWords({ fileName, scan }: Pick<MessageFile, 'fileName' | 'scan'>): string {
  const may = mayOpen(scan)
  if (may.ok) return `Document: ${fileName}`
  return `Document: ${fileName} (${may.error === 'infected' ? 'a virus was found in it: it is kept shut' : 'being checked for viruses'})`
}

/** What of messages waits for the scanner, after documents. */
export const messageFilesToScan = (files: Files): ScanQueue => ({
  files,
  takeUp: async (tx, now, before) => {
    const { rows } = await sql<{ id: string; caseId: string | null; key: string }>`
      update message_files set scan_started_at = ${now}
      where id = (
        select id from message_files where scan = 'awaiting-scan' and (scan_started_at is null or scan_started_at < ${before})
        order by added_at limit 1 for update skip locked)
      returning id, case_id as "caseId", storage_key as key`.execute(tx)
    const file = rows[0]
    return (
      file && {
        id: file.id,
        key: file.key,
        found: async (written, at, outcome, actor) => {
          const virus = outcome.found ? outcome.name : ''
          await sql`
            update message_files set scan = ${outcome.found ? 'infected' : 'clean'}, scanned_at = ${at}, scan_words = ${virus} where id = ${file.id}`.execute(
            written,
          )
          await audit(written, actor, at, {
            action: outcome.found ? 'document-infected' : 'document-scanned',
            subject: { type: 'message-file', id: file.id },
            caseId: file.caseId ?? undefined,
            detail: virus ? { virus } : {},
          })
        },
      }
    )
  },
})

/** Removes content of which no message speaks: of conversations that are forgotten, and of messages that were never saved. A new one may belong to a message that is being sent. */
export async function removeUnspokenOf(worker: Database, system: ReturnType<typeof theSystem>, files: Files, before: Date): Promise<void> {
  for await (const key of files.keptBefore(before)) {
    const isSpokenOf = await asActor(worker, system, 'read', async tx => {
      const { rows } = await sql`select from message_files where storage_key = ${key} limit 1`.execute(tx)
      return rows.length > 0
    })
    if (!isSpokenOf) await files.remove(key)
  }
}
