import type { VNode } from 'preact'
import { daysBetween, type PlainDate } from '../../platform/plain-date.ts'
import { type Column, DataTable, RiskTag } from '../../ui/index.ts'
import type { Load } from './team.queries.ts'

type LoadTableProps<Row extends Load> = {
  id: string
  caption: string
  rows: readonly Row[]
  first: Column<Row>
  today: PlainDate
  keyOf: (row: Row) => string
  /** Columns of waiting work, which only a team has. */
  waiting?: boolean
}

/** Caseloads in figures: how many, how heavy, of which risk, and what is late. The text of the chart above it. */
export function LoadTable<Row extends Load>({ id, caption, rows, first, today, keyOf, waiting = false }: LoadTableProps<Row>): VNode {
  const number = (heading: string, cell: (row: Row) => number, late = false): Column<Row> => ({
    heading,
    numeric: true,
    cell: row => (late && cell(row) > 0 ? <span class="ly-due--late">{cell(row)}</span> : cell(row)),
  })
  return (
    <div id={id}>
      <DataTable
        caption={caption}
        rows={rows}
        keyOf={keyOf}
        columns={[
          first,
          number('Cases', row => row.all),
          number('Weight', row => row.weight),
          {
            heading: 'By risk',
            cell: row => <Risks load={row} />,
          },
          ...(waiting ? [number('For triage', row => row.triage), number('No worker', row => row.allocation)] : []),
          number('Overdue', row => row.overdue, true),
          number('No contact, 14 days', row => row.quiet),
          {
            heading: 'Reviews',
            cell: row => (row.reviewOverdue > 0 ? <span class="ly-due--late">{row.reviewOverdue} overdue</span> : 'None overdue'),
            second: row => (row.reviewDue > 0 ? `${row.reviewDue} in 14 days` : undefined),
          },
          number('Supervision overdue', row => row.supervisionOverdue, true),
          { heading: 'Longest open', cell: row => (row.oldest ? inDays(daysBetween(row.oldest, today)) : '–') },
        ]}
      />
    </div>
  )
}

function Risks({ load }: { load: Load }): VNode | null {
  const levels = [
    ['high', load.high],
    ['medium', load.medium],
    ['low', load.low],
    ['not-rated', load.notRated],
  ] as const
  const some = levels.filter(([, count]) => count > 0)
  if (some.length === 0) return null
  return (
    <>
      {some.map(([level, count]) => [
        <span key={level} class="ly-nowrap">
          {count} <RiskTag level={level} />
        </span>,
        ' ',
      ])}
    </>
  )
}

const inDays = (days: number): string => (days === 1 ? '1 day' : `${days} days`)
