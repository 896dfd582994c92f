import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type HintProps = Part & Options<{ id: string }>

/** Help for a field, named by its `aria-describedby`. */
export function Hint(p: HintProps) {
  return (
    <div id={p.id || undefined} class={cls('govuk-hint', p.classes)} {...attrs(p.attributes)}>
      {content(p)}
    </div>
  )
}
