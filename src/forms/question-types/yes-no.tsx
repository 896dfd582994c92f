import { Radios } from '../../ui/index.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { answer, legendPart, type QuestionType, shared } from './question-type.ts'

/** Yes or no. In the definition, `name` is what yes would say: 'there are children in the home'. */
export const yesNo: QuestionType<QuestionOf<'yes-no'>, boolean> = {
  celType: () => 'bool',
  toCel: (_, value) => value,
  parse(_, fields, name) {
    const typed = fields.text(name)
    return answer(typed === 'yes' ? true : typed === 'no' ? false : undefined)
  },
  unparse: (_, value, name) => ({ [name]: [value ? 'yes' : 'no'] }),
  check: () => undefined,
  missing: question => (question.name === undefined ? `Select yes or no for ‘${question.label}’` : `Select yes if ${question.name}`),
  messages: question => [yesNo.missing(question)],
  show: (_, value) => [value ? 'Yes' : 'No'],
  export: (_, value) => ({ '': value === undefined ? null : value ? 'Yes' : 'No' }),
  field: given =>
    Radios({
      name: given.name,
      fieldset: legendPart(given),
      ...shared(given),
      value: given.fields.text(given.name),
      classes: 'govuk-radios--inline',
      items: [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No' },
      ],
    }),
}
