/**
 * What the words of a section were written on: a revision of it and, for questions that the page still shows as they were before
 * somebody else changed them, an older one. So a page that has been merged with another's goes on saying what its writer has in front
 * of them, question by question; whoever takes the newest revision for all of it writes old answers over new ones.
 */
export type Base = { readonly revision: number; readonly older?: ReadonlyMap<string, number> }

export function revisionOf({ revision, older }: Base, code: string): number {
  return older?.get(code) ?? revision
}

/** As a page carries it: '7', or '7 notes:5' where the notes on it are those of revision 5. */
export function baseInWords({ revision, older = new Map() }: Base): string {
  return [revision, ...[...older].map(([code, at]) => `${code}:${at}`)].join(' ')
}

/** Undefined for what no page of ours says. */
export function parseBase(words: string): Base | undefined {
  if (!/^\d{1,9}( [a-z0-9_]+:\d{1,9})*$/.test(words)) return undefined
  const [revision, ...older] = words.split(' ')
  return { revision: Number(revision), older: new Map(older.map(one => one.split(':')).map(([code, at]) => [code!, Number(at)])) }
}
