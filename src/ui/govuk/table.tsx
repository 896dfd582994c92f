import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, cls, content, type Falsy, type Options, type Part } from '../markup.tsx'

export type TableCell = Part & Options<{ format: string; colspan: number; rowspan: number }>

export type TableProps = { rows: (TableCell[] | Falsy)[] } & Options<{
  head: TableCell[]
  caption: ComponentChildren
  captionClasses: string
  firstCellIsHeader: boolean
  classes: string
  attributes: Attributes
}>

/** GOV.UK's plain table. Lists of work use `DataTable`, which becomes cards on a phone. */
export function Table(p: TableProps) {
  return (
    <table class={cls('govuk-table', p.classes)} {...attrs(p.attributes)}>
      {p.caption && <caption class={cls('govuk-table__caption', p.captionClasses)}>{p.caption}</caption>}
      {p.head && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {p.head.map((cell, i) => (
              <th
                key={i}
                scope="col"
                class={cls('govuk-table__header', cell.format && `govuk-table__header--${cell.format}`, cell.classes)}
                {...span(cell)}
              >
                {content(cell)}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {p.rows?.map((row, i) =>
          row ? (
            <tr key={i} class="govuk-table__row">
              {row.map((cell, j) =>
                j === 0 && p.firstCellIsHeader ? (
                  <th key={j} scope="row" class={cls('govuk-table__header', cell.classes)} {...span(cell)}>
                    {content(cell)}
                  </th>
                ) : (
                  <td
                    key={j}
                    class={cls('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
                    {...span(cell)}
                  >
                    {content(cell)}
                  </td>
                ),
              )}
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  )
}

function span(cell: TableCell) {
  return { colspan: cell.colspan || undefined, rowspan: cell.rowspan || undefined, ...attrs(cell.attributes) }
}
