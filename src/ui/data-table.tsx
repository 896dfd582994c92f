import type { ComponentChildren, VNode } from 'preact'
import { cls, type Options } from './markup.tsx'

export type Sorting = { href: string; direction?: 'ascending' | 'descending' | undefined }

export type Column<Row> = {
  heading: string
  cell: (row: Row) => ComponentChildren
} & Options<{
  /** A second line under the cell, smaller. */
  second: (row: Row) => ComponentChildren
  /** Names the row for screen readers; the card's title on a phone. */
  rowHeader: boolean
  numeric: boolean
  /** The address of the same list sorted by this column, and how it is sorted now. */
  sort: Sorting
  /** Heads a column that needs no words on screen, such as one of buttons. */
  headingHidden: boolean
  /** Where its cells stand in the cards of a compact list on a phone: in the corner, before the next cell, or last and with their heading. */
  onPhone: 'corner' | 'start' | 'told'
}>

export type DataTableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
} & Options<{
  captionHidden: boolean
  keyOf: (row: Row) => string
  /** Classes of a row, such as `ly-row--late`. */
  rowClasses: (row: Row) => string | undefined
  /** Shown in place of the table when there are no rows. */
  empty: VNode
  /** On a phone four lines a row in place of a line for each cell. Every column but the first has its place there. */
  compact: boolean
  classes: string
}>

/** A dense list with two-line cells. On a phone each row becomes a card with every cell labelled; nothing scrolls sideways. */
export function DataTable<Row>(p: DataTableProps<Row>): VNode {
  if (!p.rows.length && p.empty) return p.empty
  return (
    <table class={cls('govuk-table ly-table', p.compact && 'ly-table--compact', p.classes)}>
      <caption class={p.captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--s'}>{p.caption}</caption>
      <thead class="govuk-table__head">
        <tr>
          {p.columns.map(column => (
            <th
              key={column.heading}
              scope="col"
              class={cls('govuk-table__header', column.numeric && 'govuk-table__header--numeric')}
              aria-sort={column.sort ? (column.sort.direction ?? 'none') : undefined}
            >
              {heading(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {p.rows.map((row, i) => (
          <tr key={p.keyOf?.(row) ?? i} class={p.rowClasses?.(row)}>
            {p.columns.map(column => cell(column, row))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cell<Row>(column: Column<Row>, row: Row): VNode {
  const second = column.second?.(row)
  const inner = second ? [column.cell(row), ' ', <span class="ly-second">{second}</span>] : column.cell(row)
  if (column.rowHeader)
    return (
      <th key={column.heading} scope="row" class="govuk-table__cell">
        {inner}
      </th>
    )
  return (
    <td
      key={column.heading}
      class={cls('govuk-table__cell', column.numeric && 'govuk-table__cell--numeric', column.onPhone && `ly-cell--${column.onPhone}`)}
      data-label={column.headingHidden ? undefined : column.heading}
    >
      {inner}
    </td>
  )
}

function heading<Row>({ heading, headingHidden, sort }: Column<Row>): ComponentChildren {
  if (headingHidden) return <span class="govuk-visually-hidden">{heading}</span>
  if (!sort) return heading
  return (
    <a class="govuk-link govuk-link--no-visited-state ly-sort" href={sort.href}>
      {heading}
      {sort.direction ? <span aria-hidden="true">{sort.direction === 'ascending' ? ' ▲' : ' ▼'}</span> : null}
    </a>
  )
}
