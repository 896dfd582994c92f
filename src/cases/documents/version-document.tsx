import { addVersion, keepUpload } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { errorFor, errorSummaryFor, Form, Input } from '../../ui/index.ts'
import { partPage } from '../part-page.tsx'
import { readerOf } from '../read-fields.ts'
import { changedMeanwhile, FileBox } from './document-forms.tsx'
import { type About, buttons, type DocumentParts, meanwhile, refused, type Shown, told, uploadOf } from './document-pages.tsx'

/** Adds a new version of a document; the files that are there stay. */
export async function versionPage(
  visit: Visit,
  parts: DocumentParts,
  { part, document }: About,
  { typed, errors }: Shown,
): Promise<Answer> {
  if (document.withdrawn) return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This document has been withdrawn.' })
  const body = (
    <Form {...visit.form} action={paths.documents.addVersion(part.caseId, document.id)} multipart classes="ly-form">
      {errorSummaryFor(errors)}
      {await meanwhile(visit, { part, document }, errors)}
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

export async function postVersion(visit: Visit, parts: DocumentParts, { part, document }: About): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const note = reader.text('note', 'What is new in it', 500)
  const kept = await keepUpload(parts.files, uploadOf(visit))
  if (!kept.ok) reader.errors.unshift({ field: 'file', message: kept.message })
  if (!kept.ok || reader.errors.length > 0) return versionPage(visit, parts, { part, document }, { typed: fields, errors: reader.errors })
  const change = {
    id: document.id,
    version: Number(fields.text('version')) || 0,
    file: kept.file,
    note,
    willBeScanned: parts.scanning !== null,
  }
  const outcome = await addVersion(tx, actor, clock.now(), part, change)
  if (!outcome.ok)
    return refused(visit, document, outcome.error, latest =>
      versionPage(visit, parts, { part, document: latest }, { typed: fields, errors: [changedMeanwhile] }),
    )
  await told(visit, parts, part, document.id, `New version of ${document.title}`, note)
  return redirect(paths.documents.show(part.caseId, document.id), { notice: 'New version added.' })
}
