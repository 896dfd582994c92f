import { attrs, cls, type Falsy, hasContent, type Options } from '../markup.tsx'
import { type ChoiceItem, type ChoicesOptions, choiceLabel, choicesGroup, revealed, reveals } from './choices.tsx'
import { beside, describe } from './field.tsx'

export type RadiosItem = ChoiceItem
export type RadiosProps = ChoicesOptions & { items: (RadiosItem | Falsy)[] } & Options<{ value: string | number | boolean | null }>

/** One of a few. */
export function Radios(p: RadiosProps) {
  const idPrefix = p.idPrefix || p.name
  const { describedBy, described } = describe(idPrefix, p.fieldset?.describedBy, p.hint, p.errorMessage)
  return choicesGroup(p, describedBy, p.fieldset?.role, [
    described,
    <div key="choices" class={cls('govuk-radios', p.classes)} {...attrs(p.attributes)} data-module="govuk-radios">
      {beside(p.formGroup?.beforeInputs)}
      {p.items?.map((item, i) => (item ? radio(p, item, idPrefix, i + 1) : null))}
      {beside(p.formGroup?.afterInputs)}
    </div>,
  ])
}

function radio(p: RadiosProps, item: RadiosItem, idPrefix: string, index: number) {
  if (item.divider)
    return (
      <div key={index} class="govuk-radios__divider">
        {item.divider}
      </div>
    )
  const id = item.id || (index > 1 ? `${idPrefix}-${index}` : idPrefix)
  const checked = Boolean(item.checked || (p.value && item.checked !== false && String(item.value) === String(p.value)))
  const hintId = hasContent(item.hint) ? `${id}-item-hint` : ''
  const conditionalId = `conditional-${id}`
  return [
    <div key={index} class="govuk-radios__item">
      <input
        class="govuk-radios__input"
        id={id}
        name={p.name}
        type="radio"
        value={String(item.value ?? '')}
        checked={checked}
        disabled={Boolean(item.disabled)}
        data-aria-controls={reveals(item) ? conditionalId : undefined}
        aria-describedby={hintId || undefined}
        {...attrs(item.attributes)}
      />
      {choiceLabel('radios', item, id, hintId)}
    </div>,
    revealed('radios', item, conditionalId, checked),
  ]
}
