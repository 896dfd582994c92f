import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type BackLinkProps = Part & Options<{ href: string }>

/** Link to the page before. */
export function BackLink(p: BackLinkProps) {
  return (
    <a href={p.href || '#'} class={cls('govuk-back-link', p.classes)} {...attrs(p.attributes)}>
      {content(p) || 'Back'}
    </a>
  )
}
