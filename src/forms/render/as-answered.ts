import type { Surroundings } from '../answer.ts'
import type { Form } from '../definition/form.ts'
import type { Page } from '../definition/shape.ts'
import { typeOf } from '../question-types/index.ts'
import type { WorkedOut } from '../work-out.ts'

/** What an open page shows as it is answered: questions and sections that apply now, and what scores and calculations come to, in words. */
export type AsAnswered = {
  shown: readonly string[]
  sections: readonly string[]
  workedOut: Readonly<Record<string, string>>
}

/** Told to the page's script, so that a question appears the moment that it applies. Without script it does after saving. */
export function asAnswered(form: Form, page: Page, workedOut: WorkedOut, around: Surroundings): AsAnswered {
  const codes = page.sections.flatMap(section => section.questions.map(question => question.code))
  const outcomes = codes.flatMap(code => {
    const { question } = form.questions.get(code)!
    if (question.type !== 'score' && question.type !== 'calculated') return []
    const value = workedOut.answers[code]
    return [[code, value === undefined ? 'not known yet' : typeOf(question).show(question, value, around).join(' ')] as const]
  })
  return {
    shown: codes.filter(code => workedOut.shown.has(code)),
    sections: page.sections
      .filter(section => section.questions.some(question => workedOut.shown.has(question.code)))
      .map(section => section.code),
    workedOut: Object.fromEntries(outcomes),
  }
}
