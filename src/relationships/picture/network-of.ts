import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { isCurrent, isDangerous, type Relationship } from '../relationship.ts'
import { relationshipsAmong, type Somebody, somebodies } from '../relationships.queries.ts'
import { type Term, type Terms, termsOf } from '../terms.ts'
import type { Line } from './layout.ts'

export type Node = {
  readonly id: string
  /** Undefined for somebody who is not on record. */
  readonly person: Somebody | undefined
  readonly name: string | null
}
export type Link = Line & {
  readonly relationship: Relationship
  readonly term: Term | undefined
  readonly current: boolean
  readonly dangerous: boolean
}
export type Network = { readonly nodes: readonly Node[]; readonly links: readonly Link[]; readonly isCut: boolean; readonly terms: Terms }

/** More than this is no picture any more. */
export const mostPeople = 40
const mostLines = 200

/**
 * Those around a person, one or two steps out, as far as the reader may see them. Nobody is reached through somebody whom they may not see,
 * and of what another's record tells on its own side alone there is nothing.
 */
export async function networkOf(tx: Tx, centre: Somebody, steps: 1 | 2, today: PlainDate): Promise<Network> {
  const terms = await termsOf(tx)
  const people = new Map<string, Somebody>([[centre.id, centre]])
  const relationships = new Map<string, Relationship>()
  let isCut = false
  let edge: string[] = [centre.id]
  for (let step = 0; step < steps && edge.length > 0; step++) {
    const found = await relationshipsAmong(tx, edge, centre.id, mostLines)
    const reached = await somebodies(
      tx,
      found.flatMap(one => [one.personId, one.otherId ?? []].flat()),
    )
    edge = []
    for (const [id, person] of reached) {
      if (people.has(id)) continue
      if (people.size >= mostPeople) isCut = true
      else {
        people.set(id, person)
        edge.push(id)
      }
    }
    for (const one of found) relationships.set(one.id, one)
    isCut ||= found.length === mostLines
  }
  const nodes: Node[] = [...people].map(([id, person]) => ({ id, person, name: null }))
  const links: Link[] = []
  for (const one of relationships.values()) {
    const isSeen = people.has(one.personId) && (one.otherId === null || people.has(one.otherId))
    if (!isSeen) continue
    // Whoever is not on record stands beside the one person who names them.
    const to = one.otherId ?? `beside-${one.id}`
    if (one.otherId === null) {
      if (nodes.length >= mostPeople) {
        isCut = true
        continue
      }
      nodes.push({ id: to, person: undefined, name: one.otherName })
    }
    links.push(linkOf(one, to, terms, today))
  }
  return { nodes, links, isCut, terms }
}

function linkOf(relationship: Relationship, to: string, terms: Terms, today: PlainDate): Link {
  const term = terms.get(relationship.kind)
  const generations = term?.generations ?? 0
  return {
    id: relationship.id,
    from: relationship.personId,
    to,
    shape: term?.shape ?? 'other',
    generations: relationship.kindBack ? -generations : generations,
    relationship,
    term,
    current: isCurrent(relationship, today),
    dangerous: isDangerous(relationship, terms),
  }
}
