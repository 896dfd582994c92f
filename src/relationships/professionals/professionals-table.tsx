import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { PersonRecord } from '../../people/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { DataTable, EmptyState } from '../../ui/index.ts'
import { isCurrent } from '../relationship.ts'
import { Reach, whenInWords } from '../words.tsx'
import type { Professional } from './professionals.ts'

type Props = { record: PersonRecord; professionals: readonly Professional[]; today: PlainDate; edits: boolean }

/** Professionals from outside the system, with how to reach each. */
export function ProfessionalsTable({ record, professionals, today, edits }: Props): VNode {
  return (
    <section aria-labelledby="professionals">
      <h2 class="govuk-heading-m" id="professionals">
        Professionals outside this system
      </h2>
      <DataTable<Professional>
        caption="Professionals outside this system"
        captionHidden
        rows={professionals}
        keyOf={one => one.id}
        empty={<EmptyState title="None is on record">A GP, a school, a health visitor, a solicitor.</EmptyState>}
        columns={[
          {
            heading: 'Who',
            rowHeader: true,
            cell: one => <bdi>{one.name ?? one.organisation}</bdi>,
            second: one => one.name && one.organisation,
          },
          {
            heading: 'What they are',
            cell: one => (isCurrent(one, today) ? one.role : `${one.role} (no longer)`),
            second: one => whenInWords(one.from, one.to),
          },
          {
            heading: 'How to reach them',
            cell: one => one.telephone && <Reach contact={one.telephone} />,
            second: one => one.email && <Reach contact={one.email} />,
          },
          {
            heading: 'To know',
            cell: one => one.note && <bdi>{one.note}</bdi>,
            second: one => one.namedReaders && 'Other services do not see this',
          },
          {
            heading: 'Change',
            headingHidden: true,
            cell: one =>
              edits ? (
                <a class="govuk-link" href={paths.network.professional(record.id, one.id)}>
                  Change<span class="govuk-visually-hidden"> {one.role}</span>
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
