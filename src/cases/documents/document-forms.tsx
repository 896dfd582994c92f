import type { VNode } from 'preact'
import { acceptedExtensions, type Document, longestTitle } from '../../documents/index.ts'
import type { Option } from '../../lists/index.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, FileUpload, Input, InsetText, Select } from '../../ui/index.ts'
import { DayInput } from '../day-input.tsx'
import { readerOf } from '../read-fields.ts'

export type Described = { title: string; kind: string; datedOn: PlainDate | null }

/** The box that takes a file. Browsers do not let a page fill it again after an error. */
export function FileBox({ errors, again }: { errors: readonly FieldError[]; again: boolean }): VNode {
  return FileUpload({
    name: 'file',
    label: again ? 'Select the file again' : 'File',
    hint: 'A PDF, a picture, Word, Excel, OpenDocument, text, CSV or an email, up to 25 MB',
    errorMessage: errorFor(errors, 'file'),
    attributes: { accept: acceptedExtensions.join(',') },
  })
}

/** What a document is called, what kind it is, and the date that it carries. */
export function DescriptionFields({
  typed,
  errors,
  kinds,
  document,
  titleHint,
}: {
  typed: Fields
  errors: readonly FieldError[]
  kinds: readonly Option[]
  document?: Document
  titleHint?: string
}): VNode {
  const fresh = !typed.has('title')
  return (
    <>
      {Input({
        name: 'title',
        label: 'What it is',
        hint: titleHint,
        value: fresh ? (document?.title ?? '') : typed.typed('title'),
        errorMessage: errorFor(errors, 'title'),
      })}
      {Select({
        name: 'kind',
        label: 'Kind of document',
        value: fresh ? (document?.kind ?? '') : typed.text('kind'),
        items: [{ value: '', text: 'Select a kind' }, ...kinds.map(kind => ({ value: kind.code, text: kind.label }))],
        errorMessage: errorFor(errors, 'kind'),
      })}
      <DayInput
        name="dated"
        legend="Date on the document (optional)"
        typed={typed}
        errors={errors}
        start={fresh ? (document?.datedOn ?? null) : null}
      />
    </>
  )
}

/** Reads the description. A document without a title is called after its file. */
export function readDescription(
  fields: Fields,
  kinds: readonly Option[],
  today: PlainDate,
  fileName = '',
): { value: Described; errors: FieldError[] } {
  const reader = readerOf(fields)
  const typed = reader.text('title', 'What it is', longestTitle)
  const title = typed || fileName.replace(/\.[^.]+$/, '').slice(0, longestTitle)
  if (!title) reader.refuse('title', 'Enter what the document is')
  const kind = reader.choice(
    'kind',
    kinds.map(one => one.code),
    'Select what kind of document it is',
  )
  const datedOn = reader.maybeDay('dated', 'Date on the document', { notAfter: today })
  return { value: { title, kind, datedOn }, errors: reader.errors }
}

/** What somebody else made of it meanwhile, beside what was typed. */
export function ChangedMeanwhile({ document, kindName }: { document: Document; kindName: string }): VNode {
  return InsetText({
    children: (
      <>
        <p class="govuk-body">Meanwhile the document has become:</p>
        <p class="govuk-body">
          <strong>{document.title}</strong>, {kindName}
          {document.datedOn ? `, dated ${formatDate(document.datedOn)}` : ''}, file {document.latest.number}: {document.latest.fileName}
        </p>
      </>
    ),
  })
}

export const changedMeanwhile: FieldError = {
  field: '',
  message: 'Somebody changed this document while you were writing. Look at both and save again',
}
