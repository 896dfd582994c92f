import type { ComponentChildren, VNode } from 'preact'
import type { Options } from './markup.tsx'

export type ComparedRow = { label: ComponentChildren; before: ComponentChildren; after: ComponentChildren } & Options<{
  /** Set when the two sides are not plain text, which is compared without being told. */
  changed: boolean
}>

export type SideBySideProps = { caption: string; before: string; after: string; rows: readonly ComparedRow[] } & Options<{
  onlyChanges: boolean
}>

/** Two versions of a form or a person side by side. What changed is said in words, not by colour alone. */
export function SideBySide(p: SideBySideProps): VNode {
  const rows = p.onlyChanges ? p.rows.filter(row => change(row)) : p.rows
  return (
    <table class="govuk-table ly-table ly-compared">
      <caption class="govuk-table__caption govuk-table__caption--s">{p.caption}</caption>
      <thead class="govuk-table__head">
        <tr>
          <th scope="col" class="govuk-table__header">
            Question
          </th>
          <th scope="col" class="govuk-table__header">
            {p.before}
          </th>
          <th scope="col" class="govuk-table__header">
            {p.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => {
          const changed = change(row)
          return (
            <tr key={i} class={changed ? 'ly-compared__changed' : undefined}>
              <th scope="row" class="govuk-table__cell">
                {row.label}
                {changed ? <strong class="govuk-tag govuk-tag--yellow ly-tag">{changed}</strong> : null}
              </th>
              <td class="govuk-table__cell" data-label={p.before}>
                {isEmpty(row.before) ? nothing : row.before}
              </td>
              <td class="govuk-table__cell" data-label={p.after}>
                {isEmpty(row.after) ? nothing : row.after}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function change(row: ComparedRow): 'Changed' | 'Added' | 'Removed' | undefined {
  if (!(row.changed ?? row.before !== row.after)) return undefined
  if (isEmpty(row.before) && isEmpty(row.after)) return undefined
  return isEmpty(row.before) ? 'Added' : isEmpty(row.after) ? 'Removed' : 'Changed'
}

const isEmpty = (side: ComponentChildren) => side === undefined || side === null || side === false || side === ''
const nothing = <span class="ly-second">Not answered</span>
