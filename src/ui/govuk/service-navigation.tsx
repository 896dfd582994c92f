import type { ComponentChildren, VNode } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Falsy, hasContent, type Options, raw } from '../markup.tsx'

export type ServiceNavigationItem = Content & Options<{ href: string; current: boolean; active: boolean; attributes: Attributes }>

/** A slot takes a VNode, or trusted markup as a string. */
type Slot = string | VNode

export type ServiceNavigationProps = Options<{
  navigation: (ServiceNavigationItem | Falsy)[]
  serviceName: string
  serviceUrl: string
  ariaLabel: string
  menuButtonText: string
  menuButtonLabel: string
  navigationLabel: string
  navigationId: string
  navigationClasses: string
  collapseNavigationOnMobile: boolean
  slots: Options<{
    start: Slot
    end: Slot | { html: Slot; align?: 'inline' }
    navigationStart: Slot
    navigationEnd: Slot
  }>
  classes: string
  attributes: Attributes
}>

/** The service's name and its main pages. */
export function ServiceNavigation(p: ServiceNavigationProps) {
  const { end } = p.slots ?? {}
  const endIsOptions = typeof end === 'object' && 'html' in end
  const endSlot = endIsOptions ? end.html : end
  const given = {
    class: cls('govuk-service-navigation', p.classes),
    'data-module': 'govuk-service-navigation',
    ...attrs(p.attributes),
  }
  const inner = (
    <div class={cls('govuk-width-container', endIsOptions && end.align === 'inline' && 'govuk-service-navigation__inlining-container')}>
      {slot(p.slots?.start)}
      <div class="govuk-service-navigation__container">
        {p.serviceName && (
          <span class="govuk-service-navigation__service-name">
            {p.serviceUrl ? (
              <a href={p.serviceUrl} class="govuk-service-navigation__link">
                {p.serviceName}
              </a>
            ) : (
              <span class="govuk-service-navigation__text">{p.serviceName}</span>
            )}
          </span>
        )}
        {navigation(p)}
      </div>
      {slot(endSlot)}
    </div>
  )
  if (p.serviceName || p.slots?.start || endSlot)
    return (
      <section aria-label={p.ariaLabel ?? 'Service information'} {...given}>
        {inner}
      </section>
    )
  return <div {...given}>{inner}</div>
}

function navigation(p: ServiceNavigationProps) {
  const items = (p.navigation ?? []).filter(item => Boolean(item)) as ServiceNavigationItem[]
  if (!items.length && !p.slots?.navigationStart && !p.slots?.navigationEnd) return null
  const id = p.navigationId || 'navigation'
  const menu = p.menuButtonText || 'Menu'
  return (
    <nav aria-label={p.navigationLabel || menu} class={cls('govuk-service-navigation__wrapper', p.navigationClasses)}>
      {(p.collapseNavigationOnMobile ?? items.length > 1) && (
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={id}
          aria-label={p.menuButtonLabel && p.menuButtonLabel !== menu ? p.menuButtonLabel : undefined}
          hidden
          aria-hidden="true"
        >
          {menu}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={id}>
        {slot(p.slots?.navigationStart)}
        {items.map(navigationItem)}
        {slot(p.slots?.navigationEnd)}
      </ul>
    </nav>
  )
}

function navigationItem(item: ServiceNavigationItem, key: number) {
  const here = item.active || item.current
  const current = here ? (item.current ? 'page' : 'true') : undefined
  const inner: ComponentChildren = here ? <strong class="govuk-service-navigation__active-fallback">{content(item)}</strong> : content(item)
  return (
    <li key={key} class={cls('govuk-service-navigation__item', here && 'govuk-service-navigation__item--active')}>
      {item.href ? (
        <a class="govuk-service-navigation__link" href={item.href} aria-current={current} {...attrs(item.attributes)}>
          {inner}
        </a>
      ) : hasContent(item) ? (
        <span class="govuk-service-navigation__text" aria-current={current}>
          {inner}
        </span>
      ) : null}
    </li>
  )
}

function slot(given: Slot | undefined): ComponentChildren {
  return typeof given === 'string' ? raw(given) : given
}
