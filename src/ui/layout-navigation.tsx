import type { VNode } from 'preact'
import type { NavigationItem } from './layout.tsx'
import { NotificationBadge } from './moj/notification-badge.tsx'

/** The main pages, the one we are in marked, with what is waiting on each. */
export function MainNavigation({ items, current }: { items: readonly NavigationItem[]; current?: string | undefined }): VNode {
  return (
    <nav class="ly-nav" aria-label="Main">
      <ul class="govuk-width-container ly-nav__list">
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
