import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, rewriteItem, seatsOfItem } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import { auditSeries } from './change-series.ts'
import { agendaOf } from './items.queries.ts'
import type { Item, Meeting, Seat } from './meeting.ts'
import { findSeries, seatsOfSeries } from './series.queries.ts'
import { mayHearOf } from './tell.ts'

/**
 * When each item begins, in the order of the agenda. Shown to those who run the meeting alone: to a member whose agency an item is kept from, the gap
 * would say that there is one (decision 25).
 */
export function slots(startsAt: Date, items: readonly Pick<Item, 'id' | 'minutes'>[]): ReadonlyMap<string, Date> {
  let at = startsAt.getTime()
  const times = new Map<string, Date>()
  for (const { id, minutes } of items) {
    times.set(id, new Date(at))
    at += minutes * 60_000
  }
  return times
}

/** What was moved takes the place that it was given, counted from 1, and the others keep their order around it. */
export function inNewOrder<T extends { place: number }>(items: readonly T[]): T[] {
  const isMoved = (one: T) => one.place !== items.indexOf(one) + 1
  const order = items.filter(one => !isMoved(one))
  for (const one of items.filter(isMoved).sort((a, b) => a.place - b.place)) order.splice(one.place - 1, 0, one)
  return order
}

/** Puts items in this order with this many minutes each. What the actor does not see keeps its place. */
export async function orderAgenda(
  tx: Tx,
  actor: Actor,
  now: Date,
  meeting: Meeting,
  order: readonly { itemId: string; position: number; minutes: number }[],
): Promise<void> {
  for (const { itemId, position, minutes } of order)
    await sql`
      update meeting_items set position = ${position}, minutes = ${minutes}, version = version + 1
      where id = ${itemId} and meeting_id = ${meeting.id} and (position, minutes) is distinct from (${position}::int, ${minutes}::int)`.execute(
      tx,
    )
  await auditSeries(tx, actor, now, 'meeting-agenda-ordered', meeting.seriesId, { meetingId: meeting.id })
}

/** 'The agenda of Porthkerris MARAC on 02/12/2026 is out: see what your agency is asked for' */
export async function agendaIsOut(tx: Tx, actor: Actor, { seriesId, startsAt }: Pick<Meeting, 'seriesId' | 'startsAt'>): Promise<string> {
  const series = await findSeries(tx, actor, seriesId)
  return `The agenda of ${series?.name ?? 'a meeting'} on ${formatDate(londonDate(startsAt))} is out: see what your agency is asked for`
}

/**
 * Sends the agenda: its items open to the seats that they are for, each of which is asked what it knows. Sent again after an item was added, only that
 * one goes out.
 */
export async function sendAgenda(tx: Tx, actor: Actor, now: Date, meeting: Meeting): Promise<Result<number, 'nothing-to-send'>> {
  const items = (await agendaOf(tx, actor, meeting.id)).filter(one => one.state === 'listed' && one.mayEdit)
  if (items.length === 0 || meeting.state === 'held' || meeting.state === 'cancelled') return no('nothing-to-send')
  const seats = await seatsOfSeries(tx, meeting.seriesId)
  await sql`
    update meetings set state = case when state = 'planned' then 'sent' else state end, sent_at = coalesce(sent_at, ${now}), version = version + 1
    where id = ${meeting.id}`.execute(tx)
  const told = new Set<string>()
  for (const item of items) {
    await sql`update meeting_items set state = 'sent', version = version + 1 where id = ${item.id} and state = 'listed'`.execute(tx)
    await rewriteItem(tx, item.id)
    await auditItem(tx, actor, now, 'meeting-agenda-sent', item.id)
    const asked = await askForResearch(tx, actor, now, meeting, item, seats)
    for (const one of asked) told.add(one)
  }
  await tellUsers(tx, now, {
    to: [...told].filter(one => one !== actor.userId),
    kind: 'meeting',
    words: await agendaIsOut(tx, actor, meeting),
    href: paths.meetings.home,
  })
  return ok(items.length)
}

/** Asks each seat that an item is for what its agency knows; answers the users who sit there and may hear of it. */
export async function askForResearch(
  tx: Tx,
  actor: Actor,
  now: Date,
  meeting: Meeting,
  item: Item,
  seats: readonly Seat[],
): Promise<string[]> {
  const asked = await seatsOfItem(tx, actor, item.id)
  const dueOn = sql`greatest(${meeting.researchDueOn}::date, ${londonDate(now)}::date)`
  // What came along from the date before and has not been answered is wanted for this one.
  await sql`
    update meeting_research set due_on = ${dueOn} where item_id = ${item.id} and meeting_id = ${meeting.id} and state in ('asked', 'begun')`.execute(
    tx,
  )
  for (const seat of seats.filter(one => asked.includes(one.principal))) {
    const lists = await listsForRowOfItem(tx, item.id, { audience: 'running', own: [seat.principal] })
    await sql`
      insert into meeting_research (id, item_id, meeting_id, seat_id, state, due_on, asked_at, own, audience, readers, editors, withheld)
      values (${uuid()}, ${item.id}, ${meeting.id}, ${seat.id}, 'asked', ${dueOn}, ${now}, ${[seat.principal]}::int[], 'running',
        ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])
      on conflict (item_id, meeting_id, seat_id) do nothing`.execute(tx)
  }
  const { rows } = await sql<{ userId: string }>`
    select m.user_id as "userId" from meeting_members m join meeting_seats s on s.id = m.seat_id
    where m.series_id = ${item.seriesId} and m.ended_at is null and s.principal = any (${asked}::int[])`.execute(tx)
  return mayHearOf(
    tx,
    item.withheld,
    rows.map(row => row.userId),
  )
}

/** Puts an item that was talked about on a further date: its agencies are asked anew at once, since it is theirs to read already. */
export async function bringAgain(tx: Tx, actor: Actor, now: Date, item: Item, meeting: Meeting): Promise<Result<void, 'not-now'>> {
  const brought = await sql`
    update meeting_items set meeting_id = ${meeting.id}, state = 'sent', papers_circulated_at = null, minutes_circulated_at = null, version = version + 1,
      position = (select coalesce(max(position), 0) + 1 from meeting_items i where i.meeting_id = ${meeting.id})
    where id = ${item.id} and state = 'discussed' and meeting_id <> ${meeting.id}`.execute(tx)
  if (brought.numAffectedRows !== 1n) return no('not-now')
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, 'meeting-item-brought-again', item.id)
  await askAgain(tx, actor, now, item, meeting)
  return ok(undefined)
}

/** Asks the agencies of an item that is theirs to read already what they bring to this date. Its agenda is out from then on, with this on it. */
export async function askAgain(tx: Tx, actor: Actor, now: Date, item: Item, meeting: Meeting): Promise<void> {
  await sql`update meetings set state = 'sent', sent_at = coalesce(sent_at, ${now}), version = version + 1 where id = ${meeting.id} and state = 'planned'`.execute(
    tx,
  )
  const to = await askForResearch(tx, actor, now, meeting, item, await seatsOfSeries(tx, meeting.seriesId))
  await tellUsers(tx, now, {
    to: to.filter(one => one !== actor.userId),
    kind: 'meeting',
    words: 'A meeting asks again what your agency brings',
    href: paths.meetings.home,
    meetingItemId: item.id,
  })
}
