import { sql } from 'kysely'
import { letTheUnseenWait } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { addDays } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditSeries, holdSeries } from './change-series.ts'
import { whenInWords } from './frame.tsx'
import { carryOver, holdLeftOver, waitAgain } from './left-over.ts'
import type { Meeting, Series } from './meeting.ts'
import { tellThoseWhoRun } from './tell.ts'

/** Moves a date that has not begun. What agencies are asked for it is wanted by the day that follows from the new one. */
export async function moveMeeting(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: Series,
  meeting: Meeting,
  to: { startsAt: Date; place: string },
): Promise<Result<void, 'not-now' | 'meets-then'>> {
  // As whoever adds dates does: of two who give the series a date at one time, the second finds the first.
  await holdSeries(tx, series)
  const there = await sql`
    select from meetings where series_id = ${series.id} and id <> ${meeting.id} and starts_at = ${to.startsAt} and state <> 'cancelled'`.execute(
    tx,
  )
  if (there.rows.length > 0) return no('meets-then')
  const dueOn = addDays(londonDate(to.startsAt), -series.researchDays)
  const moved = await sql`
    update meetings set starts_at = ${to.startsAt}, place = ${to.place}, research_due_on = ${dueOn}, version = version + 1
    where id = ${meeting.id} and version = ${meeting.version} and state in ('planned', 'sent')`.execute(tx)
  if (moved.numAffectedRows !== 1n) return no('not-now')
  await sql`
    update meeting_research set due_on = greatest(${dueOn}::date, ${londonDate(now)}::date)
    where meeting_id = ${meeting.id} and state in ('asked', 'begun')`.execute(tx)
  await auditSeries(tx, actor, now, 'meeting-date-moved', series.id, {
    meetingId: meeting.id,
    from: londonDate(meeting.startsAt),
    to: londonDate(to.startsAt),
  })
  await tellAll(tx, actor, now, meeting, `${series.name} has been moved to ${whenInWords(to.startsAt)}`)
  return ok(undefined)
}

/**
 * Cancels a date that has not begun. Its cases go to another date, or back to be triaged; those that are kept from whoever cancels go back, and whoever runs the
 * meeting and sees them is told.
 */
export async function cancelMeeting(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: Series,
  meeting: Meeting,
  { reason, next }: { reason: string; next: Meeting | undefined },
): Promise<Result<number, 'not-now'>> {
  const left = await holdLeftOver(tx, actor, meeting.id)
  const cancelled = await sql`
    update meetings set state = 'cancelled', cancelled_at = ${now}, cancelled_by = ${actor.userId}, cancelled_reason = ${reason}, version = version + 1
    where id = ${meeting.id} and state in ('planned', 'sent')`.execute(tx)
  const isNew = cancelled.numAffectedRows === 1n
  if (!isNew && (meeting.state !== 'cancelled' || left.length === 0)) return no('not-now')
  for (const item of left) await (next ? carryOver(tx, actor, now, item, next) : waitAgain(tx, actor, now, item))
  await auditSeries(tx, actor, now, 'meeting-date-cancelled', series.id, { meetingId: meeting.id })
  if (!isNew) return ok(left.length)
  for (const item of await letTheUnseenWait(tx, meeting.id))
    await tellThoseWhoRun(
      tx,
      actor,
      now,
      { ...item, seriesId: series.id },
      'A case of a meeting that was cancelled waits to be triaged again',
    )
  await tellAll(tx, actor, now, meeting, `${series.name} on ${whenInWords(meeting.startsAt)} has been cancelled`)
  return ok(left.length)
}

/** Everybody who sits in a series or runs it, but whoever does it: they know of the date, and this says nothing of what is on it. */
async function tellAll(tx: Tx, actor: Actor, now: Date, meeting: Meeting, words: string): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select distinct user_id as "userId" from meeting_members where series_id = ${meeting.seriesId} and ended_at is null`.execute(tx)
  const to = rows.map(row => row.userId).filter(one => one !== actor.userId)
  await tellUsers(tx, now, { to, kind: 'meeting', words, href: paths.meetings.date(meeting.id) })
}
