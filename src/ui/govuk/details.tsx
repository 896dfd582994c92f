import type { ComponentChildren } from 'preact'
import { attrs, cls, content, type Options, type Part, raw } from '../markup.tsx'

export type DetailsProps = Part & Options<{ summaryText: ComponentChildren; summaryHtml: string; id: string; open: boolean }>

/** More for those who want it. */
export function Details(p: DetailsProps) {
  return (
    <details id={p.id || undefined} class={cls('govuk-details', p.classes)} {...attrs(p.attributes)} open={Boolean(p.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{p.summaryHtml ? raw(p.summaryHtml) : p.summaryText}</span>
      </summary>
      <div class="govuk-details__text">{content(p)}</div>
    </details>
  )
}
