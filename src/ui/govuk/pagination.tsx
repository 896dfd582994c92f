import { type Attributes, attrs, type Content, cls, content, type Falsy, hasContent, type Options, raw } from '../markup.tsx'

export type PaginationLink = Content & { href?: string } & Options<{ labelText: string; attributes: Attributes }>

export type PaginationItem = Options<{
  number: number | string
  href: string
  visuallyHiddenText: string
  current: boolean
  ellipsis: boolean
  attributes: Attributes
}>

export type PaginationProps = Options<{
  items: (PaginationItem | Falsy)[]
  previous: PaginationLink
  next: PaginationLink
  landmarkLabel: string
  classes: string
  attributes: Attributes
}>

/** From page to page of a long list; without `items`, from part to part of a guide. */
export function Pagination(p: PaginationProps) {
  const block = Boolean(!p.items && (p.next || p.previous))
  return (
    <nav
      class={cls('govuk-pagination', block && 'govuk-pagination--block', p.classes)}
      aria-label={p.landmarkLabel || 'Pagination'}
      {...attrs(p.attributes)}
    >
      {arrowLink(p.previous, 'prev', block)}
      {p.items && (
        <ul class="govuk-pagination__list">{p.items.map((item, i) => (item && Object.keys(item).length ? pageItem(item, i) : null))}</ul>
      )}
      {arrowLink(p.next, 'next', block)}
    </nav>
  )
}

function arrowLink(link: PaginationLink | undefined, kind: 'prev' | 'next', block: boolean) {
  if (!link?.href) return null
  const icon = kind === 'prev' ? arrowPrevious : arrowNext
  const iconFirst = block || kind === 'prev'
  return (
    <div class={`govuk-pagination__${kind}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={kind} {...attrs(link.attributes)}>
        {iconFirst && icon}
        {iconFirst && ' '}
        <span class={cls('govuk-pagination__link-title', block && !link.labelText && 'govuk-pagination__link-title--decorated')}>
          {hasContent(link) ? (
            content(link)
          ) : (
            <>
              {kind === 'prev' ? 'Previous' : 'Next'}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
          {!iconFirst || (link.labelText && block) ? ' ' : null}
        </span>
        {link.labelText && block && (
          <>
            <span class="govuk-visually-hidden">:</span> <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        )}
        {!iconFirst && icon}
      </a>
    </div>
  )
}

function pageItem(item: PaginationItem, key: number) {
  return (
    <li
      key={key}
      class={cls(
        'govuk-pagination__item',
        item.current && 'govuk-pagination__item--current',
        item.ellipsis && 'govuk-pagination__item--ellipsis',
      )}
    >
      {item.ellipsis ? (
        '⋯'
      ) : (
        <a
          class="govuk-link govuk-pagination__link"
          href={item.href ?? ''}
          aria-label={item.visuallyHiddenText ?? `Page ${item.number}`}
          aria-current={item.current ? 'page' : undefined}
          {...attrs(item.attributes)}
        >
          {item.number}
        </a>
      )}
    </li>
  )
}

const arrowPrevious = raw(
  '<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>',
)
const arrowNext = raw(
  '<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>',
)
