import { attrs, cls, content, type Options, type Part } from '../markup.tsx'
import { Tag } from './tag.tsx'

export type PhaseBannerProps = Part & Options<{ tag: Part }>

/** Which phase the service is in. */
export function PhaseBanner(p: PhaseBannerProps) {
  return (
    <div class={cls('govuk-phase-banner govuk-width-container', p.classes)} {...attrs(p.attributes)}>
      <p class="govuk-phase-banner__content">
        {Tag({ text: p.tag?.text, html: p.tag?.html, classes: cls('govuk-phase-banner__content__tag', p.tag?.classes) })}{' '}
        <span class="govuk-phase-banner__text">{content(p)}</span>
      </p>
    </div>
  )
}
