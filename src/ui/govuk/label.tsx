import { attrs, cls, content, hasContent, type Options, type Part } from '../markup.tsx'

export type LabelProps = Part & Options<{ for: string; isPageHeading: boolean }>

/** A label; nothing when it has no words. */
export function Label(p: LabelProps) {
  if (!hasContent(p)) return null
  const label = (
    <label class={cls('govuk-label', p.classes)} {...attrs(p.attributes)} for={p.for || undefined}>
      {content(p)}
    </label>
  )
  return p.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}
