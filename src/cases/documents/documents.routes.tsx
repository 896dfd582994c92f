import {
  addDocument,
  addVersion,
  type Document,
  describeDocument,
  findDocument,
  formatOf,
  keepUpload,
  largestFile,
  openVersion,
  putBackDocument,
  type Scanning,
  withdrawDocument,
} from '../../documents/index.ts'
import { labelsOf, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import type { Files } from '../../platform/files.ts'
import { type Answer, file, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, Textarea } from '../../ui/index.ts'
import { isId } from '../load-case.ts'
import { openPart, type PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { readerOf } from '../read-fields.ts'
import { recordOnTimeline } from '../timeline/record-on-timeline.ts'
import { ChangedMeanwhile, changedMeanwhile, DescriptionFields, FileBox, readDescription } from './document-forms.tsx'
import { listDocuments } from './documents-list.tsx'
import { showDocument } from './show-document.tsx'

export type DocumentParts = FrameParts & {
  files: Files
  /** Told of each new file. Null where no scanner is configured. */
  scanning: Pick<Scanning, 'wake'> | null
}

/** `/cases/:caseId/documents…`: list, look, download, add, add a version, describe, withdraw, put back. */
export function documentRoutes(routes: Routes, parts: DocumentParts): void {
  const list = '/cases/:caseId/documents'
  const upload = { may: 'record', uploadLimit: largestFile } as const
  routes.get(list, { may: 'read-records' }, visit => withPart(visit, false, part => listDocuments(visit, parts, part)))
  routes.get(`${list}/new`, { may: 'record' }, visit => withPart(visit, true, part => addPage(visit, parts, part, noFields, [])))
  routes.post(`${list}/new`, upload, visit => withPart(visit, true, part => postNew(visit, parts, part)))
  const one = `${list}/:documentId`
  routes.get(one, { may: 'read-records' }, visit =>
    withDocument(visit, false, (part, document) => showDocument(visit, parts, part, document)),
  )
  routes.get(`${one}/files/:number`, { may: 'read-records' }, visit =>
    withDocument(visit, false, (part, document) => openFile(visit, parts, part, document)),
  )
  routes.get(`${one}/edit`, { may: 'record' }, visit =>
    withDocument(visit, true, (part, document) => editPage(visit, parts, part, document, noFields, [])),
  )
  routes.post(`${one}/edit`, { may: 'record' }, visit =>
    withDocument(visit, true, (part, document) => postEdit(visit, parts, part, document)),
  )
  routes.get(`${one}/versions/new`, { may: 'record' }, visit =>
    withDocument(visit, true, (part, document) => versionPage(visit, parts, part, document, noFields, [])),
  )
  routes.post(`${one}/versions/new`, upload, visit =>
    withDocument(visit, true, (part, document) => postVersion(visit, parts, part, document)),
  )
  routes.get(`${one}/withdraw`, { may: 'record' }, visit =>
    withDocument(visit, true, (part, document) => withdrawPage(visit, parts, part, document, noFields, [])),
  )
  routes.post(`${one}/withdraw`, { may: 'record' }, visit =>
    withDocument(visit, true, (part, document) => postWithdraw(visit, parts, part, document)),
  )
  routes.post(`${one}/put-back`, { may: 'record' }, visit =>
    withDocument(visit, true, (part, document) => postPutBack(visit, part, document)),
  )
}

async function withPart(visit: Visit, toEdit: boolean, work: (part: PartOfCase) => Promise<Answer>): Promise<Answer> {
  const part = await openPart(visit.tx, visit.actor, visit.params.caseId ?? '', 'documents')
  return part && (part.mayEdit || !toEdit) ? work(part) : notFound()
}

/** A withdrawn document is shown only to those who could put it back. */
async function withDocument(
  visit: Visit,
  toEdit: boolean,
  work: (part: PartOfCase, document: Document) => Promise<Answer>,
): Promise<Answer> {
  return withPart(visit, toEdit, async part => {
    const id = visit.params.documentId ?? ''
    const document = isId(id) ? await findDocument(visit.tx, id) : undefined
    if (document?.caseId !== part.caseId || (document.withdrawn && !part.mayEdit)) return notFound()
    return work(part, document)
  })
}

const kindsOf = (visit: Visit, part: PartOfCase, keep = '') => optionsOf(visit.tx, 'document-kind', part.serviceArea, keep)
const uploadOf = (visit: Visit) => visit.uploads.find(one => one.field === 'file')

/** A line in the timeline, with the scanner woken once it is all saved. */
async function told(visit: Visit, parts: DocumentParts | null, part: PartOfCase, id: string, title: string, summary = ''): Promise<void> {
  const href = paths.documents.show(part.caseId, id)
  const { tx, actor, clock } = visit
  await recordOnTimeline(tx, {
    caseId: part.caseId,
    at: clock.now(),
    kind: 'document',
    part: 'documents',
    title,
    summary,
    source: { type: 'document', id },
    href,
    actor,
    lists: part.lists,
  })
  if (parts) visit.afterCommit(() => parts.scanning?.wake())
}

// ── Add ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function addPage(
  visit: Visit,
  parts: DocumentParts,
  part: PartOfCase,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const body = (
    <Form {...visit.form} action={paths.documents.add(part.caseId)} multipart classes="ly-form">
      {errorSummaryFor(errors)}
      <FileBox errors={errors} again={errors.length > 0} />
      <DescriptionFields
        typed={typed}
        errors={errors}
        kinds={await kindsOf(visit, part)}
        titleHint="Leave empty to call it by its file’s name"
      />
      {buttons('Add document', paths.documents.list(part.caseId))}
    </Form>
  )
  return partPage(visit, parts, part, 'Add a document', body, { current: 'documents', hasErrors: errors.length > 0, narrow: true })
}

async function postNew(visit: Visit, parts: DocumentParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const upload = uploadOf(visit)
  const { value, errors } = readDescription(fields, await kindsOf(visit, part), today(clock), upload?.name)
  const kept = await keepUpload(parts.files, upload)
  if (!kept.ok || errors.length > 0) {
    const all = kept.ok
      ? [...errors, { field: 'file', message: 'Select the file again: it has not been kept' }]
      : [{ field: 'file', message: kept.message }, ...errors]
    return addPage(
      visit,
      parts,
      part,
      fields,
      all.filter(error => upload || error.field !== 'title'),
    )
  }
  const id = await addDocument(tx, actor, clock.now(), part, { ...value, file: kept.file, willBeScanned: parts.scanning !== null })
  await told(visit, parts, part, id, `Document added: ${value.title}`)
  return redirect(paths.documents.show(part.caseId, id), { notice: 'Document added.' })
}

// ── Change ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function editPage(
  visit: Visit,
  parts: DocumentParts,
  part: PartOfCase,
  document: Document,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  if (document.withdrawn) return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This document has been withdrawn.' })
  const body = (
    <Form {...visit.form} action={paths.documents.edit(part.caseId, document.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {await meanwhile(visit, part, document, errors)}
      <input type="hidden" name="version" value={String(document.version)} />
      <DescriptionFields typed={typed} errors={errors} kinds={await kindsOf(visit, part, document.kind)} document={document} />
      {buttons('Save', paths.documents.show(part.caseId, document.id))}
    </Form>
  )
  return partPage(visit, parts, part, 'Change a document', body, { current: 'documents', hasErrors: errors.length > 0, narrow: true })
}

async function postEdit(visit: Visit, parts: DocumentParts, part: PartOfCase, document: Document): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = readDescription(fields, await kindsOf(visit, part, document.kind), today(clock))
  if (errors.length > 0) return editPage(visit, parts, part, document, fields, errors)
  const outcome = await describeDocument(tx, actor, clock.now(), part, {
    id: document.id,
    version: Number(fields.text('version')) || 0,
    ...value,
  })
  if (!outcome.ok)
    return refused(visit, document, outcome.error, latest => editPage(visit, parts, part, latest, fields, [changedMeanwhile]))
  return redirect(paths.documents.show(part.caseId, document.id), { notice: 'Document changed.' })
}

async function versionPage(
  visit: Visit,
  parts: DocumentParts,
  part: PartOfCase,
  document: Document,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  if (document.withdrawn) return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This document has been withdrawn.' })
  const body = (
    <Form {...visit.form} action={paths.documents.addVersion(part.caseId, document.id)} multipart classes="ly-form">
      {errorSummaryFor(errors)}
      {await meanwhile(visit, part, document, errors)}
      <p class="govuk-body">
        {document.title}. The files that are there already are kept: {document.latest.number} so far, the latest “{document.latest.fileName}
        ”.
      </p>
      <input type="hidden" name="version" value={String(document.version)} />
      <FileBox errors={errors} again={errors.length > 0} />
      {Input({ name: 'note', label: 'What is new in it (optional)', value: typed.typed('note'), errorMessage: errorFor(errors, 'note') })}
      {buttons('Add new version', paths.documents.show(part.caseId, document.id))}
    </Form>
  )
  return partPage(visit, parts, part, 'Add a new version', body, { current: 'documents', hasErrors: errors.length > 0, narrow: true })
}

async function postVersion(visit: Visit, parts: DocumentParts, part: PartOfCase, document: Document): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const note = reader.text('note', 'What is new in it', 500)
  const kept = await keepUpload(parts.files, uploadOf(visit))
  if (!kept.ok) reader.errors.unshift({ field: 'file', message: kept.message })
  if (!kept.ok || reader.errors.length > 0) return versionPage(visit, parts, part, document, fields, reader.errors)
  const change = {
    id: document.id,
    version: Number(fields.text('version')) || 0,
    file: kept.file,
    note,
    willBeScanned: parts.scanning !== null,
  }
  const outcome = await addVersion(tx, actor, clock.now(), part, change)
  if (!outcome.ok)
    return refused(visit, document, outcome.error, latest => versionPage(visit, parts, part, latest, fields, [changedMeanwhile]))
  await told(visit, parts, part, document.id, `New version of ${document.title}`, note)
  return redirect(paths.documents.show(part.caseId, document.id), { notice: 'New version added.' })
}

async function withdrawPage(
  visit: Visit,
  parts: DocumentParts,
  part: PartOfCase,
  document: Document,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const body = (
    <Form {...visit.form} action={paths.documents.withdraw(part.caseId, document.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        “{document.title}” will no longer be listed, and none of its files can be opened. It is kept, and can be put back.
      </p>
      {Textarea({ name: 'reason', label: 'Why', rows: 3, value: typed.typed('reason'), errorMessage: errorFor(errors, 'reason') })}
      {buttons('Withdraw document', paths.documents.show(part.caseId, document.id), 'govuk-button--warning')}
    </Form>
  )
  return partPage(visit, parts, part, 'Withdraw a document', body, { current: 'documents', hasErrors: errors.length > 0, narrow: true })
}

async function postWithdraw(visit: Visit, parts: DocumentParts, part: PartOfCase, document: Document): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const reason = reader.needed('reason', 'Why', 'Enter why the document is withdrawn', 500)
  if (reader.errors.length > 0) return withdrawPage(visit, parts, part, document, visit.fields, reader.errors)
  const outcome = await withdrawDocument(visit.tx, visit.actor, visit.clock.now(), part, document.id, reason)
  if (!outcome.ok) return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This document had been withdrawn already.' })
  await told(visit, null, part, document.id, `Document withdrawn: ${document.title}`, reason)
  return redirect(paths.documents.list(part.caseId), { notice: 'Document withdrawn.' })
}

async function postPutBack(visit: Visit, part: PartOfCase, document: Document): Promise<Answer> {
  const outcome = await putBackDocument(visit.tx, visit.actor, visit.clock.now(), part, document.id)
  if (outcome.ok) await told(visit, null, part, document.id, `Document put back on file: ${document.title}`)
  return redirect(paths.documents.show(part.caseId, document.id), { notice: 'The document is on file again.' })
}

// ── Open ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function openFile(visit: Visit, parts: DocumentParts, part: PartOfCase, document: Document): Promise<Answer> {
  const number = Number(visit.params.number)
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000) return notFound()
  const inline = visit.query.has('show')
  const outcome = await openVersion(visit.tx, visit.actor, visit.clock.now(), parts.files, part, {
    documentId: document.id,
    number,
    inline,
  })
  if (!outcome.ok) {
    if (outcome.error === 'not-there') return notFound()
    return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This file cannot be opened.' })
  }
  const { version, content, bytes } = outcome.value
  const preview = formatOf(version.contentType)?.preview
  return file({
    content,
    type: version.contentType,
    name: version.fileName,
    inline: inline && preview !== undefined,
    headers: {
      'content-length': String(bytes),
      'content-security-policy': preview === 'pdf' ? pdfPolicy : sandboxed,
      'x-content-type-options': 'nosniff',
    },
  })
}

// What somebody else made runs nothing here, sees nothing of ours and sends nothing anywhere.
const sandboxed = "sandbox; default-src 'none'; frame-ancestors 'self'"
// Browsers' own PDF viewers do not start in a sandbox (Chrome shows "blocked", Safari an empty page), and need their inline styles.
// The content was found to be a PDF, and `nosniff` keeps it one.
const pdfPolicy =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

async function meanwhile(visit: Visit, part: PartOfCase, document: Document, errors: readonly FieldError[]) {
  if (!errors.includes(changedMeanwhile)) return null
  const labels = await labelsOf(visit.tx, 'document-kind', part.serviceArea)
  return <ChangedMeanwhile document={document} kindName={labels.get(document.kind) ?? document.kind} />
}

/** Somebody was quicker: their change is shown beside what was typed, which is on the page again. */
async function refused(
  visit: Visit,
  document: Document,
  error: 'not-there' | 'changed-meanwhile' | 'withdrawn',
  again: (latest: Document) => Promise<Answer>,
): Promise<Answer> {
  const latest = await findDocument(visit.tx, document.id)
  if (!latest || error === 'not-there') return notFound()
  return again(latest)
}

const buttons = (text: string, back: string, classes?: string) => (
  <div class="govuk-button-group">
    {Button({ text, classes, preventDoubleClick: true })}
    <a class="govuk-link" href={back}>
      Cancel
    </a>
  </div>
)
