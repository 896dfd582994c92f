import { fieldsFrom } from '../platform/web/fields.ts'
import type { Answer, Filled, Mistake, Row, Surroundings, TypedFields } from './answer.ts'
import type { Form, Placed, PlacedColumn, Rule } from './definition/form.ts'
import type { Program, Scope } from './expressions.ts'
import { typeOf } from './question-types/index.ts'
import { celRow, inRow, tooFew } from './question-types/table.tsx'
import { type WorkedOut, workOut } from './work-out.ts'

/** A mistake in its place: which question, on which page. */
export type FormError = Mistake & { readonly code: string; readonly section: string; readonly page: string }

/** A draft may lack anything; only what is there must be right. Completing asks for everything that is required. */
export type Stage = 'draft' | 'complete'

/** Everything that is wrong, in the order of the form. Hidden questions are not asked, so they are never wrong. */
export function validate(form: Form, filled: Filled, around: Surroundings, stage: Stage, known?: WorkedOut): FormError[] {
  const workedOut = known ?? workOut(form, filled.answers, around)
  const errors: FormError[] = []
  for (const [code, placed] of form.questions) {
    if (!workedOut.shown.has(code)) continue
    const wrong = mistakeIn(placed, filled.answers[code], filled.typed[code], workedOut.scope, around, stage)
    if (wrong) errors.push({ ...wrong, code, section: placed.section.code, page: placed.page.code })
  }
  return errors
}

/** One mistake a question at a time, the first that stands in the way, as GOV.UK asks. */
function mistakeIn(
  placed: Placed,
  answer: Answer | undefined,
  typed: TypedFields | undefined,
  scope: Scope,
  around: Surroundings,
  stage: Stage,
): Mistake | undefined {
  const { question } = placed
  if (question.type === 'score' || question.type === 'calculated') return undefined
  const type = typeOf(question)
  if (typed !== undefined) {
    const fields = fieldsFrom(Object.entries(typed).flatMap(([name, values]) => values.map(value => [name, value] as const)))
    const parsed = type.parse(question, fields, question.code, around, undefined)
    if (!parsed.ok) return parsed.mistake
  }
  if (answer === undefined)
    return stage === 'complete' && isTrue(placed.required, scope)
      ? { message: type.missing(question), field: firstField(placed) }
      : undefined
  return (
    type.check(question, answer, question.code, around) ??
    rowMistake(placed, answer, scope, stage) ??
    brokenRule(placed.rules, scope, firstField(placed))
  )
}

function rowMistake({ question, columns }: Placed, answer: Answer, scope: Scope, stage: Stage): Mistake | undefined {
  if (question.type !== 'table') return undefined
  const rows = answer as readonly Row[]
  for (const [place, row] of rows.entries()) {
    const inside: Scope = { ...scope, row: celRow(question, row) }
    for (const [code, column] of columns) {
      const field = `${question.code}-${place}-${code}`
      const wrong = columnMistake(column, row[code], inside, field, stage)
      if (wrong) return inRow(question, place, wrong)
    }
  }
  if (stage === 'complete' && question.minRows !== undefined && rows.length < question.minRows)
    return { message: tooFew(question), field: question.code }
  return undefined
}

function columnMistake(
  { column, required, shownWhen, rules }: PlacedColumn,
  value: Answer | undefined,
  scope: Scope,
  field: string,
  stage: Stage,
): Mistake | undefined {
  if (shownWhen !== undefined && !shownWhen.test(scope)) return undefined
  if (value === undefined)
    return stage === 'complete' && isTrue(required, scope)
      ? { message: typeOf(column).missing(column), field: fieldIn(column.type, field) }
      : undefined
  return brokenRule(rules, scope, fieldIn(column.type, field))
}

function brokenRule(rules: readonly Rule[], scope: Scope, field: string): Mistake | undefined {
  const broken = rules.find(rule => rule.invalidWhen.test(scope))
  return broken ? { message: broken.message, field } : undefined
}

function isTrue(condition: boolean | Program, scope: Scope): boolean {
  return typeof condition === 'boolean' ? condition : condition.test(scope)
}

function firstField({ question }: Placed): string {
  return fieldIn(question.type, question.code)
}

/** The box that a link in the error summary leads to. */
function fieldIn(type: string, name: string): string {
  return type === 'date' || type === 'date-time' ? `${name}-day` : name
}
