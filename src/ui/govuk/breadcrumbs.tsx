import { type Attributes, attrs, type Content, cls, content, type Options } from '../markup.tsx'

export type BreadcrumbsItem = Content & Options<{ href: string; attributes: Attributes }>

export type BreadcrumbsProps = { items: BreadcrumbsItem[] } & Options<{
  classes: string
  collapseOnMobile: boolean
  attributes: Attributes
  labelText: string
}>

/** Where the page stands among the pages above it. */
export function Breadcrumbs(p: BreadcrumbsProps) {
  return (
    <nav
      class={cls('govuk-breadcrumbs', p.classes, p.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile')}
      {...attrs(p.attributes)}
      aria-label={p.labelText ?? 'Breadcrumb'}
    >
      <ol class="govuk-breadcrumbs__list">
        {p.items?.map((item, i) =>
          item.href ? (
            <li key={i} class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...attrs(item.attributes)}>
                {content(item)}
              </a>
            </li>
          ) : (
            <li key={i} class="govuk-breadcrumbs__list-item" aria-current="page">
              {content(item)}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}
