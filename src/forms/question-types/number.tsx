import { Input } from '../../ui/index.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { enter, shownNumber, theAnswer } from '../wording.ts'
import { answer, labelPart, mistake, type QuestionType, shared } from './question-type.ts'

type NumberQuestion = QuestionOf<'number'>

/** A number; thousands commas, spaces, a pound or per cent sign may be typed. */
export const number: QuestionType<NumberQuestion, number> = {
  celType: () => 'double',
  toCel: (_, value) => value,
  parse(question, fields, name) {
    const typed = fields.text(name)
    if (typed === '') return answer<number>(undefined)
    const plain = typed.replace(/^£|%$/g, '').replace(/[\s,]/g, '').replace(/^[−–]/, '-')
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) || !Number.isFinite(Number(plain))) return mistake(notNumber(question), name)
    return answer(Number(plain))
  },
  unparse: (_, value, name) => ({ [name]: [String(value)] }),
  check(question, value, name) {
    const { min, max } = question
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return { message: notNumber(question), field: name }
    if (!hasPlaces(value, question.decimals ?? 0)) return { message: wrongPlaces(question), field: name }
    if ((min !== undefined && value < min) || (max !== undefined && value > max)) return { message: outside(question), field: name }
    return undefined
  },
  missing: enter,
  messages: question => [
    enter(question),
    notNumber(question),
    wrongPlaces(question),
    ...(question.min !== undefined || question.max !== undefined ? [outside(question)] : []),
  ],
  show: (question, value) => [[question.prefix ?? '', shownNumber(value), question.suffix ? ` ${question.suffix}` : ''].join('')],
  export: (_, value) => ({ '': value ?? null }),
  field: given =>
    Input({
      name: given.name,
      label: labelPart(given),
      ...shared(given),
      value: given.fields.typed(given.name),
      inputmode: (given.question.decimals ?? 0) > 0 ? 'decimal' : 'numeric',
      spellcheck: false,
      classes: 'govuk-input--width-5',
      prefix: given.question.prefix ? { text: given.question.prefix } : undefined,
      suffix: given.question.suffix ? { text: given.question.suffix } : undefined,
    }),
}

function hasPlaces(value: number, places: number): boolean {
  return Number(value.toFixed(places)) === value
}

function notNumber(question: NumberQuestion): string {
  return `${theAnswer(question)} must be a number`
}

function wrongPlaces(question: NumberQuestion): string {
  const places = question.decimals ?? 0
  return places === 0
    ? `${theAnswer(question)} must be a whole number`
    : `${theAnswer(question)} must have no more than ${places} decimal ${places === 1 ? 'place' : 'places'}`
}

function outside({ min, max, ...question }: NumberQuestion): string {
  if (min !== undefined && max !== undefined) return `${theAnswer(question)} must be between ${shownNumber(min)} and ${shownNumber(max)}`
  return min !== undefined
    ? `${theAnswer(question)} must be ${shownNumber(min)} or more`
    : `${theAnswer(question)} must be ${shownNumber(max ?? 0)} or less`
}
