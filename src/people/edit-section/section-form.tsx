import type { VNode } from 'preact'
import { type PlainDate, partsOf } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { Checkboxes, DateInput, errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { fieldLabels } from '../field-words.ts'
import type { Person } from '../person.ts'
import type { Section, SectionField } from './sections.ts'

/** What to show in a form: what is on record, or after an error what was typed. */
export type Shown = { text(name: string): string; all(name: string): readonly string[] }

/** The fields of a section, filled. */
export function SectionFields({ section, shown, errors }: { section: Section; shown: Shown; errors: readonly FieldError[] }): VNode {
  return (
    <>
      {section.fields.map(field => (
        <div key={field.field}>{control(field, shown, errors)}</div>
      ))}
    </>
  )
}

/** What stands on record, by the names of the form's boxes. */
export function shownOf(person: Person, section: Section): Shown {
  const values = new Map<string, readonly string[]>()
  for (const { field, kind, choices } of section.fields) {
    const value = person[field] as string | readonly string[] | null
    if (value === null) continue
    if (kind === 'date') {
      const { day, month, year } = partsOf(value as PlainDate)
      values
        .set(`${field}-day`, [String(day)])
        .set(`${field}-month`, [String(month)])
        .set(`${field}-year`, [String(year)])
    } else if (kind === 'language' && !choices?.some(choice => choice.code === value)) values.set(`${field}-other`, [String(value)])
    else values.set(field, typeof value === 'string' ? [value] : value)
  }
  return { text: name => values.get(name)?.[0] ?? '', all: name => values.get(name) ?? [] }
}

/** What was typed, just as it was typed. */
export function shownAsTyped(fields: Fields): Shown {
  return { text: name => fields.typed(name), all: name => fields.all(name) }
}

function control(spec: SectionField, shown: Shown, errors: readonly FieldError[]): VNode {
  const { field, hint, choices = [] } = spec
  const label = fieldLabels[field]
  const common = { id: field, name: field, label, hint, errorMessage: errorFor(errors, field) }
  switch (spec.kind) {
    case 'name':
      return Input({ ...common, value: shown.text(field), spellcheck: false, autocomplete: 'off', classes: 'govuk-!-width-one-half' })
    case 'text':
      return Input({ ...common, value: shown.text(field), autocomplete: 'off', classes: 'govuk-!-width-one-half' })
    case 'nhs-number':
      return Input({
        ...common,
        value: shown.text(field),
        inputmode: 'numeric',
        autocomplete: 'off',
        spellcheck: false,
        classes: 'govuk-input--width-10',
      })
    case 'long-text':
      return Textarea({ ...common, value: shown.text(field), rows: '3' })
    case 'date':
      return dateControl(field, label, hint, shown, errors)
    case 'several':
      return Checkboxes({
        name: field,
        hint,
        errorMessage: errorFor(errors, field),
        fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
        classes: 'govuk-checkboxes--small',
        items: choices.map(choice => ({ value: choice.code, text: choice.label, checked: shown.all(field).includes(choice.code) })),
      })
    case 'one-of-many':
    case 'language':
      return (
        <>
          {Select({
            ...common,
            value: shown.text(field),
            items: [
              { value: '', text: '' },
              ...choices.map(choice => ({ value: choice.code, text: choice.group ? `${choice.group}: ${choice.label}` : choice.label })),
            ],
          })}
          {spec.kind === 'language' &&
            Input({
              id: `${field}-other`,
              name: `${field}-other`,
              label: 'Another language that is not on the list',
              value: shown.text(`${field}-other`),
              errorMessage: errorFor(errors, `${field}-other`),
              classes: 'govuk-input--width-20',
            })}
        </>
      )
    case 'one-of':
      return Radios({
        name: field,
        hint,
        errorMessage: errorFor(errors, field),
        fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
        classes: 'govuk-radios--small',
        value: shown.text(field),
        items: [
          ...choices.map(choice => ({ value: choice.code, text: choice.label })),
          { value: '', text: 'Not recorded', checked: shown.text(field) === '' },
        ],
      })
  }
}

/** Three boxes for a date, whose error marks the box that is wrong. */
export function dateControl(field: string, label: string, hint: string | undefined, shown: Shown, errors: readonly FieldError[]): VNode {
  const error = errors.find(each => each.field.startsWith(`${field}-`))
  return DateInput({
    id: field,
    namePrefix: field,
    hint,
    errorMessage: error?.message,
    fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
    items: (['day', 'month', 'year'] as const).map(name => ({
      name,
      value: shown.text(`${field}-${name}`),
      error: error?.field === `${field}-${name}`,
      classes: name === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
    })),
  })
}
