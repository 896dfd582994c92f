import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Teams with whom the actor can share a view or a search: those of their own in which they change something. */
export async function teamsToShareWith(tx: Tx, actor: Actor): Promise<{ principal: number; name: string }[]> {
  const own = [...new Set(actor.posts.map(post => post.teamId))]
  if (own.length === 0) return []
  return tx
    .selectFrom('teams')
    .select(['principal', 'name'])
    .where('id', 'in', own)
    .where('principal', 'in', [0, ...actor.writePrincipals])
    .orderBy('name')
    .execute()
}
