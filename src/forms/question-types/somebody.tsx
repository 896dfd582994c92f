import { Input, Select } from '../../ui/index.ts'
import type { ChosenAnswer, PersonAnswer, Surroundings } from '../answer.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { enter, select, theAnswer } from '../wording.ts'
import { answer, labelPart, type QuestionType, shared } from './question-type.ts'

/**
 * Somebody spoken of in the form. Their name is always kept, as it was written; where they have a record that goes with this
 * case, the record can be pointed to as well.
 */
export const person: QuestionType<QuestionOf<'person'>, PersonAnswer> = {
  celType: () => 'string',
  toCel: (_, { name }) => name,
  parse(_, fields, name, around, before) {
    const id = fields.text(`${name}-record`)
    const record =
      around.people.find(known => known.id === id) ?? (before?.id !== undefined && before.id === id ? { id, name: before.name } : undefined)
    const typed = fields.text(name).replace(/\s+/g, ' ')
    if (record === undefined) return answer<PersonAnswer>(typed === '' ? undefined : { name: typed })
    return answer({ name: typed === '' ? record.name : typed, id: record.id })
  },
  unparse: (_, value, name) => ({ [name]: [value.name], ...(value.id === undefined ? {} : { [`${name}-record`]: [value.id] }) }),
  check: (question, value, name) => (value.name.length > 200 ? { message: longName(question), field: name } : undefined),
  missing: enter,
  messages: question => [enter(question), longName(question)],
  show: (_, value) => [value.name],
  export: (_, value) => ({ '': value?.name ?? null, _record: value?.id ?? null }),
  field(given) {
    const { name, fields, around } = given
    const chosen = fields.text(`${name}-record`)
    const input = Input({
      name,
      label: labelPart(given),
      ...shared(given),
      value: fields.typed(name),
      classes: 'govuk-!-width-one-half',
      autocomplete: 'off',
      spellcheck: false,
    })
    const known = withChosen(around.people, chosen, fields.text(name))
    if (known.length === 0) return input
    return (
      <div>
        {input}
        {Select({
          name: `${name}-record`,
          label: 'Their record, if they have one',
          value: chosen,
          items: [{ value: '', text: 'None, or not known' }, ...known.map(one => ({ value: one.id, text: one.name }))],
        })}
      </div>
    )
  },
}

/** One agency of those that use the system. */
export const agency = chosenFrom<QuestionOf<'agency'>>(around => around.agencies)

/** One user of the system. */
export const user = chosenFrom<QuestionOf<'user'>>(around => around.users)

function chosenFrom<Q extends QuestionOf<'agency'> | QuestionOf<'user'>>(
  those: (around: Surroundings) => readonly ChosenAnswer[],
): QuestionType<Q, ChosenAnswer> {
  const notOne = (question: Q) => `${theAnswer(question)} must be one of the list`
  return {
    celType: () => 'string',
    toCel: (_, { name }) => name,
    parse(_, fields, name, around, before) {
      const id = fields.text(name)
      if (id === '') return answer<ChosenAnswer>(undefined)
      const chosen = those(around).find(one => one.id === id) ?? (before?.id === id ? before : undefined)
      return answer(chosen ?? { id, name: '' })
    },
    unparse: (_, value, name) => ({ [name]: [value.id] }),
    check: (question, value, name) => (value.name === '' ? { message: notOne(question), field: name } : undefined),
    missing: select,
    messages: question => [select(question), notOne(question)],
    show: (_, value) => [value.name],
    export: (_, value) => ({ '': value?.name ?? null, _id: value?.id ?? null }),
    field: given =>
      Select({
        name: given.name,
        label: labelPart(given),
        ...shared(given),
        value: given.fields.text(given.name),
        items: [{ value: '', text: 'Select' }, ...those(given.around).map(one => ({ value: one.id, text: one.name }))],
      }),
  }
}

const longName = (question: QuestionOf<'person'>) => `${theAnswer(question)} must be 200 characters or fewer`

/** Someone chosen earlier stays choosable after they have left the list. */
function withChosen(list: readonly ChosenAnswer[], id: string, name: string): readonly ChosenAnswer[] {
  return id === '' || list.some(one => one.id === id) ? list : [...list, { id, name: name || 'As chosen before' }]
}
