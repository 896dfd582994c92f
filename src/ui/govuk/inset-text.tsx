import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type InsetTextProps = Part & Options<{ id: string }>

/** Words set apart by a line at the side. */
export function InsetText(p: InsetTextProps) {
  return (
    <div id={p.id || undefined} class={cls('govuk-inset-text', p.classes)} {...attrs(p.attributes)}>
      {content(p)}
    </div>
  )
}
