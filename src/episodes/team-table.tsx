import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatDate } from '../platform/plain-date.ts'
import { DataTable, EmptyState } from '../ui/index.ts'
import { accessWords, type Member } from './episode.ts'

type Props = { caseId: string; members: readonly Member[]; mayEnd: boolean; isOver: boolean }

/** Who is in it now, with how to reach them and what the family says; who was. */
export function TeamTable({ caseId, members, mayEnd, isOver }: Props): VNode {
  const now = isOver ? [] : members.filter(one => one.toOn === null)
  const before = members.filter(one => !now.includes(one))
  return (
    <>
      {isOver ? null : (
        <DataTable
          caption="In it now"
          rows={now}
          keyOf={one => one.id}
          empty={<EmptyState title="Nobody is in the team yet." />}
          columns={[
            { heading: 'Who', rowHeader: true, cell: one => one.name, second: one => one.organisation },
            { heading: 'As what', cell: one => one.role, second: one => `since ${formatDate(one.fromOn)}` },
            { heading: 'How to reach them', cell: one => one.telephone || 'Not known', second: one => one.email },
            { heading: 'Sees', cell: one => accessWords[one.access] },
            { heading: 'What the family says', cell: one => one.familyView || 'Not asked yet' },
            {
              heading: 'Change',
              headingHidden: true,
              cell: one =>
                mayEnd ? (
                  <a class="govuk-link" href={paths.episodes.endMember(caseId, one.id)}>
                    Leaves<span class="govuk-visually-hidden">: {one.name}</span>
                  </a>
                ) : null,
            },
          ]}
        />
      )}
      {before.length > 0 ? (
        <DataTable
          caption={isOver ? 'Who was in it' : 'Before'}
          rows={before}
          keyOf={one => one.id}
          columns={[
            { heading: 'Who', rowHeader: true, cell: one => one.name, second: one => one.organisation },
            { heading: 'As what', cell: one => one.role },
            {
              heading: 'When',
              cell: one => `${formatDate(one.fromOn)} to ${one.toOn ? formatDate(one.toOn) : 'the end'}`,
              second: one => one.endedBecause,
            },
          ]}
        />
      ) : null}
    </>
  )
}
