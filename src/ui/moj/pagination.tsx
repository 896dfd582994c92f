import { Pagination, type PaginationLink } from '../govuk/pagination.tsx'
import type { Attributes, Options } from '../markup.tsx'

export type MojPaginationItem = Options<{
  number: number
  text: string
  href: string
  current: boolean
  selected: boolean
  type: 'dots'
  ellipsis: boolean
}>

export type MojPaginationProps = Options<{
  items: readonly MojPaginationItem[]
  previous: PaginationLink
  next: PaginationLink
  results: Options<{
    text: string
    count: number
    from: number
    to: number
    pages: { current: number; count: number }
  }>
  landmarkLabel: string
  classes: string
  attributes: Attributes
}>

/** The pages of a long list, and which of how many results are shown. */
export function MojPagination(p: MojPaginationProps) {
  const items = (p.items ?? []).map(item =>
    item.type === 'dots' || item.ellipsis
      ? { ellipsis: true }
      : { number: item.number || item.text, href: item.href, current: item.current || item.selected },
  )
  const words = p.results && resultWords(p.results, items.length > 0)
  return (
    <div class="moj-pagination">
      {items.length > 1 &&
        Pagination({
          items,
          previous: p.previous,
          next: p.next,
          landmarkLabel: p.landmarkLabel,
          classes: p.classes ? `moj-pagination__pagination ${p.classes}` : 'moj-pagination__pagination',
          attributes: p.attributes,
        })}
      {words && <p class="moj-pagination__results">{words}</p>}
    </div>
  )
}

function resultWords(results: NonNullable<MojPaginationProps['results']>, paged: boolean): string {
  const { pages, from, to, count, text = 'results' } = results
  if (paged && pages?.current && pages.count) return `Page ${pages.current} of ${pages.count}`
  if (paged && from && to) return count ? `Showing ${from} to ${to} of ${count} total ${text}` : `Showing ${text} ${from} to ${to}`
  return count ? `${count} total ${text}` : ''
}
