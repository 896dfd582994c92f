import type { VNode } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Options, raw } from '../markup.tsx'

export type NavigationLink = Content & { href: string } & Options<{ active: boolean; classes: string; attributes: Attributes }>

export type PrimaryNavigationProps = { items: readonly NavigationLink[] } & Options<{
  label: string
  searchHtml: string | VNode
  containerClasses: string
  classes: string
  attributes: Attributes
}>

/** The main pages of a service, with room for a search. Lanyard's layout has its own. */
export function PrimaryNavigation(p: PrimaryNavigationProps) {
  return (
    <div class={cls('moj-primary-navigation', p.containerClasses)}>
      <div class="moj-primary-navigation__container">
        <div class="moj-primary-navigation__nav">
          <nav class={cls('moj-primary-navigation', p.classes)} aria-label={p.label || undefined} {...attrs(p.attributes)}>
            <ul class="moj-primary-navigation__list">
              {p.items.map(item => (
                <li key={item.href} class="moj-primary-navigation__item">
                  {link('moj-primary-navigation__link', item)}
                </li>
              ))}
            </ul>
          </nav>
        </div>
        {p.searchHtml && (
          <div class="moj-primary-navigation__search">{typeof p.searchHtml === 'string' ? raw(p.searchHtml) : p.searchHtml}</div>
        )}
      </div>
    </div>
  )
}

export type SubNavigationProps = { items: readonly NavigationLink[] } & Options<{ label: string; classes: string; attributes: Attributes }>

/** The pages of one record, along the top of it. */
export function SubNavigation(p: SubNavigationProps) {
  return (
    <nav class={cls('moj-sub-navigation', p.classes)} aria-label={p.label || 'Secondary navigation region'} {...attrs(p.attributes)}>
      <ul class="moj-sub-navigation__list">
        {p.items.map(item => (
          <li key={item.href} class={cls('moj-sub-navigation__item', item.classes)}>
            {link('moj-sub-navigation__link', item)}
          </li>
        ))}
      </ul>
    </nav>
  )
}

export type SideNavigationSection = {
  heading: Content & Options<{ headingLevel: number; classes: string; attributes: Attributes }>
  items: readonly NavigationLink[]
}
export type SideNavigationProps = Options<{
  items: readonly NavigationLink[]
  sections: readonly SideNavigationSection[]
  label: string
  classes: string
  attributes: Attributes
}>

/** The pages of a part of the service, down the side, in sections or in one list. */
export function SideNavigation(p: SideNavigationProps) {
  return (
    <nav class={cls('moj-side-navigation', p.classes)} aria-label={p.label || undefined} {...attrs(p.attributes)}>
      {p.sections
        ? p.sections.map(({ heading, items }, i) => {
            const Heading = `h${heading.headingLevel ?? 4}` as 'h4'
            return [
              <Heading key={i} class={cls('moj-side-navigation__title', heading.classes)} {...attrs(heading.attributes)}>
                {content(heading)}
              </Heading>,
              sideList(items),
            ]
          })
        : sideList(p.items ?? [])}
    </nav>
  )
}

function sideList(items: readonly NavigationLink[]) {
  return (
    <ul class="moj-side-navigation__list">
      {items.map(item => (
        <li
          key={item.href}
          class={cls('moj-side-navigation__item', item.active && 'moj-side-navigation__item--active')}
          {...attrs(item.attributes)}
        >
          <a href={item.href} aria-current={item.active ? 'location' : undefined}>
            {content(item)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function link(classes: string, item: NavigationLink) {
  return (
    <a class={classes} aria-current={item.active ? 'page' : undefined} href={item.href} {...attrs(item.attributes)}>
      {content(item)}
    </a>
  )
}
