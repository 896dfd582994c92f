import {
  dateOfBirthToken,
  formatName,
  formatTelephone,
  nameToken,
  nameWords,
  type PersonName,
  slipBetween,
  slipInWords,
  soundsLikeKeys,
  soundsLikeToken,
  type Telephone,
} from '../people/index.ts'
import { formatDate, isPlainDate } from '../platform/plain-date.ts'
import type { Found } from './search.queries.ts'
import { satisfies, type Term } from './understand.ts'

/** Why somebody was found, a reason for each thing that was typed: 'Surname', 'Sounds like Penroze', 'Date of birth is one day out'. */
export function whyFound(
  found: Pick<Found, 'given' | 'family' | 'otherNames' | 'tokens' | 'dateOfBirth' | 'clientId'>,
  terms: readonly Term[],
): string[] {
  return [...new Set(terms.map(term => reasonOf(found, term)).filter(reason => reason !== undefined))]
}

/** Why somebody was found who has not all that was typed: of that alone. Undefined for whoever has. */
export function whyAlike(found: FoundBy, terms: readonly Term[]): string | undefined {
  const others = terms.filter(
    term => !term.alternatives.some(alternative => alternative.firm && found.tokens.some(token => satisfies(token, alternative))),
  )
  return whyFound(found, others).join(' · ') || undefined
}

type FoundBy = Parameters<typeof whyFound>[0]

function reasonOf(found: FoundBy, term: Term): string | undefined {
  for (const alternative of term.alternatives) {
    const tokens = found.tokens.filter(token => satisfies(token, alternative))
    const [token] = tokens
    if (token === undefined) continue
    const value = token.slice(1)
    switch (alternative.kind) {
      case 'name':
        return nameReason(found, tokens, term)
      case 'soundsLike':
        return soundReason(found, tokens)
      case 'dateOfBirth':
        return dateReason(found, term, token)
      case 'expectedDate':
        return 'Expected date of birth'
      case 'clientId':
        return value === found.clientId ? 'Client id' : 'Client id of a record that was merged into this one'
      case 'nhsNumber':
        return 'NHS number'
      case 'postcode':
        return `Postcode ${value}`
      case 'telephone':
        return `Telephone ${value.startsWith('0') ? formatTelephone(`+44${value.slice(1)}` as Telephone) : `+${value}`}`
      case 'externalId':
        return `Number ${value.toUpperCase()} of another system`
    }
  }
  return undefined
}

function nameReason(found: FoundBy, tokens: readonly string[], term: Term): string {
  const hasWord = (text: string | null) => text !== null && nameWords(text).some(word => tokens.includes(nameToken(word)))
  const asTyped = term.alternatives.some(
    alternative => alternative.kind === 'name' && alternative.firm && tokens.some(token => satisfies(token, alternative)),
  )
  if (hasWord(found.family)) return asTyped ? 'Surname' : `Spelt like ${found.family}`
  if (hasWord(found.given)) return asTyped ? 'First name' : `Spelt like ${found.given}`
  const other = found.otherNames.find(name => hasWord(name.family) || hasWord(name.given))
  return other ? `Also known as ${formatName(other)}` : 'Name'
}

function soundReason(found: FoundBy, tokens: readonly string[]): string {
  const hasSound = (text: string | null) => text !== null && soundsLikeKeys(text).some(key => tokens.includes(soundsLikeToken(key)))
  const names: PersonName[] = [found, ...found.otherNames]
  for (const name of names) {
    if (hasSound(name.family)) return `Sounds like ${name.family}`
    if (hasSound(name.given)) return `Sounds like ${name.given}`
  }
  return 'Sounds alike'
}

function dateReason(found: FoundBy, term: Term, token: string): string {
  const date = token.slice(1)
  if (term.date === undefined || !isPlainDate(date)) return 'Year of birth'
  if (token === dateOfBirthToken(term.date)) return 'Date of birth'
  const slip = slipBetween(term.date, date)
  return slip === undefined
    ? `Date of birth ${found.dateOfBirth ? formatDate(found.dateOfBirth) : ''}`
    : `Date of birth ${slipInWords[slip]}`
}
