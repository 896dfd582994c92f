import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { inWords, isCurrent, isDangerous, type Side, sideOf, type Words } from './relationship.ts'
import { relationshipsOf, type Somebody, somebodies } from './relationships.queries.ts'
import { type Shape, type Terms, termsOf } from './terms.ts'

/** Somebody around a person, as that person's page tells it. */
export type Known = {
  readonly side: Side
  readonly words: Words
  /** Undefined for somebody who is not on record. */
  readonly person: Somebody | undefined
  readonly current: boolean
  readonly dangerous: boolean
  /** Whether they answer for the person in law, or brought them up: what they need to be spoken with is needed by whoever rings. */
  readonly speaksFor: boolean
  readonly shape: Shape
}

/**
 * Everybody around a person whom the reader may see, the most dangerous first, then who belongs to them today. Whoever is at the other end of a
 * relationship and may not be seen is not there, and neither is the relationship.
 */
export async function knownAround(tx: Tx, personId: string, today: PlainDate): Promise<Known[]> {
  const sides = (await relationshipsOf(tx, personId)).flatMap(one => sideOf(one, personId) ?? [])
  if (sides.length === 0) return []
  const ids = sides.flatMap(side => side.theirId ?? [])
  const [people, terms] = await Promise.all([somebodies(tx, ids), termsOf(tx)])
  return sides.flatMap(side => knownOf(side, people, terms, today) ?? []).sort(byWeight)
}

function knownOf(side: Side, people: ReadonlyMap<string, Somebody>, terms: Terms, today: PlainDate): Known | undefined {
  const person = side.theirId === null ? undefined : people.get(side.theirId)
  if (side.theirId !== null && !person) return undefined
  const { stated } = side
  return {
    side,
    person,
    words: inWords(side, terms, person?.gender ?? null),
    current: isCurrent(stated, today),
    dangerous: isDangerous(stated, terms),
    shape: terms.get(stated.kind)?.shape ?? 'other',
    speaksFor: isParentHere(side) || roles(side).length > 0,
  }
}

const byWeight = (a: Known, b: Known): number => weight(a) - weight(b)
const weight = ({ dangerous, current, shape }: Known): number => (dangerous ? 0 : 20) + (current ? 0 : 10) + nearness.indexOf(shape)
const nearness: readonly Shape[] = ['parent', 'partner', 'sibling', 'other']

/** Legal roles that they hold for the person, not the person for them. */
const roles = ({ way, stated }: Side): readonly string[] => (way === 'there' ? stated.legalRoles : stated.legalRolesBack)
const isParentHere = ({ way, stated }: Side): boolean => stated.kind === 'parent' && (way === 'there') !== stated.kindBack
