import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { nameTextReaders } from '../../texts/index.ts'
import { type PartOfCase, signedFor } from '../part-of-case.ts'
import { recordOnTimeline } from '../timeline/record-on-timeline.ts'
import { gistOf, type NewNote, type Note, notAContact, notInTouch, quoted } from './note.ts'
import { historyOf } from './notes.queries.ts'
import { writeNoteTexts } from './texts-of-notes.ts'

/** What the part of the case that is being written to must be known by: `openPartToEdit` answers it. */
export type Place = Pick<PartOfCase, 'caseId' | 'personId' | 'lists'>

/** A new note and what the timeline calls it: `titleOf` says how. */
export type TitledNote = NewNote & { title: string }

/**
 * Records a note: its row, its line in the timeline, the case's last contact, its audit. The actor must be able to edit the notes of the
 * case: row-level security refuses otherwise.
 */
export async function addNote(tx: Tx, actor: Actor, now: Date, place: Place, note: TitledNote): Promise<string> {
  return addPart(tx, actor, now, place, note, randomUUID())
}

/** What one person's record gets of a note on several: the shared words, and these beside them. */
export type PartOfNote = { place: Place; text: string; ownWords: string; heardBy?: string }

/**
 * Records one contact with several people (F20): a note on each one's case, with the words that are for all of them and those that are for this
 * record alone. Each is a note like any other, under the lists of its own case, and holds no sign of the others: whoever may see one of the
 * people only never learns that somebody else was there, unless the shared words say so. Answers the notes' ids in the order given.
 */
export async function addNoteOnSeveral(
  tx: Tx,
  actor: Actor,
  now: Date,
  shared: TitledNote,
  parts: readonly PartOfNote[],
): Promise<string[]> {
  const contactId = randomUUID()
  const ids: string[] = []
  // Cases are held in one order by everybody who holds several.
  for (const part of [...parts].sort((a, b) => (a.place.caseId < b.place.caseId ? -1 : 1))) {
    const text = [shared.text, part.text].filter(Boolean).join('\n\n')
    const note = { ...shared, text, ownWords: part.ownWords, heardBy: part.heardBy ?? '' }
    ids[parts.indexOf(part)] = await addPart(tx, actor, now, part.place, note, contactId)
  }
  return ids
}

async function addPart(tx: Tx, actor: Actor, now: Date, place: Place, note: TitledNote, contactId: string): Promise<string> {
  const namedReaders = note.namedReaders && withAuthor(actor, note.namedReaders)
  const id = uuid()
  await insert(tx, actor, now, place, id, { ...note, namedReaders }, { contactId, corrects: null, reason: '' })
  await tell(tx, actor, place, id, { ...note, namedReaders })
  await audit(tx, actor, now, {
    ...about('case-note-added', place, id),
    detail: { noteType: note.noteType, happenedAt: note.happenedAt, restricted: namedReaders !== null },
  })
  return id
}

/**
 * Corrects a note by another one. Whoever may read the first may read the second; the first stays as it was, and can be corrected once:
 * after that its correction is what is wrong, if anything is.
 */
export async function correctNote(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  original: Note,
  correction: Omit<TitledNote, 'namedReaders'> & { reason: string },
): Promise<Result<string, 'already-corrected'>> {
  const id = uuid()
  const namedReaders = original.namedReaders
  const added = await insert(
    tx,
    actor,
    now,
    place,
    id,
    { ...correction, namedReaders },
    // A correction is of this record alone: what the others of the contact say is corrected there.
    { contactId: randomUUID(), corrects: original.id, reason: correction.reason },
  )
  if (!added) return no('already-corrected')
  await tell(tx, actor, place, id, { ...correction, namedReaders, title: `${correction.title}, corrected` })
  await audit(tx, actor, now, {
    ...about('case-note-corrected', place, id),
    detail: { corrects: original.id, noteType: correction.noteType },
  })
  return ok(id)
}

/** Says who may read a note, what it corrected and what corrected it: the people named, or with null everyone who may read the notes. */
export async function nameReaders(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  note: Note,
  chosen: readonly number[] | null,
  reason: string,
): Promise<void> {
  const history = await historyOf(tx, note)
  const authors = await tx
    .selectFrom('users')
    .select('principal')
    .where(
      'id',
      'in',
      history.map(one => one.authorId),
    )
    .execute()
  const named = chosen && [...new Set([...chosen, actor.principal, ...authors.map(one => one.principal)])].sort((a, b) => a - b)
  const ids = history.map(one => one.id)
  await sql`update case_notes set named_readers = ${named}::int[], named_because = ${reason} where id = any (${ids}::uuid[])`.execute(tx)
  await sql`update timeline_entries set named_readers = ${named}::int[] where source_id = any (${ids}::uuid[]) and source_type = 'case-note'`.execute(
    tx,
  )
  await nameTextReaders(tx, 'note', ids, named)
  await noteLastContact(tx, place.caseId)
  await audit(tx, actor, now, { ...about('case-note-readers-changed', place, note.id), detail: { named } })
}

async function insert(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Place,
  id: string,
  note: NewNote,
  { contactId, corrects, reason }: { contactId: string; corrects: string | null; reason: string },
): Promise<boolean> {
  if (!actor.userId) throw new Error('A case note has an author.')
  const added = await tx
    .insertInto('case_notes')
    .values({
      id,
      case_id: place.caseId,
      note_type: note.noteType,
      happened_at: note.happenedAt,
      recorded_at: now,
      recorded_by: actor.userId,
      recorded_for: signedFor(actor, place),
      text: note.text,
      facts: note.facts,
      analysis: note.analysis,
      own_words: note.ownWords,
      heard_by: note.heardBy ?? '',
      minutes: note.minutes ?? null,
      outcome: note.outcome ?? '',
      details: JSON.stringify(note.details ?? {}),
      contact_id: contactId,
      corrects,
      correction_reason: reason,
      named_readers: note.namedReaders && [...note.namedReaders],
      ...place.lists,
    })
    .onConflict(conflict => conflict.column('corrects').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return false
  await writeNoteTexts(tx, [id])
  await noteLastContact(tx, place.caseId)
  return true
}

/** The note's line in the timeline, and one of its own for what the person said (F6): dated, and found by itself. */
async function tell(tx: Tx, actor: Actor, place: Place, id: string, note: TitledNote): Promise<void> {
  const line = {
    caseId: place.caseId,
    at: note.happenedAt,
    part: 'notes',
    source: { type: 'case-note', id },
    href: paths.notes.show(place.caseId, id),
    actor,
    namedReaders: note.namedReaders,
    lists: place.lists,
  }
  await recordOnTimeline(tx, { ...line, kind: 'contact', title: note.title, summary: gistOf(note) })
  if (!note.ownWords) return
  const heard = `heard by ${note.heardBy || actor.name}`
  await recordOnTimeline(tx, { ...line, kind: 'own-words', title: `Their own words, ${heard}`, summary: quoted(note.ownWords) })
}

/**
 * The case's last contact, by the notes that stand. Restricted notes are left out: the caseload would tell of them. Somebody who may write
 * notes alone cannot write the caseload, and leaves it to the next who can.
 */
async function noteLastContact(tx: Tx, caseId: string): Promise<void> {
  await sql`
    update caseload_entries set (last_contact_at, last_contact) = (
      select max(l.happened_at), coalesce(max(l.label), '') from (
        select n.happened_at, (select o.label from list_options o where o.list = 'note-type' and o.code = n.note_type order by o.service_area limit 1) as label
        from case_notes n
        where n.case_id = ${caseId} and n.note_type <> ${notAContact} and n.named_readers is null and ${inTouch}
          and not exists (select from case_notes c where c.corrects = n.id)
        order by n.happened_at desc, n.id desc limit 1) as l)
    where case_id = ${caseId}`.execute(tx)
}

/** Somebody was in touch with the person: a call without an answer is on the record and is no contact. */
export const inTouch = sql`n.outcome <> all (${[...notInTouch]}::text[])`

const withAuthor = (actor: Actor, chosen: readonly number[]): number[] => [...new Set([actor.principal, ...chosen])].sort((a, b) => a - b)

const about = (action: string, place: Place, id: string) => ({
  action,
  subject: { type: 'case-note', id },
  personId: place.personId,
  caseId: place.caseId,
})
