import { distance } from 'fastest-levenshtein'
import { formatName, nameToken } from '../people/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Found, findByTerms, nameWordsBeginning } from './search.queries.ts'
import type { Term } from './understand.ts'

export const pageSize = 20
/** Further than this nobody pages: they add a date of birth or another name. */
export const lastPage = 10

export type FoundPage = {
  readonly people: readonly Found[]
  readonly hasMore: boolean
  /** The terms as they were looked for in the end: with words of a similar spelling when there was nothing else. */
  readonly terms: readonly Term[]
  /** True when nothing was there as typed, nor by sound, and similar spellings were taken. */
  readonly respelt: boolean
}

/**
 * A page of people: first whoever has everything as it was typed, then whoever's name sounds like it or whose date of birth is a slip
 * away, and when there is nobody at all, whoever's name is spelt nearly so.
 */
export async function findPeopleBy(tx: Tx, principals: readonly number[], terms: readonly Term[], page: number): Promise<FoundPage> {
  const meant = terms.filter(term => term.alternatives.length > 0)
  const wanted = page * pageSize + 1
  const firm = meant.map(term => ({ ...term, alternatives: term.alternatives.filter(alternative => alternative.firm) }))
  const found = firm.every(term => term.alternatives.length > 0) ? await findByTerms(tx, principals, firm, wanted) : []
  if (found.length < wanted && meant.some(term => term.alternatives.some(alternative => !alternative.firm))) {
    const known = new Set(found.map(person => person.id))
    const alike = await findByTerms(tx, principals, meant, wanted + found.length)
    found.push(...alike.filter(person => !known.has(person.id)))
  }
  if (found.length > 0) return pageOf(found, page, meant, false)
  const respelt = await withSimilarWords(tx, principals, meant)
  if (respelt === undefined) return pageOf([], page, meant, false)
  return pageOf(await findByTerms(tx, principals, respelt, wanted), page, respelt, true)
}

function pageOf(found: readonly Found[], page: number, terms: readonly Term[], respelt: boolean): FoundPage {
  const people = byName(found.slice((page - 1) * pageSize, page * pageSize))
  return { people, hasMore: found.length > page * pageSize && page < lastPage, terms, respelt }
}

/** Those who were found by the same token in the order of their names. Only within a page: what is on which page must not depend on it. */
function byName(people: readonly Found[]): Found[] {
  const places = new Map<Found, number>()
  let group = 0
  people.forEach((person, place) => {
    if (person.foundBy !== people[place - 1]?.foundBy) group = place
    places.set(person, group)
  })
  const name = (person: Found) => formatName(person)
  return [...people].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || name(a).localeCompare(name(b), 'en-GB'))
}

/** The terms with every name word that is a slip of the keyboard away; undefined when there is none. */
async function withSimilarWords(tx: Tx, principals: readonly number[], terms: readonly Term[]): Promise<Term[] | undefined> {
  let any = false
  const respelt: Term[] = []
  for (const term of terms) {
    const typed = term.alternatives.find(alternative => alternative.kind === 'name')?.token.slice(1)
    if (typed === undefined || typed.length < 4) {
      respelt.push(term)
      continue
    }
    const known = await nameWordsBeginning(tx, principals, [...typed][0] ?? '')
    const similar = known.filter(word => isSimilar(typed, word)).slice(0, 50)
    any ||= similar.length > 0
    respelt.push({
      ...term,
      alternatives: [
        ...term.alternatives,
        ...similar.map(word => ({ kind: 'name' as const, match: 'whole' as const, token: nameToken(word), firm: false })),
      ],
    })
  }
  return any ? respelt : undefined
}

/** One letter wrong, missing or too many; two in a long word, which is also what two letters exchanged come to. */
export function isSimilar(typed: string, word: string): boolean {
  const slips = typed.length < 6 ? 1 : 2
  return Math.abs(typed.length - word.length) <= slips && distance(typed, word) <= slips
}
