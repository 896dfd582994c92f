import { codeProblems } from './code-problems.ts'
import type { Form, Lists, Problem } from './form.ts'
import { inOrder } from './order.ts'
import { placeQuestions } from './place-questions.ts'
import { definitionShape } from './shape.ts'

/**
 * Checks that a definition fits together, and compiles it. Every problem names the code it is about, in words that whoever
 * wrote the form can act on, and all of them are given at once.
 */

export type Checked = { readonly ok: true; readonly form: Form } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Checks stored or imported data. `lists` lets codes of shared lists be checked too; without it they are taken on trust. */
export function checkDefinition(data: unknown, lists?: Lists): Checked {
  const read = definitionShape.safeParse(data)
  if (!read.success)
    return { ok: false, problems: read.error.issues.map(issue => ({ at: pathIn(data, issue.path), problem: issue.message })) }
  const definition = read.data
  const problems = codeProblems(definition, lists)
  if (problems.length > 0) return { ok: false, problems }
  const { placed, problems: faulty } = placeQuestions(definition, lists)
  if (faulty.length > 0) return { ok: false, problems: faulty }
  const sorted = inOrder(placed)
  if (!sorted.ok) return { ok: false, problems: [{ at: sorted.cycle[0]!, problem: `depends on itself: ${sorted.cycle.join(' → ')}` }] }
  return { ok: true, form: { definition, questions: placed, order: sorted.order } }
}

/** The compiled form of a definition that is known to be sound, like those shipped; throws all its problems otherwise. */
export function formOf(data: unknown, lists?: Lists): Form {
  const checked = checkDefinition(data, lists)
  if (!checked.ok)
    throw new Error(`The form definition is not sound:\n${checked.problems.map(({ at, problem }) => `  ${at}: ${problem}`).join('\n')}`)
  return checked.form
}

/** Names the place of a shape error by codes rather than positions: `about-you › needs › dob › label`. */
function pathIn(data: unknown, path: readonly PropertyKey[]): string {
  const named: string[] = []
  let here: unknown = data
  for (const step of path) {
    here = (here as Record<PropertyKey, unknown> | undefined)?.[step]
    const code = (here as { code?: unknown } | undefined)?.code
    if (typeof step === 'number') named.push(typeof code === 'string' ? code : String(step + 1))
    else if (!['pages', 'sections', 'questions', 'columns', 'options'].includes(String(step))) named.push(String(step))
  }
  return named.length > 0 ? named.join(' › ') : 'the definition'
}
