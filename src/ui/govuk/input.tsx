import type { InputHTMLAttributes } from 'preact'
import { type Attributes, attrs, cls, content, hasContent, type Options, type Part } from '../markup.tsx'
import { beside, type FieldOptions, fieldTop, formGroup } from './field.tsx'

export type InputProps = FieldOptions & { name: string } & Options<{
    id: string
    type: string
    inputmode: string
    value: string | number | null
    disabled: boolean
    classes: string
    attributes: Attributes
    autocomplete: string
    autocapitalize: string
    pattern: string
    spellcheck: boolean
    prefix: Part
    suffix: Part
    inputWrapper: Options<{ classes: string; attributes: Attributes }>
  }>

/** One line of text. */
export function Input(p: InputProps) {
  const id = p.id || p.name
  const { describedBy, top } = fieldTop(id, p)
  const given = {
    class: cls('govuk-input', p.classes, p.errorMessage && 'govuk-input--error'),
    id,
    name: p.name ?? '',
    type: p.type || 'text',
    spellcheck: typeof p.spellcheck === 'boolean' ? p.spellcheck : undefined,
    value: p.value ?? undefined,
    disabled: p.disabled || undefined,
    'aria-describedby': describedBy || undefined,
    autocomplete: p.autocomplete as 'off',
    autocapitalize: p.autocapitalize as 'none',
    pattern: p.pattern,
    inputMode: p.inputmode as 'numeric',
  } as InputHTMLAttributes<HTMLInputElement>
  const input = <input {...given} {...attrs(p.attributes)} />
  const { beforeInput, afterInput } = p.formGroup ?? {}
  const wrapped = hasContent(p.prefix) || hasContent(p.suffix) || hasContent(beforeInput) || hasContent(afterInput)
  return formGroup(p.formGroup, Boolean(p.errorMessage), [
    top,
    wrapped ? (
      <div class={cls('govuk-input__wrapper', p.inputWrapper?.classes)} {...attrs(p.inputWrapper?.attributes)}>
        {beside(beforeInput)}
        {affix(p.prefix, 'prefix')}
        {input}
        {affix(p.suffix, 'suffix')}
        {beside(afterInput)}
      </div>
    ) : (
      input
    ),
  ])
}

function affix(part: Part | undefined, kind: 'prefix' | 'suffix') {
  if (!part || !hasContent(part)) return null
  return (
    <div class={cls(`govuk-input__${kind}`, part.classes)} aria-hidden="true" {...attrs(part.attributes)}>
      {content(part)}
    </div>
  )
}
