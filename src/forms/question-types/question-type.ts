import type { VNode } from 'preact'
import type { Fields } from '../../platform/web/fields.ts'
import type { Answer, Mistake, Surroundings, TypedFields } from '../answer.ts'
import type { Column, Question } from '../definition/shape.ts'

/** All that there is to know about one type of question. One file each; ./index.ts lists them. */
export interface QuestionType<Q extends Question | Column, A extends Answer> {
  /** Its CEL type in expressions. */
  celType(question: Q): string
  /** Its value in expressions, when answered. */
  toCel(question: Q, answer: A): unknown
  /** Reads what was posted under `name`. Nothing typed is no answer; what cannot be read is a mistake, and kept as typed. */
  parse(question: Q, fields: Fields, name: string, around: Surroundings, before: A | undefined): Parsed<A>
  /** The fields that a browser would post for an answer: `parse` of it gives the answer back. */
  unparse(question: Q, answer: A, name: string): TypedFields
  /** What is wrong with an answer that could be read, if anything: too long, too large, not among the options. */
  check(question: Q, answer: A, name: string, around: Surroundings): Mistake | undefined
  /** What to say when it is required and missing. */
  missing(question: Q): string
  /** Every message that it can give, for whoever proof-reads a form. */
  messages(question: Q): readonly string[]
  /** The answer to read, a line each. */
  show(question: Q, answer: A, around: Surroundings): readonly string[]
  /** The answer as cells of an export, by the column's suffix ('' for the question's own code). */
  export(question: Q, answer: A | undefined, around: Surroundings): Readonly<Record<string, Cell>>
  /** The question on a page, with what was typed. */
  field(given: FieldGiven<Q>): VNode
}

export type Cell = string | number | boolean | null
export type Parsed<A> = { readonly ok: true; readonly answer: A | undefined } | { readonly ok: false; readonly mistake: Mistake }

export interface FieldGiven<Q> {
  readonly question: Q
  /** The field's name and id; in a table it is `table-row-column`. */
  readonly name: string
  readonly fields: Fields
  readonly mistake: Mistake | undefined
  readonly around: Surroundings
  /** Whether to say that it may be left out. */
  readonly optional: boolean
}

export const answer = <A>(value: A | undefined): Parsed<A> => ({ ok: true, answer: value })
export const mistake = (message: string, field: string): { readonly ok: false; readonly mistake: Mistake } => ({
  ok: false,
  mistake: { message, field },
})

/** The label, as a page shows it. */
export function labelOf({ question, optional }: { question: { label: string }; optional: boolean }): string {
  return optional ? `${question.label} (optional)` : question.label
}

export function labelPart(given: { question: { label: string }; optional: boolean }) {
  return { text: labelOf(given), classes: 'govuk-label--s' }
}

export function legendPart(given: { question: { label: string }; optional: boolean }) {
  return { legend: { text: labelOf(given), classes: 'govuk-fieldset__legend--s' } }
}

export function shared({ question, mistake }: { question: { hint?: string | undefined }; mistake: Mistake | undefined }) {
  return { hint: question.hint ? { text: question.hint } : undefined, errorMessage: mistake ? { text: mistake.message } : undefined }
}
