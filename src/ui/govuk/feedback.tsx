import type { ComponentChildren } from 'preact'
import { attrs, cls, type Options, type Part, raw } from '../markup.tsx'

export type FeedbackProps = Part & Options<{ titleText: ComponentChildren; titleHtml: string; headingLevel: number }>

/** Asking what people think, above the footer. */
export function Feedback(p: FeedbackProps) {
  const Heading = `h${p.headingLevel || 2}` as 'h2'
  const body = p.html ? raw(p.html) : p.text ? <p class="govuk-body">{p.text}</p> : p.children
  return (
    <div class={cls('govuk-feedback govuk-width-container', p.classes)} {...attrs(p.attributes)}>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Heading class="govuk-feedback__title">{p.titleHtml ? raw(p.titleHtml) : p.titleText}</Heading>
          {body && <div class="govuk-feedback__body">{body}</div>}
        </div>
      </div>
    </div>
  )
}
