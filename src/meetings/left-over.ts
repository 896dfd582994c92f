import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { auditItem } from './change-items.ts'
import { agendaOf } from './items.queries.ts'
import type { Item, Meeting } from './meeting.ts'

// What of a date was not talked about: it goes on to another date, or waits to be triaged again.

/** What of an agenda has not been talked about and is for the actor to take care of. */
export const leftOver = (items: readonly Item[]): Item[] =>
  items.filter(one => one.mayEdit && (one.state === 'sent' || one.state === 'listed'))

/** The same, held until the transaction ends: nobody closes one of them, or takes it elsewhere, while the date that it was left on is ended. */
export async function holdLeftOver(tx: Tx, actor: Actor, meetingId: string): Promise<Item[]> {
  await sql`select from meetings where id = ${meetingId} for no key update`.execute(tx)
  await sql`select from meeting_items where meeting_id = ${meetingId} and state in ('listed', 'sent') order by id for no key update`.execute(
    tx,
  )
  return leftOver(await agendaOf(tx, actor, meetingId))
}

/**
 * Puts an item on another date's agenda, and with it what its agencies were asked: what they have answered stands, and the others are asked for it when
 * that agenda goes out. Whoever calls this holds the item where it is left over: throws otherwise.
 */
export async function carryOver(tx: Tx, actor: Actor, now: Date, item: Item, to: Pick<Meeting, 'id'>): Promise<void> {
  const carried = await sql`
    update meeting_items set meeting_id = ${to.id}, state = 'listed', papers_circulated_at = null, minutes_circulated_at = null, version = version + 1,
      position = (select coalesce(max(position), 0) + 1 from meeting_items i where i.meeting_id = ${to.id})
    where ${isLeft(item)}`.execute(tx)
  mustBeOne(carried.numAffectedRows, item)
  await sql`
    update meeting_research r set meeting_id = ${to.id} where r.item_id = ${item.id} and r.meeting_id = ${item.meetingId}
      and not exists (select from meeting_research there where there.item_id = r.item_id and there.meeting_id = ${to.id} and there.seat_id = r.seat_id)`.execute(
    tx,
  )
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, 'meeting-item-carried-over', item.id)
}

/** Where it was read: on that agenda, and not talked about. */
const isLeft = ({ id, meetingId }: Item) => sql`id = ${id} and meeting_id = ${meetingId} and state in ('listed', 'sent')`
function mustBeOne(changed: bigint | undefined, { id }: Item): void {
  if (changed !== 1n) throw new Error(`Item ${id} is not where it was read: it was not held.`)
}

/**
 * Puts an item back among those that wait to be triaged, or back to its referrer. What its agencies have answered goes with it to the date that it is given
 * then. Held and left over, as above.
 */
export async function waitAgain(tx: Tx, actor: Actor, now: Date, item: Item, state: 'referred' | 'returned' = 'referred'): Promise<void> {
  const waits = await sql`
    update meeting_items set state = ${state}, meeting_id = null, papers_circulated_at = null, minutes_circulated_at = null,
      triaged_at = ${state === 'referred' ? null : now}, triaged_by = ${state === 'referred' ? null : actor.userId}, version = version + 1
    where ${isLeft(item)}`.execute(tx)
  mustBeOne(waits.numAffectedRows, item)
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, state === 'referred' ? 'meeting-item-waits-again' : 'meeting-referral-returned', item.id)
}
