import { Input } from '../../ui/index.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { enter, theAnswer } from '../wording.ts'
import { readNhsNumber, readPostcode } from './identifiers.ts'
import { answer, labelPart, mistake, type QuestionType, shared } from './question-type.ts'

/** Kept as ten digits, shown 3-3-4 as the NHS does. */
export const nhsNumber: QuestionType<QuestionOf<'nhs-number'>, string> = {
  celType: () => 'string',
  toCel: (_, value) => value,
  parse(question, fields, name) {
    if (fields.text(name) === '') return answer<string>(undefined)
    const read = readNhsNumber(fields.text(name))
    return read === undefined ? mistake(notNhsNumber(question), name) : answer(read)
  },
  unparse: (_, value, name) => ({ [name]: [grouped(value)] }),
  check: () => undefined,
  missing: enter,
  messages: question => [enter(question), notNhsNumber(question)],
  show: (_, value) => [grouped(value)],
  export: (_, value) => ({ '': value ?? null }),
  field: given =>
    Input({
      name: given.name,
      label: labelPart(given),
      ...shared({ ...given, question: { hint: given.question.hint ?? 'A 10-digit number, like 999 123 4560' } }),
      value: given.fields.typed(given.name),
      classes: 'govuk-input--width-10',
      inputmode: 'numeric',
      spellcheck: false,
    }),
}

/** Kept in capitals with its space. */
export const postcode: QuestionType<QuestionOf<'postcode'>, string> = {
  celType: () => 'string',
  toCel: (_, value) => value,
  parse(question, fields, name) {
    if (fields.text(name) === '') return answer<string>(undefined)
    const read = readPostcode(fields.text(name))
    return read === undefined ? mistake(notPostcode(question), name) : answer(read)
  },
  unparse: (_, value, name) => ({ [name]: [value] }),
  check: () => undefined,
  missing: enter,
  messages: question => [enter(question), notPostcode(question)],
  show: (_, value) => [value],
  export: (_, value) => ({ '': value ?? null }),
  field: given =>
    Input({
      name: given.name,
      label: labelPart(given),
      ...shared(given),
      value: given.fields.typed(given.name),
      classes: 'govuk-input--width-10',
      spellcheck: false,
    }),
}

const grouped = (digits: string) => `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
const notNhsNumber = (question: QuestionOf<'nhs-number'>) =>
  `${theAnswer(question)} must be a real 10-digit NHS number: check each digit and their order`
const notPostcode = (question: QuestionOf<'postcode'>) => `${theAnswer(question)} must be a full UK postcode, like TR18 4QA`
