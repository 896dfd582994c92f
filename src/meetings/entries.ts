import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, partsKeptFrom, rewriteItem, wordsPart } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { auditItem } from './change-items.ts'
import { auditSeries } from './change-series.ts'
import type { Item, Meeting, Seat } from './meeting.ts'

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
    from meeting_entries e join users u on u.id = e.recorded_by where e.meeting_id = ${meetingId} and e.replaced_at is null and e.kind <> 'carried-over'`.execute(
    tx,
  )
  return rows
}

/** Whether it stands in minutes as they were approved. */
export const isApproved = ({ words, at }: Entry, { minutesApprovedAt }: Meeting): boolean =>
  words !== '' && minutesApprovedAt !== null && at <= minutesApprovedAt

/** What was said and decided of an item at any date, the latest first, as far as the actor reads it. */
export async function entriesOfItem(tx: Tx, itemId: string): Promise<(Entry & { meetingAt: Date })[]> {
  const { rows } = await sql<Entry & { meetingAt: Date }>`
    select e.id, e.item_id as "itemId", e.kind, e.words, e.rationale, e.recorded_at as at, e.recorded_by as "byId", u.name as "byName", m.starts_at as "meetingAt"
    from meeting_entries e join users u on u.id = e.recorded_by join meetings m on m.id = e.meeting_id
    where e.item_id = ${itemId} and e.replaced_at is null and e.words <> '' order by m.starts_at desc, e.kind, e.id`.execute(tx)
  return rows
}

/** Words that are kept while they are typed are many revisions: by one person without such a pause they are one act for the audit. */
export const spell = 10 * 60_000

/** Writes what stands of a note or a decision; what stood before is kept. One that says nothing new is not written again. `because`: why approved minutes are changed. */
export async function writeEntry(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  meeting: Meeting,
  entry: Pick<Entry, 'kind' | 'words' | 'rationale'>,
  because = '',
): Promise<void> {
  const audience = item.minutesCirculatedAt ? 'item' : 'running'
  const lists = await listsForRowOfItem(tx, item.id, { audience, part: wordsPart })
  const standing = await sql<{ words: string; rationale: string; isOneSpell: boolean; because: string }>`
    select words, rationale, recorded_by = ${actor.userId} and recorded_at > ${new Date(now.getTime() - spell)} as "isOneSpell",
      case when recorded_at > ${meeting.minutesApprovedAt}::timestamptz then changed_because else '' end as because
    from meeting_entries where item_id = ${item.id} and meeting_id = ${meeting.id} and kind = ${entry.kind} and replaced_at is null`.execute(
    tx,
  )
  const before = standing.rows[0] ?? { words: '', rationale: '' }
  if (before.words === entry.words && before.rationale === entry.rationale) return
  // The reason holds for all that is written until they are approved again.
  const why = because || (standing.rows[0]?.because ?? '')
  await sql`
    update meeting_entries set replaced_at = ${now} where item_id = ${item.id} and meeting_id = ${meeting.id} and kind = ${entry.kind} and replaced_at is null`.execute(
    tx,
  )
  await sql`
    insert into meeting_entries (id, item_id, meeting_id, kind, words, rationale, changed_because, recorded_at, recorded_by, audience, readers, editors, withheld)
    values (${uuid()}, ${item.id}, ${meeting.id}, ${entry.kind}, ${entry.words}, ${entry.rationale}, ${why}, ${now}, ${actor.userId}, ${audience}, ${lists.readers}::int[], ${lists.editors}::int[],
      ${lists.withheld}::int[])`.execute(tx)
  if (!standing.rows[0]?.isOneSpell || because)
    await auditItem(tx, actor, now, entry.kind === 'note' ? 'meeting-note-written' : 'meeting-decision-recorded', item.id, {
      ...(because ? { afterApproval: true } : {}),
    })
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

/** Writes down that an item was on a date's agenda and goes on to a later one. By somebody from whom its words are kept: that is for others to write. */
export async function markCarriedOver(tx: Tx, actor: Actor, now: Date, item: Item, meeting: Pick<Meeting, 'id'>): Promise<void> {
  if ((await partsKeptFrom(tx, actor, item.id)).includes(wordsPart)) return
  const lists = await listsForRowOfItem(tx, item.id, { audience: 'running', part: wordsPart })
  await sql`
    insert into meeting_entries (id, item_id, meeting_id, kind, words, recorded_at, recorded_by, audience, readers, editors, withheld)
    select ${uuid()}, ${item.id}, ${meeting.id}, 'carried-over', '', ${now}, ${actor.userId}, 'running', ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[]
    where not exists (select from meeting_entries where item_id = ${item.id} and meeting_id = ${meeting.id} and kind = 'carried-over')`.execute(
    tx,
  )
}

/** The items of a date that went on from it, as far as the actor reads what was written of them there. */
export async function carriedOverFrom(tx: Tx, meetingId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ itemId: string }>`
    select item_id as "itemId" from meeting_entries where meeting_id = ${meetingId} and kind = 'carried-over'`.execute(tx)
  return new Set(rows.map(row => row.itemId))
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
