import type { Answer } from '../answer.ts'
import type { Column, Question } from '../definition/shape.ts'
import { choice, choices } from './choice.tsx'
import { date } from './date.tsx'
import { dateTime } from './date-time.tsx'
import { file } from './file.tsx'
import { nhsNumber, postcode } from './identifier.tsx'
import { number } from './number.tsx'
import type { QuestionType } from './question-type.ts'
import { agency, person, user } from './somebody.tsx'
import { table } from './table.tsx'
import { longText, text } from './text.tsx'
import { calculated, score } from './worked-out.tsx'
import { yesNo } from './yes-no.tsx'

const questionTypes = {
  text,
  'long-text': longText,
  number,
  date,
  'date-time': dateTime,
  choice,
  choices,
  'yes-no': yesNo,
  person,
  agency,
  user,
  file,
  'nhs-number': nhsNumber,
  postcode,
  table,
  score,
  calculated,
} as const satisfies Record<Question['type'], unknown>

/** What there is to know about a question's type. The question picks the type, so the two always fit. */
export function typeOf(question: Question | Column): QuestionType<Question | Column, Answer> {
  return questionTypes[question.type] as unknown as QuestionType<Question | Column, Answer>
}
