import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, cls, type Falsy, type Options } from '../markup.tsx'
import { beside, type FieldOptions, fieldTop, formGroup } from './field.tsx'

export type SelectItem = { text?: ComponentChildren } & Options<{
  value: string | number | boolean
  selected: boolean
  disabled: boolean
  attributes: Attributes
}>

export type SelectProps = FieldOptions & { name: string; items: (SelectItem | Falsy)[] } & Options<{
    id: string
    value: string | number | null
    disabled: boolean
    classes: string
    attributes: Attributes
  }>

/** One of many, from a list. */
export function Select(p: SelectProps) {
  const id = p.id || p.name
  const { describedBy, top } = fieldTop(id, p)
  return formGroup(p.formGroup, Boolean(p.errorMessage), [
    top,
    beside(p.formGroup?.beforeInput),
    <select
      key="control"
      class={cls('govuk-select', p.classes, p.errorMessage && 'govuk-select--error')}
      id={id}
      name={p.name}
      disabled={Boolean(p.disabled)}
      aria-describedby={describedBy || undefined}
      {...attrs(p.attributes)}
    >
      {p.items?.map((item, i) =>
        item ? (
          <option
            key={i}
            value={item.value === undefined ? undefined : String(item.value)}
            selected={isSelected(item, p.value)}
            disabled={Boolean(item.disabled)}
            {...attrs(item.attributes)}
          >
            {item.text}
          </option>
        ) : null,
      )}
    </select>,
    beside(p.formGroup?.afterInput),
  ])
}

function isSelected(item: SelectItem, value: string | number | null | undefined): boolean {
  return Boolean(item.selected || (value && item.selected !== false && String(item.value ?? item.text) === String(value)))
}
