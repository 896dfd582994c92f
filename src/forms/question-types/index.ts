import type { Answer } from '../answer.ts'
import type { Column, Question } from '../definition/shape.ts'
import { columnTypes } from './column-types.ts'
import { dateTime } from './date-time.tsx'
import { file } from './file.tsx'
import type { QuestionType } from './question-type.ts'
import { agency, user } from './somebody.tsx'
import { table } from './table.tsx'
import { calculated, score } from './worked-out.tsx'

const questionTypes = {
  ...columnTypes,
  'date-time': dateTime,
  agency,
  user,
  file,
  table,
  score,
  calculated,
} as const satisfies Record<Question['type'], unknown>

/** What there is to know about a question's type. The question picks the type, so the two always fit. */
export function typeOf(question: Question | Column): QuestionType<Question | Column, Answer> {
  return questionTypes[question.type] as unknown as QuestionType<Question | Column, Answer>
}
