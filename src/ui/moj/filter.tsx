import type { ComponentChildren } from 'preact'
import { Button } from '../govuk/button.tsx'
import { type Attributes, attrs, type Content, content, type Options, raw } from '../markup.tsx'

export type FilterCategory = { heading: Content; items: readonly { text: string; href: string }[] }

export type FilterProps = { heading: Content } & Options<{
  selectedFilters: { heading: Content; clearLink: { text: string; href: string }; categories: readonly FilterCategory[] }
  submit: Options<{ text: string; attributes: Attributes }>
  optionsHtml: string
  /** The fields to filter by. */
  children: ComponentChildren
  attributes: Attributes
}>

/** What a list is filtered by, each to be taken away, and the fields to filter it by. Stands inside a GET form. */
export function Filter(p: FilterProps) {
  return (
    <div class="moj-filter" data-module="moj-filter" {...attrs(p.attributes)}>
      <div class="moj-filter__header">
        <div class="moj-filter__header-title">
          <h2 class="govuk-heading-m">{content(p.heading)}</h2>
        </div>
        <div class="moj-filter__header-action" />
      </div>
      <div class="moj-filter__content">
        {p.selectedFilters && selected(p.selectedFilters)}
        <div class="moj-filter__options">
          {Button({ text: p.submit?.text || 'Apply filters', attributes: p.submit?.attributes })}
          {p.optionsHtml ? raw(p.optionsHtml) : p.children}
        </div>
      </div>
    </div>
  )
}

function selected({ heading, clearLink, categories }: NonNullable<FilterProps['selectedFilters']>) {
  return (
    <div class="moj-filter__selected">
      <div class="moj-filter__selected-heading">
        <div class="moj-filter__heading-title">
          <h2 class="govuk-heading-m">{content(heading)}</h2>
        </div>
        <div class="moj-filter__heading-action">
          <p>
            <a class="govuk-link govuk-link--no-visited-state" href={clearLink.href}>
              {clearLink.text}
            </a>
          </p>
        </div>
      </div>
      {categories.map((category, i) => [
        <h3 key={i} class="govuk-heading-s govuk-!-margin-bottom-0">
          {content(category.heading)}
        </h3>,
        <ul key={`${i}-tags`} class="moj-filter-tags">
          {category.items.map(item => (
            <li key={item.href}>
              <a class="moj-filter__tag" href={item.href}>
                <span class="govuk-visually-hidden">Remove this filter</span> {item.text}
              </a>
            </li>
          ))}
        </ul>,
      ])}
    </div>
  )
}
