import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Action } from './actions.ts'
import { askAgain } from './agenda.ts'
import { auditItem } from './change-items.ts'
import { auditSeries } from './change-series.ts'
import { type Entry, markCarriedOver, markDiscussed } from './entries.ts'
import { carryOver, holdLeftOver } from './left-over.ts'
import type { Item, Meeting } from './meeting.ts'

// A date from when it is opened until it has been held.

/** What stands of an item at a date: whether anything was said or set, and whether it was decided, which takes a reason. */
export type Stands = { actions: number; wasSaid: boolean; isDecided: boolean; lacksReason: boolean }
export function whatStandsOf(
  item: Pick<Item, 'id'>,
  meeting: Pick<Meeting, 'id'>,
  entries: readonly Entry[],
  actions: readonly Action[],
): Stands {
  const said = entries.filter(one => one.itemId === item.id && one.words)
  const set = actions.filter(one => one.itemId === item.id && one.meetingId === meeting.id && one.state !== 'cancelled').length
  const decision = said.find(one => one.kind === 'decision')
  return {
    actions: set,
    wasSaid: said.length > 0 || set > 0,
    isDecided: decision !== undefined && decision.rationale !== '',
    lacksReason: decision !== undefined && decision.rationale === '',
  }
}

export async function openMeeting(tx: Tx, actor: Actor, now: Date, meeting: Meeting): Promise<Result<void, 'not-now'>> {
  const opened =
    await sql`update meetings set state = 'open', opened_at = ${now}, version = version + 1 where id = ${meeting.id} and state = 'sent'`.execute(
      tx,
    )
  if (opened.numAffectedRows !== 1n) return no('not-now')
  await auditSeries(tx, actor, now, 'meeting-opened', meeting.seriesId, { meetingId: meeting.id })
  return ok(undefined)
}

/** Nothing was said, decided or set since it was opened: who was there may have been. */
const nothingSaid = sql`not exists (
    select from meeting_entries e where e.meeting_id = m.id and e.replaced_at is null and e.words <> '' and e.recorded_at >= m.opened_at)
  and not exists (select from meeting_actions t where t.meeting_id = m.id and t.set_at >= m.opened_at)
  and not exists (select from meeting_items i where i.meeting_id = m.id and i.discussed_at >= m.opened_at)`

/** Whether a meeting that was opened too early can be closed again: while nothing has been said at it. */
export async function mayTakeBack(tx: Tx, meeting: Meeting): Promise<boolean> {
  if (meeting.state !== 'open') return false
  const { rows } = await sql`select from meetings m where m.id = ${meeting.id} and ${nothingSaid}`.execute(tx)
  return rows.length > 0
}

export async function takeBackOpening(tx: Tx, actor: Actor, now: Date, meeting: Meeting): Promise<Result<void, 'not-now'>> {
  const closed = await sql`
    update meetings m set state = 'sent', opened_at = null, version = version + 1 where m.id = ${meeting.id} and m.state = 'open' and ${nothingSaid}`.execute(
    tx,
  )
  if (closed.numAffectedRows !== 1n) return no('not-now')
  await auditSeries(tx, actor, now, 'meeting-opening-taken-back', meeting.seriesId, { meetingId: meeting.id })
  return ok(undefined)
}

/** Of each case that was not done: whether it was heard, or goes on to the next date. */
export type Finishing = { heard: readonly Item[]; goesOn: readonly { item: Item; wasSaid: boolean }[]; next: Meeting | undefined }

/**
 * Ends a meeting. Ended by somebody who is kept from one of its items: who sees that finishes it later in the same way. What goes on closes to its members
 * until the next agenda is sent, unless something was said or set of it: they go on reading what they have been given to do.
 */
export async function finishMeeting(
  tx: Tx,
  actor: Actor,
  now: Date,
  meeting: Meeting,
  { heard, goesOn, next }: Finishing,
): Promise<Result<void, 'not-now' | 'changed-meanwhile'>> {
  if (goesOn.length > 0 && !next) return no('not-now')
  const left = await holdLeftOver(tx, actor, meeting.id)
  const settled = new Set([...heard, ...goesOn.map(one => one.item)].map(one => one.id))
  if (left.length !== settled.size || left.some(one => !settled.has(one.id))) return no('changed-meanwhile')
  const held =
    await sql`update meetings set state = 'held', held_at = ${now}, version = version + 1 where id = ${meeting.id} and state = 'open'`.execute(
      tx,
    )
  if (held.numAffectedRows !== 1n && (meeting.state !== 'held' || left.length === 0)) return no('not-now')
  for (const item of heard) {
    await markDiscussed(tx, now, item)
    await auditItem(tx, actor, now, 'meeting-item-heard', item.id)
  }
  for (const { item, wasSaid } of goesOn) {
    await markCarriedOver(tx, actor, now, item, meeting)
    await carryOver(tx, actor, now, item, next!)
    if (wasSaid && item.state === 'sent') await keepOpen(tx, actor, now, item, next!)
  }
  await auditSeries(tx, actor, now, 'meeting-held', meeting.seriesId, { meetingId: meeting.id, carriedOver: goesOn.length })
  return ok(undefined)
}

/** Leaves an item that goes on to a further date open to those who have read it, and asks those of them who have not answered. */
async function keepOpen(tx: Tx, actor: Actor, now: Date, item: Item, meeting: Meeting): Promise<void> {
  await sql`update meeting_items set state = 'sent', version = version + 1 where id = ${item.id} and state = 'listed'`.execute(tx)
  await rewriteItem(tx, item.id)
  await askAgain(tx, actor, now, item, meeting)
}
