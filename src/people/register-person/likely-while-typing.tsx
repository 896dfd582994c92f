import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { Tag } from '../../ui/index.ts'
import { ageAndBirth } from '../banner/person-banner.tsx'
import { formatClientId } from '../client-id.ts'
import { sureFrom } from '../matching.ts'
import { formatName, spokenName } from '../names.ts'
import type { LikelyMatch } from './likely-matches.ts'

/**
 * Where people who may be the one being registered are shown while they are typed: beside the form, and on a phone a line that stays at
 * the top of the screen and opens. Only how many there are is read out. Without script it is not there: the question comes when it is sent.
 */
export function LikelyPlace(): VNode {
  return (
    <section class="ly-likely" aria-label="People who may be the same" data-likely-place hidden>
      <p class="ly-likely__words" role="status" data-likely-words>
        People on record who may be the same are shown here as you type.
      </p>
      <details class="ly-likely__people" data-likely-people hidden>
        <summary>Who they are</summary>
        <div data-likely-list />
      </details>
    </section>
  )
}

/** What is put there: how many there are, and who. */
export function LikelyWhileTyping({ matches, today }: { matches: readonly LikelyMatch[]; today: PlainDate }): VNode {
  if (matches.length === 0) return <p>Nobody on record looks like this person.</p>
  return (
    <>
      <p>{matches.length === 1 ? '1 person on record may be the same' : `${matches.length} people on record may be the same`}</p>
      <ul class="ly-list">
        {matches.map(({ person, match }) => (
          <li key={person.id}>
            <a class="govuk-link" href={paths.people.details(person.id)} target="_blank" rel="noopener">
              {formatName(person)}
              <span class="govuk-visually-hidden"> (opens in a new tab)</span>
            </a>{' '}
            {match.score >= sureFrom ? <Tag text="Almost certain" classes="govuk-tag--red" /> : null}
            <span class="ly-second">
              {ageAndBirth(person, today)} · LY {formatClientId(person.clientId)}
            </span>
            {person.names.length > 0 ? <span class="ly-second">also {person.names.map(spokenName).join(', ')}</span> : null}
            <span class="ly-second">{[person.addressLine, person.postcode].filter(Boolean).join(', ')}</span>
            <span class="ly-second">{match.reasons.join('. ')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
