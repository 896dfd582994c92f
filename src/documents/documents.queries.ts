import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Document, DocumentChange, DocumentVersion, Scan } from './document.ts'

export type DocumentsWanted = { kind?: string; withdrawn?: boolean; limit: number; after?: { at: Date; id: string } }

/** The documents of a case that the actor may see, newest first. */
export async function documentsOf(tx: Tx, caseId: string, wanted: DocumentsWanted): Promise<Document[]> {
  const { rows } = await sql<Row>`
    ${columns} where d.case_id = ${caseId}
      and ${wanted.withdrawn ? sql`d.withdrawn_at is not null` : sql`d.withdrawn_at is null`}
      ${wanted.kind ? sql`and d.kind = ${wanted.kind}` : sql``}
      ${wanted.after ? sql`and (d.added_at, d.id) < (${wanted.after.at}, ${wanted.after.id}::uuid)` : sql``}
    order by d.added_at desc, d.id desc limit ${wanted.limit}`.execute(tx)
  return rows.map(documentFrom)
}

/** How many documents of a case the actor may see, and how many more have been withdrawn. */
export async function countDocuments(tx: Tx, caseId: string): Promise<{ current: number; withdrawn: number }> {
  const { rows } = await sql<{ current: number; withdrawn: number }>`
    select count(*) filter (where withdrawn_at is null) as current, count(*) filter (where withdrawn_at is not null) as withdrawn
    from documents where case_id = ${caseId}`.execute(tx)
  return rows[0] ?? { current: 0, withdrawn: 0 }
}

export async function findDocument(tx: Tx, id: string): Promise<Document | undefined> {
  const { rows } = await sql<Row>`${columns} where d.id = ${id}`.execute(tx)
  return rows[0] && documentFrom(rows[0])
}

/** Every file of a document, the latest first. */
export async function versionsOf(tx: Tx, documentId: string): Promise<DocumentVersion[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from document_versions v join users w on w.id = v.added_by
    where v.document_id = ${documentId} order by v.number desc`.execute(tx)
  return rows.map(versionFrom)
}

/** What a document was called before, and each time that it was withdrawn and put back: the latest first. */
export async function changesOf(tx: Tx, documentId: string): Promise<DocumentChange[]> {
  const { rows } = await sql<DocumentChange>`
    select h.id, h.at, u.name as by, h.kind, h.reason, h.before, h.after from document_changes h join users u on u.id = h.by
    where h.document_id = ${documentId} order by h.at desc, h.id desc`.execute(tx)
  return rows
}

/** One file with what is needed to open it. Not visible means not there. */
export async function findVersion(
  tx: Tx,
  documentId: string,
  number: number,
): Promise<{ version: DocumentVersion; key: string; caseId: string; withdrawn: boolean } | undefined> {
  const { rows } = await sql<VersionRow & { key: string; caseId: string; withdrawn: boolean }>`
    select ${versionColumns}, v.storage_key as key, v.case_id as "caseId", d.withdrawn_at is not null as withdrawn
    from document_versions v join documents d on d.id = v.document_id join users w on w.id = v.added_by
    where v.document_id = ${documentId} and v.number = ${number}`.execute(tx)
  const row = rows[0]
  return row && { version: versionFrom(row), key: row.key, caseId: row.caseId, withdrawn: row.withdrawn }
}

type VersionRow = {
  versionId: string
  documentId: string
  number: number
  fileName: string
  contentType: string
  bytes: number
  versionAddedAt: Date
  versionAddedBy: string
  note: string
  scan: Scan
  scanWords: string
}
type Row = VersionRow & {
  id: string
  caseId: string
  title: string
  kind: string
  datedOn: PlainDate | null
  addedAt: Date
  addedBy: string
  addedById: string
  version: number
  withdrawnAt: Date | null
  withdrawnBy: string | null
  withdrawnReason: string
}

const versionColumns = sql`
  v.id as "versionId", v.document_id as "documentId", v.number, v.file_name as "fileName", v.content_type as "contentType", v.bytes,
  v.added_at as "versionAddedAt", w.name as "versionAddedBy", v.note, v.scan, v.scan_words as "scanWords"`

const columns = sql`
  select d.id, d.case_id as "caseId", d.title, d.kind, d.dated_on as "datedOn", d.added_at as "addedAt", u.name as "addedBy",
    d.added_by as "addedById", d.version, d.withdrawn_at as "withdrawnAt", x.name as "withdrawnBy", d.withdrawn_reason as "withdrawnReason", ${versionColumns}
  from documents d
    join users u on u.id = d.added_by
    left join users x on x.id = d.withdrawn_by
    join document_versions v on v.document_id = d.id and v.number = d.current_version
    join users w on w.id = v.added_by`

function versionFrom(row: VersionRow): DocumentVersion {
  const { versionId, documentId, number, fileName, contentType, bytes, note, scan, scanWords } = row
  return {
    id: versionId,
    documentId,
    number,
    fileName,
    contentType,
    bytes,
    addedAt: row.versionAddedAt,
    addedBy: row.versionAddedBy,
    note,
    scan,
    scanWords,
  }
}

function documentFrom(row: Row): Document {
  const { id, caseId, title, kind, datedOn, addedAt, addedBy, addedById, version } = row
  const withdrawn = row.withdrawnAt ? { at: row.withdrawnAt, by: row.withdrawnBy ?? '', reason: row.withdrawnReason } : null
  return { id, caseId, title, kind, datedOn, addedAt, addedBy, addedById, version, withdrawn, latest: versionFrom(row) }
}
