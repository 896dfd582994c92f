import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { DataTable, Tag } from '../../ui/index.ts'
import { ageAndBirth } from '../banner/person-banner.tsx'
import { formatClientId } from '../client-id.ts'
import { sureFrom } from '../matching.ts'
import { formatName, spokenName } from '../names.ts'
import { formatNhsNumber } from '../nhs-number.ts'
import type { LikelyMatch } from '../register-person/likely-matches.ts'

/** People who may be the same, the likeliest first, each with why. `last` makes the last column: what can be done. */
export function MatchList({
  matches,
  today,
  caption,
  last,
}: {
  matches: readonly LikelyMatch[]
  today: PlainDate
  caption: string
  last: { heading: string; cell: (match: LikelyMatch) => ComponentChildren }
}): VNode {
  return DataTable<LikelyMatch>({
    caption,
    rows: matches,
    keyOf: ({ person }) => person.id,
    columns: [
      {
        heading: 'Person',
        rowHeader: true,
        cell: ({ person }) => (
          <a class="govuk-link" href={paths.people.details(person.id)}>
            <bdi>{formatName(person)}</bdi>
          </a>
        ),
        second: ({ person }) => person.names.length > 0 && `also ${person.names.map(spokenName).join(', ')}`,
      },
      { heading: 'Born', cell: ({ person }) => ageAndBirth(person, today) },
      {
        heading: 'Numbers',
        cell: ({ person }) => `LY ${formatClientId(person.clientId)}`,
        second: ({ person }) => person.nhsNumber && `NHS ${formatNhsNumber(person.nhsNumber)}`,
      },
      { heading: 'Address', cell: ({ person }) => [person.addressLine, person.postcode].filter(Boolean).join(', ') || 'Not recorded' },
      {
        heading: 'Why',
        cell: ({ match }) => match.reasons.join('. '),
        second: ({ match }) => (match.score >= sureFrom ? Tag({ text: 'Almost certain', classes: 'govuk-tag--red' }) : null),
      },
      last,
    ],
  })
}
