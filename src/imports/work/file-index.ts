import { datesNear, formatName, type Likeness, matchOf, nameWords, soundsLikeKeys } from '../../people/index.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Candidate } from '../doubts.ts'

/**
 * From this likeness on the person at the import is asked. Above what two twins or namesakes come to: in a whole caseload those would be
 * hundreds of questions with the same answer. They are still shown to each other on the record itself.
 */
export const askedFrom = 55

/** The people of a file so far, found again by what the database finds people by: an NHS number, or a date of birth and how a name sounds. */
export type FileIndex = {
  /** Adds a row, and answers which earlier ones may be the same person. */ add(row: number, key: string, likeness: Likeness): Candidate[]
}

type Entry = { row: number; key: string; likeness: Likeness }

export function newFileIndex(): FileIndex {
  const found = new Map<string, Entry[]>()
  return {
    add(row, key, likeness) {
      const names = soundsOf(likeness)
      const dates = likeness.dateOfBirth ? [...datesNear(likeness.dateOfBirth).keys()] : []
      const sought = [...(likeness.nhsNumber ? [likeness.nhsNumber] : []), ...dates.flatMap(date => names.map(name => `${date}${name}`))]
      const candidates: Candidate[] = []
      for (const entry of new Set(sought.flatMap(token => found.get(token) ?? []))) {
        const match = matchOf(likeness, entry.likeness)
        if (match && match.score >= askedFrom)
          candidates.push({ row: entry.row, key: entry.key, name: nameOf(entry.likeness), score: match.score, reasons: match.reasons })
      }
      const entry = { row, key, likeness }
      const own = [
        ...(likeness.nhsNumber ? [likeness.nhsNumber] : []),
        ...(likeness.dateOfBirth ? names.map(name => `${likeness.dateOfBirth}${name}`) : []),
      ]
      for (const token of own) {
        const list = found.get(token)
        if (list) list.push(entry)
        else found.set(token, [entry])
      }
      return candidates.sort((a, b) => b.score - a.score)
    },
  }
}

const nameOf = ({ names, dateOfBirth }: Likeness): string =>
  [formatName(names[0] ?? { given: null, family: null }), dateOfBirth && `born ${formatDate(dateOfBirth)}`].filter(Boolean).join(', ')

function soundsOf({ names }: Likeness): string[] {
  const sounds = new Set<string>()
  for (const name of names) {
    for (const part of [name.given, name.family]) {
      if (part === null) continue
      const keys = soundsLikeKeys(part)
      for (const key of keys.length > 0 ? keys : nameWords(part)) sounds.add(key)
    }
  }
  return [...sounds]
}
