import type { PlainDate } from '../platform/plain-date.ts'
import type { ClientId } from './client-id.ts'
import type { Telephone } from './contact.ts'
import { foldName, nameWords, type PersonName } from './names.ts'
import { datesNear, slipBetween, slipInWords } from './near-dates.ts'
import type { NhsNumber } from './nhs-number.ts'
import type { Postcode } from './postcode.ts'
import { soundsAlike, soundsLikeKeys } from './sounds-like.ts'
import {
  clientIdToken,
  dateOfBirthToken,
  expectedDateToken,
  externalIdToken,
  nameToken,
  nhsNumberToken,
  postcodeToken,
  soundsLikeToken,
  telephoneToken,
} from './tokens.ts'

/** What is known of somebody who may be on record already: being typed, being imported, or on record. */
export type Likeness = {
  readonly names: readonly PersonName[]
  readonly dateOfBirth: PlainDate | null
  readonly expectedDate?: PlainDate | null
  readonly clientId?: ClientId | null
  readonly nhsNumber?: NhsNumber | null
  /** True when the NHS has traced the number: two traced numbers that differ are two people. */
  readonly nhsTraced?: boolean
  readonly postcodes?: readonly Postcode[]
  readonly telephones?: readonly Telephone[]
  readonly externalIds?: readonly { readonly system: string; readonly value: string }[]
}

/** How likely two are one person: 0 to 100, and why in words. */
export type Match = { readonly score: number; readonly reasons: readonly string[] }

/** Below this two people are not shown to each other as possible duplicates. */
export const likelyFrom = 40
/** From this on a duplicate is all but sure: an exact key is the same. */
export const sureFrom = 95

/** Compares two likenesses; undefined when there is no reason to think that they are one person. */
export function matchOf(a: Likeness, b: Likeness): Match | undefined {
  const key = sameKey(a, b)
  const likeness = bestOf(a, b)
  const best = [key, likeness].filter(match => match !== undefined).sort((x, y) => y.score - x.score)
  const first = best[0]
  if (!first) return undefined
  const reasons = [...new Set(best.flatMap(match => match.reasons))]
  if (key === undefined && a.nhsNumber && b.nhsNumber && a.nhsNumber !== b.nhsNumber && a.nhsTraced && b.nhsTraced) {
    // Two numbers that the NHS traced belong to two people; the likeness is worth showing only when it is very strong.
    const lowered = first.score - 40
    return lowered < likelyFrom ? undefined : { score: lowered, reasons: [...reasons, 'But their traced NHS numbers differ'] }
  }
  return first.score < likelyFrom ? undefined : { score: first.score, reasons }
}

/**
 * Where to look for people who may match: each entry is a set of tokens of which a candidate has at least one, and
 * a second set (when not empty) of which it also has at least one. `matchOf` then judges the candidates.
 */
export function whereToLook(person: Likeness): { readonly anyOf: readonly string[]; readonly andAnyOf: readonly string[] }[] {
  const keys = [
    ...(person.clientId ? [clientIdToken(person.clientId)] : []),
    ...(person.nhsNumber ? [nhsNumberToken(person.nhsNumber)] : []),
    ...(person.externalIds ?? []).map(id => externalIdToken(id.value)).filter(token => token !== undefined),
  ]
  const names = nameTokens(person)
  const places = [...(person.postcodes ?? []).map(postcodeToken), ...(person.telephones ?? []).map(telephoneToken)]
  const dates = [
    ...(person.dateOfBirth ? [...datesNear(person.dateOfBirth).keys()].map(dateOfBirthToken) : []),
    ...(person.expectedDate ? [expectedDateToken(person.expectedDate)] : []),
    ...places,
  ]
  const looks = []
  if (keys.length > 0) looks.push({ anyOf: keys, andAnyOf: [] })
  if (names.length > 0 && dates.length > 0) looks.push({ anyOf: dates, andAnyOf: names })
  return looks
}

function nameTokens(person: Likeness): string[] {
  const tokens = new Set<string>()
  for (const name of person.names) {
    for (const part of [name.given, name.family]) {
      if (part === null) continue
      for (const key of soundsLikeKeys(part)) tokens.add(soundsLikeToken(key))
      for (const word of nameWords(part)) if (soundsLikeKeys(word).length === 0) tokens.add(nameToken(word))
    }
  }
  return [...tokens]
}

function sameKey(a: Likeness, b: Likeness): Match | undefined {
  const reasons: string[] = []
  if (a.clientId && a.clientId === b.clientId) reasons.push('Same client id')
  if (a.nhsNumber && a.nhsNumber === b.nhsNumber) reasons.push('Same NHS number')
  for (const mine of a.externalIds ?? []) {
    const same = (b.externalIds ?? []).some(
      theirs => theirs.system === mine.system && externalIdToken(theirs.value) === externalIdToken(mine.value),
    )
    if (same) reasons.push(`Same ${mine.system} number`)
  }
  if (reasons.length === 0) return undefined
  return { score: a.nhsNumber && a.nhsNumber === b.nhsNumber ? 100 : sureFrom, reasons }
}

function bestOf(a: Likeness, b: Likeness): Match | undefined {
  let best: Match | undefined
  for (const mine of a.names) {
    for (const theirs of b.names) {
      const match = byNameAndDates(mine, theirs, a, b)
      if (match && (best === undefined || match.score > best.score)) best = match
    }
  }
  return best
}

type NameLikeness = { readonly weight: number; readonly words: string }

function byNameAndDates(mine: PersonName, theirs: PersonName, a: Likeness, b: Likeness): Match | undefined {
  const likeness = nameLikeness(mine, theirs)
  if (likeness === undefined) return undefined
  if (a.dateOfBirth && b.dateOfBirth) {
    const slip = slipBetween(a.dateOfBirth, b.dateOfBirth)
    if (slip === undefined) return undefined
    const score = likeness.weight - (slip === 'same' ? 0 : slip === 'one-digit' ? 30 : 20)
    return { score, reasons: [`${likeness.words} and the date of birth ${slipInWords[slip]}`] }
  }
  if (a.expectedDate && a.expectedDate === b.expectedDate) {
    return { score: likeness.weight - 10, reasons: [`${likeness.words} and the expected date of birth is the same`] }
  }
  // One of them has no date of birth: a name alone is nothing, a name at the same address or telephone is something.
  const samePlace = (a.postcodes ?? []).some(postcode => (b.postcodes ?? []).includes(postcode))
  const sameTelephone = (a.telephones ?? []).some(number => (b.telephones ?? []).includes(number))
  if (likeness.weight < 80 || !(samePlace || sameTelephone)) return undefined
  return { score: likeness.weight - 25, reasons: [`${likeness.words} and the ${samePlace ? 'postcode' : 'telephone number'} is the same`] }
}

function nameLikeness(a: PersonName, b: PersonName): NameLikeness | undefined {
  const family = partLikeness(a.family, b.family)
  const given = partLikeness(a.given, b.given)
  if (family === 'same' && given === 'same') return { weight: 94, words: 'Same name' }
  if (family === 'absent' && given === 'same') return { weight: 88, words: 'Same name' }
  if (given === 'absent' && family === 'same') return { weight: 88, words: 'Same name' }
  if (isAlike(family) && isAlike(given)) return { weight: 88, words: 'Sounds the same' }
  if (isAlike(partLikeness(a.family, b.given)) && isAlike(partLikeness(a.given, b.family))) {
    return { weight: 86, words: 'First name and surname are the other way round' }
  }
  if (isAlike(family) && sameInitial(a.given, b.given)) {
    return {
      weight: 76,
      words: family === 'same' ? 'Same surname and first initial' : 'Surname sounds the same, first initial is the same',
    }
  }
  if (isAlike(given) && (a.family === null || b.family === null)) return { weight: 66, words: 'Same first name, and one has no surname' }
  if (given === 'same') return { weight: 60, words: 'Same first name, another surname,' }
  // Twins have this too, so it is shown low and says what it is.
  if (family === 'same') return { weight: 50, words: 'Same surname, another first name,' }
  return undefined
}

type PartLikeness = 'same' | 'sounds-alike' | 'different' | 'absent'

function partLikeness(a: string | null, b: string | null): PartLikeness {
  if (a === null && b === null) return 'absent'
  if (a === null || b === null) return 'different'
  if (foldName(a).replaceAll(' ', '') === foldName(b).replaceAll(' ', '')) return 'same'
  return soundsAlike(a, b) ? 'sounds-alike' : 'different'
}

function isAlike(likeness: PartLikeness): boolean {
  return likeness === 'same' || likeness === 'sounds-alike'
}

function sameInitial(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && foldName(a).charAt(0) === foldName(b).charAt(0)
}
