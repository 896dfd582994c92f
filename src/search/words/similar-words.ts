import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { foldedWords } from '../../texts/index.ts'
import { isSimilar } from '../find-people.ts'
import { stretchesFrom } from './wanted.ts'

/** A word that was typed and is nowhere, and one that is there and is spelt nearly so. */
export type Respelling = { readonly typed: string; readonly known: string }

/**
 * What somebody may have meant whose words are nowhere. Only out of texts that they may read: nothing tells of a word that stands where
 * they may not look. Every spelling that is one slip away is asked for at once, which the index answers as it does any other search.
 */
export async function similarWords(tx: Tx, now: Date, typed: string): Promise<Respelling[]> {
  const respellings: Respelling[] = []
  // The index gathers all texts with a common word before it gives the first; those of the latest weeks are soon gathered.
  const latest = stretchesFrom(now)[0]?.marks ?? []
  for (const word of wordsOf(typed).slice(0, 3)) {
    if ((await textsWithAny(tx, [word], { among: latest })).length > 0 || (await textsWithAny(tx, [word])).length > 0) continue
    const known = nearest(word, await textsWithAny(tx, slipsOf(word), { nowhere: word }))
    if (known) respellings.push({ typed: word, known })
  }
  return respellings
}

/** Letters alone, long enough that a slip of the keyboard leaves them recognised; not what was to be left out. */
function wordsOf(typed: string): string[] {
  const wanted = typed.replace(/(^|\s)-("[^"]*"?|\S+)/g, ' ')
  return [
    ...new Set(
      foldedWords(wanted)
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [],
    ),
  ].filter(word => word.length >= 4 && word.length <= 16)
}

/** `nowhere` is known to be in none: slips that are only another ending of it ("schools") are not asked for again. `among`: with any of these marks. */
async function textsWithAny(
  tx: Tx,
  words: readonly string[],
  { nowhere = '', among = [] }: { nowhere?: string; among?: readonly string[] } = {},
): Promise<string[]> {
  const marks = among.length > 0 ? sql` && ${among.map(mark => `'${mark}'`).join(' | ')}::tsquery` : sql``
  const { rows } = await sql<{ words: string }>`
    select t.name || ' ' || t.words as words from texts t
    where t.tsv @@ ((select string_agg('''' || lexeme || '''', ' | ') from unnest(to_tsvector('words', ${words.join(' ')}))
        where lexeme <> all (tsvector_to_array(to_tsvector('words', ${nowhere}))))::tsquery${marks}) limit 40`.execute(tx)
  return rows.map(row => row.words)
}

function nearest(typed: string, texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const word of foldedWords(text)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [])
      if (word !== typed && isSimilar(typed, word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Every word that is one letter wrong, missing, too many or exchanged away (after Norvig). */
export function slipsOf(word: string): string[] {
  const slips = new Set<string>()
  for (let place = 0; place <= word.length; place++) {
    const [before, after] = [word.slice(0, place), word.slice(place)]
    if (after) slips.add(before + after.slice(1))
    if (after.length > 1) slips.add(before + after.charAt(1) + after.charAt(0) + after.slice(2))
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      slips.add(before + letter + after)
      if (after) slips.add(before + letter + after.slice(1))
    }
  }
  slips.delete(word)
  return [...slips]
}
