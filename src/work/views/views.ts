import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'

/** Lists of which views can be kept, and where each is. */
export const listsWithViews = { 'my-work': paths.work.mine, team: paths.work.teamCases } as const
export type ListWithViews = keyof typeof listsWithViews

export type SavedView = {
  id: string
  list: ListWithViews
  name: string
  query: string
  isMine: boolean
  by: string
  teamName: string | null
}

/** The views of one list, or of all, that the actor keeps or that their teams share. */
export async function viewsOf(tx: Tx, actor: Actor, list: ListWithViews | null): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    select v.id, v.list, v.name, v.query, v.user_id = ${actor.userId} as "isMine", u.name as by, t.name as "teamName"
    from saved_views v join users u on u.id = v.user_id left join teams t on t.principal = v.team
    where v.list = any (${list ? [list] : Object.keys(listsWithViews)}::text[]) order by v.user_id <> ${actor.userId}, lower(v.name), v.id`.execute(
    tx,
  )
  return rows
}

export const hrefOf = ({ list, query }: Pick<SavedView, 'list' | 'query'>): string =>
  query ? `${listsWithViews[list]}?${query}` : listsWithViews[list]

/** What of an address makes a view: everything but which page of it was open. */
export function queryToKeep(query: URLSearchParams): string {
  const kept = new URLSearchParams([...query].filter(([name, value]) => value !== '' && !['page', 'as'].includes(name)))
  kept.sort()
  return kept.toString()
}

export async function saveView(
  tx: Tx,
  actor: Actor,
  now: Date,
  view: { list: ListWithViews; name: string; query: string; team: number | null },
): Promise<void> {
  await tx
    .insertInto('saved_views')
    .values({ id: uuid(), user_id: actor.userId!, created_at: now, ...view })
    .execute()
}

/** Takes away one of the actor's own. Whether there was one. */
export async function removeView(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  if (!isId(id)) return false
  const removed = await tx.deleteFrom('saved_views').where('id', '=', id).where('user_id', '=', actor.userId).executeTakeFirst()
  return removed.numDeletedRows === 1n
}
