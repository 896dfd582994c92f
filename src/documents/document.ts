import type { PlainDate } from '../platform/plain-date.ts'
import { type FileFormat, formatOf } from './content-check.ts'

/** What a scanner has said of a file. Only `clean` and `not-scanned` (none was configured when it came) can be opened. */
export type Scan = 'not-scanned' | 'awaiting-scan' | 'clean' | 'infected'

export type DocumentVersion = {
  id: string
  documentId: string
  number: number
  fileName: string
  contentType: string
  bytes: number
  addedAt: Date
  addedBy: string
  note: string
  scan: Scan
  /** The name of the virus, when there is one. */
  scanWords: string
}

export type Document = {
  id: string
  caseId: string
  title: string
  /** A code of the list document-kind. */
  kind: string
  datedOn: PlainDate | null
  addedAt: Date
  addedBy: string
  /** The user. */
  addedById: string
  /** Of the row: what a form sends back so that two people changing it at once are told. */
  version: number
  withdrawn: { at: Date; by: string; reason: string } | null
  /** The latest file. */
  latest: DocumentVersion
}

export type Description = Pick<Document, 'title' | 'kind' | 'datedOn'>

/** What happened to a document beside its files: what it was called before, why it was once withdrawn. */
export type DocumentChange = {
  id: string
  at: Date
  by: string
  kind: 'described' | 'withdrawn' | 'put-back'
  /** Of a withdrawal. */
  reason: string
  /** Those that changed. */
  before: Partial<Description>
  after: Partial<Description>
}

/** A file that has been checked and kept, not yet spoken of by any row. */
export type KeptFile = { name: string; contentType: string; bytes: number; key: string }

/** How many bytes one file may have. */
export const largestFile = 25 * 1024 * 1024
export const longestTitle = 200

/** Whether a file may be opened, and if not why. */
export function mayOpen(scan: Scan): { ok: true } | { ok: false; error: 'awaiting-scan' | 'infected' } {
  return scan === 'clean' || scan === 'not-scanned' ? { ok: true } : { ok: false, error: scan }
}

/** How a browser can show this file in the page; undefined when it can only be downloaded. */
export function previewOf(version: { contentType: string; scan: Scan }): FileFormat['preview'] {
  return mayOpen(version.scan).ok ? formatOf(version.contentType)?.preview : undefined
}

/** '2.4 MB', as people say it. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
