import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, cls, content, hasContent, type Options, type Part, raw, words } from '../markup.tsx'

export type LegendOptions = Part & Options<{ isPageHeading: boolean }>

export type FieldsetOptions = Options<{
  legend: string | LegendOptions
  describedBy: string
  classes: string
  role: string
  attributes: Attributes
}>

export type FieldsetProps = FieldsetOptions & Options<{ html: string; children: ComponentChildren }>

/** Controls that belong together, under a legend. */
export function Fieldset(p: FieldsetProps) {
  const legend: LegendOptions | undefined = words(p.legend)
  return (
    <fieldset
      class={cls('govuk-fieldset', p.classes)}
      role={(p.role || undefined) as 'group' | undefined}
      aria-describedby={p.describedBy || undefined}
      {...attrs(p.attributes)}
    >
      {hasContent(legend) && (
        <legend class={cls('govuk-fieldset__legend', legend.classes)}>
          {legend.isPageHeading ? <h1 class="govuk-fieldset__heading">{content(legend)}</h1> : content(legend)}
        </legend>
      )}
      {p.html ? raw(p.html) : p.children}
    </fieldset>
  )
}
