import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { reachOfUser } from '../co-workers/co-workers.ts'
import { teamValue } from '../directory.ts'

/** Whoever refers somebody: how whoever receives it finds them, and the teams that are their own. */
export type Referrer = { name: string; contact: string; teams: readonly string[] }

export async function referrerOf(tx: Tx, actor: Actor): Promise<Referrer> {
  const { rows } = await sql<{ telephone: string }>`select ${reachOfUser} as telephone from users u where u.id = ${actor.userId}`.execute(
    tx,
  )
  const own = actor.posts.filter(post => post.serviceArea !== null)
  const from = own[0] ?? actor.posts[0]
  return {
    name: [actor.name, from?.teamName, from?.agencyName ?? actor.agencyName].filter(Boolean).join(', ').slice(0, 200),
    contact: rows[0]?.telephone ?? '',
    teams: own.map(({ teamId, serviceArea }) => teamValue({ teamId, serviceArea: serviceArea ?? '' })),
  }
}
