import { attrs, cls, type Options, type Part } from '../markup.tsx'
import { Button } from './button.tsx'

export type ExitThisPageProps = Part &
  Options<{
    id: string
    redirectUrl: string
    activatedText: string
    timedOutText: string
    pressTwoMoreTimesText: string
    pressOneMoreTimeText: string
  }>

/** A way out for someone who is watched: replaces the page by a harmless one. */
export function ExitThisPage(p: ExitThisPageProps) {
  return (
    <div
      id={p.id || undefined}
      class={cls('govuk-exit-this-page', p.classes)}
      data-module="govuk-exit-this-page"
      {...attrs(p.attributes)}
      {...(p.activatedText ? { 'data-i18n.activated': p.activatedText } : undefined)}
      {...(p.timedOutText ? { 'data-i18n.timed-out': p.timedOutText } : undefined)}
      {...(p.pressTwoMoreTimesText ? { 'data-i18n.press-two-more-times': p.pressTwoMoreTimesText } : undefined)}
      {...(p.pressOneMoreTimeText ? { 'data-i18n.press-one-more-time': p.pressOneMoreTimeText } : undefined)}
    >
      {Button({
        html: p.html,
        text: p.text ?? p.children ?? (
          <>
            <span class="govuk-visually-hidden">Emergency</span> Exit this page
          </>
        ),
        classes: 'govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button',
        href: p.redirectUrl || 'https://www.bbc.co.uk/weather',
        attributes: { rel: 'nofollow noreferrer' },
      })}
    </div>
  )
}
