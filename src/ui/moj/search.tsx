import { Button, type ButtonProps } from '../govuk/button.tsx'
import type { ErrorOptions, LabelOptions } from '../govuk/field.tsx'
import { Input } from '../govuk/input.tsx'
import { type Attributes, attrs, cls, type Options, type Part, words } from '../markup.tsx'

export type SearchProps = { action: string } & Options<{
  method: 'get' | 'post'
  layout: 'stacked'
  iconButton: boolean
  label: string | LabelOptions
  hint: string | Part
  input: Options<{
    id: string
    name: string
    value: string
    type: string
    errorMessage: string | ErrorOptions
    disabled: boolean
    spellcheck: boolean
    autocomplete: string
    pattern: string
    inputmode: string
    describedBy: string
    classes: string
    attributes: Attributes
  }>
  button: ButtonProps
  csrf: { value: string; name?: string | undefined }
  classes: string
  attributes: Attributes
}>

/** A search of one list. */
export function Search(p: SearchProps) {
  const stacked = p.layout === 'stacked'
  const iconOnly = p.iconButton && !stacked
  const label: LabelOptions | undefined = words(p.label)
  const hint: Part | undefined = words(p.hint)
  const button = Button({
    ...p.button,
    html: iconOnly ? undefined : p.button?.html,
    text: iconOnly ? [glass, ' ', <span class="govuk-visually-hidden">{p.button?.text ?? 'search'}</span>] : p.button?.text,
    href: undefined,
    type: undefined,
    classes: cls('moj-search__button', iconOnly && 'moj-search__button--icon', p.button?.classes),
  })
  return (
    <search class={cls('moj-search', 'moj-search', stacked && 'moj-search--stacked', p.classes)} {...attrs(p.attributes)}>
      <form action={p.action} method={p.method ?? 'get'}>
        {p.csrf && <input type="hidden" name={p.csrf.name ?? '_csrf'} value={p.csrf.value} />}
        {Input({
          ...p.input,
          name: p.input?.name ?? 'search',
          type: p.input?.type ?? 'search',
          classes: cls('moj-search__input', p.input?.classes),
          label: label && { ...label, classes: cls('moj-search__label', label.classes) },
          hint: hint && { ...hint, classes: cls('moj-search__hint', hint.classes) },
          inputWrapper: { classes: 'moj-search__input-wrapper' },
          formGroup: { afterInput: stacked ? undefined : { text: [' ', button] } },
        })}
        {stacked && button}
      </form>
    </search>
  )
}

const glass = (
  <svg width="20" height="20" viewBox="0 0 21 20" fill="none" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg">
    <path
      d="M8.90102 14.4683C12.385 14.4683 15.2093 11.644 15.2093 8.16005C15.2093 4.6761 12.385 1.85181 8.90102 1.85181C5.41707 1.85181 2.59277 4.6761 2.59277 8.16005C2.59277 11.644 5.41707 14.4683 8.90102 14.4683Z"
      stroke="currentColor"
      stroke-width="2.22222"
    />
    <path d="M13.2349 12.8584L19.5909 19.2144" stroke="currentColor" stroke-width="2.22222" />
  </svg>
)
