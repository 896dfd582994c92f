import { londonDate, londonTime, parseTimeText, toInstant } from '../../platform/clock.ts'
import { partsOf, readDateParts } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'

/** A case note: what happened and when, with when and by whom it was recorded. Never changed; corrected by addition. */
export type Note = {
  id: string
  caseId: string
  /** A code of the list note-type. */
  noteType: string
  happenedAt: Date
  recordedAt: Date
  authorId: string
  author: string
  /** The team that the author was working for. */
  recordedFor: string
  text: string
  /** F6: what was seen and done, what it may mean, what the person said: apart, each optional. */
  facts: string
  analysis: string
  ownWords: string
  /** The note that this one corrects, and why. */
  corrects: string | null
  correctionReason: string
  /** The note that corrects this one. */
  correctedBy: string | null
  /** Null for everyone who may read the notes of the case. */
  namedReaders: readonly number[] | null
  /** Why that was last changed; empty when it was decided with the note itself. */
  namedBecause: string
}

export type NewNote = {
  noteType: string
  happenedAt: Date
  text: string
  facts: string
  analysis: string
  ownWords: string
  /** Principals beside the author's own; null for everyone who may read the notes. */
  namedReaders: readonly number[] | null
}

/** What a form shows: the words of a draft, of what was posted, or of the defaults. */
export type Typed = Pick<Fields, 'text' | 'typed' | 'all'>

/** A note of any type but this one means that somebody was in touch with the person. */
export const notAContact = 'other'

/** How many characters each box takes: some eight printed pages. */
export const longestText = 20_000

export const boxes = [
  { name: 'text', label: 'What happened' },
  { name: 'facts', label: 'Facts' },
  { name: 'analysis', label: 'What it may mean' },
  { name: 'own-words', label: 'Their own words' },
] as const

/** A call, now: so that a note of a call needs one sentence and a button. */
export function defaultsFor(now: Date): Typed {
  const { day, month, year } = partsOf(londonDate(now))
  return typedFrom({
    'note-type': ['call'],
    'happened-day': [String(day)],
    'happened-month': [String(month)],
    'happened-year': [String(year)],
    'happened-time': [londonTime(now)],
  })
}

/** The form as it must look to say what this note says: where a correction begins. */
export function typedFromNote(note: Note): Typed {
  const first = toInstant(londonDate(note.happenedAt), londonTime(note.happenedAt), 'first')
  const isFirst = first.ok && first.value.getTime() === note.happenedAt.getTime()
  const defaults = defaultsFor(note.happenedAt)
  return typedFrom({
    ...Object.fromEntries(['happened-day', 'happened-month', 'happened-year', 'happened-time'].map(name => [name, [defaults.typed(name)]])),
    'happened-which': [isFirst ? 'first' : 'second'],
    'note-type': [note.noteType],
    text: [note.text],
    facts: [note.facts],
    analysis: [note.analysis],
    'own-words': [note.ownWords],
  })
}

export function typedFrom(values: Readonly<Record<string, readonly string[]>>): Typed {
  const typed = (name: string) => values[name]?.[0] ?? ''
  return { typed, text: name => typed(name).trim(), all: name => values[name] ?? [] }
}

export type Reading = { ok: true; note: NewNote } | { ok: false; errors: readonly FieldError[] }

/** Whom a restricted note may name. */
export type Nameable = readonly { principal: number }[]

/** Reads a posted note, or says everything that has to be put right, in the order of the form. */
export function readNote(typed: Typed, types: readonly { code: string }[], nameable: Nameable, now: Date): Reading {
  const errors: FieldError[] = []
  const [text, facts, analysis, ownWords] = boxes.map(({ name, label }) => {
    const words = typed.text(name)
    const length = [...words].length
    if (length > longestText) {
      const message = `${label} must be ${longestText.toLocaleString('en-GB')} characters or fewer. It is ${length.toLocaleString('en-GB')}: move some of it into a second note`
      errors.push({ field: name, message })
    }
    return words
  }) as [string, string, string, string]
  if (!text && !facts && !analysis && !ownWords) errors.push({ field: 'text', message: 'Enter what happened' })
  const noteType = typed.text('note-type')
  if (!types.some(type => type.code === noteType)) errors.push({ field: 'note-type', message: 'Select what kind of note this is' })
  const happenedAt = readHappened(typed, now, errors)
  const namedReaders = readNamed(typed, nameable, errors)
  if (errors.length > 0 || !happenedAt) return { ok: false, errors }
  return { ok: true, note: { noteType, happenedAt, text, facts, analysis, ownWords, namedReaders } }
}

/** Clocks of two machines differ a little: what happened "now" is not refused for that. */
const clockSlack = 5 * 60_000

function readHappened(typed: Typed, now: Date, errors: FieldError[]): Date | undefined {
  const date = readDateParts(
    { day: typed.typed('happened-day'), month: typed.typed('happened-month'), year: typed.typed('happened-year') },
    'Date it happened',
  )
  if (!date.ok) errors.push({ field: `happened-${date.error.parts[0] ?? 'day'}`, message: date.error.message })
  const time = parseTimeText(typed.text('happened-time'))
  if (!time) errors.push({ field: 'happened-time', message: 'Enter the time it happened, like 14:30 or 2:30pm' })
  if (!date.ok || !time) return undefined
  const which = typed.text('happened-which')
  const instant = toInstant(date.value, time, which === 'first' || which === 'second' ? which : undefined)
  if (!instant.ok) {
    errors.push({ field: instant.error === 'time-happened-twice' ? 'happened-which' : 'happened-time', message: instant.message })
    return undefined
  }
  if (instant.value.getTime() > now.getTime() + clockSlack) {
    errors.push({
      field: 'happened-day',
      message: 'Date and time it happened must be in the past. Add a task for something that is to come',
    })
    return undefined
  }
  if (partsOf(date.value).year < 1900) errors.push({ field: 'happened-year', message: 'Date it happened must be after 1900' })
  return instant.value
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

/** Whether the clocks were put back over this time, so that the form must ask which of two hours is meant. */
export function happenedTwice(typed: Typed): boolean {
  const date = readDateParts({ day: typed.typed('happened-day'), month: typed.typed('happened-month'), year: typed.typed('happened-year') })
  const time = parseTimeText(typed.text('happened-time'))
  if (!date.ok || !time) return false
  const reading = toInstant(date.value, time)
  return !reading.ok && reading.error === 'time-happened-twice'
}

/** The first words of a note, for the timeline. */
export const gistOf = (note: Pick<NewNote, 'text' | 'facts' | 'analysis' | 'ownWords'>): string =>
  note.text || note.facts || (note.ownWords && `“${note.ownWords}”`) || note.analysis
