import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatClientId, formatName } from '../../people/index.ts'
import { londonDate } from '../../platform/clock.ts'
import { ageOn, daysBetween, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Column, DataTable, Due, EmptyState, FlagTag, RiskTag, When } from '../../ui/index.ts'
import type { CaseloadRow } from './caseload.queries.ts'
import { type ColumnKey, columnWords } from './filters.ts'

/** A list of work: what to do next on each case, overdue in words and colour, in the columns that were chosen. */
export function CaseloadTable({
  rows,
  today,
  caption,
  columns,
  empty,
}: {
  rows: readonly CaseloadRow[]
  today: PlainDate
  caption: string
  columns: readonly ColumnKey[]
  empty: string
}): VNode {
  return (
    <DataTable
      caption={caption}
      captionHidden
      compact
      rows={rows}
      keyOf={row => row.caseId}
      rowClasses={row => (row.dueOn && row.dueOn < today ? 'ly-row--late' : undefined)}
      empty={<EmptyState title={empty} />}
      columns={[personColumn(today), ...columns.map(key => ({ heading: columnWords[key], ...cells(today)[key] }))]}
    />
  )
}

const personColumn = (today: PlainDate): Column<CaseloadRow> => ({
  heading: 'Person',
  rowHeader: true,
  cell: row => (
    <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(row.caseId)}>
      {nameOf(row)}
    </a>
  ),
  second: row => [row.dateOfBirth ? ageOn(row.dateOfBirth, today) : undefined, clientIdOf(row)].filter(Boolean).join(' · '),
})

export const nameOf = (row: CaseloadRow): string => formatName({ given: row.givenName, family: row.familyName })
export const clientIdOf = (row: CaseloadRow): string => `LY ${formatClientId(row.clientId as Parameters<typeof formatClientId>[0])}`

type Cell = Pick<Column<CaseloadRow>, 'cell' | 'second' | 'onPhone'>

const cells = (today: PlainDate): Record<ColumnKey, Cell> => ({
  service: { cell: row => row.serviceName, second: row => row.stage },
  risk: {
    onPhone: 'start',
    cell: row => (
      <>
        <RiskTag level={row.risk} /> {row.needsCare ? <FlagTag>Safe contact rules</FlagTag> : null}{' '}
        {row.flags > 0 ? <FlagTag>{row.flags === 1 ? '1 flag' : `${row.flags} flags`}</FlagTag> : null}
      </>
    ),
  },
  next: { cell: row => row.nextStep || 'Nothing planned', second: row => row.reference },
  due: { onPhone: 'corner', cell: row => (row.dueOn ? <Due date={row.dueOn} today={today} /> : 'No date') },
  worker: { onPhone: 'told', cell: row => row.workerName ?? 'Nobody yet' },
  contact: { onPhone: 'told', cell: row => lastContact(row, today), second: row => row.lastContact || undefined },
  open: { onPhone: 'told', cell: row => formatDate(row.openSince), second: row => inDays(daysBetween(row.openSince, today)) },
  review: { onPhone: 'told', cell: row => (row.reviewOn ? <Due date={row.reviewOn} today={today} /> : 'None planned') },
  supervision: {
    onPhone: 'told',
    cell: row => (row.supervisionDueOn ? <Due date={row.supervisionDueOn} today={today} /> : 'None planned'),
    second: row => (row.supervisedOn ? `last ${formatDate(row.supervisedOn)}` : undefined),
  },
})

/** The day in words for the last month; after that the date, with how many days ago it was. */
function lastContact({ lastContactAt }: CaseloadRow, today: PlainDate) {
  if (!lastContactAt) return 'None yet'
  const day = londonDate(lastContactAt)
  const days = daysBetween(day, today)
  return (
    <>
      <When date={day} today={today} />
      {days > 31 ? <span class="ly-second">{days} days ago</span> : null}
    </>
  )
}

const inDays = (days: number): string => (days === 1 ? '1 day' : `${days} days`)
