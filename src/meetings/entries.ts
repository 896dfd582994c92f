import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { circulateEntries, listsForRowOfItem, rewriteItem, wordsPart } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import { auditSeries } from './change-series.ts'
import { itemsAt } from './items.queries.ts'
import type { Item, Meeting, Seat } from './meeting.ts'
import { mayHearOf } from './tell.ts'

/** What was said of an item at a meeting, and what was decided and why: those who run it write them, members read them once the minutes have gone round. */
export type Entry = {
  id: string
  itemId: string
  kind: 'note' | 'decision'
  words: string
  rationale: string
  at: Date
  byId: string
  byName: string
}

export async function entriesOfMeeting(tx: Tx, meetingId: string): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select e.id, e.item_id as "itemId", e.kind, e.words, e.rationale, e.recorded_at as at, e.recorded_by as "byId", u.name as "byName"
    from meeting_entries e join users u on u.id = e.recorded_by where e.meeting_id = ${meetingId} and e.replaced_at is null`.execute(tx)
  return rows
}

/** What was said and decided of an item at any date, the latest first, as far as the actor reads it. */
export async function entriesOfItem(tx: Tx, itemId: string): Promise<(Entry & { meetingAt: Date })[]> {
  const { rows } = await sql<Entry & { meetingAt: Date }>`
    select e.id, e.item_id as "itemId", e.kind, e.words, e.rationale, e.recorded_at as at, e.recorded_by as "byId", u.name as "byName", m.starts_at as "meetingAt"
    from meeting_entries e join users u on u.id = e.recorded_by join meetings m on m.id = e.meeting_id
    where e.item_id = ${itemId} and e.replaced_at is null and e.words <> '' order by m.starts_at desc, e.kind, e.id`.execute(tx)
  return rows
}

/** Words that are kept while they are typed are many revisions: by one person without such a pause they are one act for the audit. */
const spell = 10 * 60_000

/** Writes what stands of a note or a decision; what stood before is kept. One that says nothing new is not written again. */
export async function writeEntry(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  meeting: Meeting,
  entry: Pick<Entry, 'kind' | 'words' | 'rationale'>,
): Promise<void> {
  const audience = item.minutesCirculatedAt ? 'item' : 'running'
  const lists = await listsForRowOfItem(tx, item.id, { audience, part: wordsPart })
  const standing = await sql<{ words: string; rationale: string; isOneSpell: boolean }>`
    select words, rationale, recorded_by = ${actor.userId} and recorded_at > ${new Date(now.getTime() - spell)} as "isOneSpell"
    from meeting_entries where item_id = ${item.id} and meeting_id = ${meeting.id} and kind = ${entry.kind} and replaced_at is null`.execute(
    tx,
  )
  const before = standing.rows[0] ?? { words: '', rationale: '' }
  if (before.words === entry.words && before.rationale === entry.rationale) return
  await sql`
    update meeting_entries set replaced_at = ${now} where item_id = ${item.id} and meeting_id = ${meeting.id} and kind = ${entry.kind} and replaced_at is null`.execute(
    tx,
  )
  await sql`
    insert into meeting_entries (id, item_id, meeting_id, kind, words, rationale, recorded_at, recorded_by, audience, readers, editors, withheld)
    values (${uuid()}, ${item.id}, ${meeting.id}, ${entry.kind}, ${entry.words}, ${entry.rationale}, ${now}, ${actor.userId}, ${audience}, ${lists.readers}::int[], ${lists.editors}::int[],
      ${lists.withheld}::int[])`.execute(tx)
  if (!standing.rows[0]?.isOneSpell)
    await auditItem(tx, actor, now, entry.kind === 'note' ? 'meeting-note-written' : 'meeting-decision-recorded', item.id)
}

type Said = Pick<Entry, 'kind' | 'words' | 'rationale'>

/** What an entry said at the revision that a page was opened at. No such revision: nothing. Holds the item until it is written: one writes after the other. */
export async function entryWas(tx: Tx, itemId: string, meetingId: string, kind: Entry['kind'], id: string): Promise<Said> {
  await sql`select from meeting_items where id = ${itemId} for no key update`.execute(tx)
  if (!isId(id)) return { kind, words: '', rationale: '' }
  const { rows } = await sql<Said>`
    select kind, words, rationale from meeting_entries
    where id = ${id} and item_id = ${itemId} and meeting_id = ${meetingId} and kind = ${kind}`.execute(tx)
  return rows[0] ?? { kind, words: '', rationale: '' }
}

/** What becomes of an entry that was typed beside what stands: words that only one of them changed are that one's; changed by both, neither goes over the other. */
export function changesTo(actor: Actor, typed: Said, was: Said, stands: Entry | undefined): { entry: Said; isConflict: boolean } {
  const isMine = stands?.byId === actor.userId
  const words = put(typed.words, was.words, stands?.words ?? '', isMine)
  const rationale = put(typed.rationale, was.rationale, stands?.rationale ?? '', isMine)
  if (words === undefined || rationale === undefined) return { entry: typed, isConflict: true }
  return { entry: { ...typed, words, rationale }, isConflict: false }
}

/**
 * Undefined where both changed it. Words of one's own that were kept a moment ago, while they were typed, go into what they have become since; of
 * somebody else's it could bring back what they have taken out.
 */
function put(typed: string, was: string, stands: string, isMine: boolean): string | undefined {
  if (typed === was) return stands
  if (stands === was || stands === typed || (isMine && stands !== '' && typed.includes(stands))) return typed
  return undefined
}

/** Marks an item as talked about. */
export async function markDiscussed(tx: Tx, now: Date, item: Item): Promise<void> {
  await sql`update meeting_items set state = 'discussed', discussed_at = ${now}, version = version + 1 where id = ${item.id} and state = 'sent'`.execute(
    tx,
  )
  await rewriteItem(tx, item.id)
}

// ── Who was there ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Attendance = { seatId: string; status: 'present' | 'apologies' | 'absent'; names: string }
export const attendanceWords: Record<Attendance['status'], string> = { present: 'Present', apologies: 'Apologies', absent: 'Not there' }

export async function attendanceOf(tx: Tx, meetingId: string): Promise<Attendance[]> {
  const { rows } = await sql<Attendance>`
    select seat_id as "seatId", status, names from meeting_attendance where meeting_id = ${meetingId} and replaced_at is null`.execute(tx)
  return rows
}

export async function recordAttendance(
  tx: Tx,
  actor: Actor,
  now: Date,
  meeting: Meeting,
  seats: readonly Seat[],
  all: readonly Attendance[],
): Promise<void> {
  const before = new Map((await attendanceOf(tx, meeting.id)).map(one => [one.seatId, one]))
  for (const one of all) {
    const stands = before.get(one.seatId)
    if (!seats.some(seat => seat.id === one.seatId) || (stands && stands.status === one.status && stands.names === one.names)) continue
    await sql`update meeting_attendance set replaced_at = ${now} where meeting_id = ${meeting.id} and seat_id = ${one.seatId} and replaced_at is null`.execute(
      tx,
    )
    await sql`
      insert into meeting_attendance (id, meeting_id, running, seen_by, seat_id, status, names, recorded_at, recorded_by)
      select ${uuid()}, m.id, m.running, m.seen_by, ${one.seatId}, ${one.status}, ${one.names}, ${now}, ${actor.userId} from meetings m where m.id = ${meeting.id}`.execute(
      tx,
    )
  }
  await auditSeries(tx, actor, now, 'meeting-attendance-recorded', meeting.seriesId, { meetingId: meeting.id })
}

/** Whether enough agencies are there. */
export const isQuorate = (quorum: number, attendance: readonly Attendance[]): boolean =>
  attendance.filter(one => one.status === 'present').length >= quorum

// ── Minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

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
