import { Button, type ButtonProps } from '../govuk/button.tsx'
import { type Attributes, attrs, type Content, cls, content, type Options } from '../markup.tsx'

export type PageHeaderActionsProps = { heading: Content & Options<{ level: number; classes: string }> } & Options<{
  items: ButtonProps[]
  classes: string
  attributes: Attributes
}>

/** The heading of a page with its buttons beside it. */
export function PageHeaderActions(p: PageHeaderActionsProps) {
  const Heading = `h${p.heading.level ?? 1}` as 'h1'
  return (
    <div class={cls('moj-page-header-actions', p.classes)} {...attrs(p.attributes)}>
      <div class="moj-page-header-actions__title">
        <Heading class={p.heading.classes ?? 'govuk-heading-xl'}>{content(p.heading)}</Heading>
      </div>
      {p.items && (
        <div class="moj-page-header-actions__actions">
          <div class="moj-button-group moj-button-group--inline">{p.items.map((item, i) => [i ? ' ' : null, Button(item)])}</div>
        </div>
      )}
    </div>
  )
}
