import { putBackDocument, withdrawDocument } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { errorFor, errorSummaryFor, Form, Textarea } from '../../ui/index.ts'
import { partPage } from '../part-page.tsx'
import { readerOf } from '../read-fields.ts'
import { type About, buttons, type DocumentParts, type Shown, told } from './document-pages.tsx'

/** Takes a document off the list with a reason, and puts it back. */
export async function withdrawPage(
  visit: Visit,
  parts: DocumentParts,
  { part, document }: About,
  { typed, errors }: Shown,
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

export async function postWithdraw(visit: Visit, parts: DocumentParts, { part, document }: About): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const reason = reader.needed('reason', 'Why', 'Enter why the document is withdrawn', 500)
  if (reader.errors.length > 0) return withdrawPage(visit, parts, { part, document }, { typed: visit.fields, errors: reader.errors })
  const outcome = await withdrawDocument(visit.tx, visit.actor, visit.clock.now(), part, document.id, reason)
  if (!outcome.ok) return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This document had been withdrawn already.' })
  await told(visit, null, part, document.id, `Document withdrawn: ${document.title}`, reason)
  return redirect(paths.documents.list(part.caseId), { notice: 'Document withdrawn.' })
}

export async function postPutBack(visit: Visit, { part, document }: About): Promise<Answer> {
  const outcome = await putBackDocument(visit.tx, visit.actor, visit.clock.now(), part, document.id)
  if (outcome.ok) await told(visit, null, part, document.id, `Document put back on file: ${document.title}`)
  return redirect(paths.documents.show(part.caseId, document.id), { notice: 'The document is on file again.' })
}
