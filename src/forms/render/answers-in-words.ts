import type { Surroundings } from '../answer.ts'
import type { Form } from '../definition/form.ts'
import { questionsOf } from '../definition/form.ts'
import { typeOf } from '../question-types/index.ts'
import type { WorkedOut } from '../work-out.ts'

/** Each question that applies and was answered, with its answer in words, in the order of the form. */
export function answersInWords(
  form: Form,
  { shown, answers }: Pick<WorkedOut, 'shown' | 'answers'>,
  around: Surroundings,
): [label: string, answer: string][] {
  return questionsOf(form.definition).flatMap((question): [string, string][] => {
    const answer = answers[question.code]
    return shown.has(question.code) && answer !== undefined
      ? [[question.label, typeOf(question).show(question, answer, around).join('; ')]]
      : []
  })
}
