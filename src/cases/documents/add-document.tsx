import { addDocument, keepUpload } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { errorSummaryFor, Form } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { partPage } from '../part-page.tsx'
import { DescriptionFields, FileBox, readDescription } from './document-forms.tsx'
import { buttons, type DocumentParts, kindsOf, type Shown, told, uploadOf } from './document-pages.tsx'

/** Adds a document to the case. */
export async function addPage(visit: Visit, parts: DocumentParts, part: PartOfCase, { typed, errors }: Shown): Promise<Answer> {
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

export async function postNew(visit: Visit, parts: DocumentParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const upload = uploadOf(visit)
  const { value, errors } = readDescription(fields, await kindsOf(visit, part), today(clock), upload?.name)
  const kept = await keepUpload(parts.files, upload)
  if (!kept.ok || errors.length > 0) {
    const all = kept.ok
      ? [...errors, { field: 'file', message: 'Select the file again: it has not been kept' }]
      : [{ field: 'file', message: kept.message }, ...errors]
    return addPage(visit, parts, part, { typed: fields, errors: all.filter(error => upload || error.field !== 'title') })
  }
  const id = await addDocument(tx, actor, clock.now(), part, { ...value, file: kept.file, willBeScanned: parts.scanning !== null })
  await told(visit, parts, part, id, `Document added: ${value.title}`)
  return redirect(paths.documents.show(part.caseId, id), { notice: 'Document added.' })
}
