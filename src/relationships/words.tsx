import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatName, formatTelephone, type PersonName, parseTelephone } from '../people/index.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { Tag } from '../ui/index.ts'
import type { Known } from './around.ts'

/** 'since 02/03/2019', 'until 01/02/2020', '02/03/2019 to 01/02/2020'; nothing where no day is known. */
export function whenInWords(from: PlainDate | null, to: PlainDate | null): string {
  if (from && to) return `${formatDate(from)} to ${formatDate(to)}`
  if (from) return `since ${formatDate(from)}`
  return to ? `until ${formatDate(to)}` : ''
}

/** How a person is spoken of in a sentence: by their first name where there is one. */
export const calledBy = (person: PersonName): string => person.given ?? person.family ?? 'this person'

/** Who it is: a link for somebody on record, the name as it was written for somebody who is not. */
export function WhoIt({ known }: { known: Known }): VNode {
  const { person, side } = known
  if (!person) return <bdi>{side.stated.otherName}</bdi>
  return (
    <a class="govuk-link" href={paths.people.show(person.id)}>
      <bdi>{formatName(person)}</bdi>
    </a>
  )
}

/** What must not be overlooked, in words on red. */
export function Warnings({ known }: { known: Known }): VNode | null {
  const { warnings } = known.words
  if (warnings.length === 0) return null
  return (
    <>
      {warnings.map(warning => (
        <>
          <Tag key={warning} text={warning} classes="govuk-tag--red ly-tag" />{' '}
        </>
      ))}
    </>
  )
}

/** A telephone number or an e-mail address that can be pressed; other words as they are. */
export function Reach({ contact }: { contact: string }): VNode {
  const telephone = parseTelephone(contact)
  const href = telephone.ok ? `tel:${telephone.value}` : /^[^\s@]+@[^\s@]+$/.test(contact) ? `mailto:${contact}` : undefined
  const words = telephone.ok ? formatTelephone(telephone.value) : contact
  return href ? (
    <a class="govuk-link govuk-link--no-visited-state" href={href}>
      {words}
    </a>
  ) : (
    <span>{words}</span>
  )
}
