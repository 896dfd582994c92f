import { sql } from 'kysely'
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

/** Tells the chair and the co-ordinator of a series, but whoever does it themself and whom the item is kept from. */
export async function tellThoseWhoRun(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Pick<Item, 'id' | 'seriesId' | 'withheld'>,
  words: string,
): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from meeting_members where series_id = ${item.seriesId} and seat_id is null and ended_at is null`.execute(tx)
  const to = (
    await mayHearOf(
      tx,
      item.withheld,
      rows.map(row => row.userId),
    )
  ).filter(one => one !== actor.userId)
  await tellUsers(tx, now, { to, kind: 'meeting', words, href: paths.meetings.item(item.id), meetingItemId: item.id })
}
