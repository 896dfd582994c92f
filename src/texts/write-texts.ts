import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

export type TextSource = 'note' | 'case' | 'form' | 'document' | 'plan' | 'task' | 'message'

/** A text as a row of its source gives it: columns and expressions of the statement's `from`. */
export type TextColumns = {
  /** What leads to it: the note, the answer set, the document … */
  id: RawBuilder<unknown>
  /** Where in it: the section of a form. */
  place?: RawBuilder<unknown>
  caseId: RawBuilder<unknown>
  personId: RawBuilder<unknown>
  /** The part of the case, as a share can name it. */
  part: RawBuilder<unknown>
  /** The section of a form that it is withheld with. */
  section?: { answerSetId: RawBuilder<unknown>; section: RawBuilder<unknown> }
  /** Sections beside that one, as the row that it is taken from names them. */
  furtherSections?: RawBuilder<unknown>
  kind?: RawBuilder<unknown>
  /** Shown above the words and not searched. */
  heading?: RawBuilder<unknown>
  /** What it is called: searched like the words. */
  name?: RawBuilder<unknown>
  words: RawBuilder<unknown>
  authorId: RawBuilder<unknown>
  at: RawBuilder<unknown>
  recordedAt: RawBuilder<unknown>
  namedReaders?: RawBuilder<unknown>
  /** The alias of the row whose access lists it carries. */
  lists: string
}

/**
 * Makes what was just written findable by its words, in the transaction that wrote it. The text carries the lists of the row that it is
 * taken from, which therefore must have been written, or its case held, in this transaction (src/access). Written again, it is replaced.
 */
export async function writeTexts(tx: Tx, source: TextSource, columns: TextColumns, from: RawBuilder<unknown>): Promise<void> {
  const none = sql.lit('')
  const list = (name: string) => sql.ref(`${columns.lists}.${name}`)
  await sql`
    insert into texts (source, source_id, place, case_id, person_id, part, answer_set_id, section, further_sections, kind, heading, name, words, author_id, at, recorded_at,
      service_area, named_readers, readers, editors, withheld)
    select ${sql.lit(source)}, ${columns.id}, ${columns.place ?? none}, ${columns.caseId}, ${columns.personId}, ${columns.part},
      ${columns.section?.answerSetId ?? sql`null::uuid`}, ${columns.section?.section ?? sql`null::text`}, ${columns.furtherSections ?? sql`'{}'::text[]`}, ${columns.kind ?? none}, ${columns.heading ?? none},
      ${columns.name ?? none}, ${columns.words}, ${columns.authorId}, least(${columns.at}, ${columns.recordedAt}), ${columns.recordedAt},
      coalesce((select c.service_area from cases c where c.id = ${columns.caseId}), ''), ${columns.namedReaders ?? sql`null::int[]`}, ${list('readers')}, ${list('editors')}, ${list('withheld')}
    from ${from}
    on conflict (source, source_id, place) do update set kind = excluded.kind, heading = excluded.heading, name = excluded.name, words = excluded.words,
      author_id = excluded.author_id, at = excluded.at, recorded_at = excluded.recorded_at`.execute(tx)
}

/** What is no longer on file is no longer found. */
export const takeOutTexts = (tx: Tx, source: TextSource, id: string): Promise<void> => takeOutTextsOfMany(tx, source, [id])

export async function takeOutTextsOfMany(tx: Tx, source: TextSource, ids: readonly string[]): Promise<void> {
  await sql`delete from texts where source = ${source} and source_id = any (${[...ids]}::uuid[])`.execute(tx)
}

/** Who alone may find these, as whoever alone may read what they were taken from; null for everybody who may read that part of the case. */
export async function nameTextReaders(tx: Tx, source: TextSource, ids: readonly string[], named: readonly number[] | null): Promise<void> {
  await sql`update texts set named_readers = ${named && [...named]}::int[] where source = ${source} and source_id = any (${[...ids]}::uuid[])`.execute(
    tx,
  )
}

/** Several pieces of writing as one, each on its line; what is empty is left out. */
export const joined = (...pieces: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql`concat_ws(E'\\n', ${sql.join(pieces.map(piece => sql`nullif(${piece}, '')`))})`
