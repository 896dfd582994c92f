import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatDate } from '../platform/plain-date.ts'
import { DataTable, EmptyState } from '../ui/index.ts'
import { accessWords, type Member } from './episode.ts'
import type { Reach } from './episodes.queries.ts'

type Props = { caseId: string; coordinator: Reach | undefined; members: readonly Member[]; mayEnd: boolean; isOver: boolean }

/** Who is in it now, with how to reach them and what the family says; who was. */
export function TeamTable({ caseId, coordinator, members, mayEnd, isOver }: Props): VNode {
  const now = isOver ? [] : members.filter(one => one.toOn === null)
  const before = members.filter(one => !now.includes(one))
  const rows: Row[] = [...(coordinator ? [asRow(coordinator)] : []), ...now.map(member => ({ ...member, member }))]
  return (
    <>
      {isOver ? null : (
        <DataTable
          caption="In it now"
          rows={rows}
          keyOf={one => one.id}
          empty={<EmptyState title="Nobody is in the team yet." />}
          columns={[
            { heading: 'Who', rowHeader: true, cell: one => one.name, second: one => one.organisation },
            { heading: 'As what', cell: one => one.role, second: one => one.member && `since ${formatDate(one.member.fromOn)}` },
            { heading: 'How to reach them', cell: one => one.telephone || 'Not known', second: one => one.email },
            { heading: 'Sees', cell: one => (one.member ? accessWords[one.member.access] : 'All of it, and decides about it') },
            { heading: 'What the family says', cell: one => (one.member ? one.member.familyView || 'Not asked yet' : '') },
            {
              heading: 'Change',
              headingHidden: true,
              cell: one =>
                mayEnd ? (
                  <a
                    class="govuk-link"
                    href={one.member ? paths.episodes.endMember(caseId, one.member.id) : paths.episodes.coordinator(caseId)}
                  >
                    {one.member ? 'Leaves' : 'Change'}
                    <span class="govuk-visually-hidden">: {one.name}</span>
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

/** Whoever is in it; its co-ordinator without being a member. */
type Row = Pick<Member, 'id' | 'name' | 'organisation' | 'role' | 'telephone' | 'email'> & { member?: Member }

const asRow = ({ name, agencyName, telephone, email }: Reach): Row => ({
  id: 'co-ordinator',
  name,
  organisation: agencyName,
  role: 'Co-ordinator',
  telephone,
  email,
})
