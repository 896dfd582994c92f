import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { DataTable, EmptyState } from '../ui/index.ts'
import type { Withholding } from './withholdings.queries.ts'

type Props = { withholdings: readonly Withholding[]; sections: ReadonlyMap<string, string>; mayEnd: boolean }

/** From whom it is withheld, what of it and why; those that were ended after those that stand. */
export function WithholdingsTable({ withholdings, sections, mayEnd }: Props): VNode {
  return (
    <DataTable
      caption="Withheld"
      rows={withholdings}
      keyOf={row => row.id}
      empty={<EmptyState title="Withheld from nobody." />}
      columns={[
        { heading: 'From', rowHeader: true, cell: row => row.name, second: row => row.agencyName || 'Agency' },
        { heading: 'What', cell: row => whatIn(row, sections) },
        { heading: 'Why', cell: row => row.reason, second: row => (row.wishOf ? `Asked for by ${row.wishOf}` : undefined) },
        {
          heading: 'Since',
          cell: row => formatInstant(row.at),
          second: row => row.by,
        },
        {
          heading: 'Until',
          cell: row => (row.endedAt ? formatInstant(row.endedAt) : 'Until it is ended'),
          second: row => [row.endedBy, row.endedReason].filter(Boolean).join(': '),
        },
        {
          heading: 'End the withholding',
          headingHidden: true,
          cell: row =>
            mayEnd && row.endedAt === null ? (
              <a class="govuk-link" href={paths.sharing.endWithholding(row.caseId, row.id)}>
                End withholding<span class="govuk-visually-hidden">: {row.name}</span>
              </a>
            ) : null,
        },
      ]}
    />
  )
}

export const whatIn = ({ section }: Pick<Withholding, 'section'>, sections: ReadonlyMap<string, string>): string =>
  section === null ? 'The whole case' : (sections.get(section) ?? 'A section of a form')
