import type { Surroundings } from '../answer.ts'
import type { Form } from '../definition/form.ts'
import { questionsOf } from '../definition/form.ts'
import { typeOf } from '../question-types/index.ts'
import type { WorkedOut } from '../work-out.ts'

/** A question with its answer in words; of one that is answered in rows also each row by itself. */
export type AnswerInWords = readonly [label: string, answer: string, rows?: readonly string[]]

/** Each question that applies and was answered, with its answer in words, in the order of the form. A table without a row was not. */
export function answersInWords(
  form: Form,
  { shown, answers }: Pick<WorkedOut, 'shown' | 'answers'>,
  around: Surroundings,
): AnswerInWords[] {
  return questionsOf(form.definition).flatMap((question): AnswerInWords[] => {
    const answer = answers[question.code]
    if (!shown.has(question.code) || answer === undefined) return []
    const shows = typeOf(question).show(question, answer, around)
    if (question.type !== 'table') return [[question.label, shows.join('; ')]]
    return shows.length > 0 ? [[question.label, shows.join('; '), shows]] : []
  })
}
