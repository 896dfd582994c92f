import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Falsy, type Options, type Part, words } from '../markup.tsx'
import { ErrorMessage } from './error-message.tsx'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'

export type LabelOptions = Part & Options<{ isPageHeading: boolean }>
export type ErrorOptions = Part & Options<{ visuallyHiddenText: string }>

/** The group round one control; `beforeInput` and `afterInput` stand next to the control. */
export type FormGroupOptions = Options<{ classes: string; attributes: Attributes; beforeInput: Content; afterInput: Content }>

/** The group round several controls (radios, checkboxes, a date). */
export type FormGroupsOptions = Options<{ classes: string; attributes: Attributes; beforeInputs: Content; afterInputs: Content }>

/** What every single-control field takes. A string stands for `{ text }`. */
export type FieldOptions = Options<{
  label: string | LabelOptions
  hint: string | Part | Falsy
  errorMessage: string | ErrorOptions | Falsy
  describedBy: string
  formGroup: FormGroupOptions
}>

/** The hint and error of a field and the ids by which the control names them. Plain calls, not elements: forms have many fields. */
export function describe(
  id: string,
  describedBy: string | undefined,
  hint: string | Part | Falsy,
  errorMessage: string | ErrorOptions | Falsy,
): { describedBy: string; described: ComponentChildren } {
  let ids = describedBy || ''
  if (!hint && !errorMessage) return { describedBy: ids, described: null }
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  if (hint) ids = cls(ids, hintId)
  if (errorMessage) ids = cls(ids, errorId)
  return {
    describedBy: ids,
    described: [
      hint ? Hint({ ...words(hint), id: hintId }) : null,
      errorMessage ? ErrorMessage({ ...words(errorMessage), id: errorId }) : null,
    ],
  }
}

/** Label, hint and error above one control, as every single-control field has them. */
export function fieldTop(
  id: string,
  p: Pick<FieldOptions, 'label' | 'hint' | 'errorMessage' | 'describedBy'>,
): { describedBy: string; top: ComponentChildren } {
  const { describedBy, described } = describe(id, p.describedBy, p.hint, p.errorMessage)
  return { describedBy, top: [p.label ? Label({ ...words(p.label), for: id }) : null, described] }
}

/** The element round a field, red at the side when there is an error. */
export function formGroup(
  group: Options<{ classes: string; attributes: Attributes }> | undefined,
  hasError: boolean,
  children: ComponentChildren,
) {
  return (
    <div class={cls('govuk-form-group', hasError && 'govuk-form-group--error', group?.classes)} {...attrs(group?.attributes)}>
      {children}
    </div>
  )
}

/** `beforeInput`, `afterInput` and their plurals. */
export function beside(part: Content | undefined): ComponentChildren {
  return part ? content(part) : null
}
