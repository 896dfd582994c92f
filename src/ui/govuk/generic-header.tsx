import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, cls, type Options, raw } from '../markup.tsx'

export type GenericHeaderProps = Options<{
  logoText: ComponentChildren
  logoHtml: string
  url: string
  containerClasses: string
  classes: string
  attributes: Attributes
}>

/** A header with the service's own logo, for services that are not on GOV.UK. */
export function GenericHeader(p: GenericHeaderProps) {
  return headerNamed('govuk-generic', p)
}

/** The markup that both headers share. */
export function headerNamed(namespace: string, p: GenericHeaderProps) {
  return (
    <div class={cls(`${namespace}-header`, p.classes)} {...attrs(p.attributes)}>
      <div class={cls(`${namespace}-header__container`, p.containerClasses || 'govuk-width-container')}>
        <div class={`${namespace}-header__logo`}>
          <a href={p.url || '/'} class={`${namespace}-header__homepage-link`}>
            {p.logoHtml ? raw(p.logoHtml) : p.logoText}
          </a>
        </div>
      </div>
    </div>
  )
}
