import type { ComponentChildren } from 'preact'
import { Table, type TableCell, type TableProps } from '../govuk/table.tsx'
import { type Attributes, attrs, cls, type Options } from '../markup.tsx'

export type SortableHead = TableCell & Options<{ sort: 'none' | 'ascending' | 'descending' }>
export type SortableCell = TableCell & Options<{ sortValue: string | number }>

/**
 * A whole short list that script sorts in the page: heads with `sort` get a button, cells may carry a `sortValue`.
 * Longer lists, and those that must sort without script, use `DataTable` with addresses.
 */
export function SortableTable(p: Omit<TableProps, 'head' | 'rows'> & { head: SortableHead[]; rows: SortableCell[][] }) {
  return Table({
    ...p,
    attributes: { ...p.attributes, 'data-module': 'moj-sortable-table' },
    head: p.head.map(head => (head.sort ? { ...head, attributes: { ...head.attributes, 'aria-sort': head.sort } } : head)),
    rows: p.rows.map(row =>
      row.map(cell =>
        cell.sortValue === undefined ? cell : { ...cell, attributes: { ...cell.attributes, 'data-sort-value': cell.sortValue } },
      ),
    ),
  })
}

/** Something too wide for the page, scrolled by itself; can be reached and scrolled with the keyboard. */
export function ScrollablePane(p: { label: string; children?: ComponentChildren } & Options<{ classes: string; attributes: Attributes }>) {
  return (
    <div class={cls('moj-scrollable-pane', p.classes)} role="region" aria-label={p.label} tabIndex={0} {...attrs(p.attributes)}>
      {p.children}
    </div>
  )
}
