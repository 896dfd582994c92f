import type { ComponentChildren } from 'preact'
import { attrs, cls, type Options, type Part, raw } from '../markup.tsx'

export type NotificationBannerProps = Part &
  Options<{
    type: 'success'
    titleText: ComponentChildren
    titleHtml: string
    titleHeadingLevel: number | string
    titleId: string
    role: string
    disableAutoFocus: boolean
  }>

/** Something to know that is not about this page's content: a success, or an important notice. */
export function NotificationBanner(p: NotificationBannerProps) {
  const success = p.type === 'success'
  const titleId = p.titleId || 'govuk-notification-banner-title'
  const Heading = `h${p.titleHeadingLevel || 2}` as 'h2'
  return (
    <div
      class={cls('govuk-notification-banner', success && 'govuk-notification-banner--success', p.classes)}
      role={(p.role || (success ? 'alert' : 'region')) as 'alert'}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={p.disableAutoFocus === undefined ? undefined : String(p.disableAutoFocus)}
      {...attrs(p.attributes)}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {p.titleHtml ? raw(p.titleHtml) : p.titleText || (success ? 'Success' : 'Important')}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {p.html ? raw(p.html) : p.text ? <p class="govuk-notification-banner__heading">{p.text}</p> : p.children}
      </div>
    </div>
  )
}
