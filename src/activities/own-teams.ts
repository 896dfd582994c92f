import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type OwnTeam = { principal: number; name: string }

/** The teams that the actor may record for, in the order of their posts. */
export async function ownTeams(tx: Tx, actor: Actor): Promise<OwnTeam[]> {
  const ids = [...new Set(actor.posts.map(post => post.teamId))]
  const { rows } = await sql<OwnTeam>`
    select principal, name from teams where id = any (${ids}::uuid[]) and principal = any (${[...actor.writePrincipals]}::int[])
    order by array_position(${ids}::uuid[], id)`.execute(tx)
  return rows
}
