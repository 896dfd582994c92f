import type { NoteToTakeOver } from '../../cases/index.ts'
import { choose, foldChoice } from './choices.ts'
import { isInFuture, readOldInstant } from './dates.ts'
import type { Knowledge } from './knowledge.ts'
import { type Cells, type Problem, quoted, type RowReader, rowReader } from './row.ts'

export type ReadNote = { problems: readonly Problem[]; note: Omit<NoteToTakeOver, 'caseId'> | null }

/** Reads a row of case notes. */
export function readNote(cells: Cells, known: Knowledge): ReadNote {
  const row = rowReader('notes', cells)
  const happenedAt = instantOf(row, known)
  const { noteType, title, words } = typeOf(row, known)
  const authorWords = row.text('author')
  const author = authorWords === '' ? undefined : known.author(authorWords)
  if (authorWords !== '' && !author)
    row.warn('author', `Who wrote it, ${quoted(authorWords)}, is not a user of your agency: the name is kept with the note`)
  // A kind of note that is none here would be lost: it stands above the words.
  const text = words === '' ? row.text('text') : `${words}\n\n${row.text('text')}`
  if (row.isRejected() || !happenedAt) return { problems: row.problems, note: null }
  return { problems: row.problems, note: { noteType, title, happenedAt, text, author: author ?? null, authorWords } }
}

function instantOf(row: RowReader, { now }: Knowledge): Date | null {
  const text = row.text('happenedAt')
  if (text === '') return null
  const reading = readOldInstant(text, 'Date of the note')
  if (!reading.ok) {
    row.reject('happenedAt', reading.message)
    return null
  }
  const { at, note } = reading.value
  if (note) row.warn('happenedAt', note)
  if (isInFuture(at, now)) row.reject('happenedAt', `Date of the note must be in the past: ${quoted(text)} is to come`)
  if (at.getUTCFullYear() < 1940) row.reject('happenedAt', `Date of the note ${quoted(text)} is too long ago to be true`)
  // Later today: the clock of the old system, or a note made ready for an afternoon's visit.
  return at > now ? now : at
}

function typeOf(row: RowReader, { noteTypes }: Knowledge): { noteType: string; title: string; words: string } {
  const text = row.text('type')
  const code = choose(noteTypes.choices, text)
  if (code) return { noteType: code, title: noteTypes.labels.get(code) ?? text, words: '' }
  const other = noteTypes.labels.get('other') ?? 'Other'
  if (text === '') return { noteType: 'other', title: other, words: '' }
  row.warn('type', `Kind of note ${quoted(text)} is not on the list here: taken as “${other}”, with these words above the text`)
  return { noteType: 'other', title: text, words: foldChoice(text) === foldChoice(other) ? '' : text }
}
