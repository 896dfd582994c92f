import { londonDate } from '../../platform/clock.ts'
import { formatLongDate, isPlainDate, type PlainDate, readDateParts } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { DateInput } from '../../ui/index.ts'
import type { Mistake } from '../answer.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { enter, theAnswer } from '../wording.ts'
import { answer, type FieldGiven, legendPart, mistake, type Parsed, type QuestionType, shared } from './question-type.ts'

/** A day on the calendar, in three boxes. */
export const date: QuestionType<QuestionOf<'date'>, PlainDate> = {
  celType: () => 'string',
  toCel: (_, value) => value,
  parse: (question, fields, name) => parseDate(fields, name, theAnswer(question)),
  unparse: (_, value, name) => dateFields(value, name),
  check(question, value, name, around) {
    const fault = outOfTime(question, value, londonDate(around.now))
    return fault === undefined ? undefined : { message: fault, field: `${name}-day` }
  },
  missing: enter,
  messages: question => [...dateMessages(enter(question), theAnswer(question)), ...(question.within ? [wrongSide(question)] : [])],
  show: (_, value) => [formatLongDate(value)],
  export: (_, value) => ({ '': value ?? null }),
  field: given => dateBoxes(given),
}

/** Reads the three boxes `name-day`, `name-month` and `name-year`. */
export function parseDate(fields: Fields, name: string, label: string): Parsed<PlainDate> {
  const typed = { day: fields.text(`${name}-day`), month: fields.text(`${name}-month`), year: fields.text(`${name}-year`) }
  if (typed.day === '' && typed.month === '' && typed.year === '') return answer<PlainDate>(undefined)
  const reading = readDateParts(typed, label)
  if (reading.ok) return answer(reading.value)
  return mistake(reading.error.message, `${name}-${reading.error.parts[0] ?? 'day'}`)
}

/** The three boxes of a date that is known. */
export function dateFields(value: PlainDate, name: string): Record<string, readonly string[]> {
  if (!isPlainDate(value)) return {}
  const [year, month, day] = value.split('-') as [string, string, string]
  return { [`${name}-day`]: [String(Number(day))], [`${name}-month`]: [String(Number(month))], [`${name}-year`]: [year] }
}

/** The three boxes on a page; only those at fault are marked. */
export function dateBoxes(
  given: Pick<FieldGiven<{ label: string; hint?: string | undefined }>, 'question' | 'name' | 'fields' | 'mistake' | 'optional'>,
) {
  const { name, fields, mistake: wrong } = given
  const box = (part: 'day' | 'month' | 'year') => ({
    name: part,
    value: fields.typed(`${name}-${part}`),
    classes: `govuk-input--width-${part === 'year' ? 4 : 2}${marks(wrong, name, part) ? ' govuk-input--error' : ''}`,
  })
  return DateInput({
    id: name,
    namePrefix: name,
    fieldset: legendPart(given),
    ...shared({ question: { hint: given.question.hint ?? 'For example, 27 3 2026' }, mistake: wrong }),
    items: [box('day'), box('month'), box('year')],
  })
}

export function dateMessages(enterIt: string, label: string): string[] {
  return [
    enterIt,
    `${label} must be a real date`,
    ...['day', 'month', 'year', 'day and month', 'day and year', 'month and year'].map(missing => `${label} must include a ${missing}`),
    'Year must include 4 numbers',
  ]
}

function outOfTime(question: QuestionOf<'date'>, value: PlainDate, today: PlainDate): string | undefined {
  if (question.within === 'past' && value > today) return wrongSide(question)
  if (question.within === 'future' && value < today) return wrongSide(question)
  return undefined
}

function wrongSide(question: QuestionOf<'date'>): string {
  return `${theAnswer(question)} must be today or in the ${question.within}`
}

function marks(wrong: Mistake | undefined, name: string, part: string): boolean {
  if (wrong === undefined) return false
  if (wrong.message.startsWith('Year must')) return part === 'year'
  const missing = /must include a (.*)$/.exec(wrong.message)
  return missing ? missing[1]!.includes(part) : wrong.field.startsWith(name)
}
