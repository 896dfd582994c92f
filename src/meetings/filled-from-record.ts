import type { Answer, Filled } from '../forms/index.ts'
import { isHiding, type Person } from '../people/index.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { MeetingKind, PartyRole } from './kind.ts'

/** Somebody whom a referral can be begun for, by what they are in it. A place is nobody on record. */
export type RoleOfSomebody = Exclude<PartyRole, { from: 'places' }>
export const rolesOfSomebody = (kind: MeetingKind): RoleOfSomebody[] =>
  kind.parties.filter((one): one is RoleOfSomebody => one.from !== 'places')

type OnRecord = Pick<Person, 'given' | 'family' | 'dateOfBirth' | 'addressLine' | 'postcode' | 'addressSecretUntil'>

/**
 * What the referral asks of somebody, as their record answers it: names, date of birth, and the address that every page of the record shows where the form
 * asks for one. Of somebody who is hiding no address at all is copied, not even by an agency that reads it (decision 29): a meeting is read by all who sit in it.
 */
export function filledFromRecord(
  kind: MeetingKind,
  role: RoleOfSomebody,
  person: OnRecord,
  today: PlainDate,
): { filled: Filled; sections: string[]; isHiding: boolean } {
  const hides = isHiding(person, today)
  const address = hides ? '' : [person.addressLine, person.postcode].filter(Boolean).join(', ')
  const known: Record<string, Answer> = {
    ...(person.family ? { [role.family]: person.family } : {}),
    ...(person.given ? { [role.given]: person.given } : {}),
    ...(person.dateOfBirth ? { [role.born]: person.dateOfBirth } : {}),
    ...(role.address && address ? { [role.address]: address } : {}),
  }
  const answers: Filled['answers'] = role.from === 'rows' ? { [role.table]: [known as Record<string, string>] } : known
  const sections = kind.referral.pages.flatMap(page => page.sections).filter(section => section.questions.some(one => one.code in answers))
  return { filled: { answers, typed: {} }, sections: sections.map(section => section.code), isHiding: hides && role.address !== undefined }
}
