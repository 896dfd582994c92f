import type { ComponentChildren } from 'preact'
import { Button } from '../govuk/button.tsx'
import { ErrorMessage } from '../govuk/error-message.tsx'
import type { ErrorOptions } from '../govuk/field.tsx'
import { Fieldset } from '../govuk/fieldset.tsx'
import { type Attributes, attrs, cls, i18n, type Options, raw } from '../markup.tsx'

export type AddAnotherItem = {
  fieldset: Options<{
    html: string
    /** The fields of the item. Each input carries `data-name` and `data-id` with `%index%` so that script can renumber them. */
    children: ComponentChildren
    legend: Options<{ html: string; classes: string }>
    describedBy: string
    role: string
    classes: string
    attributes: Attributes
  }>
} & Options<{
  errorMessage: ErrorOptions
  removeButton: Options<{ name: string; value: string }>
  classes: string
  attributes: Attributes
}>

export type AddAnotherProps = { items: readonly AddAnotherItem[] } & Options<{
  id: string
  /** What one of them is called: 'Person'. */
  itemLabel: string
  layout: 'inline'
  addAnotherButtonText: string
  removeButtonText: string
  removeButtonSuffixText: string
  itemLegendText: { one?: string; other: string }
  fieldLabelSuffixText: string
  newItemSuffixText: string
  classes: string
  attributes: Attributes
}>

/** Several of the same, with buttons to add and remove: by script at once, without script by posting the form. */
export function AddAnother(p: AddAnotherProps) {
  const label = p.itemLabel || 'Item'
  const button = p.addAnotherButtonText || 'Add another %{itemLabel}'
  return (
    <div
      id={p.id || undefined}
      class={cls('moj-add-another', p.classes)}
      data-module="moj-add-another"
      data-item-label={label}
      data-layout={p.layout}
      {...i18n('remove-button-text', p.removeButtonText)}
      {...i18n('remove-button-suffix-text', p.removeButtonSuffixText)}
      {...i18n('item-legend-text', p.itemLegendText)}
      {...i18n('field-label-suffix-text', p.fieldLabelSuffixText)}
      {...i18n('new-item-suffix-text', p.newItemSuffixText)}
      {...attrs(p.attributes)}
    >
      <div class="moj-add-another__items">{p.items.map((item, i) => oneItem(p, item, label, i + 1))}</div>
      <div class="moj-add-another__add-button-container">
        {Button({
          id: p.id && `${p.id}-add-another-button`,
          name: p.id && `${p.id}-add-another`,
          value: p.id && button.replace('%{itemLabel}', label).replaceAll(' ', '-').toLowerCase(),
          text: button.replace('%{itemLabel}', label.toLowerCase()),
          classes: 'govuk-button--secondary moj-add-another__add-button',
        })}
      </div>
    </div>
  )
}

function oneItem(p: AddAnotherProps, item: AddAnotherItem, label: string, index: number) {
  const { fieldset } = item
  if (!fieldset.html && !fieldset.children) return null
  const errorId = item.errorMessage && `${p.id ?? ''}${index}-error`
  const legend = (p.items.length === 1 ? p.itemLegendText?.one : p.itemLegendText?.other) || '%{itemLabel} %{number}'
  const fields = fieldset.html ? raw(fieldset.html) : fieldset.children
  const inner =
    p.layout === 'inline' ? (
      <div class="moj-add-another__item-row">
        {item.errorMessage && ErrorMessage({ ...item.errorMessage, id: errorId })}
        {fields}
      </div>
    ) : (
      fields
    )
  return (
    <div
      key={index}
      class={cls(
        'moj-add-another__item',
        p.layout === 'inline' && 'moj-add-another__item--inline',
        item.classes,
        item.errorMessage && 'moj-add-another__item--error',
      )}
      {...attrs(item.attributes)}
    >
      {Fieldset({
        attributes: fieldset.attributes,
        classes: cls('moj-add-another__fieldset', fieldset.classes),
        describedBy: cls(fieldset.describedBy, errorId),
        role: fieldset.role,
        legend: {
          text: legend.replace('%{itemLabel}', label).replace('%{number}', String(index)).replace('%{count}', String(p.items.length)),
          html: fieldset.legend?.html,
          classes: cls('moj-add-another__item-title govuk-fieldset__legend--m', fieldset.legend?.classes),
        },
        children: (
          <div class="moj-add-another__item-container">
            {inner}
            {removeButton(p, item, label, index)}
          </div>
        ),
      })}
    </div>
  )
}

function removeButton(p: AddAnotherProps, item: AddAnotherItem, label: string, index: number) {
  const text = p.removeButtonText || 'Remove %{itemLabel} %{number}'
  return (
    <div class="moj-add-another__remove-button-container">
      {p.items.length > 1 &&
        Button({
          text: text.replace('%{itemLabel}', label.toLowerCase()).replace('%{number}', String(index)),
          classes: 'govuk-button--secondary moj-add-another__remove-button',
          name: item.removeButton?.name || 'remove',
          // The first item is number nought, which a plain `value` would leave out.
          attributes: { value: item.removeButton?.value || String(index - 1) },
        })}
    </div>
  )
}
