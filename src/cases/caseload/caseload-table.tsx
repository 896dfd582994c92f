import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatClientId, formatName } from '../../people/index.ts'
import { londonDate } from '../../platform/clock.ts'
import { ageOn, type PlainDate } from '../../platform/plain-date.ts'
import { DataTable, Due, EmptyState, FlagTag, RiskTag, When } from '../../ui/index.ts'
import type { CaseloadRow } from './caseload.queries.ts'

/** A list of work: what to do next on each case, overdue in words and colour. `withWorker` adds who has it, for a team's list. */
export function CaseloadTable({
  rows,
  today,
  caption,
  withWorker,
  empty,
}: {
  rows: readonly CaseloadRow[]
  today: PlainDate
  caption: string
  withWorker: boolean
  empty: string
}): VNode {
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      keyOf={row => row.caseId}
      rowClasses={row => (row.dueOn && row.dueOn < today ? 'ly-row--late' : undefined)}
      empty={<EmptyState title={empty} />}
      columns={[
        {
          heading: 'Person',
          rowHeader: true,
          cell: row => (
            <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(row.caseId)}>
              {formatName({ given: row.givenName, family: row.familyName })}
            </a>
          ),
          second: row =>
            [
              row.dateOfBirth ? ageOn(row.dateOfBirth, today) : undefined,
              `LY ${formatClientId(row.clientId as Parameters<typeof formatClientId>[0])}`,
            ]
              .filter(Boolean)
              .join(' · '),
        },
        { heading: 'Service and stage', cell: row => row.serviceName, second: row => row.stage },
        {
          heading: 'Risk',
          cell: row => (
            <>
              <RiskTag level={row.risk} /> {row.flags > 0 ? <FlagTag>{row.flags === 1 ? '1 flag' : `${row.flags} flags`}</FlagTag> : null}
            </>
          ),
        },
        { heading: 'Next step', cell: row => row.nextStep || 'Nothing planned', second: row => row.reference },
        { heading: 'Due', cell: row => (row.dueOn ? <Due date={row.dueOn} today={today} /> : 'No date') },
        ...(withWorker ? [{ heading: 'Worker', cell: (row: CaseloadRow) => row.workerName ?? 'Nobody yet' }] : []),
        {
          heading: 'Last contact',
          cell: row => (row.lastContactAt ? <When date={londonDate(row.lastContactAt)} today={today} /> : 'None yet'),
          second: row => row.lastContact || undefined,
        },
      ]}
    />
  )
}
