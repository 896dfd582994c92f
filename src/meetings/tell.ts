import { sql } from 'kysely'
import { listsForRowOfItem } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Item } from './meeting.ts'

/** Of these users, those from whom an item is not kept: a notice would tell that there is one. By themselves and by every agency that they belong to. */
export async function mayHearOf(tx: Tx, withheld: readonly number[], userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select u.id from users u where u.id = any (${[...new Set(userIds)]}::uuid[]) and u.status <> 'disabled'
      and not (u.principal = any (${[...withheld]}::int[]) or u.agency = any (${[...withheld]}::int[]))
      and not exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.agency = any (${[...withheld]}::int[]))`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/**
 * Tells the chair and the co-ordinator of a series, but whoever does it themself and whom the item is kept from. `parts`: what it is about; whoever reads
 * none of them is not told, who would look for it in vain.
 */
export async function tellThoseWhoRun(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Pick<Item, 'id' | 'seriesId' | 'withheld'>,
  words: string,
  parts?: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from meeting_members where series_id = ${item.seriesId} and seat_id is null and ended_at is null`.execute(tx)
  const run = rows.map(row => row.userId)
  const to = new Set<string>()
  for (const withheld of parts ? await withheldOfParts(tx, item.id, parts) : [item.withheld])
    for (const userId of await mayHearOf(tx, withheld, run)) to.add(userId)
  to.delete(actor.userId ?? '')
  await tellUsers(tx, now, { to: [...to], kind: 'meeting', words, href: paths.meetings.item(item.id), meetingItemId: item.id })
}

async function withheldOfParts(tx: Tx, itemId: string, parts: readonly string[]): Promise<(readonly number[])[]> {
  const lists = []
  for (const part of new Set(parts)) lists.push((await listsForRowOfItem(tx, itemId, { audience: 'referrer', part })).withheld)
  return lists
}
