import { sql } from 'kysely'
import { formatName } from '../../people/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { Note } from './note.ts'

export type NotesWanted = {
  noteType?: string
  /** Only notes that hold the person's own words (F6). */
  ownWords?: boolean
  authorId?: string
  from?: Date
  /** Up to this instant, itself left out. */
  until?: Date
  after?: { happenedAt: Date; id: string }
  limit: number
}

/** The notes of a case that the actor may read, the latest event first. Originals stand beside their corrections. */
export async function notesOf(tx: Tx, caseId: string, wanted: NotesWanted): Promise<Note[]> {
  const { rows } = await sql<Note>`
    ${columns} where n.case_id = ${caseId}
      ${wanted.noteType ? sql`and n.note_type = ${wanted.noteType}` : sql``}
      ${wanted.ownWords ? sql`and n.own_words <> ''` : sql``}
      ${wanted.authorId ? sql`and n.recorded_by = ${wanted.authorId}` : sql``}
      ${wanted.from ? sql`and n.happened_at >= ${wanted.from}` : sql``}
      ${wanted.until ? sql`and n.happened_at < ${wanted.until}` : sql``}
      ${wanted.after ? sql`and (n.happened_at, n.id) < (${wanted.after.happenedAt}, ${wanted.after.id}::uuid)` : sql``}
    order by n.happened_at desc, n.id desc limit ${wanted.limit}`.execute(tx)
  return rows
}

export async function countNotes(tx: Tx, caseId: string): Promise<number> {
  const row = await tx
    .selectFrom('case_notes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** One note of this case, or undefined where it is not there or not the actor's to read. */
export async function findNote(tx: Tx, caseId: string, id: string): Promise<Note | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Note>`${columns} where n.id = ${id} and n.case_id = ${caseId}`.execute(tx)
  return rows[0]
}

/** The note, what it corrected and what corrected it, in the order in which they were recorded. */
export async function historyOf(tx: Tx, note: Note): Promise<Note[]> {
  const { rows } = await sql<Note>`
    with recursive history as (
      select id, corrects from case_notes where id = ${note.id}
      union select o.id, o.corrects from case_notes o join history h on o.id = h.corrects or o.corrects = h.id
    )
    ${columns} where n.id in (select id from history) order by n.recorded_at, n.id`.execute(tx)
  return rows
}

/** Notes of the same contact on other people's records, as far as the actor may see them (F20). */
export async function alsoRecordedFor(tx: Tx, note: Note): Promise<{ id: string; caseId: string; personId: string; personName: string }[]> {
  const { rows } = await sql<{ id: string; caseId: string; personId: string; given: string | null; family: string | null }>`
    select n.id, n.case_id as "caseId", c.person_id as "personId", p.given_name as given, p.family_name as family
    from case_notes n join cases c on c.id = n.case_id join people p on p.id = c.person_id
    where n.contact_id = ${note.contactId} and n.id <> ${note.id} order by p.family_name, p.given_name, n.id`.execute(tx)
  return rows.map(({ given, family, ...row }) => ({ ...row, personName: formatName({ given, family }) }))
}

/** The people whom a restricted note names. */
export async function namesOf(tx: Tx, principals: readonly number[]): Promise<string[]> {
  if (principals.length === 0) return []
  const rows = await tx
    .selectFrom('users')
    .select('name')
    .where('principal', 'in', [...principals])
    .orderBy('name')
    .execute()
  return rows.map(row => row.name)
}

const columns = sql`
  select n.id, n.case_id as "caseId", n.note_type as "noteType", n.happened_at as "happenedAt", n.recorded_at as "recordedAt", n.recorded_by as "authorId",
    u.name as author, n.recorded_for as "recordedFor", n.text, n.facts, n.analysis, n.own_words as "ownWords", n.heard_by as "heardBy",
    n.minutes, n.outcome, n.details, n.contact_id as "contactId", n.corrects,
    n.correction_reason as "correctionReason", c.id as "correctedBy", n.named_readers as "namedReaders",
    n.named_because as "namedBecause"
  from case_notes n join users u on u.id = n.recorded_by left join case_notes c on c.corrects = n.id`
