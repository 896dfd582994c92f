import { Input, Textarea } from '../../ui/index.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { enter, theAnswer } from '../wording.ts'
import { answer, labelPart, type QuestionType, shared } from './question-type.ts'

type Worded = QuestionOf<'text'> | QuestionOf<'long-text'>

// A line is a name, a place, a job; longer answers ask for long-text. The long default is some eight pages of typing.
const usualMost = { text: 200, 'long-text': 20_000 } as const

const worded: Omit<QuestionType<Worded, string>, 'field'> = {
  celType: () => 'string',
  toCel: (_, value) => value,
  parse: (question, fields, name) =>
    answer(
      (question.type === 'text' ? fields.text(name) : fields.typed(name).trimEnd()).trim() === ''
        ? undefined
        : typedText(question, fields.typed(name)),
    ),
  unparse: (_, value, name) => ({ [name]: [value] }),
  check(question, value, name) {
    const length = lengthOf(value)
    if (length > mostOf(question)) return { message: tooLong(question), field: name }
    if (question.minLength !== undefined && length < question.minLength) return { message: tooShort(question), field: name }
    return undefined
  },
  missing: enter,
  messages: question => [enter(question), tooLong(question), ...(question.minLength === undefined ? [] : [tooShort(question)])],
  show: (_, value) => value.split('\n'),
  export: (_, value) => ({ '': value ?? null }),
}

/** One line. */
export const text: QuestionType<QuestionOf<'text'>, string> = {
  ...worded,
  field: given =>
    Input({
      name: given.name,
      label: labelPart(given),
      ...shared(given),
      value: given.fields.typed(given.name),
      classes: (given.question.maxLength ?? usualMost.text) <= 20 ? 'govuk-input--width-10' : 'govuk-!-width-two-thirds',
    }),
}

/** Several lines; spaces within and line breaks are kept. */
export const longText: QuestionType<QuestionOf<'long-text'>, string> = {
  ...worded,
  field: given =>
    Textarea({
      name: given.name,
      label: labelPart(given),
      ...shared(given),
      value: given.fields.typed(given.name),
      rows: given.question.rows ?? 5,
      // The browser must not cut what is pasted: over-long text is kept and said to be over-long.
      attributes: { 'data-most': String(mostOf(given.question)) },
    }),
}

function typedText(question: Worded, typed: string): string {
  return question.type === 'text' ? typed.trim().replace(/\s+/g, ' ') : typed.trimEnd()
}

/** Counts characters as a reader would, not UTF-16 units: an emoji or a rare Chinese character is one. */
function lengthOf(value: string): number {
  let length = 0
  for (const _ of value) length += 1
  return length
}

function mostOf(question: Worded): number {
  return question.maxLength ?? usualMost[question.type]
}

function tooLong(question: Worded): string {
  return `${theAnswer(question)} must be ${mostOf(question).toLocaleString('en-GB')} characters or fewer`
}

function tooShort(question: Worded): string {
  return `${theAnswer(question)} must be ${question.minLength} characters or more`
}
