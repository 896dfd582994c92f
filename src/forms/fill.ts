import { type Fields, fieldsFrom } from '../platform/web/fields.ts'
import type { Answer, Filled, Surroundings, Typed, TypedFields } from './answer.ts'
import type { Form } from './definition/form.ts'
import { typeOf } from './question-types/index.ts'

/** Between what a browser posts and what is kept. */

/**
 * Reads the posted fields of these questions over what was filled in before. What can be read becomes an answer; what cannot
 * is kept as it was typed; questions that were not on the page keep what they had.
 */
export function readPosted(form: Form, codes: Iterable<string>, fields: Fields, around: Surroundings, before: Filled): Filled {
  const answers: Record<string, Answer> = { ...before.answers }
  const typed: Record<string, TypedFields> = { ...before.typed }
  const posted = fieldsByCode(fields)
  for (const code of codes) {
    const question = form.questions.get(code)?.question
    if (question === undefined || question.type === 'score' || question.type === 'calculated') continue
    const parsed = typeOf(question).parse(question, fields, code, around, before.answers[code])
    delete answers[code]
    delete typed[code]
    if (!parsed.ok) typed[code] = Object.fromEntries((posted.get(code) ?? []).map(name => [name, fields.all(name)]))
    else if (parsed.answer !== undefined) answers[code] = parsed.answer
  }
  return { answers, typed }
}

/** The fields that show these questions as they are filled in: as typed where that could not be read. */
export function fieldsToShow(
  form: Form,
  codes: Iterable<string>,
  filled: Filled,
  workedOut: Filled['answers'],
  around: Surroundings,
): Fields {
  const entries: [string, string][] = []
  for (const code of codes) {
    const question = form.questions.get(code)?.question
    if (question === undefined) continue
    if (question.type === 'score' || question.type === 'calculated') {
      const value = workedOut[code]
      if (value !== undefined) entries.push([code, typeOf(question).show(question, value, around).join(' ')])
      continue
    }
    const answer = filled.answers[code]
    const fields = filled.typed[code] ?? (answer === undefined ? {} : typeOf(question).unparse(question, answer, code))
    for (const [name, values] of Object.entries(fields)) for (const value of values) entries.push([name, value])
  }
  return fieldsFrom(entries)
}

/** The part of what is filled in that belongs to these questions: a section's, say. */
export function onlyThese(filled: Filled, codes: Iterable<string>): Filled {
  const answers: Record<string, Answer> = {}
  const typed: Record<string, TypedFields> = {}
  for (const code of codes) {
    const answer = filled.answers[code]
    const asTyped = filled.typed[code]
    if (answer !== undefined) answers[code] = answer
    if (asTyped !== undefined) typed[code] = asTyped
  }
  return { answers, typed }
}

/** Several parts of a form as one. */
export function together(parts: Iterable<Filled>): Filled {
  const answers: Record<string, Answer> = {}
  const typed: Record<string, TypedFields> = {}
  for (const part of parts) {
    Object.assign(answers, part.answers)
    Object.assign(typed, part.typed)
  }
  return { answers, typed: typed satisfies Typed }
}

// A code has no hyphen in it, so a field belongs to whatever stands before its first.
function fieldsByCode(fields: Fields): Map<string, string[]> {
  const byCode = new Map<string, string[]>()
  for (const name of fields.names()) {
    const code = name.split('-', 1)[0]!
    const names = byCode.get(code)
    if (names) names.push(name)
    else byCode.set(code, [name])
  }
  return byCode
}
