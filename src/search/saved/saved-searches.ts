import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

/** A search that somebody keeps. `query` is what follows the question mark of the search page. */
export type SavedSearch = {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly isOwn: boolean
  readonly owner: string
  /** The team that it is shared with. */
  readonly teamName: string | null
  /** Whether the actor may take it away. */
  readonly mayRemove: boolean
  /** When the actor last opened it; null when they never have. */
  readonly lookedAt: Date | null
}

/** Nobody looks through more; a page of them asks each whether it has anything new. */
export const mostSaved = 30

/** One's own first, then those that are shared with one's teams, by name. */
export async function savedSearchesOf(tx: Tx, actor: Actor, id?: string): Promise<SavedSearch[]> {
  const { rows } = await sql<Omit<SavedSearch, 'mayRemove'> & { team: number | null }>`
    select s.id, s.name, s.query, s.user_id = ${actor.userId}::uuid as "isOwn", u.name as owner, t.name as "teamName", s.team, l.looked_at as "lookedAt"
    from saved_searches s join users u on u.id = s.user_id left join teams t on t.principal = s.team
      left join saved_search_looks l on l.saved_search_id = s.id and l.user_id = ${actor.userId}::uuid
    ${id === undefined ? sql`` : sql`where s.id = ${id}::uuid`}
    order by s.user_id <> ${actor.userId}::uuid, lower(s.name), s.id limit ${2 * mostSaved}`.execute(tx)
  return rows.map(({ team, ...row }) => ({ ...row, mayRemove: row.isOwn || (team !== null && actor.writePrincipals.includes(team)) }))
}

export async function keepSearch(
  tx: Tx,
  actor: Actor,
  now: Date,
  { name, query, team }: { name: string; query: string; team: number | null },
): Promise<void> {
  const id = uuid()
  await tx.insertInto('saved_searches').values({ id, user_id: actor.userId!, name, query, team, created_at: now }).execute()
  await noteLook(tx, actor, now, id)
  await audit(tx, actor, now, { action: 'search-saved', subject: { type: 'saved-search', id }, detail: { name, query, team } })
}

export async function removeSearch(tx: Tx, actor: Actor, now: Date, id: string): Promise<void> {
  const removed = await tx.deleteFrom('saved_searches').where('id', '=', id).executeTakeFirst()
  if (removed.numDeletedRows === 1n) await audit(tx, actor, now, { action: 'saved-search-removed', subject: { type: 'saved-search', id } })
}

/** What is recorded from now on is new to them. */
export async function noteLook(tx: Tx, actor: Actor, now: Date, id: string): Promise<void> {
  await sql`
    insert into saved_search_looks (saved_search_id, user_id, looked_at) values (${id}, ${actor.userId}, ${now})
    on conflict (saved_search_id, user_id) do update set looked_at = excluded.looked_at`.execute(tx)
}
