import type { VNode } from 'preact'
import type { CaseSummary } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { formatClientId, type Person } from '../people/index.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Column, DataTable, EmptyState, RiskTag, Tag } from '../ui/index.ts'

/** Cases that are on several records of one person, earlier ones too, each with the record that it is on where `people` are given. */
export function GroupedCases({
  cases,
  people,
  title,
}: {
  cases: readonly CaseSummary[]
  people: readonly Pick<Person, 'id' | 'clientId'>[]
  title: string
}): VNode {
  const record = (personId: string) => people.find(one => one.id === personId)
  return (
    <DataTable<CaseSummary>
      caption={title}
      rows={cases}
      keyOf={one => one.id}
      empty={<EmptyState title="No cases that you can see" />}
      columns={ofColumns([
        {
          heading: 'Service',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.cases.show(one.id)}>
              {one.serviceName}
            </a>
          ),
          second: one => one.reference,
        },
        people.length > 0 && {
          heading: 'On record',
          cell: one => {
            const of = record(one.personId)
            return of ? (
              <a class="govuk-link" href={paths.people.show(of.id)}>
                LY {formatClientId(of.clientId)}
              </a>
            ) : (
              ''
            )
          },
        },
        { heading: 'Team', cell: one => one.teamName, second: one => one.agencyName },
        {
          heading: 'Risk',
          cell: one => (one.closedOn ? <Tag text="Closed" classes="govuk-tag--grey" /> : one.whole ? <RiskTag level={one.risk} /> : ''),
        },
        {
          heading: 'When',
          cell: one => (one.closedOn ? `Closed ${formatDate(one.closedOn)}` : `Since ${formatDate(one.openedOn ?? one.referredOn)}`),
        },
      ])}
    />
  )
}

const ofColumns = (columns: readonly (Column<CaseSummary> | false)[]): Column<CaseSummary>[] => columns.filter(column => column !== false)
