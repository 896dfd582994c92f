import type { VNode } from 'preact'
import type { NavigationItem } from './layout.tsx'
import { NotificationBadge } from './moj/notification-badge.tsx'

/** More than these take rows of a telephone's screen, before the page's own heading. */
const fewOnTelephone = 4

/**
 * The main pages, the one we are in marked, with what is waiting on each. On a telephone many are folded behind “Menu”, by GOV.UK's own script for its
 * service navigation; without script they stand there.
 */
export function MainNavigation({ items, current }: { items: readonly NavigationItem[]; current?: string | undefined }): VNode {
  const isFolded = items.length > fewOnTelephone
  return (
    <nav class="ly-nav" aria-label="Main" data-module={isFolded ? 'govuk-service-navigation' : undefined}>
      {isFolded ? (
        <div class="govuk-width-container">
          <button
            type="button"
            class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
            aria-controls="main-navigation"
            hidden
          >
            Menu
          </button>
        </div>
      ) : null}
      <ul class="govuk-width-container ly-nav__list" id="main-navigation">
        {items.map(item => (
          <li key={item.key}>
            <a class="ly-nav__link" href={item.href} aria-current={item.key === current ? 'page' : undefined}>
              {item.text}
              {countBadge(item)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The badge of a navigation item; nothing when the count is nought. */
export function countBadge(item: NavigationItem) {
  if (!item.count) return null
  return [' ', NotificationBadge({ text: item.count, visuallyHiddenText: item.countWords })]
}
