import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { writeTexts } from '../../texts/index.ts'

/** These write their own words to be found by: all of them, and where they stand in their source. */
const foundByThemselves: ReadonlySet<string> = new Set(['case-note', 'plan', 'task', 'document', 'answer-set'])

export const isFoundByItself = (sourceType: string): boolean => foundByThemselves.has(sourceType)

/**
 * Makes what happened in a case findable by the words that were written with it: why it was referred, what a review came to, why it was
 * closed. `words` are all of them, of which the timeline shows the first. The lines are there, under their lists.
 */
export async function writeTimelineTexts(
  tx: Tx,
  now: Date,
  entries: readonly { readonly id: string; readonly words: string }[],
): Promise<void> {
  const said = entries.filter(entry => entry.words.trim() !== '')
  if (said.length === 0) return
  const each = (which: 'id' | 'words'): RawBuilder<unknown> => sql`${said.map(entry => entry[which])}`
  await writeTexts(
    tx,
    'case',
    {
      id: sql`t.id`,
      caseId: sql`t.case_id`,
      personId: sql`t.person_id`,
      part: sql`t.part`,
      furtherSections: sql`t.further_sections`,
      kind: sql`t.kind`,
      heading: sql`t.title`,
      words: sql`w.words`,
      authorId: sql`t.worker_id`,
      at: sql`t.at`,
      recordedAt: sql`${now}::timestamptz`,
      namedReaders: sql`t.named_readers`,
      lists: 't',
    },
    sql`unnest(${each('id')}::uuid[], ${each('words')}::text[]) as w (id, words) join timeline_entries t on t.id = w.id`,
  )
}
