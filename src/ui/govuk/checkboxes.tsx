import { attrs, cls, type Falsy, hasContent, type Options } from '../markup.tsx'
import { type ChoiceItem, type ChoicesOptions, choiceLabel, choicesGroup, revealed, reveals } from './choices.tsx'
import { beside, describe } from './field.tsx'

export type CheckboxesItem = ChoiceItem & Options<{ name: string; behaviour: 'exclusive' }>
export type CheckboxesProps = ChoicesOptions & { items: (CheckboxesItem | Falsy)[] } & Options<{
    values: readonly (string | number)[]
    describedBy: string
  }>

/** Any of several; `behaviour: 'exclusive'` marks "none of these". */
export function Checkboxes(p: CheckboxesProps) {
  const idPrefix = p.idPrefix || p.name
  const { describedBy, described } = describe(idPrefix, p.fieldset?.describedBy || p.describedBy, p.hint, p.errorMessage)
  return choicesGroup(p, describedBy, p.fieldset?.role, [
    described,
    <div key="choices" class={cls('govuk-checkboxes', p.classes)} {...attrs(p.attributes)} data-module="govuk-checkboxes">
      {beside(p.formGroup?.beforeInputs)}
      {p.items?.map((item, i) => (item ? checkbox(p, item, idPrefix, i + 1, describedBy) : null))}
      {beside(p.formGroup?.afterInputs)}
    </div>,
  ])
}

function checkbox(p: CheckboxesProps, item: CheckboxesItem, idPrefix: string, index: number, describedBy: string) {
  if (item.divider)
    return (
      <div key={index} class="govuk-checkboxes__divider">
        {item.divider}
      </div>
    )
  const id = item.id || (index > 1 ? `${idPrefix}-${index}` : idPrefix)
  const checked = Boolean(item.checked || (item.checked !== false && p.values?.some(value => String(value) === String(item.value))))
  const hintId = hasContent(item.hint) ? `${id}-item-hint` : ''
  const conditionalId = `conditional-${id}`
  return [
    <div key={index} class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id={id}
        name={item.name || p.name}
        type="checkbox"
        value={String(item.value ?? '')}
        checked={checked}
        disabled={Boolean(item.disabled)}
        data-aria-controls={reveals(item) ? conditionalId : undefined}
        data-behaviour={item.behaviour || undefined}
        aria-describedby={cls(!p.fieldset && describedBy, hintId) || undefined}
        {...attrs(item.attributes)}
      />
      {choiceLabel('checkboxes', item, id, hintId)}
    </div>,
    revealed('checkboxes', item, conditionalId, checked),
  ]
}
