import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../../paths.ts'
import { londonDate } from '../../platform/clock.ts'
import { upperFirst } from '../../platform/first-letter.ts'
import { ageOn, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { AlertBar, RecordBanner } from '../../ui/index.ts'
import { formatClientId } from '../client-id.ts'
import { formatName } from '../names.ts'
import { communicationNeeds, interpreterNeeds, languageWords } from '../needs.ts'
import { formatNhsNumber, nhsStatusInShort } from '../nhs-number.ts'
import type { Person } from '../person.ts'

export type PersonBannerProps = {
  person: Person
  today: PlainDate
  /** Tags beside the name: risk, restriction, episode. */
  tags?: ComponentChildren
  /** More `AlertBar`s, the most dangerous first. Death and safe-to-contact come from the person and stand before them. */
  alerts?: ComponentChildren
  /** More facts beside the person's own, such as how their mother must be spoken with. */
  moreFacts?: readonly string[]
  actions?: ComponentChildren
  /** True on the page that is about the person as a whole: the name is then its h1. Elsewhere it links there. */
  isHeading?: boolean
}

/** Who the page is about, the same on every page of a record: name, age, numbers, address, needs, death and dangers. */
export function PersonBanner({ person, today, tags, alerts, moreFacts = [], actions, isHeading = false }: PersonBannerProps): VNode {
  const name = formatName(person)
  return RecordBanner({
    title: isHeading ? (
      <bdi>{name}</bdi>
    ) : (
      <a class="govuk-link govuk-link--no-visited-state govuk-link--no-underline" href={paths.people.show(person.id)}>
        <bdi>{name}</bdi>
      </a>
    ),
    titleElement: isHeading ? 'h1' : 'p',
    tags,
    actions,
    facts: [
      ageAndBirth(person, today),
      person.pronouns,
      <>
        LY <strong>{formatClientId(person.clientId)}</strong>
      </>,
      person.nhsNumber && (
        <>
          NHS <strong>{formatNhsNumber(person.nhsNumber)}</strong> {person.nhsNumberStatus && nhsStatusInShort(person.nhsNumberStatus)}
        </>
      ),
      person.addressLine && (
        <>
          <bdi>{person.addressLine}</bdi>
          {person.postcode && (
            <>
              , <strong>{person.postcode}</strong>
            </>
          )}
        </>
      ),
      needsInShort(person),
      ...moreFacts,
    ],
    alerts: (
      <>
        {deathAlert(person)}
        {person.contactCare && AlertBar({ kind: 'warning', title: 'Safe to contact.', children: person.contactCare })}
        {alerts}
      </>
    ),
  })
}

/** '12 born 03/06/2014', 'due 01/12/2026', 'died 12/03/2026 aged 83, born …', 'date of birth not known'. */
export function ageAndBirth(person: Pick<Person, 'dateOfBirth' | 'expectedDate' | 'diedOn' | 'deathRecordedAt'>, today: PlainDate): VNode {
  const { dateOfBirth, expectedDate, diedOn, deathRecordedAt } = person
  if (expectedDate !== null) return <>not yet born, expected {formatDate(expectedDate)}</>
  if (dateOfBirth === null) return <>date of birth not known</>
  if (deathRecordedAt !== null) {
    const atDeath = diedOn === null ? undefined : ageOn(dateOfBirth, diedOn)
    return (
      <>
        {atDeath === undefined ? 'died' : <strong>died aged {atDeath}</strong>} born {formatDate(dateOfBirth)}
      </>
    )
  }
  const age = ageOn(dateOfBirth, today)
  return (
    <>
      <strong>{age === 0 ? 'under 1' : age}</strong> born {formatDate(dateOfBirth)}
    </>
  )
}

/** 'Speaks Ukrainian, interpreter needed; large print', or nothing when there is nothing to know. */
export function needsInShort(person: Pick<Person, 'language' | 'interpreter' | 'communicationNeeds'>): string | null {
  const language = person.language !== null && person.language !== 'en' ? `Speaks ${languageWords(person.language)}` : null
  const interpreter =
    person.interpreter !== null && person.interpreter !== 'no' ? labelOf(interpreterNeeds, person.interpreter).toLowerCase() : null
  const communication = person.communicationNeeds.map(need => labelOf(communicationNeeds, need).toLowerCase())
  const words = [[language, interpreter].filter(Boolean).join(', '), ...communication].filter(Boolean).join('; ')
  return words === '' ? null : upperFirst(words)
}

// U26: the death stands on every page of the record, before anything else.
function deathAlert(person: Person): VNode | null {
  if (person.deathRecordedAt === null) return null
  const when = person.diedOn === null ? 'Has died. The date is not known.' : `Died on ${formatDate(person.diedOn)}.`
  return AlertBar({
    kind: 'danger',
    title: when,
    // By whom is for those who may know that their service is involved: the page about the death says it to them.
    children: `Recorded on ${formatDate(londonDate(person.deathRecordedAt))}.`,
    link: { text: 'About the death', href: paths.people.death(person.id) },
  })
}

function labelOf(list: readonly { readonly code: string; readonly label: string }[], code: string): string {
  return list.find(item => item.code === code)?.label ?? code
}
