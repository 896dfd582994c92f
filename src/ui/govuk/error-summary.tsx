import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Options, raw } from '../markup.tsx'

export type ErrorSummaryItem = Content & Options<{ href: string; attributes: Attributes }>

export type ErrorSummaryProps = Options<{
  titleText: string
  titleHtml: string
  descriptionText: ComponentChildren
  descriptionHtml: string
  errorList: ErrorSummaryItem[]
  disableAutoFocus: boolean
  classes: string
  attributes: Attributes
  children: ComponentChildren
}>

/** What went wrong, at the top of the page, each with a link to its field. */
export function ErrorSummary(p: ErrorSummaryProps) {
  const description = p.descriptionHtml ? raw(p.descriptionHtml) : (p.descriptionText ?? p.children)
  return (
    <div
      class={cls('govuk-error-summary', p.classes)}
      data-disable-auto-focus={p.disableAutoFocus === undefined ? undefined : String(p.disableAutoFocus)}
      {...attrs(p.attributes)}
      data-module="govuk-error-summary"
    >
      <div role="alert">
        <h2 class="govuk-error-summary__title">{p.titleHtml ? raw(p.titleHtml) : p.titleText}</h2>
        <div class="govuk-error-summary__body">
          {description && <p>{description}</p>}
          {p.errorList?.length ? (
            <ul class="govuk-list govuk-error-summary__list">
              {p.errorList.map((item, i) => (
                <li key={i}>
                  {item.href ? (
                    <a href={item.href} {...attrs(item.attributes)}>
                      {content(item)}
                    </a>
                  ) : (
                    content(item)
                  )}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </div>
  )
}
