import { type Attributes, attrs, cls, type Options } from '../markup.tsx'

export type NotificationBadgeProps = { text: number | string } & Options<{
  /** What the number counts, for screen readers: 'unread messages'. */
  visuallyHiddenText: string
  classes: string
  attributes: Attributes
}>

/** A count on a link; nothing for nought, '99+' from 99 on. */
export function NotificationBadge(p: NotificationBadgeProps) {
  const count = Number.parseInt(String(p.text), 10) || 0
  if (count <= 0) return null
  return (
    <span class={cls('moj-notification-badge', p.classes)} {...attrs(p.attributes)}>
      <span aria-hidden="true">{count >= 99 ? '99+' : count}</span>{' '}
      <span class="govuk-visually-hidden">
        ({count >= 99 ? '99 or more' : count}
        {p.visuallyHiddenText ? ` ${p.visuallyHiddenText}` : null})
      </span>
    </span>
  )
}
