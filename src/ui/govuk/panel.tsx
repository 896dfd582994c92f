import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, cls, content, hasContent, type Options, type Part, raw } from '../markup.tsx'
import { Button } from './button.tsx'
import type { BannerAction } from './cookie-banner.tsx'

export type PanelProps = Part &
  Options<{
    titleText: ComponentChildren
    titleHtml: string
    headingLevel: number
    actions: Options<{ items: BannerAction[]; classes: string; attributes: Attributes }>
  }>

/** Confirmation that something is done; with the class `govuk-panel--interruption`, a stop to make sure. */
export function Panel(p: PanelProps) {
  const Heading = `h${p.headingLevel || 1}` as 'h1'
  const interruption = p.classes?.includes('govuk-panel--interruption')
  return (
    <div class={cls('govuk-panel', !interruption && 'govuk-panel--confirmation', p.classes)} {...attrs(p.attributes)}>
      <Heading class="govuk-panel__title">{p.titleHtml ? raw(p.titleHtml) : p.titleText}</Heading>
      {hasContent(p) && <div class="govuk-panel__body">{content(p)}</div>}
      {interruption && p.actions && (
        <div class={cls('govuk-panel__actions', p.actions.classes)} {...attrs(p.actions.attributes)}>
          {p.actions.items?.length ? (
            <div class="govuk-button-group">{p.actions.items.map((given, i) => [i ? ' ' : null, action(given)])}</div>
          ) : null}
        </div>
      )}
    </div>
  )
}

function action(given: BannerAction) {
  if (!given.href || given.type === 'button')
    return Button({
      text: given.text,
      type: given.type || 'button',
      classes: cls('govuk-button--inverse', given.classes),
      href: given.href,
      attributes: given.attributes,
    })
  return (
    <a class={cls('govuk-link govuk-link--inverse', given.classes)} href={given.href} {...attrs(given.attributes)}>
      {given.text}
    </a>
  )
}
