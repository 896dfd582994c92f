import { sql } from 'kysely'
import { rewriteItem } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { type Actor, asActor, theSystem } from '../platform/actor.ts'
import { type Clock, londonDate, startOfDay } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { addDays } from '../platform/plain-date.ts'
import { openActionsOfSeries } from './actions.ts'
import { auditItem } from './change-items.ts'
import { itemsToClose, unfinishedItems } from './items.queries.ts'
import { tellWhereNobodyRuns } from './kept-elsewhere.ts'
import { leftOver } from './left-over.ts'
import type { Item, Series } from './meeting.ts'
import { remindOfReviews } from './remind-of-reviews.ts'
import { chaseResearch } from './research.ts'
import { allSeries, comingOf, findMeeting } from './series.queries.ts'
import { mayHearOf } from './tell.ts'

export type TendingParts = { database: Database; clock: Clock; actorOf: (userId: string) => Promise<Actor | undefined> }

/**
 * What those who run meetings need not remember: reminds agencies of what is wanted today and of what is late, and closes to members what their rule says.
 * It acts as each of those who run them, with their rights: of an item that is kept from one of them, another's turn takes care; of one that is kept from all
 * of them the authority is told.
 */
export async function tendMeetings({ database, clock, actorOf }: TendingParts): Promise<void> {
  const running = await asActor(database, theSystem('meetings'), 'read', async tx => {
    const { rows } = await sql<{ userId: string }>`
      select distinct user_id as "userId" from meeting_members where seat_id is null and ended_at is null order by 1`.execute(tx)
    return rows
  })
  await asActor(database, theSystem('meetings'), 'write', tx => tellWhereNobodyRuns(tx, clock.now(), 'all'))
  for (const { userId } of running) {
    const actor = await actorOf(userId)
    if (!actor) continue
    await asActor(database, actor, 'write', async tx => {
      for (const series of (await allSeries(tx, actor)).filter(one => one.runs)) await tend(tx, actor, clock.now(), series)
    })
  }
}

async function tend(tx: Tx, actor: Actor, now: Date, series: Series): Promise<void> {
  for (const meeting of await comingOf(tx, series.id))
    if (meeting.state === 'sent' && meeting.researchDueOn <= londonDate(now))
      await chaseResearch(tx, actor, now, meeting, startOfDay(londonDate(now)))
  await chaseActions(tx, actor, now, series)
  await remindOfReviews(tx, actor, now, series)
  for (const item of leftOver(await unfinishedItems(tx, actor, series.id))) await tellOfUnfinished(tx, actor, now, item)
  const closes = startOfDay(addDays(londonDate(now), -series.closesAfterDays))
  for (const item of (await itemsToClose(tx, actor, series.id, closes)).filter(one => one.mayEdit)) {
    await sql`update meeting_items set state = 'closed', closed_at = ${now}, version = version + 1 where id = ${item.id} and state = 'discussed'`.execute(
      tx,
    )
    await rewriteItem(tx, item.id)
    await auditItem(tx, actor, now, 'meeting-item-closed', item.id)
  }
}

/** Says once a week to whoever runs it that a case of a date that has been held waits: whoever ended that meeting may have been kept from it. */
async function tellOfUnfinished(tx: Tx, actor: Actor, now: Date, item: Item): Promise<void> {
  const meeting = await findMeeting(tx, item.meetingId ?? '')
  if (!meeting) return
  const href = meeting.state === 'held' ? paths.meetings.run(meeting.id, item.id) : paths.meetings.cancelDate(meeting.id)
  const told = await sql`
    select from notices where user_id = ${actor.userId}::uuid and meeting_item_id = ${item.id} and href = ${href}
      and at >= ${startOfDay(addDays(londonDate(now), -6))}`.execute(tx)
  if (told.rows.length > 0) return
  const words =
    meeting.state === 'held'
      ? 'A case of a meeting that has been held is not finished'
      : 'A case of a meeting that was cancelled waits for a date'
  await tellUsers(tx, now, { to: [actor.userId!], kind: 'meeting', words, href, meetingItemId: item.id })
}

/** Reminds whoever answers for an action that is late: once a week for each. */
async function chaseActions(tx: Tx, actor: Actor, now: Date, series: Series): Promise<void> {
  for (const action of await openActionsOfSeries(tx, actor, series.id)) {
    if (action.dueOn >= londonDate(now)) continue
    const chased = await sql`
      update meeting_actions set chased_at = ${now} where id = ${action.id} and (chased_at is null or chased_at < ${startOfDay(addDays(londonDate(now), -6))})`.execute(
      tx,
    )
    if (chased.numAffectedRows !== 1n) continue
    const { rows } = action.workerId
      ? { rows: [{ userId: action.workerId }] }
      : await sql<{
          userId: string
        }>`select user_id as "userId" from meeting_members where seat_id = ${action.seatId} and ended_at is null`.execute(tx)
    const to = await mayHearOf(
      tx,
      action.withheld,
      rows.map(row => row.userId),
    )
    await tellUsers(tx, now, {
      to,
      kind: 'meeting',
      words: 'An action that a meeting gave you is overdue',
      href: paths.meetings.action(action.id),
      meetingActionId: action.id,
    })
    await auditItem(tx, actor, now, 'meeting-action-chased', action.itemId, { actionId: action.id })
  }
}
