import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPartOfMany } from '../../access/index.ts'
import { auditAll } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { shortened } from '../timeline/record-on-timeline.ts'
import { gistOf, notAContact } from './note.ts'
import { inTouch } from './record-note.ts'
import { writeNoteTexts } from './texts-of-notes.ts'

/** A note that an old system had, read and checked. */
export type NoteToTakeOver = {
  caseId: string
  /** A code of the list note-type. */
  noteType: string
  /** Its line in the timeline: what the type is called, here or there. */
  title: string
  happenedAt: Date
  text: string
  /** Who wrote it there, if they are a user here. */
  author: { userId: string; name: string } | null
  /** Who wrote it, as the old system said it; '' where it did not. */
  authorWords: string
}

/**
 * Records many notes that an old system had: their rows, their lines in the timeline, the cases' last contacts, their audit. A note is its
 * author's where they are a user here; else it is the actor's, and says who wrote it. Answers the ids in the order given, null where the actor
 * may not (any longer) edit the notes of that case.
 */
export async function takeOverNotes(
  tx: Tx,
  actor: Actor,
  now: Date,
  system: string,
  notes: readonly NoteToTakeOver[],
): Promise<(string | null)[]> {
  if (!actor.userId) throw new Error('A case note has an author.')
  const caseIds = [...new Set(notes.map(note => note.caseId))]
  const lists = await listsForPartOfMany(tx, caseIds, 'notes')
  const mayEdit = (caseId: string) => {
    const of = lists.get(caseId)
    const meets = (some: readonly number[], others: readonly number[]) => some.some(one => others.includes(one))
    return of !== undefined && meets(of.editors, actor.writePrincipals) && !meets(of.withheld, actor.principals)
  }
  const ids = notes.map(note => (mayEdit(note.caseId) ? uuid() : null))
  const added = notes.flatMap((note, index) => (ids[index] ? [{ ...note, id: ids[index] }] : []))
  const people = await insertAll(tx, actor, now, system, added, lists)
  await writeNoteTexts(
    tx,
    added.map(note => note.id),
  )
  await noteLastContacts(tx, [...new Set(added.map(note => note.caseId))])
  await auditAll(
    tx,
    actor,
    now,
    added.map(({ id, caseId, noteType }) => ({
      action: 'case-note-taken-over',
      subject: { type: 'case-note', id },
      personId: people.get(id),
      caseId,
      detail: { system, noteType },
    })),
  )
  return ids
}

/** Answers whom each note is about. */
async function insertAll(
  tx: Tx,
  actor: Actor,
  now: Date,
  system: string,
  notes: readonly (NoteToTakeOver & { id: string })[],
  lists: Awaited<ReturnType<typeof listsForPartOfMany>>,
): Promise<ReadonlyMap<string, string>> {
  const rows = notes.map(note => ({
    id: note.id,
    entry_id: uuid(),
    case_id: note.caseId,
    note_type: note.noteType,
    happened_at: note.happenedAt,
    recorded_by: note.author?.userId ?? actor.userId,
    recorded_for:
      note.author || !note.authorWords ? `taken over from ${system}` : `taken over from ${system}, where ${note.authorWords} wrote it`,
    text: note.text,
    title: note.title,
    summary: shortened(gistOf({ text: note.text, facts: '', analysis: '', ownWords: '' })),
    href: paths.notes.show(note.caseId, note.id),
    worker_id: note.author?.userId ?? null,
    author: `${note.author?.name ?? (note.authorWords || actor.name)}, from ${system}`,
    ...lists.get(note.caseId),
  }))
  // The timeline names the case, which is there already; the note is added beside it in one statement.
  const { rows: written } = await sql<{ noteId: string; personId: string }>`
    with n as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, entry_id uuid, case_id uuid, note_type text, happened_at timestamptz,
        recorded_by uuid, recorded_for text, text text, title text, summary text, href text, worker_id uuid, author text, readers int[], editors int[], withheld int[])
    ), new_notes as (
      insert into case_notes (id, case_id, note_type, happened_at, recorded_at, recorded_by, recorded_for, text, readers, editors, withheld)
      select id, case_id, note_type, happened_at, ${now}, recorded_by, recorded_for, text, readers, editors, withheld from n
    )
    insert into timeline_entries (id, person_id, case_id, at, kind, part, title, summary, source_type, source_id, href, service_area, worker_id, author, readers, editors, withheld)
    select n.entry_id, c.person_id, c.id, n.happened_at, 'contact', 'notes', n.title, n.summary, 'case-note', n.id, n.href, c.service_area, n.worker_id, n.author,
      n.readers, n.editors, n.withheld
    from n join cases c on c.id = n.case_id
    returning source_id as "noteId", person_id as "personId"`.execute(tx)
  return new Map(written.map(row => [row.noteId, row.personId]))
}

/** The last contact of many cases, as `noteLastContact` works it out for one. */
async function noteLastContacts(tx: Tx, caseIds: readonly string[]): Promise<void> {
  await sql`
    update caseload_entries w set last_contact_at = l.happened_at, last_contact = l.label
    from (
      select distinct on (n.case_id) n.case_id, n.happened_at,
        coalesce((select o.label from list_options o where o.list = 'note-type' and o.code = n.note_type order by o.service_area limit 1), '') as label
      from case_notes n
      where n.case_id = any (${[...caseIds]}::uuid[]) and n.note_type <> ${notAContact} and n.named_readers is null and ${inTouch}
        and not exists (select from case_notes c where c.corrects = n.id)
      order by n.case_id, n.happened_at desc, n.id desc) l
    where w.case_id = l.case_id`.execute(tx)
}
