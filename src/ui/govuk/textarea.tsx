import { type Attributes, attrs, cls, type Options } from '../markup.tsx'
import { beside, type FieldOptions, fieldTop, formGroup } from './field.tsx'

export type TextareaProps = FieldOptions & { name: string } & Options<{
    id: string
    rows: number | string
    value: string | number | null
    disabled: boolean
    classes: string
    attributes: Attributes
    autocomplete: string
    spellcheck: boolean
  }>

/** Several lines of text. */
export function Textarea(p: TextareaProps) {
  const id = p.id || p.name
  const { describedBy, top } = fieldTop(id, p)
  return formGroup(p.formGroup, Boolean(p.errorMessage), [
    top,
    beside(p.formGroup?.beforeInput),
    <textarea
      key="control"
      class={cls('govuk-textarea', p.errorMessage && 'govuk-textarea--error', p.classes)}
      id={id}
      name={p.name}
      rows={(p.rows || 5) as number}
      spellcheck={typeof p.spellcheck === 'boolean' ? p.spellcheck : undefined}
      disabled={Boolean(p.disabled)}
      aria-describedby={describedBy || undefined}
      autocomplete={(p.autocomplete || undefined) as 'off' | undefined}
      {...attrs(p.attributes)}
    >
      {asTyped(p.value)}
    </textarea>,
    beside(p.formGroup?.afterInput),
  ])
}

/** HTML drops one line break straight after `<textarea>`; a second keeps words that begin with an empty line as they were typed. */
function asTyped(value: string | number | null | undefined): string {
  const text = value === undefined || value === null ? '' : String(value)
  return text.startsWith('\n') || text.startsWith('\r') ? `\n${text}` : text
}
