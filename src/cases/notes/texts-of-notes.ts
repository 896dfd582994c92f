import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { joined, writeTexts } from '../../texts/index.ts'

// What the kind of contact asked for in words: where, which court, what for.
const detailsOf = sql`(select string_agg(d.value #>> '{}', ', ') from jsonb_each(n.details) d where jsonb_typeof(d.value) = 'string')`

/** Makes notes that were just recorded findable by their words. A restricted note is found by those named on it alone. */
export async function writeNoteTexts(tx: Tx, noteIds: readonly string[]): Promise<void> {
  await writeTexts(
    tx,
    'note',
    {
      id: sql`n.id`,
      caseId: sql`n.case_id`,
      personId: sql`c.person_id`,
      part: sql.lit('notes'),
      kind: sql`n.note_type`,
      words: joined(sql`n.text`, sql`n.facts`, sql`n.analysis`, sql`n.own_words`, sql`n.heard_by`, detailsOf),
      authorId: sql`n.recorded_by`,
      at: sql`n.happened_at`,
      recordedAt: sql`n.recorded_at`,
      namedReaders: sql`n.named_readers`,
      lists: 'n',
    },
    sql`case_notes n join cases c on c.id = n.case_id where n.id = any (${[...noteIds]}::uuid[])`,
  )
}
