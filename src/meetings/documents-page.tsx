import type { VNode } from 'preact'
import { readerOf } from '../cases/index.ts'
import { answerWithFile, keepUpload, longestTitle, mayOpen, sizeInWords } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, errorFor, errorSummaryFor, type FieldError, FileUpload, Form, Input, Tag } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { addItemDocument, type ItemDocument, itemDocumentsOf, openItemDocument } from './documents.ts'
import { buttons, itemLink, type MeetingParts, meetingPage, type OfItem } from './frame.tsx'
import { isOnCase, mayWriteWords } from './own-rows.ts'
import { takeBack } from './take-back.ts'

/** The documents of an item whose kind keeps them, for whoever is on the case; for anybody else there is no such page. */
const withDocuments = async (visit: Visit, of: OfItem, work: () => Promise<Answer>): Promise<Answer> =>
  of.kind.documents && of.item.state !== 'draft' && (await isOnCase(visit, of)) ? work() : notFound()

/** What stands on the item's own page: the documents, and the way to add one. */
export async function DocumentsPanel(visit: Visit, of: OfItem): Promise<VNode | null> {
  if (!of.kind.documents) return null
  const all = (await itemDocumentsOf(visit.tx, visit.actor, of.item.id)).filter(one => !one.withdrawnAt)
  const mayAdd = (await mayWriteWords(visit, of)) !== undefined
  if (all.length === 0 && !mayAdd) return null
  return (
    <section aria-labelledby="documents">
      <h2 class="govuk-heading-m" id="documents">
        Documents
      </h2>
      {all.length === 0 ? <p class="govuk-body">There is none.</p> : null}
      <ul class="govuk-list">
        {all.map(one => (
          <li key={one.id}>
            <Title of={of} one={one} />
            <span class="ly-second">
              {one.byName}, {one.byAgency}, {formatInstant(one.addedAt)}
            </span>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.documents(of.item.id)}>
          {mayAdd ? 'Add a document' : 'All documents'}
        </a>
      </p>
    </section>
  )
}

const Title = ({ of: { item }, one }: { of: OfItem; one: ItemDocument }): VNode =>
  one.withdrawnAt ? (
    <span>
      <s>{one.title}</s> <Tag text="taken back" classes="govuk-tag--grey" />
    </span>
  ) : mayOpen(one.scan).ok ? (
    <a class="govuk-link" href={paths.meetings.document(item.id, one.id)}>
      {one.title}
    </a>
  ) : (
    <span>{one.title}</span>
  )

/** Why a file is not to be opened yet, or how large it is. */
function standing(one: ItemDocument): string {
  const may = mayOpen(one.scan)
  if (may.ok) return `${one.fileName}, ${sizeInWords(one.bytes)}`
  return may.error === 'infected' ? 'A virus was found in it: it is kept shut' : 'It is being checked for viruses'
}

export const documentsPage = (visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> =>
  withDocuments(visit, of, async () => {
    const { tx, actor, clock } = visit
    const { item, kind, series } = of
    const all = await itemDocumentsOf(tx, actor, item.id)
    const mayAdd = (await mayWriteWords(visit, of)) !== undefined
    await auditItem(tx, actor, clock.now(), 'meeting-documents-listed', item.id)
    const body = (
      <>
        {errorSummaryFor(errors)}
        <DataTable
          caption="Documents"
          captionHidden
          rows={all}
          keyOf={one => one.id}
          empty={<p class="govuk-body">There is none.</p>}
          columns={[
            {
              heading: 'Document',
              rowHeader: true,
              cell: one => <Title of={of} one={one} />,
              second: one => (one.withdrawnAt ? '' : standing(one)),
            },
            { heading: 'By', cell: one => one.byName, second: one => `${one.byAgency}, ${formatInstant(one.addedAt)}` },
            ...(mayAdd
              ? [
                  {
                    heading: 'Mistake',
                    headingHidden: true as const,
                    cell: (one: ItemDocument) =>
                      one.withdrawnAt || !(item.mayEdit || one.isOwn) ? null : (
                        <Form {...visit.form} action={paths.meetings.withdrawDocument(item.id, one.id)}>
                          <button class="ly-link-button" type="submit">
                            Take back<span class="govuk-visually-hidden"> {one.title}</span>
                          </button>
                        </Form>
                      ),
                  },
                ]
              : []),
          ]}
        />
        {mayAdd ? (
          <Form {...visit.form} action={paths.meetings.documents(item.id)} classes="ly-form" multipart>
            <h2 class="govuk-heading-m">Add a document</h2>
            {Input({
              name: 'title',
              id: 'title',
              label: 'What it is',
              hint: 'For example, discharge letter of 12 November',
              value: typed.typed('title'),
              errorMessage: errorFor(errors, 'title'),
            })}
            {FileUpload({
              name: 'file',
              id: 'file',
              label: 'The file',
              hint: 'A letter, a photograph or a PDF, up to 25 MB. Whoever is on this case and reads its words can open it',
              errorMessage: errorFor(errors, 'file'),
            })}
            {buttons('Add it', paths.meetings.item(item.id), 'Back to the case')}
          </Form>
        ) : null}
      </>
    )
    return meetingPage(kind, 'Documents', body, {
      context: itemLink(item),
      inTitle: `${series.name}, case ${item.reference}`,
      hasErrors: errors.length > 0,
    })
  })

export const postDocument = (visit: Visit, { files, scanning }: MeetingParts, of: OfItem): Promise<Answer> =>
  withDocuments(visit, of, async () => {
    const { tx, actor, clock, fields, uploads } = visit
    const own = await mayWriteWords(visit, of)
    if (!own) return notFound()
    const read = readerOf(fields)
    const title = read.needed('title', 'What it is', 'Enter what it is', longestTitle)
    const upload = uploads.find(one => one.field === 'file' && one.name !== '')
    if (!upload) read.refuse('file', 'Choose a file')
    if (!upload || read.errors.length > 0) return documentsPage(visit, of, fields, read.errors)
    const kept = await keepUpload(files, upload)
    if (!kept.ok) return documentsPage(visit, of, fields, [{ field: 'file', message: kept.message }])
    await addItemDocument(tx, actor, clock.now(), of.item.id, { title, file: kept.file, willBeScanned: scanning !== null, own })
    visit.afterCommit(() => scanning?.wake())
    return redirect(paths.meetings.documents(of.item.id), { notice: 'The document has been added.' })
  })

/** Hands the file over, or shows it where that is safe. */
export const documentFile = (visit: Visit, { files }: MeetingParts, of: OfItem): Promise<Answer> =>
  withDocuments(visit, of, async () => {
    const { tx, actor, clock, params, query } = visit
    const opened = await openItemDocument(tx, actor, clock.now(), files, of.item.id, params['itemDocumentId'] ?? '')
    if (opened.ok) return answerWithFile(opened.value, query.has('show'))
    return opened.error === 'not-there'
      ? notFound()
      : redirect(paths.meetings.documents(of.item.id), { notice: 'This file cannot be opened.' })
  })

export const postWithdrawDocument = (visit: Visit, of: OfItem): Promise<Answer> =>
  withDocuments(visit, of, async () => {
    const { tx, actor, clock, params } = visit
    if (!(await mayWriteWords(visit, of))) return notFound()
    const withdrawn = await takeBack(tx, actor, clock.now(), of.item, 'meeting_documents', params['itemDocumentId'] ?? '')
    return withdrawn.ok ? redirect(paths.meetings.documents(of.item.id), { notice: 'The document has been taken back.' }) : notFound()
  })
