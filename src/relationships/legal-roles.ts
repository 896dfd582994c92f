import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { knownAround } from './around.ts'
import type { Somebody } from './relationships.queries.ts'

/** Somebody on record who holds legal roles for a person today. */
export type HoldsRoles = { readonly person: Somebody; readonly relation: string; readonly roles: readonly string[] }

/** Who holds a legal role for a person today, of those whom the reader may see; nobody of whom there is a warning between the two. */
export async function legalRolesFor(tx: Tx, personId: string, today: PlainDate): Promise<HoldsRoles[]> {
  const around = await knownAround(tx, personId, today)
  const warned = new Set(around.flatMap(one => (one.dangerous && one.person ? [one.person.id] : [])))
  return around.flatMap(({ current, person, words, side: { way, stated } }) => {
    const roles = way === 'there' ? stated.legalRoles : stated.legalRolesBack
    return current && person && roles.length > 0 && !warned.has(person.id) ? [{ person, relation: words.kind, roles }] : []
  })
}
