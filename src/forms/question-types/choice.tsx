import { Checkboxes, Radios, Select } from '../../ui/index.ts'
import type { Surroundings } from '../answer.ts'
import type { Option, QuestionOf } from '../definition/shape.ts'
import { select, theAnswer } from '../wording.ts'
import { answer, labelPart, legendPart, type QuestionType, shared } from './question-type.ts'

type Choosing = QuestionOf<'choice'> | QuestionOf<'choices'>

/** One of several options, by code. */
export const choice: QuestionType<QuestionOf<'choice'>, string> = {
  celType: () => 'string',
  toCel: (_, value) => value,
  parse: (_, fields, name) => answer(fields.text(name) || undefined),
  unparse: (_, value, name) => ({ [name]: [value] }),
  check: (question, value, name, around) =>
    isAmong(question, value, around) ? undefined : { message: notAnOption(question), field: name },
  missing: select,
  messages: question => [select(question), notAnOption(question)],
  show: (question, value, around) => [labelFor(question, value, around)],
  export: (question, value, around) => ({ '': value === undefined ? null : labelFor(question, value, around), _code: value ?? null }),
  field(given) {
    const options = optionsOf(given.question, given.around)
    const value = given.fields.text(given.name)
    // Past some dozen options radios are longer than the screen.
    if (given.question.look === 'select' || (given.question.look === undefined && options.length > 12)) {
      return Select({
        name: given.name,
        label: labelPart(given),
        ...shared(given),
        value,
        items: [{ value: '', text: 'Select' }, ...options.map(option => ({ value: option.code, text: option.label }))],
      })
    }
    return Radios({
      name: given.name,
      fieldset: legendPart(given),
      ...shared(given),
      value,
      classes:
        options.length <= 3 && options.every(option => option.label.length <= 12 && !option.hint)
          ? 'govuk-radios--inline'
          : 'govuk-radios--small',
      items: options.map(option => ({ value: option.code, text: option.label, hint: option.hint ? { text: option.hint } : undefined })),
    })
  },
}

/** Any number of options, by code, kept in the order of the options. */
export const choices: QuestionType<QuestionOf<'choices'>, readonly string[]> = {
  celType: () => 'list<string>',
  toCel: (_, value) => value,
  parse(question, fields, name, around) {
    const ticked = new Set(fields.all(name).filter(code => code !== ''))
    const order = optionsOf(question, around).map(option => option.code)
    const known = order.filter(code => ticked.has(code))
    const strange = [...ticked].filter(code => !order.includes(code))
    return answer(ticked.size === 0 ? undefined : [...known, ...strange])
  },
  unparse: (_, value, name) => ({ [name]: value }),
  check(question, value, name, around) {
    if (!value.every(code => isAmong(question, code, around))) return { message: notAnOption(question), field: name }
    const alone = optionsOf(question, around).find(option => option.exclusive && value.includes(option.code))
    return alone && value.length > 1 ? { message: notAlone(question, alone), field: name } : undefined
  },
  missing: select,
  messages(question) {
    const exclusive = Array.isArray(question.options) ? question.options.filter(option => option.exclusive) : []
    return [select(question), notAnOption(question), ...exclusive.map(option => notAlone(question, option))]
  },
  show: (question, value, around) => value.map(code => labelFor(question, code, around)),
  export: (question, value, around) => ({
    '': value === undefined ? null : value.map(code => labelFor(question, code, around)).join('; '),
    _codes: value?.join(' ') ?? null,
  }),
  field(given) {
    const ticked = given.fields.all(given.name)
    const options = optionsOf(given.question, given.around)
    const plain = options.filter(option => !option.exclusive)
    const alone = options.filter(option => option.exclusive)
    const item = (option: Option) => ({
      value: option.code,
      text: option.label,
      hint: option.hint ? { text: option.hint } : undefined,
      checked: ticked.includes(option.code),
    })
    return Checkboxes({
      name: given.name,
      fieldset: legendPart(given),
      hint: given.question.hint ?? 'Select all that apply',
      errorMessage: shared(given).errorMessage,
      classes: 'govuk-checkboxes--small',
      items: [
        ...plain.map(item),
        ...(alone.length > 0 ? [{ divider: 'or' }] : []),
        ...alone.map(option => ({ ...item(option), behaviour: 'exclusive' })),
      ],
    })
  },
}

/** The options of a choice: its own, or those of the list that it names. */
export function optionsOf(question: Choosing, around: Pick<Surroundings, 'lists'>): readonly Option[] {
  return Array.isArray(question.options) ? question.options : (around.lists[question.options.list] ?? [])
}

/** What the chosen options score together. */
export function scoreOf(question: Choosing, codes: readonly string[], around: Pick<Surroundings, 'lists'>): number {
  return optionsOf(question, around).reduce((total, option) => total + (codes.includes(option.code) ? (option.score ?? 0) : 0), 0)
}

function isAmong(question: Choosing, code: string, around: Surroundings): boolean {
  return optionsOf(question, around).some(option => option.code === code)
}

// An option can leave a shared list after it was chosen: then its code is all there is to show.
function labelFor(question: Choosing, code: string, around: Surroundings): string {
  return optionsOf(question, around).find(option => option.code === code)?.label ?? code
}

const notAnOption = (question: Choosing) => `${theAnswer(question)} must be one of the options on the page`
const notAlone = (question: Choosing, option: Option) =>
  `${theAnswer(question)} must be either ‘${option.label}’ or other options, not both`
