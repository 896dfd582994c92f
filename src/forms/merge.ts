import { isDeepStrictEqual } from 'node:util'
import type { Answer, Filled, Row, TypedFields } from './answer.ts'
import type { Question } from './definition/shape.ts'
import { onlyThese, together } from './fill.ts'

/** Two people wrote in the same section. What only one of them changed is kept as it stands; what both changed is for a person to choose. */
export type Merge = { readonly merged: Filled; readonly clashes: readonly string[] }

/**
 * Puts `mine` on top of `theirs`, which was saved after I had begun from `base`. In a clash `theirs` stands in `merged`, since it
 * is saved already, and mine is shown beside it. `mineAlone` are questions that nobody but me has changed since: from another tab of
 * mine, or before I pressed "back". There my latest words stand.
 */
export function mergeSection(
  codes: readonly string[],
  base: Filled,
  theirs: Filled,
  mine: Filled,
  mineAlone: ReadonlySet<string> = new Set(),
): Merge {
  const clashes: string[] = []
  const keepMine: string[] = []
  for (const code of codes) {
    const [was, their, my] = [entry(base, code), entry(theirs, code), entry(mine, code)]
    if (isDeepStrictEqual(their, my) || isDeepStrictEqual(was, my)) continue
    if (isDeepStrictEqual(was, their) || mineAlone.has(code)) keepMine.push(code)
    else clashes.push(code)
  }
  const untouched = codes.filter(code => !keepMine.includes(code))
  return { merged: together([onlyThese(theirs, untouched), onlyThese(mine, keepMine)]), clashes }
}

/** The codes whose answer differs between two states of a section. */
export function changedCodes(codes: Iterable<string>, before: Filled, after: Filled): string[] {
  return [...codes].filter(code => !isDeepStrictEqual(entry(before, code), entry(after, code)))
}

export type Keep = 'mine' | 'theirs' | 'both'

/** Whether both of two answers can stand: one text after the other, all ticks, all rows. */
export function canKeepBoth(question: Question): boolean {
  return question.type === 'long-text' || question.type === 'choices' || question.type === 'table' || question.type === 'file'
}

/** Both answers as one. Theirs comes first, as it was saved first. */
export function keepBoth(question: Question, theirs: Answer | undefined, mine: Answer | undefined): Answer | undefined {
  if (theirs === undefined || mine === undefined) return theirs ?? mine
  if (question.type === 'long-text') return `${theirs as string}\n\n${mine as string}`
  if (question.type === 'choices') return [...new Set([...(theirs as readonly string[]), ...(mine as readonly string[])])]
  const rows = [...(theirs as readonly Row[]), ...(mine as readonly Row[])]
  return rows.filter((row, place) => rows.findIndex(other => isDeepStrictEqual(other, row)) === place)
}

type Entry = { readonly answer: Answer | undefined; readonly typed: TypedFields | undefined }

function entry(filled: Filled, code: string): Entry {
  return { answer: filled.answers[code], typed: filled.typed[code] }
}
