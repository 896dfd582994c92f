import { describeDocument } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { errorSummaryFor, Form } from '../../ui/index.ts'
import { partPage } from '../part-page.tsx'
import { changedMeanwhile, DescriptionFields, readDescription } from './document-forms.tsx'
import { type About, buttons, type DocumentParts, kindsOf, meanwhile, refused, type Shown } from './document-pages.tsx'

/** Describes a document otherwise: its title, its kind, its date. */
export async function editPage(visit: Visit, parts: DocumentParts, { part, document }: About, { typed, errors }: Shown): Promise<Answer> {
  if (document.withdrawn) return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This document has been withdrawn.' })
  const body = (
    <Form {...visit.form} action={paths.documents.edit(part.caseId, document.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {await meanwhile(visit, { part, document }, errors)}
      <input type="hidden" name="version" value={String(document.version)} />
      <DescriptionFields typed={typed} errors={errors} kinds={await kindsOf(visit, part, document.kind)} document={document} />
      {buttons('Save', paths.documents.show(part.caseId, document.id))}
    </Form>
  )
  return partPage(visit, parts, part, 'Change a document', body, { current: 'documents', hasErrors: errors.length > 0, narrow: true })
}

export async function postEdit(visit: Visit, parts: DocumentParts, { part, document }: About): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = readDescription(fields, await kindsOf(visit, part, document.kind), today(clock))
  if (errors.length > 0) return editPage(visit, parts, { part, document }, { typed: fields, errors: errors })
  const outcome = await describeDocument(tx, actor, clock.now(), part, {
    id: document.id,
    version: Number(fields.text('version')) || 0,
    ...value,
  })
  if (!outcome.ok)
    return refused(visit, document, outcome.error, latest =>
      editPage(visit, parts, { part, document: latest }, { typed: fields, errors: [changedMeanwhile] }),
    )
  return redirect(paths.documents.show(part.caseId, document.id), { notice: 'Document changed.' })
}
