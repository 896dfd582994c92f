import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, errorFor, errorSummaryFor, type FieldError, Form, Input, Select } from '../../ui/index.ts'
import { fields } from '../columns/fields.ts'
import { columnErrors, guessColumns, headingsOf } from '../columns/guess.ts'
import { type Columns, type FileKind, fileKindWords, type Import, type ImportFile, kindsOf } from '../import.ts'
import { findImport, savedMappings, saveMapping } from '../imports.queries.ts'
import { askFor, jobKey } from '../work/job.ts'
import type { ImportPages } from './routes.ts'

/** Until rows have been taken over, what a column means can still be changed. */
const mayChange = ({ state, stoppedIn }: Import): boolean =>
  state === 'columns' || state === 'checked' || (state === 'stopped' && stoppedIn === 'checking')

/** What each column of the files is. `?use=` takes what was kept under a name. */
export async function columnsPage(visit: Visit): Promise<Answer> {
  const theImport = await findImport(visit.tx, visit.params.importId ?? '')
  if (!theImport) return notFound()
  if (!mayChange(theImport)) return redirect(paths.imports.show(theImport.id))
  const saved = await savedMappings(visit.tx, theImport.agency)
  const used = saved.find(one => one.name === visit.query.get('use'))
  const columns = used ? guessColumns(theImport.files, used.headings) : theImport.columns
  // Under each heading stand values of the first rows: somebody's name, somebody's address.
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'import-columns-read',
    subject: { type: 'import', id: theImport.id },
  })
  return formPage(
    visit,
    theImport,
    columns,
    used?.name ?? theImport.mappingName,
    saved.map(one => one.name),
    [],
  )
}

/** Keeps the choice and has the files checked. */
export async function columnsPosted(visit: Visit, { enqueue }: ImportPages): Promise<Answer> {
  const { tx, actor, clock, fields: typed } = visit
  const theImport = await findImport(tx, visit.params.importId ?? '', { lock: true })
  if (!theImport) return notFound()
  if (!mayChange(theImport)) return redirect(paths.imports.show(theImport.id), { notice: 'The columns can no longer be changed' })
  const columns: Columns = {}
  for (const kind of kindsOf(theImport)) {
    columns[kind] = theImport.files[kind]!.headings.map((_, place) => {
      const chosen = typed.text(`${kind}-${place}`)
      return fields[kind].some(one => one.field === chosen) ? chosen : ''
    })
  }
  const errors: FieldError[] = columnErrors(theImport.files, columns).map(({ kind, place, message }) => ({
    field: `${kind}-${place ?? 0}`,
    message,
  }))
  const name = typed.text('mapping-name').replace(/\s+/g, ' ')
  if (name.length > 60) errors.push({ field: 'mapping-name', message: 'Name must be 60 characters or fewer' })
  if (errors.length > 0) {
    const saved = await savedMappings(tx, theImport.agency)
    return formPage(
      visit,
      theImport,
      columns,
      name,
      saved.map(one => one.name),
      errors,
    )
  }
  if (name !== '') await saveMapping(tx, theImport.agency, name, headingsOf(theImport.files, columns), actor.name, clock.now())
  await askFor(tx, theImport.id, 'checking', { columns, mappingName: name, checked: null })
  await audit(tx, actor, clock.now(), {
    action: 'import-columns-chosen',
    subject: { type: 'import', id: theImport.id },
    detail: { columns },
  })
  await enqueue(tx, 'check-import', { importId: theImport.id, userId: actor.userId }, { key: jobKey(theImport.id) })
  return redirect(paths.imports.show(theImport.id))
}

function formPage(
  visit: Visit,
  theImport: Import,
  columns: Columns,
  name: string,
  saved: readonly string[],
  errors: readonly FieldError[],
): Answer {
  const title = 'What are the columns?'
  return page(
    `${title} – import from ${theImport.system}`,
    <>
      {errorSummaryFor(errors)}
      <span class="govuk-caption-l">Import from {theImport.system}</span>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        They are guessed from the headings. Look at the values, and correct what is wrong. A column that is left out is not taken over.
      </p>
      {saved.length > 0 ? (
        <>
          <p class="govuk-body">Use the columns kept as:</p>
          <ul class="govuk-list">
            {saved.map(one => (
              <li key={one}>
                <a class="govuk-link" href={`${paths.imports.columns(theImport.id)}?use=${encodeURIComponent(one)}`}>
                  {one}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Form action={paths.imports.columns(theImport.id)} {...visit.form}>
        {kindsOf(theImport).map(kind => (
          <FileColumns key={kind} kind={kind} file={theImport.files[kind]!} chosen={columns[kind] ?? []} errors={errors} />
        ))}
        <Input
          name="mapping-name"
          label={{ text: 'Keep these columns for the next time as (optional)', classes: 'govuk-label--s' }}
          hint="For everybody of your agency, under a name such as “Halo, monthly export”"
          classes="govuk-!-width-one-half"
          value={name}
          errorMessage={errorFor(errors, 'mapping-name')}
        />
        <div class="govuk-button-group">
          {Button({ text: 'Check the files', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.imports.list}>
            Go on later
          </a>
        </div>
      </Form>
    </>,
    { section: 'imports', hasErrors: errors.length > 0 },
  )
}

function FileColumns({
  kind,
  file,
  chosen,
  errors,
}: {
  kind: FileKind
  file: ImportFile
  chosen: readonly string[]
  errors: readonly FieldError[]
}): VNode {
  const rows = file.headings.map((heading, place) => ({ heading: heading || `Column ${place + 1}`, place }))
  const choices = [
    { value: '', text: 'Left out' },
    ...fields[kind].map(one => ({ value: one.field, text: one.required ? `${one.label} (needed)` : one.label })),
  ]
  return (
    <section aria-labelledby={`file-${kind}`}>
      <h2 class="govuk-heading-m" id={`file-${kind}`}>
        {fileKindWords[kind].title}
      </h2>
      <p class="govuk-body-s">
        {file.name}: {file.encoding === 'utf-8' ? 'UTF-8 or Windows-1252' : file.encoding.toUpperCase()}, columns separated by{' '}
        {delimiterWords[file.delimiter] ?? file.delimiter}
      </p>
      <DataTable
        caption={`Columns of ${file.name}`}
        captionHidden
        rows={rows}
        keyOf={row => String(row.place)}
        columns={[
          { heading: 'Heading', rowHeader: true, cell: row => row.heading },
          {
            heading: 'Values',
            cell: row => <span class="ly-second">{file.samples[row.place]?.join(' · ') || 'Empty in the first rows'}</span>,
          },
          {
            heading: 'What it is',
            cell: row => (
              <Select
                name={`${kind}-${row.place}`}
                label={{ text: `What is “${row.heading}” of ${fileKindWords[kind].title}?`, classes: 'govuk-visually-hidden' }}
                formGroup={{ classes: 'govuk-!-margin-bottom-0' }}
                value={chosen[row.place] ?? ''}
                errorMessage={errorFor(errors, `${kind}-${row.place}`)}
                items={choices.map(choice => ({ ...choice, selected: choice.value === (chosen[row.place] ?? '') }))}
              />
            ),
          },
        ]}
      />
    </section>
  )
}

const delimiterWords: { [mark: string]: string } = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }
