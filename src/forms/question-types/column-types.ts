import type { Answer } from '../answer.ts'
import type { Column } from '../definition/shape.ts'
import { choice, choices } from './choice.tsx'
import { date } from './date.tsx'
import { nhsNumber, postcode } from './identifier.tsx'
import { number } from './number.tsx'
import type { QuestionType } from './question-type.ts'
import { person } from './somebody.tsx'
import { longText, text } from './text.tsx'
import { yesNo } from './yes-no.tsx'

/** The types that a column of a table can have. */
export const columnTypes = {
  text,
  'long-text': longText,
  number,
  date,
  choice,
  choices,
  'yes-no': yesNo,
  person,
  'nhs-number': nhsNumber,
  postcode,
} as const satisfies Record<Column['type'], unknown>

/** What there is to know about a column's type. */
export function typeOfColumn(column: Column): QuestionType<Column, Answer> {
  return columnTypes[column.type] as unknown as QuestionType<Column, Answer>
}
