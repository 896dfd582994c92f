import { type Attributes, cls, content, i18n, type Options } from '../markup.tsx'
import { Button } from './button.tsx'
import type { FieldOptions } from './field.tsx'
import { Input } from './input.tsx'

export type PasswordInputProps = FieldOptions & { name: string } & Options<{
    id: string
    value: string
    disabled: boolean
    autocomplete: string
    classes: string
    attributes: Attributes
    button: Options<{ classes: string }>
    showPasswordText: string
    hidePasswordText: string
    showPasswordAriaLabelText: string
    hidePasswordAriaLabelText: string
    passwordShownAnnouncementText: string
    passwordHiddenAnnouncementText: string
  }>

/** A password, which can be shown. */
export function PasswordInput(p: PasswordInputProps) {
  const id = p.id || p.name
  const after = p.formGroup?.afterInput
  return Input({
    label: p.label,
    hint: p.hint,
    errorMessage: p.errorMessage,
    describedBy: p.describedBy,
    id,
    name: p.name,
    type: 'password',
    spellcheck: false,
    autocapitalize: 'none',
    autocomplete: p.autocomplete || 'current-password',
    value: p.value,
    disabled: p.disabled,
    attributes: p.attributes,
    classes: cls('govuk-password-input__input govuk-js-password-input-input', p.classes),
    inputWrapper: { classes: 'govuk-password-input__wrapper' },
    formGroup: {
      classes: cls('govuk-password-input', p.formGroup?.classes),
      beforeInput: p.formGroup?.beforeInput,
      afterInput: {
        text: [
          ' ',
          Button({
            type: 'button',
            classes: cls('govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle', p.button?.classes),
            text: p.showPasswordText ?? 'Show',
            attributes: {
              'aria-controls': id,
              'aria-label': p.showPasswordAriaLabelText ?? 'Show password',
              hidden: { value: true, optional: true },
            },
          }),
          after ? content(after) : null,
        ],
      },
      attributes: {
        'data-module': 'govuk-password-input',
        ...i18n('show-password', p.showPasswordText),
        ...i18n('hide-password', p.hidePasswordText),
        ...i18n('show-password-aria-label', p.showPasswordAriaLabelText),
        ...i18n('hide-password-aria-label', p.hidePasswordAriaLabelText),
        ...i18n('password-shown-announcement', p.passwordShownAnnouncementText),
        ...i18n('password-hidden-announcement', p.passwordHiddenAnnouncementText),
        ...p.formGroup?.attributes,
      },
    },
  })
}
