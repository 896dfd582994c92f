import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { ageAndBirth, formatName, type PersonRecord } from '../../people/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { DataTable, EmptyState } from '../../ui/index.ts'
import { isCurrent } from '../relationship.ts'
import { whenInWords } from '../words.tsx'
import type { Member } from './households.ts'

type Props = { record: PersonRecord; members: readonly Member[]; today: PlainDate; edits: boolean }

/** Who lives with a person, of those whom the reader may see; and with whom they lived before. */
export function HouseholdTable({ record, members, today, edits }: Props): VNode {
  return (
    <section aria-labelledby="household">
      <h2 class="govuk-heading-m" id="household">
        Household
      </h2>
      <DataTable<Member>
        caption="Members of the household whom you may see"
        captionHidden
        rows={[...members].sort((a, b) => Number(isCurrent(b, today)) - Number(isCurrent(a, today)))}
        keyOf={member => member.id}
        empty={<EmptyState title="No household is on record" />}
        columns={[
          {
            heading: 'Who',
            rowHeader: true,
            cell: member => <Who member={member} record={record} />,
            second: member => ageAndBirth(member.person, today),
          },
          {
            heading: 'In the household',
            cell: member => [isCurrent(member, today) ? '' : 'No longer', member.role].filter(Boolean).join(': ') || 'Member',
            second: member => whenInWords(member.from, member.to),
          },
          {
            heading: 'Address',
            cell: member => (member.hidden ? 'Address confidential' : (member.address ?? 'Not recorded')),
          },
          {
            heading: 'Change',
            headingHidden: true,
            cell: member =>
              edits && member.personId === record.id ? (
                <a class="govuk-link" href={paths.network.householdMember(record.id, member.id)}>
                  Change<span class="govuk-visually-hidden"> when they lived there</span>
                </a>
              ) : (
                ''
              ),
          },
        ]}
      />
    </section>
  )
}

function Who({ member, record }: { member: Member; record: PersonRecord }): VNode {
  const name = <bdi>{formatName(member.person)}</bdi>
  if (member.personId === record.id) return name
  return (
    <a class="govuk-link" href={paths.network.show(member.personId)}>
      {name}
    </a>
  )
}
