import { upperFirst } from '../../platform/first-letter.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import { Button, Fieldset } from '../../ui/index.ts'
import type { Answer, Mistake, Row, Surroundings } from '../answer.ts'
import type { Column, QuestionOf } from '../definition/shape.ts'
import { theAnswer } from '../wording.ts'
import { typeOfColumn } from './column-types.ts'
import { answer, type FieldGiven, labelOf, type Parsed, type QuestionType } from './question-type.ts'

type TableQuestion = QuestionOf<'table'>

/**
 * Rows of the same few questions. Fields are named `table-row-column`; rows are counted from 0 and empty ones are dropped.
 * Adding and removing rows are buttons that post the form, so they work without script; with it, the page does both (src/islands/rows.ts).
 */
export const table: QuestionType<TableQuestion, readonly Row[]> = {
  celType: () => 'list<dyn>',
  toCel: (question, rows) => rows.map(row => celRow(question, row)),
  parse(question, fields, name, around, before) {
    const rows: Row[] = []
    for (let place = 0; place < rowsPosted(fields, name); place++) {
      if (fields.all('_remove').includes(`${name}-${place}`)) continue
      const row = parseRow(question, fields, `${name}-${place}`, around, before?.[place])
      if (!row.ok) return row
      if (row.answer !== undefined) rows.push(row.answer)
    }
    return answer<readonly Row[]>(rows.length === 0 ? undefined : rows)
  },
  unparse: (question, rows, name) =>
    Object.assign(
      { [`${name}-rows`]: [String(rows.length)] },
      ...rows.flatMap((row, place) =>
        question.columns.map(column =>
          row[column.code] === undefined ? {} : typeOfColumn(column).unparse(column, row[column.code]!, `${name}-${place}-${column.code}`),
        ),
      ),
    ),
  check(question, rows, name, around) {
    if (question.maxRows !== undefined && rows.length > question.maxRows)
      return { message: tooMany(question), field: `${name}-${question.maxRows}-${question.columns[0]!.code}` }
    for (const [place, row] of rows.entries()) {
      for (const column of question.columns) {
        const value = row[column.code]
        const wrong = value === undefined ? undefined : typeOfColumn(column).check(column, value, `${name}-${place}-${column.code}`, around)
        if (wrong) return inRow(question, place, wrong)
      }
    }
    return undefined
  },
  missing: question => `Add at least one ${question.rowName}`,
  messages: question => [
    table.missing(question),
    ...(question.minRows !== undefined && question.minRows > 1 ? [tooFew(question)] : []),
    ...(question.maxRows === undefined ? [] : [tooMany(question)]),
    ...question.columns.flatMap(column => typeOfColumn(column).messages(column)),
  ],
  show: (question, rows, around) =>
    rows.map(row =>
      question.columns
        .filter(column => row[column.code] !== undefined)
        .map(column => `${column.label}: ${typeOfColumn(column).show(column, row[column.code]!, around).join(', ')}`)
        .join('; '),
    ),
  export: (question, rows, around) => ({
    '': rows === undefined ? null : table.show(question, rows, around).join('\n'),
    _rows: rows?.length ?? null,
  }),
  field(given) {
    const { question, name, fields, mistake } = given
    const [fewest, most] = [question.minRows ?? 0, question.maxRows ?? 100]
    const count = Math.min(Math.max(rowsPosted(fields, name), fewest || 1), most)
    return (
      <div
        class={mistake ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}
        id={name}
        data-rows={name}
        data-rows-min={fewest}
        data-rows-max={most}
      >
        <h3 class="govuk-heading-s govuk-!-margin-bottom-2">{labelOf(given)}</h3>
        {question.hint ? <p class="govuk-hint">{question.hint}</p> : null}
        {mistake ? (
          <p class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span> {mistake.message}
          </p>
        ) : null}
        <input type="hidden" name={`${name}-rows`} value={String(count)} />
        {Array.from({ length: count }, (_, place) => rowFields(given, place, count > fewest))}
        {/* One more row for script to add (src/islands/rows.ts). */}
        <template>{rowFields({ ...given, fields: noFields, mistake: undefined }, 'row', true)}</template>
        <p class="govuk-body" data-rows-more hidden={count >= most}>
          {Button({ classes: 'govuk-button--secondary', name: '_add', value: name, text: `Add another ${question.rowName}` })}
        </p>
      </div>
    )
  },
}

/** A mistake in a row, saying in which. */
export function inRow(question: TableQuestion, place: number, wrong: Mistake): Mistake {
  return { ...wrong, message: `${upperFirst(question.rowName)} ${place + 1}: ${wrong.message}` }
}

export function tooFew(question: TableQuestion): string {
  return `Add at least ${question.minRows} (${question.rowName})`
}

/** A row as expressions see it: only what is answered. */
export function celRow(question: TableQuestion, row: Row): Record<string, unknown> {
  const known: Record<string, unknown> = {}
  for (const column of question.columns) {
    const value = row[column.code]
    if (value !== undefined) known[column.code] = typeOfColumn(column).toCel(column, value)
  }
  return known
}

function parseRow(question: TableQuestion, fields: Fields, name: string, around: Surroundings, before: Row | undefined): Parsed<Row> {
  const row: Record<string, Answer> = {}
  for (const column of question.columns) {
    const parsed = typeOfColumn(column).parse(column, fields, `${name}-${column.code}`, around, before?.[column.code])
    if (!parsed.ok) return { ok: false, mistake: inRow(question, Number(name.slice(name.lastIndexOf('-') + 1)), parsed.mistake) }
    if (parsed.answer !== undefined) row[column.code] = parsed.answer
  }
  return answer<Row>(Object.keys(row).length === 0 ? undefined : row)
}

function rowFields(given: FieldGiven<TableQuestion>, place: number | 'row', isRemovable: boolean) {
  const { question, name } = given
  const number = <span data-row-number>{place === 'row' ? '' : place + 1}</span>
  return Fieldset({
    legend: {
      children: (
        <>
          {upperFirst(question.rowName)} {number}
        </>
      ),
      classes: 'govuk-fieldset__legend--s',
    },
    classes: 'govuk-!-margin-bottom-6',
    attributes: { 'data-row': '' },
    children: [
      ...question.columns.map(column => cell(given, column, place)),
      <p key="remove" class="govuk-body govuk-!-margin-top-4" data-row-remove hidden={!isRemovable}>
        {Button({
          classes: 'govuk-button--secondary govuk-!-margin-bottom-0',
          name: '_remove',
          value: `${name}-${place}`,
          children: (
            <>
              Remove
              <span class="govuk-visually-hidden">
                {' '}
                {question.rowName} {number}
              </span>
            </>
          ),
        })}
      </p>,
    ],
  })
}

function cell(given: FieldGiven<TableQuestion>, column: Column, place: number | 'row') {
  const name = `${given.name}-${place}-${column.code}`
  const wrong = given.mistake?.field === name || given.mistake?.field.startsWith(`${name}-`) ? given.mistake : undefined
  return typeOfColumn(column).field({ ...given, question: column, name, mistake: wrong, optional: false })
}

/** How many rows the page had; no more than a table may have, whatever a forged number says. */
function rowsPosted(fields: Fields, name: string): number {
  const count = Number(fields.text(`${name}-rows`) || '0')
  return Number.isInteger(count) && count > 0 ? Math.min(count, 101) : 0
}

function tooMany(question: TableQuestion): string {
  return `${theAnswer(question)} must have ${question.maxRows} rows or fewer`
}
