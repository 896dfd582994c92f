import type { ComponentChildren } from 'preact'
import { type Attributes, type Content, type Falsy, type Options, type Part, raw } from '../markup.tsx'
import { type ErrorOptions, type FormGroupsOptions, formGroup } from './field.tsx'
import { Fieldset, type FieldsetOptions } from './fieldset.tsx'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'

/** One radio or checkbox; `divider` is the "or" between two groups. `conditional` is shown when it is chosen (always, without script). */
export type ChoiceItem = Content &
  Options<{
    value: string | number | boolean
    id: string
    checked: boolean
    disabled: boolean
    hint: Part
    label: Options<{ classes: string; attributes: Attributes }>
    conditional: Content | false
    divider: string
    attributes: Attributes
  }>

/** What radios and checkboxes have in common. */
export type ChoicesOptions = { name: string } & Options<{
  idPrefix: string
  hint: string | Part | Falsy
  errorMessage: string | ErrorOptions | Falsy
  fieldset: FieldsetOptions
  formGroup: FormGroupsOptions
  classes: string
  attributes: Attributes
}>

/** The group round the choices, with a fieldset when there is one to be. */
export function choicesGroup(p: ChoicesOptions, describedBy: string, role: string | undefined, inner: ComponentChildren) {
  return formGroup(
    p.formGroup,
    Boolean(p.errorMessage),
    p.fieldset ? Fieldset({ ...p.fieldset, role, describedBy, children: inner }) : inner,
  )
}

/** Label and hint of one choice. */
export function choiceLabel(kind: 'radios' | 'checkboxes', item: ChoiceItem, itemId: string, hintId: string): ComponentChildren {
  const { label, hint } = item
  return [
    Label({
      html: item.html,
      text: item.text ?? item.children,
      classes: label?.classes ? `govuk-${kind}__label ${label.classes}` : `govuk-${kind}__label`,
      attributes: label?.attributes,
      for: itemId,
    }),
    hint && hintId
      ? Hint({ ...hint, id: hintId, classes: hint.classes ? `govuk-${kind}__hint ${hint.classes}` : `govuk-${kind}__hint` })
      : null,
  ]
}

/** Whether a choice reveals something. */
export function reveals(item: ChoiceItem): item is ChoiceItem & { conditional: Content } {
  return Boolean(item.conditional && (item.conditional.html || item.conditional.text || item.conditional.children))
}

/** What a choice reveals. */
export function revealed(kind: 'radios' | 'checkboxes', item: ChoiceItem, id: string, checked: boolean) {
  if (!reveals(item)) return null
  const { html, text, children } = item.conditional
  return (
    <div key={id} class={checked ? `govuk-${kind}__conditional` : `govuk-${kind}__conditional govuk-${kind}__conditional--hidden`} id={id}>
      {html ? raw(html) : (text ?? children)}
    </div>
  )
}
