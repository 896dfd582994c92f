import { sql } from 'kysely'
import type { ScanQueue } from '../documents/index.ts'
import type { Files } from '../platform/files.ts'
import { auditItem } from './change-items.ts'

type Table = 'meeting_evidence' | 'meeting_documents'

/** What waits for the scanner, after documents of cases: files that show what was done, and documents of items. */
export const evidenceToScan = (files: Files): ScanQueue => toScan(files, 'meeting_evidence', 'evidenceId')
export const itemDocumentsToScan = (files: Files): ScanQueue => toScan(files, 'meeting_documents', 'documentId')

const toScan = (files: Files, name: Table, called: string): ScanQueue => ({
  files,
  takeUp: async (tx, now, before) => {
    const table = sql.table(name)
    const { rows } = await sql<{ id: string; itemId: string; key: string }>`
      update ${table} set scan_started_at = ${now}
      where id = (
        select id from ${table} where scan = 'awaiting-scan' and (scan_started_at is null or scan_started_at < ${before})
        order by added_at limit 1 for update skip locked)
      returning id, item_id as "itemId", storage_key as key`.execute(tx)
    const file = rows[0]
    return (
      file && {
        id: file.id,
        key: file.key,
        found: async (written, at, outcome, actor) => {
          const virus = outcome.found ? outcome.name : ''
          await sql`
            update ${table} set scan = ${outcome.found ? 'infected' : 'clean'}, scanned_at = ${at}, scan_words = ${virus} where id = ${file.id}`.execute(
            written,
          )
          const action = outcome.found ? 'document-infected' : 'document-scanned'
          await auditItem(written, actor, at, action, file.itemId, { [called]: file.id, ...(virus ? { virus } : {}) })
        },
      }
    )
  },
})
