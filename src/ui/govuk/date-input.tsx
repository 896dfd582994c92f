import { type Attributes, attrs, cls, type Falsy, type Options, type Part } from '../markup.tsx'
import { choicesGroup } from './choices.tsx'
import { beside, describe, type ErrorOptions, type FormGroupsOptions } from './field.tsx'
import type { FieldsetOptions } from './fieldset.tsx'
import { Input } from './input.tsx'

export type DateInputItem = Options<{
  name: string
  label: string
  id: string
  value: string | number | null
  error: boolean
  classes: string
  inputmode: string
  autocomplete: string
  pattern: string
  attributes: Attributes
}>

export type DateInputProps = { id: string } & Options<{
  namePrefix: string
  items: (DateInputItem | Falsy)[]
  day: DateInputItem
  month: DateInputItem
  year: DateInputItem
  values: Record<string, string | number | null | undefined>
  hint: string | Part | Falsy
  errorMessage: string | ErrorOptions | Falsy
  fieldset: FieldsetOptions
  formGroup: FormGroupsOptions
  classes: string
  attributes: Attributes
}>

/** Day, month and year in three boxes. `values` are keyed by the whole name of each box. */
export function DateInput(p: DateInputProps) {
  const day = p.day ?? { name: 'day', value: p.values?.day, classes: 'govuk-input--width-2' }
  const month = p.month ?? { name: 'month', value: p.values?.month, classes: 'govuk-input--width-2' }
  const year = p.year ?? { name: 'year', value: p.values?.year, classes: 'govuk-input--width-4' }
  const parts = { day, month, year }
  const items = p.items?.length ? p.items : [day, month, year]
  const anyError = items.some(item => item && marksError(item))
  const { describedBy, described } = describe(p.id, p.fieldset?.describedBy, p.hint, p.errorMessage)
  // A fieldset of text inputs needs role="group" for JAWS to read its description (govuk-frontend's template).
  return choicesGroup({ ...p, name: p.id }, describedBy, 'group', [
    described,
    <div key="inputs" class={cls('govuk-date-input', p.classes)} {...attrs(p.attributes)} id={p.id || undefined}>
      {beside(p.formGroup?.beforeInputs)}
      {items.map((item, i) => (item ? box(p, item, parts, anyError, i) : null))}
      {beside(p.formGroup?.afterInputs)}
    </div>,
  ])
}

type Unit = 'day' | 'month' | 'year'

function box(p: DateInputProps, item: DateInputItem, parts: Record<Unit, DateInputItem>, anyError: boolean, key: number) {
  const unit = unitOf(item, parts)
  const name = item.name ?? unit ?? ''
  const fullName = p.namePrefix ? `${p.namePrefix}-${name}` : name
  const given = item.value === undefined && unit ? parts[unit].value : item.value
  const ownError = marksError(item)
  const showError = !item.classes?.includes('govuk-input--error') && (ownError || (item.error !== false && p.errorMessage && !anyError))
  const width = !item.classes?.includes('govuk-input--width-') && `govuk-input--width-${unit === 'year' ? 4 : 2}`
  return (
    <div key={key} class="govuk-date-input__item">
      {Input({
        label: { text: item.label || capitalised(name), classes: 'govuk-date-input__label' },
        id: item.id || `${p.id}-${name}`,
        classes: cls('govuk-date-input__input', showError && 'govuk-input--error', width, item.classes),
        name: fullName,
        value: given === undefined ? p.values?.[fullName] : given,
        type: 'text',
        inputmode: item.inputmode || 'numeric',
        autocomplete: item.autocomplete,
        pattern: item.pattern,
        attributes: item.attributes,
      })}
    </div>
  )
}

function unitOf(item: DateInputItem, parts: Record<Unit, DateInputItem>): Unit | undefined {
  for (const unit of ['day', 'month', 'year'] as const)
    if (item === parts[unit] || (item.name && (item.name === unit || item.name === parts[unit].name))) return unit
  return undefined
}

function marksError(item: DateInputItem): boolean {
  return Boolean(item.error || item.classes?.includes('govuk-input--error'))
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
}
