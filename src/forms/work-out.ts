import type { Answer, Answers, ScoreAnswer, Surroundings } from './answer.ts'
import type { Form, Placed } from './definition/form.ts'
import { dependenciesOf } from './definition/order.ts'
import type { QuestionOf } from './definition/shape.ts'
import { type Scope, scopeAt } from './expressions.ts'
import { scoreOf } from './question-types/choice.tsx'
import { typeOf } from './question-types/index.ts'
import { bandOf } from './question-types/worked-out.tsx'

/** What follows from answers: which questions are on the path, and what the calculations come to. */
export interface WorkedOut {
  readonly shown: ReadonlySet<string>
  /** Answers of shown questions, with scores and calculations: what completing keeps, and what rules and exports read. */
  readonly answers: Answers
  readonly scope: Scope
}

/**
 * Goes through the questions so that each comes after those it depends on. A hidden question counts as unanswered for whatever
 * depends on it, though its answer stays in the draft, in case it comes back.
 *
 * `seen`: the sections that the reader may see, where that may not be all of them. What would be worked out of a section that is kept from them is
 * not worked out at all: made of the rest it would be a wrong level, and one that says that something is hidden (E5).
 */
export function workOut(form: Form, given: Answers, around: Surroundings, seen?: ReadonlySet<string>): WorkedOut {
  const scope: Record<string, unknown> = scopeAt(around.now)
  const shown = new Set<string>()
  const answers: Record<string, Answer> = {}
  for (const code of form.order) {
    const placed = form.questions.get(code)!
    const { question } = placed
    if (question.type === 'table') scope[code] = []
    if (!placed.shownWhen.every(condition => condition.test(scope))) continue
    if (seen !== undefined && isOfHidden(code, form, seen)) continue
    shown.add(code)
    const value = answerTo(placed, form, given, answers, scope, around)
    if (value === undefined) continue
    answers[code] = value
    scope[code] = typeOf(question).toCel(question, value)
    if (question.type === 'score') {
      const { band } = value as ScoreAnswer
      if (band !== undefined) scope[`${code}_band`] = band
    }
  }
  return { shown, answers, scope }
}

/** Whether a score or a calculation draws on a section that is not seen, also by way of another. */
export function isOfHidden(code: string, form: Form, seen: ReadonlySet<string>): boolean {
  const placed = form.questions.get(code)
  if (!placed || (placed.question.type !== 'score' && placed.question.type !== 'calculated')) return false
  return dependenciesOf(placed, form.questions).some(
    needed => !seen.has(form.questions.get(needed)!.section.code) || isOfHidden(needed, form, seen),
  )
}

function answerTo(
  { question, calculation }: Placed,
  form: Form,
  given: Answers,
  known: Answers,
  scope: Scope,
  around: Surroundings,
): Answer | undefined {
  if (question.type === 'score') return addUp(question, form, known, around)
  if (question.type !== 'calculated') return given[question.code]
  const value = calculation?.value(scope)
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    ? value
    : undefined
}

/** Unanswered questions add nothing; with none answered there is no score, which is not the same as nought. */
function addUp(question: QuestionOf<'score'>, form: Form, known: Answers, around: Surroundings): ScoreAnswer | undefined {
  const answered = question.of.filter(code => known[code] !== undefined)
  if (answered.length === 0) return undefined
  const total = answered.reduce((sum, code) => sum + scored(form.questions.get(code)!, known[code]!, around), 0)
  const band = bandOf(question, total)
  return { score: total, ...(band === undefined ? {} : { band }), answered: answered.length, of: question.of.length }
}

function scored({ question }: Placed, answer: Answer, around: Surroundings): number {
  if (question.type === 'choice') return scoreOf(question, [answer as string], around)
  return question.type === 'choices' ? scoreOf(question, answer as readonly string[], around) : 0
}
