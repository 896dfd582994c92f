import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Lists, listsForPartOfMany } from '../access/index.ts'
import { auditAll } from '../audit/index.ts'
import { addNote, addNoteOnSeveral, correctNote, findNote, noteWordsOf, titleOf } from '../cases/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Attended } from './bookings.queries.ts'
import { followAttendance } from './change-courses.ts'
import { type Attendance, attendanceWords, type Booking, came, type Group, type Session } from './group.ts'

export type Entry = {
  booking: Booking
  attendance: Attendance
  /** Why they did not come. */
  reason: string
  /** What is for this one's record alone. */
  alone: string
}

/** The lists of each case's places and notes, for those whom the actor can record: both parts must be theirs to edit. */
export async function recordable(tx: Tx, actor: Actor, bookings: readonly Booking[]): Promise<Recordable> {
  const caseIds = bookings.filter(one => one.mayEdit).map(one => one.caseId)
  const places = await listsForPartOfMany(tx, caseIds, 'groups')
  const notes = await listsForPartOfMany(tx, caseIds, 'notes')
  const theirs = (lists: Lists | undefined) => lists?.editors.some(one => actor.writePrincipals.includes(one)) ?? false
  return {
    may: booking => booking.mayEdit && theirs(places.get(booking.caseId)) && theirs(notes.get(booking.caseId)),
    places,
    notes,
  }
}
type Recordable = { may: (booking: Booking) => boolean; places: ReadonlyMap<string, Lists>; notes: ReadonlyMap<string, Lists> }

/**
 * Records who came to a session, and the note of it: one contact on the records of those who came, with the words that are for all of them and
 * those that are for one alone (F20), and a note on each who did not that says why. Whoever was recorded already is left as they are.
 */
export async function recordAttendance(
  tx: Tx,
  actor: Actor,
  now: Date,
  { group, session, shared }: { group: Group; session: Session; shared: string },
  entries: readonly Entry[],
): Promise<void> {
  if (!actor.userId) throw new Error('Attendance is recorded by a user.')
  const { may, places, notes } = await recordable(
    tx,
    actor,
    entries.map(one => one.booking),
  )
  if (!entries.every(one => may(one.booking))) throw new Error('Attendance is recorded by those who may edit the case’s groups and notes.')
  const placeOf = ({ booking: { caseId, personId } }: Entry) => ({ caseId, personId, lists: notes.get(caseId)! })
  const noteIds = new Map<Entry, string>()
  const there = entries.filter(one => came(one.attendance))
  if (there.length > 0) {
    const note = { ...noteOf(session), text: [whatIt(group, session), shared].filter(Boolean).join('\n\n'), minutes: lengthOf(session) }
    const title = titleOf(note, await noteWordsOf(tx, group.serviceArea))
    const parts = there.map(one => ({
      place: placeOf(one),
      text: [one.attendance === 'late' ? 'Came late.' : '', one.alone].filter(Boolean).join(' '),
      ownWords: '',
    }))
    const ids = await addNoteOnSeveral(tx, actor, now, { ...note, title }, parts)
    for (const [index, entry] of there.entries()) noteIds.set(entry, ids[index]!)
  }
  for (const entry of entries.filter(one => !came(one.attendance)).sort((a, b) => (a.booking.caseId < b.booking.caseId ? -1 : 1))) {
    const note = {
      ...noteOf(session),
      text: [whatIt(group, session), [`${attendanceWords[entry.attendance]}.`, entry.reason].filter(Boolean).join(' '), entry.alone]
        .filter(Boolean)
        .join('\n\n'),
      outcome: outcomeOf(entry.attendance),
    }
    const title = titleOf(note, await noteWordsOf(tx, group.serviceArea))
    noteIds.set(entry, await addNote(tx, actor, now, placeOf(entry), { ...note, title }))
  }
  for (const entry of entries) {
    const { readers, editors, withheld } = places.get(entry.booking.caseId)!
    await sql`
      insert into group_attendances (id, booking_id, session_id, case_id, attendance, reason, note_id, recorded_at, recorded_by, readers, editors, withheld)
      values (${uuid()}, ${entry.booking.id}, ${session.id}, ${entry.booking.caseId}, ${entry.attendance}, ${entry.reason}, ${noteIds.get(entry)!}, ${now}, ${actor.userId},
        ${readers}::int[], ${editors}::int[], ${withheld}::int[])`.execute(tx)
    if (came(entry.attendance)) await followAttendance(tx, actor, now, session, entry.booking, true)
  }
  await auditAll(
    tx,
    actor,
    now,
    entries.map(({ booking, attendance }) => ({
      action: 'group-attendance-recorded',
      subject: { type: 'group-booking', id: booking.id },
      personId: booking.personId,
      caseId: booking.caseId,
      detail: { sessionId: session.id, attendance },
    })),
  )
}

/** It was otherwise: another row replaces the one before, and the note is corrected by addition, with the reason. */
export async function correctAttendance(
  tx: Tx,
  actor: Actor,
  now: Date,
  { booking, recorded, serviceArea }: { booking: Booking; recorded: Attended; serviceArea: string },
  change: { attendance: Attendance; reason: string; because: string },
): Promise<Result<void, 'corrected-meanwhile'>> {
  const { may, places, notes } = await recordable(tx, actor, [booking])
  if (!may(booking)) throw new Error('Attendance is corrected by those who may edit the case’s groups and notes.')
  const replaced = await sql`update group_attendances set replaced_at = ${now} where id = ${recorded.id} and replaced_at is null`.execute(
    tx,
  )
  if (replaced.numAffectedRows !== 1n) return no('corrected-meanwhile')
  const original = await latestOf(tx, booking.caseId, recorded.noteId)
  const outcome = outcomeOf(change.attendance)
  const said = `Corrected from “${attendanceWords[recorded.attendance]}” to “${attendanceWords[change.attendance]}”.`
  let noteId = recorded.noteId
  if (original) {
    const text = [original.text, [said, change.reason].filter(Boolean).join(' ')].filter(Boolean).join('\n\n')
    const title = titleOf({ ...original, outcome, minutes: null }, await noteWordsOf(tx, serviceArea))
    const place = { caseId: booking.caseId, personId: booking.personId, lists: notes.get(booking.caseId)! }
    const minutes = came(change.attendance) ? lengthOf(recorded) : null
    const corrected = await correctNote(tx, actor, now, place, original, {
      ...original,
      text,
      outcome,
      minutes,
      title,
      reason: change.because,
    })
    // Somebody restricted the note meanwhile and corrected it out of the actor's sight: what was recorded is put right all the same.
    if (corrected.ok) noteId = corrected.value
  }
  const { readers, editors, withheld } = places.get(booking.caseId)!
  await sql`
    insert into group_attendances (id, booking_id, session_id, case_id, attendance, reason, note_id, recorded_at, recorded_by, corrected_because, readers, editors, withheld)
    values (${uuid()}, ${booking.id}, ${recorded.sessionId}, ${booking.caseId}, ${change.attendance}, ${change.reason}, ${noteId}, ${now}, ${actor.userId},
      ${change.because}, ${readers}::int[], ${editors}::int[], ${withheld}::int[])`.execute(tx)
  const session = { id: recorded.sessionId, startsAt: recorded.startsAt, moduleId: recorded.moduleId }
  await followAttendance(tx, actor, now, session, booking, came(change.attendance))
  await auditAll(tx, actor, now, [
    {
      action: 'group-attendance-corrected',
      subject: { type: 'group-booking', id: booking.id },
      personId: booking.personId,
      caseId: booking.caseId,
      detail: { sessionId: recorded.sessionId, attendance: change.attendance, before: recorded.attendance },
    },
  ])
  return ok(undefined)
}

/** The note as it stands: what corrects it, and what corrects that. */
async function latestOf(tx: Tx, caseId: string, noteId: string) {
  let note = await findNote(tx, caseId, noteId)
  while (note?.correctedBy) {
    const next = await findNote(tx, caseId, note.correctedBy)
    if (!next) break
    note = next
  }
  return note
}

const noteOf = (session: Session) => ({
  noteType: 'group',
  happenedAt: session.startsAt,
  facts: '',
  analysis: '',
  ownWords: '',
  namedReaders: null,
})

/** 'Moving on: Sleep and worry' */
const whatIt = (group: Group, session: Session): string => [group.name, session.moduleTitle ?? session.topic].filter(Boolean).join(': ')

const lengthOf = (session: Pick<Session, 'startsAt' | 'endsAt'>): number =>
  Math.min(1_440, Math.round((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000))

/** As notes have it: somebody who was not there was not in touch. */
const outcomeOf = (attendance: Attendance): string =>
  attendance === 'did-not-attend' ? 'did-not-attend' : attendance === 'excused' ? 'cancelled-by-them' : ''
