import { sql } from 'kysely'
import { circulateEntries } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import { auditSeries } from './change-series.ts'
import { itemsAt } from './items.queries.ts'
import type { Item, Meeting } from './meeting.ts'
import { mayHearOf } from './tell.ts'

/** Approves the minutes, and then sends them round: members read what was said and decided on the cases that they read. */
export async function approveMinutes(tx: Tx, actor: Actor, now: Date, meeting: Meeting, words: string): Promise<Result<void, 'not-now'>> {
  const approved = await sql`
    update meetings set minutes_words = ${words}, minutes_approved_at = ${now}, minutes_approved_by = ${actor.userId}, version = version + 1
    where id = ${meeting.id} and state = 'held' and minutes_circulated_at is null`.execute(tx)
  if (approved.numAffectedRows !== 1n) return no('not-now')
  await auditSeries(tx, actor, now, 'meeting-minutes-approved', meeting.seriesId, { meetingId: meeting.id })
  return ok(undefined)
}

/**
 * Whether something of what the actor reads was written after the minutes were approved: then they are approved again before they go round. Worked out of
 * what they read, since that something hidden was changed would tell that there is something.
 */
export async function isChangedSince(tx: Tx, meeting: Meeting): Promise<boolean> {
  if (!meeting.minutesApprovedAt || meeting.minutesCirculatedAt) return false
  const { rows } = await sql`
    select from meeting_entries where meeting_id = ${meeting.id} and recorded_at > ${meeting.minutesApprovedAt} limit 1`.execute(tx)
  return rows.length > 0
}

/**
 * What of a date has not gone round with its minutes and is the actor's to send: what was talked about, and of what has gone on to a further date what
 * was said there.
 */
export async function minutesLeft(tx: Tx, actor: Actor, meeting: Meeting): Promise<Item[]> {
  const { rows } = await sql<{ itemId: string }>`
    select distinct item_id as "itemId" from meeting_entries where meeting_id = ${meeting.id} and replaced_at is null and audience <> 'item'`.execute(
    tx,
  )
  const said = new Set(rows.map(row => row.itemId))
  return (await itemsAt(tx, actor, meeting.id)).filter(one => {
    if (one.meetingId !== meeting.id) return one.mayEdit && said.has(one.id)
    return one.mayEdit && !one.minutesCirculatedAt && (one.state === 'discussed' || one.state === 'closed')
  })
}

export async function circulateMinutes(tx: Tx, actor: Actor, now: Date, meeting: Meeting): Promise<Result<void, 'not-now'>> {
  const items = await minutesLeft(tx, actor, meeting)
  if (meeting.minutesCirculatedAt && items.length === 0) return no('not-now')
  if (await isChangedSince(tx, meeting)) return no('not-now')
  const sent = await sql`
    update meetings set minutes_circulated_at = coalesce(minutes_circulated_at, ${now}), version = version + 1
    where id = ${meeting.id} and minutes_approved_at is not null`.execute(tx)
  if (sent.numAffectedRows !== 1n) return no('not-now')
  const told = new Set<string>()
  for (const item of items) {
    await circulateEntries(tx, actor, item.id, meeting.id)
    await sql`
      update meeting_items set minutes_circulated_at = ${now}, version = version + 1 where id = ${item.id} and meeting_id = ${meeting.id}`.execute(
      tx,
    )
    await auditItem(tx, actor, now, 'meeting-minutes-circulated', item.id)
    const { rows } = await sql<{ userId: string }>`
      select m.user_id as "userId" from meeting_members m join meeting_seats s on s.id = m.seat_id
      where m.series_id = ${item.seriesId} and m.ended_at is null and (${item.invited ? [...item.invited] : null}::int[] is null or s.principal = any (${item.invited ? [...item.invited] : null}::int[]))`.execute(
      tx,
    )
    for (const userId of await mayHearOf(
      tx,
      item.withheld,
      rows.map(row => row.userId),
    ))
      told.add(userId)
  }
  const to = [...told].filter(one => one !== actor.userId)
  await tellUsers(tx, now, {
    to,
    kind: 'meeting',
    words: 'The minutes of a meeting have gone round',
    href: paths.meetings.minutes(meeting.id),
  })
  return ok(undefined)
}
