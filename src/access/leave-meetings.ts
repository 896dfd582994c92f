import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { rewriteItemAsKeeper } from './meeting-items.ts'

type Leaver = { readonly id: string; readonly principal: number; readonly agency: number }

/** A series that somebody ran, and the users who run it still. */
export type LeftSeries = { readonly id: string; readonly others: readonly string[] }

/**
 * Takes somebody out of every meeting in which they have a part for an agency that is not among `stays`: its seats, its actions and referrals, and, where
 * they are of such an agency, what they run. What they were given to do goes back to the seat; what they referred is from then on followed by it, and
 * where their agency has none there by those who run the meeting. Answers the series that they ran.
 */
export async function leaveMeetingsOf(keeper: Tx, actor: Actor, now: Date, user: Leaver, stays: readonly number[]): Promise<LeftSeries[]> {
  const isLeft = (agency: ReturnType<typeof sql.ref>) => sql<boolean>`not ${agency} = any (${[...stays]}::int[])`
  const hasLeftHome = !stays.includes(user.agency)
  const { rows: ended } = await sql<{ principal: number; ran: string | null }>`
    update meeting_members m set ended_at = ${now}, ended_by = ${actor.userId}
    from meeting_members k left join meeting_seats s on s.id = k.seat_id
    where k.id = m.id and m.user_id = ${user.id} and m.ended_at is null and case when s.id is null then ${hasLeftHome} else ${isLeft(sql.ref('s.agency'))} end
    returning coalesce(s.principal, m.running) as principal, case when s.id is null then m.series_id end as ran`.execute(keeper)
  await sql`
    update held_principals set ends_at = greatest(starts_at, ${now}::timestamptz)
    where principal = any (${ended.map(one => one.principal)}::int[]) and holder = ${user.principal} and ends_at is null`.execute(keeper)
  const { rows: changed } = await sql<{ itemId: string }>`
    with given_back as (
      update meeting_actions a set own = array_remove(a.own, ${user.principal}), worker_id = case when a.state = 'open' then null else a.worker_id end
      from meeting_seats s where s.id = a.seat_id and ${user.principal} = any (a.own) and ${isLeft(sql.ref('s.agency'))} returning a.id, a.item_id
    ), written as (
      update meeting_action_entries e set own = array_remove(e.own, ${user.principal}) from given_back a where e.action_id = a.id
    ), shown as (
      update meeting_evidence e set own = array_remove(e.own, ${user.principal}) from given_back a where e.action_id = a.id
    ), followed as (
      update meeting_items i set referrer = coalesce(
        (select s.principal from meeting_seats s where s.series_id = i.series_id and s.agency = a.principal and s.ended_at is null), i.running)
      from agencies a where a.id = i.referring_agency and i.referrer = ${user.principal} and ${isLeft(sql.ref('a.principal'))} returning i.id
    )
    select item_id as "itemId" from given_back union select id from followed order by 1`.execute(keeper)
  for (const { itemId } of changed) await rewriteItemAsKeeper(keeper, itemId)
  const { rows: series } = await sql<LeftSeries>`
    select s.id, array(select m.user_id from meeting_members m where m.series_id = s.id and m.seat_id is null and m.ended_at is null) as others
    from unnest(${ended.flatMap(one => one.ran ?? [])}::uuid[]) as s (id)`.execute(keeper)
  return series
}
