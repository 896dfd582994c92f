import { findRecords, foldName, isNameParticle, type PersonName } from '../../people/index.ts'
import type { Tx } from '../../platform/db/database.ts'

/**
 * Names of these people that stand in words which are for all of their records: first names and surnames, and any other that they are known by.
 * Whoever writes is asked whether each may stand there; a name that is a word as well is asked about once too often rather than once too seldom.
 */
export async function namedInWords(tx: Tx, words: string, personIds: readonly string[]): Promise<string[]> {
  if (!words) return []
  const records = [...(await findRecords(tx, personIds)).values()]
  return namesIn(
    words,
    records.flatMap(record => [record, ...record.names]),
  )
}

export function namesIn(words: string, names: readonly PersonName[]): string[] {
  const written = new Set(foldName(words.replace(/['’]s(?![\p{L}\p{M}])/gu, '')).split(' '))
  const wordsOf = (name: string | null) => (name ?? '').split(/[\s-]+/).filter(word => foldName(word).length > 1)
  const each = names.flatMap(({ given, family }) => [...wordsOf(given), ...wordsOf(family).filter(word => !isNameParticle(foldName(word)))])
  const found = each.filter(word =>
    foldName(word)
      .split(' ')
      .every(one => written.has(one)),
  )
  return [...new Map(found.map(word => [foldName(word), word])).values()]
}
