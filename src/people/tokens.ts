import type { PlainDate } from '../platform/plain-date.ts'
import type { ClientId } from './client-id.ts'
import type { Telephone } from './contact.ts'
import { foldName, nameWords, type PersonName } from './names.ts'
import type { NhsNumber } from './nhs-number.ts'
import type { Postcode } from './postcode.ts'
import { soundsLikeKeys } from './sounds-like.ts'

/**
 * What a search token stands for: its first letter. All tokens are compared by `=`, `>=` and `<` in the C collation, which
 * the planner trusts under row-level security, so that one index serves the policy and the search at once.
 */
export const tokenKinds = {
  name: 'n',
  soundsLike: 's',
  dateOfBirth: 'd',
  expectedDate: 'x',
  clientId: 'c',
  nhsNumber: 'h',
  postcode: 'p',
  telephone: 't',
  externalId: 'i',
} as const
export type TokenKind = keyof typeof tokenKinds

/** All by which a person can be found. */
export type Findable = {
  /** The name of today first, then aliases and earlier names. */
  readonly names: readonly PersonName[]
  readonly dateOfBirth: PlainDate | null
  readonly expectedDate: PlainDate | null
  readonly clientId: ClientId
  /** Of records that were merged into this one. */
  readonly formerClientIds?: readonly ClientId[]
  readonly nhsNumber: NhsNumber | null
  readonly postcodes: readonly Postcode[]
  readonly telephones: readonly Telephone[]
  readonly externalIds: readonly { readonly system: string; readonly value: string }[]
}

/** Every token of a person, without repeats. */
export function tokensOf(person: Findable): string[] {
  const tokens = new Set<string>()
  for (const name of person.names) {
    for (const part of [name.given, name.family]) {
      if (part === null) continue
      for (const word of nameWords(part)) tokens.add(nameToken(word))
      for (const key of soundsLikeKeys(part)) tokens.add(soundsLikeToken(key))
    }
  }
  if (person.dateOfBirth !== null) tokens.add(dateOfBirthToken(person.dateOfBirth))
  if (person.expectedDate !== null) tokens.add(expectedDateToken(person.expectedDate))
  for (const id of [person.clientId, ...(person.formerClientIds ?? [])]) tokens.add(clientIdToken(id))
  if (person.nhsNumber !== null) tokens.add(nhsNumberToken(person.nhsNumber))
  for (const postcode of person.postcodes) tokens.add(postcodeToken(postcode))
  for (const telephone of person.telephones) tokens.add(telephoneToken(telephone))
  for (const external of person.externalIds) {
    const token = externalIdToken(external.value)
    if (token !== undefined) tokens.add(token)
  }
  return [...tokens]
}

/** A folded word of a name: any beginning of it finds it. */
export const nameToken = (word: string): string => tokenKinds.name + clip(word)
export const soundsLikeToken = (key: string): string => tokenKinds.soundsLike + clip(key)
/** 'd1980-03-31': its beginnings are the year ('d1980') and the month ('d1980-03'). */
export const dateOfBirthToken = (date: PlainDate): string => tokenKinds.dateOfBirth + date
export const expectedDateToken = (date: PlainDate): string => tokenKinds.expectedDate + date
export const clientIdToken = (id: ClientId): string => tokenKinds.clientId + id
export const nhsNumberToken = (number: NhsNumber): string => tokenKinds.nhsNumber + number
/** 'pTR18 4QA': with its space, so that the outward part 'pTR18 ' is a beginning of it and TR1 does not find TR18. */
export const postcodeToken = (postcode: Postcode): string => tokenKinds.postcode + postcode
/** National digits for this country's numbers ('t07700900123'), since that is how they are read out. */
export const telephoneToken = (number: Telephone): string =>
  tokenKinds.telephone + (number.startsWith('+44') ? `0${number.slice(3)}` : number.slice(1))

/** An external id without its punctuation, in small letters; undefined when nothing is left of it. */
export function externalIdToken(value: string): string | undefined {
  const folded = foldName(value).replaceAll(' ', '')
  return folded === '' ? undefined : tokenKinds.externalId + clip(folded)
}

/** The first text that is greater than everything beginning with `prefix`, for `token >= prefix and token < this`. */
export function afterPrefix(prefix: string): string {
  // U+10FFFF is the greatest code point, and UTF-8 sorts as code points do in the C collation.
  return `${prefix}\u{10FFFF}`
}

// A token is a key of an index: longer words are cut, alike when stored and when sought.
function clip(text: string): string {
  return text.length <= 60 ? text : [...text].slice(0, 40).join('')
}
