import { formatInstant, londonDate } from '../../platform/clock.ts'
import { partsOf } from '../../platform/plain-date.ts'
import type { FieldError } from '../../ui/index.ts'
import { isInstantTyped, readInstant } from '../instant-input.tsx'
import type { Typed } from '../typed.ts'
import { contactKinds, inputName, readDetails } from './contact-kinds.ts'
import { longestMinutes, parseMinutes } from './duration.ts'
import { longestText, type NewNote } from './note.ts'
import type { NoteChoices } from './note-words.ts'

/** The boxes for what somebody writes. */
export const boxes = [
  { name: 'text', label: 'What happened' },
  { name: 'facts', label: 'Facts' },
  { name: 'analysis', label: 'What it may mean' },
  { name: 'own-words', label: 'Their own words' },
] as const

export type Reading =
  | { ok: true; note: NewNote /** When the next hearing is, where the kind asks for one. */; next: Date | undefined }
  | { ok: false; errors: readonly FieldError[] }

/** Whom a restricted note may name. */
export type Nameable = readonly { principal: number }[]

/** Reads a posted note, or says everything that has to be put right, in the order of the form. */
export function readNote(typed: Typed, choices: NoteChoices, nameable: Nameable, now: Date): Reading {
  const errors: FieldError[] = []
  const [written, facts, analysis, ownWords] = boxes.map(({ name, label }) => readWords(typed, name, label, errors)) as [
    string,
    string,
    string,
    string,
  ]
  const outcome = typed.text('outcome')
  const outcomeLabel = choices.outcomes.find(option => option.code === outcome)?.label
  if (outcome && !outcomeLabel) errors.push({ field: 'outcome', message: 'Select what came of it' })
  // "No answer" says all that there is to say of a call.
  const text = written || (facts || analysis || ownWords ? '' : outcomeLabel ? `${outcomeLabel}.` : '')
  if (!text && !facts && !analysis && !ownWords) errors.push({ field: 'text', message: 'Enter what happened' })
  const noteType = typed.text('note-type')
  if (!choices.types.some(type => type.code === noteType)) errors.push({ field: 'note-type', message: 'Select what kind of note this is' })
  const details = readDetails(typed, noteType, choices.of, errors)
  const next = readNext(typed, noteType, now, errors)
  const happenedAt = readHappened(typed, now, errors)
  const minutes = readMinutes(typed, errors)
  const heardBy = typed.text('heard-by')
  if ([...heardBy].length > 200) errors.push({ field: 'heard-by', message: 'Who heard them must be 200 characters or fewer' })
  const namedReaders = readNamed(typed, nameable, errors)
  if (errors.length > 0 || !happenedAt) return { ok: false, errors }
  const note: NewNote = {
    noteType,
    happenedAt,
    text,
    facts,
    analysis,
    ownWords,
    namedReaders,
    minutes,
    outcome,
    heardBy: ownWords ? heardBy : '',
    details: next ? { ...details, next: formatInstant(next) } : details,
  }
  return { ok: true, note, next }
}

/** What stands in one box. */
export function readWords(typed: Typed, name: string, label: string, errors: FieldError[]): string {
  const words = typed.text(name)
  const length = [...words].length
  if (length > longestText) {
    const message = `${label} must be ${longestText.toLocaleString('en-GB')} characters or fewer. It is ${length.toLocaleString('en-GB')}: move some of it into a second note`
    errors.push({ field: name, message })
  }
  return words
}

/** Clocks of two machines differ a little: what happened "now" is not refused for that. */
const clockSlack = 5 * 60_000

export const happenedWords = { date: 'Date it happened', time: 'Time it happened' }

function readHappened(typed: Typed, now: Date, errors: FieldError[]): Date | undefined {
  const at = readInstant(typed, 'happened', happenedWords, errors)
  if (!at) return undefined
  if (at.getTime() > now.getTime() + clockSlack) {
    const message = 'Date and time it happened must be in the past. Make an appointment or add a task for something that is to come'
    errors.push({ field: 'happened-day', message })
    return undefined
  }
  if (partsOf(londonDate(at)).year < 1900) errors.push({ field: 'happened-year', message: 'Date it happened must be after 1900' })
  return at
}

/** A day that is none is said of whatever kind it was typed for; only that of the chosen kind is kept. */
function readNext(typed: Typed, noteType: string, now: Date, errors: FieldError[]): Date | undefined {
  let next: Date | undefined
  for (const [kind, fields] of Object.entries(contactKinds))
    for (const field of fields) {
      const name = inputName(kind, field)
      if (field.kind !== 'next' || !isInstantTyped(typed, name)) continue
      const at = readInstant(typed, name, { date: field.label, time: `Time of ${field.label.toLowerCase()}` }, errors)
      if (kind === noteType && at && at <= now) errors.push({ field: `${name}-day`, message: `${field.label} must be in the future` })
      if (kind === noteType) next = at
    }
  return next
}

function readMinutes(typed: Typed, errors: FieldError[]): number | null {
  const text = typed.text('minutes')
  if (!text) return null
  const minutes = parseMinutes(text)
  if (minutes === undefined)
    errors.push({ field: 'minutes', message: `How long it took must be a time up to ${longestMinutes / 60} hours, like 55 or 1:30` })
  return minutes ?? null
}

/** Null when the note is for everyone who may read the notes. */
export function readNamed(typed: Typed, nameable: Nameable, errors: FieldError[]): readonly number[] | null {
  if (typed.text('restricted') !== 'named') return null
  const chosen = typed.all('named').map(Number)
  const known = chosen.filter(principal => nameable.some(one => one.principal === principal))
  // A note that only its author can read would die with the author's account.
  if (known.length === 0) errors.push({ field: 'named', message: 'Select at least one other person who may read this note' })
  return known
}
