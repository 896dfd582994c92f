import type { ComponentChildren } from 'preact'
import { Button } from '../govuk/button.tsx'
import type { Attributes, Options } from '../markup.tsx'

export type CardAction = { text: string } & Options<{ href: string; style: 'button' | 'link'; attributes: Attributes }>
export type InterruptionCardProps = { heading: string; primaryAction: CardAction; children?: ComponentChildren } & Options<{
  secondaryAction: CardAction
}>

/** A stop before something that matters: what will happen, and the choice. */
export function InterruptionCard(p: InterruptionCardProps) {
  return (
    <div class="moj-interruption-card">
      <div class="moj-interruption-card__content">
        <h1 class="moj-interruption-card__heading">{p.heading}</h1>
        <div class="moj-interruption-card__body">{p.children}</div>
        <div class="govuk-button-group moj-interruption-card__actions">
          {p.primaryAction.style === 'link' ? link(p.primaryAction) : button(p.primaryAction)}
          {p.secondaryAction && [' ', p.secondaryAction.style === 'button' ? button(p.secondaryAction) : link(p.secondaryAction)]}
        </div>
      </div>
    </div>
  )
}

function button(action: CardAction) {
  return Button({
    text: action.text,
    classes: 'govuk-button--inverse',
    href: action.href,
    preventDoubleClick: true,
    attributes: action.attributes,
  })
}

function link(action: CardAction) {
  return (
    <a class="govuk-link govuk-link--inverse" href={action.href ?? ''}>
      {action.text}
    </a>
  )
}
