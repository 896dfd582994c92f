import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase, listsForPart, type SectionOfForm, sectionInText } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Upload } from '../platform/web/receive.ts'
import { takeOutTexts } from '../texts/index.ts'
import { checkContent, cleanFileName, refusalInWords } from './content-check.ts'
import { type Description, type DocumentChange, type DocumentVersion, type KeptFile, largestFile, mayOpen } from './document.ts'
import { findDocument, findVersion } from './documents.queries.ts'
import { writeDocumentName, writeDocumentTexts } from './texts-of-documents.ts'

/** Where a document belongs, for its row and its audit. The caller has read it under the actor's own rights. */
export type Place = { caseId: string; personId: string }
type Change = 'not-there' | 'changed-meanwhile' | 'withdrawn'

/** Checks what was uploaded and keeps it, or says in the person's words why not. Nothing speaks of it until a document does. */
export async function keepUpload(
  files: Files,
  upload: Upload | undefined,
): Promise<{ ok: true; file: KeptFile } | { ok: false; message: string }> {
  if (!upload) return { ok: false, message: 'Select a file' }
  const name = cleanFileName(upload.name)
  if (upload.tooLarge || upload.bytes > largestFile) return { ok: false, message: 'The selected file must be smaller than 25 MB' }
  const checked = await checkContent(upload.path, name)
  if (!checked.ok) return { ok: false, message: refusalInWords(checked.refusal, name) }
  const { key, bytes } = await files.keep(upload.path)
  return { ok: true, file: { name, contentType: checked.format.contentType, bytes, key } }
}

/** The same for a file that the product has made itself: it passes every check that an upload does. */
export async function keepMade(files: Files, name: string, content: Buffer): Promise<KeptFile> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-made-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, content)
    const kept = await keepUpload(files, { field: '', name, path, bytes: content.length, tooLarge: false })
    if (!kept.ok) throw new Error(`A file that was made here cannot be kept: ${kept.message}`)
    return kept.file
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export type NewDocument = {
  title: string
  kind: string
  datedOn: PlainDate | null
  file: KeptFile
  willBeScanned: boolean
  /** The section of a form whose question it was given to: whoever that is withheld from has no sight of the document either. */
  of?: SectionOfForm | undefined
  /** Sections of forms that it follows from, as a letter does that quotes answers: the same holds for each. */
  followsFrom?: readonly SectionOfForm[]
}

/** Puts a document on file. The actor must be able to edit the case's documents: row-level security refuses otherwise. */
export async function addDocument(tx: Tx, actor: Actor, now: Date, place: Place, document: NewDocument): Promise<string> {
  const id = uuid()
  const further = document.followsFrom ?? []
  const sections = document.of ? [document.of, ...further] : further
  const { readers, editors, withheld } = await listsForPart(tx, place.caseId, 'documents', sections)
  await tx
    .insertInto('documents')
    .values({
      id,
      case_id: place.caseId,
      answer_set_id: document.of?.answerSetId ?? null,
      section: document.of?.section ?? null,
      further_sections: further.map(sectionInText),
      kind: document.kind,
      title: document.title,
      dated_on: document.datedOn,
      added_at: now,
      added_by: authorOf(actor),
      readers,
      editors,
      withheld,
    })
    .execute()
  await insertVersion(tx, actor, now, { id, caseId: place.caseId, number: 1 }, { ...document, note: '' })
  await writeDocumentTexts(tx, id, place.personId)
  await audit(tx, actor, now, { ...subject('document-added', place, id), detail: { kind: document.kind, bytes: document.file.bytes } })
  return id
}

/** A later file of the same document: the one shown from now on. Those before it are kept. */
export async function addVersion(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  change: { id: string; version: number; file: KeptFile; note: string; willBeScanned: boolean },
): Promise<Result<number, Change>> {
  await holdCase(tx, place.caseId)
  const changed = await tx
    .updateTable('documents')
    .set(row => ({ current_version: row('current_version', '+', 1), version: row('version', '+', 1) }))
    .where('id', '=', change.id)
    .where('case_id', '=', place.caseId)
    .where('version', '=', change.version)
    .where('withdrawn_at', 'is', null)
    .returning('current_version as number')
    .executeTakeFirst()
  if (!changed) return no(await whyNot(tx, change.id))
  await insertVersion(tx, actor, now, { id: change.id, caseId: place.caseId, number: changed.number }, change)
  await writeDocumentTexts(tx, change.id, place.personId)
  await audit(tx, actor, now, {
    ...subject('document-version-added', place, change.id),
    detail: { number: changed.number, bytes: change.file.bytes },
  })
  return ok(changed.number)
}

/** Another title, kind or date for a document. What it was called before is kept. */
export async function describeDocument(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  change: { id: string; version: number; title: string; kind: string; datedOn: PlainDate | null },
): Promise<Result<void, Change>> {
  const { id, version, title, kind, datedOn } = change
  await holdCase(tx, place.caseId)
  const was = await findDocument(tx, id)
  const changed = await tx
    .updateTable('documents')
    .set(row => ({ title, kind, dated_on: datedOn, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('case_id', '=', place.caseId)
    .where('version', '=', version)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  // The version is the one that was read, so that nobody has changed it in between.
  if (!was || changed.numUpdatedRows === 0n) return no(await whyNot(tx, id))
  await writeDocumentName(tx, id, place.personId)
  const fields = describedFields.filter(field => was[field] !== change[field])
  const of = (from: Description) => Object.fromEntries(fields.map(field => [field, from[field]]))
  if (fields.length > 0) await keepChange(tx, actor, now, id, { kind: 'described', before: of(was), after: of(change) })
  await audit(tx, actor, now, { ...subject('document-described', place, id), detail: { fields, kind } })
  return ok(undefined)
}

/** Takes a document off the file for a reason: no longer listed or opened, and kept. */
export async function withdrawDocument(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  id: string,
  reason: string,
): Promise<Result<void, Change>> {
  await holdCase(tx, place.caseId)
  const changed = await tx
    .updateTable('documents')
    .set(row => ({ withdrawn_at: now, withdrawn_by: authorOf(actor), withdrawn_reason: reason, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('case_id', '=', place.caseId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) return no(await whyNot(tx, id))
  await takeOutTexts(tx, 'document', id)
  await keepChange(tx, actor, now, id, { kind: 'withdrawn', reason })
  await audit(tx, actor, now, subject('document-withdrawn', place, id))
  return ok(undefined)
}

/** Undoes a withdrawal. Who withdrew it, when and why is kept beside. */
export async function putBackDocument(tx: Tx, actor: Actor, now: Date, place: Place, id: string): Promise<Result<void, 'not-there'>> {
  await holdCase(tx, place.caseId)
  const changed = await tx
    .updateTable('documents')
    .set(row => ({ withdrawn_at: null, withdrawn_by: null, withdrawn_reason: '', version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('case_id', '=', place.caseId)
    .where('withdrawn_at', 'is not', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) return no('not-there')
  await writeDocumentTexts(tx, id, place.personId)
  await keepChange(tx, actor, now, id, { kind: 'put-back' })
  await audit(tx, actor, now, subject('document-put-back', place, id))
  return ok(undefined)
}

/**
 * One file to look at or to take away, audited. Visibility is asked of the database each time: a link that somebody kept is worth nothing
 * once they may no longer see the case.
 */
export async function openVersion(
  tx: Tx,
  actor: Actor,
  now: Date,
  files: Files,
  place: Place,
  wanted: { documentId: string; number: number; inline: boolean },
): Promise<Result<{ version: DocumentVersion; content: Readable; bytes: number }, 'not-there' | 'awaiting-scan' | 'infected'>> {
  const found = await findVersion(tx, wanted.documentId, wanted.number)
  if (!found || found.withdrawn || found.caseId !== place.caseId) return no('not-there')
  const may = mayOpen(found.version.scan)
  if (!may.ok) return may
  const kept = await files.read(found.key)
  if (!kept) throw new Error(`The file of document version ${found.version.id} is not in storage.`)
  const detail = { number: found.version.number, how: wanted.inline ? 'shown' : 'downloaded' }
  await audit(tx, actor, now, { ...subject('document-opened', place, wanted.documentId), detail })
  return ok({ version: found.version, ...kept })
}

async function insertVersion(
  tx: Tx,
  actor: Actor,
  now: Date,
  document: { id: string; caseId: string; number: number },
  { file, note, willBeScanned }: { file: KeptFile; note: string; willBeScanned: boolean },
): Promise<void> {
  // The same lists as the document itself, whatever has happened to them since the page was opened.
  const scan = willBeScanned ? 'awaiting-scan' : 'not-scanned'
  await sql`
    insert into document_versions (id, document_id, case_id, answer_set_id, section, further_sections, number, file_name, content_type, bytes, storage_key, added_at, added_by, note, scan, readers, editors, withheld)
    select ${uuid()}, d.id, d.case_id, d.answer_set_id, d.section, d.further_sections, ${document.number}, ${file.name}, ${file.contentType}, ${file.bytes}, ${file.key}, ${now}, ${authorOf(actor)}, ${note}, ${scan},
      d.readers, d.editors, d.withheld
    from documents d where d.id = ${document.id}`.execute(tx)
}

const describedFields = ['title', 'kind', 'datedOn'] as const

async function keepChange(
  tx: Tx,
  actor: Actor,
  now: Date,
  id: string,
  change: { kind: DocumentChange['kind']; reason?: string; before?: Partial<Description>; after?: Partial<Description> },
): Promise<void> {
  await sql`
    insert into document_changes (id, document_id, case_id, answer_set_id, section, further_sections, at, by, kind, reason, before, after, readers, editors, withheld)
    select ${uuid()}, d.id, d.case_id, d.answer_set_id, d.section, d.further_sections, ${now}, ${authorOf(actor)}, ${change.kind}, ${change.reason ?? ''},
      ${JSON.stringify(change.before ?? {})}::jsonb, ${JSON.stringify(change.after ?? {})}::jsonb, d.readers, d.editors, d.withheld
    from documents d where d.id = ${id}`.execute(tx)
}

async function whyNot(tx: Tx, id: string): Promise<Change> {
  const row = await tx.selectFrom('documents').select('withdrawn_at').where('id', '=', id).executeTakeFirst()
  if (!row) return 'not-there'
  return row.withdrawn_at ? 'withdrawn' : 'changed-meanwhile'
}

const subject = (action: string, place: Place, id: string) => ({
  action,
  subject: { type: 'document', id },
  personId: place.personId,
  caseId: place.caseId,
})

function authorOf(actor: Actor): string {
  if (!actor.userId) throw new Error('Only a user puts documents on file.')
  return actor.userId
}
