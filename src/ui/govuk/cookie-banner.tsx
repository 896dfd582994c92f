import { type Attributes, attrs, cls, type Options, raw } from '../markup.tsx'
import { Button } from './button.tsx'

export type BannerAction = { text: string } & Options<{
  href: string
  type: 'submit' | 'button'
  name: string
  value: string
  classes: string
  attributes: Attributes
}>

export type CookieBannerMessage = Options<{
  headingText: string
  headingHtml: string
  text: string
  html: string
  actions: BannerAction[]
  hidden: boolean
  role: string
  classes: string
  attributes: Attributes
}>

export type CookieBannerProps = { messages: CookieBannerMessage[] } & Options<{
  ariaLabel: string
  hidden: boolean
  classes: string
  attributes: Attributes
}>

/** Asking about cookies, or saying what was chosen. */
export function CookieBanner(p: CookieBannerProps) {
  return (
    <div
      class={cls('govuk-cookie-banner', p.classes)}
      data-nosnippet=""
      role="region"
      aria-label={p.ariaLabel || 'Cookie banner'}
      hidden={Boolean(p.hidden)}
      {...attrs(p.attributes)}
    >
      {p.messages?.map((message, i) => (
        <div
          key={i}
          class={cls('govuk-cookie-banner__message', message.classes, 'govuk-width-container')}
          role={(message.role || undefined) as 'alert' | undefined}
          {...attrs(message.attributes)}
          hidden={Boolean(message.hidden)}
        >
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
              {(message.headingHtml || message.headingText) && (
                <h2 class="govuk-cookie-banner__heading govuk-heading-m">
                  {message.headingHtml ? raw(message.headingHtml) : message.headingText}
                </h2>
              )}
              <div class="govuk-cookie-banner__content">
                {message.html ? raw(message.html) : message.text ? <p class="govuk-body">{message.text}</p> : null}
              </div>
            </div>
          </div>
          {message.actions && <div class="govuk-button-group">{message.actions.map((given, j) => [j ? ' ' : null, action(given)])}</div>}
        </div>
      ))}
    </div>
  )
}

function action(given: BannerAction) {
  if (!given.href || given.type === 'button') return Button({ ...given, type: given.type || 'button' })
  return (
    <a class={cls('govuk-link', given.classes)} href={given.href} {...attrs(given.attributes)}>
      {given.text}
    </a>
  )
}
