import { type Attributes, attrs, type Content, cls, content, type Falsy, hasContent, i18n, type Options } from '../markup.tsx'

export type AccordionItem = { heading?: Content; content?: Content } & Options<{ summary: Content; expanded: boolean }>

export type AccordionProps = { id: string; items: (AccordionItem | Falsy)[] } & Options<{
  headingLevel: number
  classes: string
  attributes: Attributes
  rememberExpanded: boolean
  hideAllSectionsText: string
  hideSectionText: string
  hideSectionAriaLabelText: string
  showAllSectionsText: string
  showSectionText: string
  showSectionAriaLabelText: string
}>

/** Sections that open and close; all open without script. */
export function Accordion(p: AccordionProps) {
  const Heading = `h${p.headingLevel || 2}` as 'h2'
  return (
    <div
      class={cls('govuk-accordion', p.classes)}
      data-module="govuk-accordion"
      id={p.id}
      {...i18n('hide-all-sections', p.hideAllSectionsText)}
      {...i18n('hide-section', p.hideSectionText)}
      {...i18n('hide-section-aria-label', p.hideSectionAriaLabelText)}
      {...i18n('show-all-sections', p.showAllSectionsText)}
      {...i18n('show-section', p.showSectionText)}
      {...i18n('show-section-aria-label', p.showSectionAriaLabelText)}
      data-remember-expanded={p.rememberExpanded === undefined ? undefined : String(p.rememberExpanded)}
      {...attrs(p.attributes)}
    >
      {p.items.map((item, i) => {
        if (!item) return null
        const index = i + 1
        return (
          <div key={index} class={cls('govuk-accordion__section', item.expanded && 'govuk-accordion__section--expanded')}>
            <div class="govuk-accordion__section-header">
              <Heading class="govuk-accordion__section-heading">
                <span class="govuk-accordion__section-button" id={`${p.id}-heading-${index}`}>
                  {item.heading && content(item.heading)}
                </span>
              </Heading>
              {hasContent(item.summary) && (
                <div class="govuk-accordion__section-summary govuk-body" id={`${p.id}-summary-${index}`}>
                  {content(item.summary)}
                </div>
              )}
            </div>
            <div id={`${p.id}-content-${index}`} class="govuk-accordion__section-content">
              {item.content &&
                (item.content.text && !item.content.html ? <p class="govuk-body">{item.content.text}</p> : content(item.content))}
            </div>
          </div>
        )
      })}
    </div>
  )
}
