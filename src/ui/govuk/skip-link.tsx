import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type SkipLinkProps = Part & Options<{ href: string }>

/** First link of a page, to its main content. */
export function SkipLink(p: SkipLinkProps) {
  return (
    <a href={p.href || '#content'} class={cls('govuk-skip-link', p.classes)} {...attrs(p.attributes)} data-module="govuk-skip-link">
      {content(p)}
    </a>
  )
}
