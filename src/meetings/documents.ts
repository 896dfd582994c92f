import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, wordsPart } from '../access/index.ts'
import { type KeptFile, mayOpen, type Scan } from '../documents/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { isId } from '../platform/id.ts'
import { no, ok } from '../platform/result.ts'
import { auditItem } from './change-items.ts'

/**
 * A document that somebody brought to an item (M1e): a letter from the hospital, a plan of a street. It is free words, since it names anybody: read by whoever
 * reads those, and kept with whatever part is. The documents of a person's cases are theirs and no meeting's.
 */
export type ItemDocument = {
  id: string
  title: string
  fileName: string
  contentType: string
  bytes: number
  scan: Scan
  addedAt: Date
  byName: string
  byAgency: string
  withdrawnAt: Date | null
  isOwn: boolean
}

async function documents(tx: Tx, actor: Actor, of: { itemId: string; id?: string }): Promise<(ItemDocument & { key: string })[]> {
  const { rows } = await sql<ItemDocument & { key: string }>`
    select d.id, d.title, d.file_name as "fileName", d.content_type as "contentType", d.bytes, d.scan, d.added_at as "addedAt", u.name as "byName", a.name as "byAgency",
      d.withdrawn_at as "withdrawnAt", d.added_by = ${actor.userId}::uuid as "isOwn", d.storage_key as key
    from meeting_documents d join users u on u.id = d.added_by join agencies a on a.principal = u.agency
    where d.item_id = ${of.itemId} ${of.id ? sql`and d.id = ${of.id}` : sql``} order by d.added_at desc, d.id`.execute(tx)
  return rows
}

/** The documents of an item that the actor reads, the latest first; one that was taken back is said to have been there. */
export const itemDocumentsOf = (tx: Tx, actor: Actor, itemId: string): Promise<ItemDocument[]> => documents(tx, actor, { itemId })

export type NewItemDocument = { title: string; file: KeptFile; willBeScanned: boolean; own: readonly number[] }

/** Puts a file, which was checked and kept, among the documents of an item. `own` is whose row it is: src/meetings/own-rows.ts. */
export async function addItemDocument(
  tx: Tx,
  actor: Actor,
  now: Date,
  itemId: string,
  { title, file, willBeScanned, own }: NewItemDocument,
): Promise<void> {
  const lists = await listsForRowOfItem(tx, itemId, { audience: 'item', part: wordsPart, own })
  await sql`
    insert into meeting_documents (id, item_id, part, title, file_name, content_type, bytes, storage_key, added_at, added_by, scan, own, readers, editors, withheld)
    values (${uuid()}, ${itemId}, ${wordsPart}, ${title}, ${file.name}, ${file.contentType}, ${file.bytes}, ${file.key}, ${now}, ${actor.userId},
      ${willBeScanned ? 'awaiting-scan' : 'not-scanned'}, ${[...own]}::int[], ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(
    tx,
  )
  await auditItem(tx, actor, now, 'meeting-document-added', itemId, { bytes: file.bytes })
}

/** One file to look at or to take away. Visibility is asked of the database each time. */
export async function openItemDocument(tx: Tx, actor: Actor, now: Date, files: Files, itemId: string, id: string) {
  const found = isId(id) ? (await documents(tx, actor, { itemId, id }))[0] : undefined
  if (!found || found.withdrawnAt) return no('not-there' as const)
  const may = mayOpen(found.scan)
  if (!may.ok) return may
  const kept = await files.read(found.key)
  if (!kept) throw new Error(`The file of document ${id} is not in storage.`)
  await auditItem(tx, actor, now, 'meeting-document-opened', itemId, { documentId: id })
  return ok({ name: found.fileName, contentType: found.contentType, ...kept })
}
