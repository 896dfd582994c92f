import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { agendaIsOut, askForResearch } from './agenda.ts'
import { auditItem, tellReferrer } from './change-items.ts'
import { carryOver, waitAgain } from './left-over.ts'
import type { Item, Meeting, Seat } from './meeting.ts'
import { seatsOfSeries } from './series.queries.ts'
import { mayHearOf } from './tell.ts'

/** What becomes of an item that is on an agenda, before its meeting: another date, other agencies, back to be triaged or to its referrer. */
export type Arrangement =
  | { to: 'date'; meeting: Meeting }
  | { to: 'agencies'; invited: readonly number[] }
  | { to: 'wait' }
  | { to: 'referrer' }

/** Whether an item may still be taken off its agenda: until its meeting begins. From then on the meeting says what becomes of it. */
export const mayArrange = (item: Pick<Item, 'state' | 'mayEdit'>, meeting: Pick<Meeting, 'state'> | undefined): boolean =>
  item.mayEdit && (item.state === 'listed' || item.state === 'sent') && (meeting?.state === 'planned' || meeting?.state === 'sent')

/**
 * Does it with the reason, and writes who sees the item anew: members do not see it until it goes out with its new date, an agency that it is no longer for
 * reads nothing of it any more, one that it is for now is asked. Whoever had been asked is told, in words that name no case.
 */
export async function arrangeItem(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  meeting: Meeting,
  what: Arrangement,
  reason: string,
): Promise<Result<void, 'not-now'>> {
  const held = await sql<{ state: Meeting['state'] }>`
    select m.state from meeting_items i join meetings m on m.id = i.meeting_id
    where i.id = ${item.id} and i.version = ${item.version} and i.meeting_id = ${meeting.id} for update of i`.execute(tx)
  if (!held.rows[0] || !mayArrange(item, held.rows[0])) return no('not-now')
  const seats = (await seatsOfSeries(tx, item.seriesId)).filter(seat => !seat.endedAt)
  const asked = item.state === 'sent' ? seats.filter(seat => isFor(item.invited, seat)) : []
  await sql`update meeting_items set triage_words = ${reason} where id = ${item.id}`.execute(tx)
  if (what.to === 'agencies') {
    await sql`update meeting_items set invited = ${[...what.invited]}::int[], version = version + 1 where id = ${item.id}`.execute(tx)
    await rewriteItem(tx, item.id)
    await auditItem(tx, actor, now, 'meeting-item-agencies-changed', item.id)
    const added = seats.filter(seat => what.invited.includes(seat.principal) && !isFor(item.invited, seat))
    const left = asked.filter(seat => !what.invited.includes(seat.principal))
    if (item.state === 'sent' && added.length > 0) {
      await askForResearch(tx, actor, now, meeting, { ...item, invited: what.invited }, seats)
      await tellSeats(tx, actor, now, item, added, await agendaIsOut(tx, actor, meeting))
    }
    await tellSeats(tx, actor, now, item, left, 'Your agency is no longer asked about a case of a meeting')
    return ok(undefined)
  }
  if (what.to === 'date') await carryOver(tx, actor, now, item, what.meeting)
  else await waitAgain(tx, actor, now, item, what.to === 'wait' ? 'referred' : 'returned')
  await tellSeats(tx, actor, now, item, asked, takenOff[what.to])
  await tellReferrer(tx, actor, now, item, toReferrer[what.to])
  return ok(undefined)
}

const takenOff = {
  date: 'A case that your agency was asked about goes on to another date',
  wait: 'A case that your agency was asked about is no longer on the agenda of a meeting',
  referrer: 'A case that your agency was asked about is no longer on the agenda of a meeting',
} as const
const toReferrer = {
  date: 'A referral of yours goes on to another date of a meeting',
  wait: 'A referral of yours is no longer on the agenda of a meeting, and waits to be triaged again',
  referrer: 'A referral of yours to a meeting has been sent back',
} as const

const isFor = (invited: readonly number[] | null, seat: Pick<Seat, 'principal'>): boolean =>
  invited === null || invited.includes(seat.principal)

/** Those who sit there and may hear of the item. The notice leads to their first page: the item is closed to them. */
async function tellSeats(tx: Tx, actor: Actor, now: Date, item: Item, seats: readonly Seat[], words: string): Promise<void> {
  if (seats.length === 0) return
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from meeting_members where seat_id = any (${seats.map(seat => seat.id)}::uuid[]) and ended_at is null`.execute(
    tx,
  )
  const to = await mayHearOf(
    tx,
    item.withheld,
    rows.map(row => row.userId),
  )
  await tellUsers(tx, now, { to: to.filter(one => one !== actor.userId), kind: 'meeting', words, href: paths.meetings.home })
}
