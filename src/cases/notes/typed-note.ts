import { londonDate, londonTime, toInstant } from '../../platform/clock.ts'
import { partsOf } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { fieldsOfKind, inputName } from './contact-kinds.ts'
import { minutesInWords } from './duration.ts'
import type { Note, Typed } from './note.ts'

/** A call, now: so that a note of a call needs one sentence and a button. */
export function defaultsFor(now: Date): KeptTyping {
  return typedFrom({ 'note-type': ['call'], ...typedInstant('happened', now) })
}

/** The boxes of a day and time as they must look to say this instant. */
export function typedInstant(name: string, instant: Date): Record<string, string[]> {
  const { day, month, year } = partsOf(londonDate(instant))
  return {
    [`${name}-day`]: [String(day)],
    [`${name}-month`]: [String(month)],
    [`${name}-year`]: [String(year)],
    [`${name}-time`]: [londonTime(instant)],
  }
}

/** The form as it must look to say what this note says: where a correction begins. */
export function typedFromNote(note: Note): Typed {
  const first = toInstant(londonDate(note.happenedAt), londonTime(note.happenedAt), 'first')
  const isFirst = first.ok && first.value.getTime() === note.happenedAt.getTime()
  return typedFrom({
    ...typedInstant('happened', note.happenedAt),
    'happened-which': [isFirst ? 'first' : 'second'],
    'note-type': [note.noteType],
    minutes: [note.minutes ? minutesInWords(note.minutes) : ''],
    outcome: [note.outcome],
    text: [note.text],
    facts: [note.facts],
    analysis: [note.analysis],
    'own-words': [note.ownWords],
    'heard-by': [note.heardBy],
    ...typedDetails(note),
  })
}

function typedDetails({ noteType, details }: Note): Record<string, string[]> {
  const typed: Record<string, string[]> = {}
  for (const field of fieldsOfKind(noteType)) {
    const given = details[field.name]
    const name = inputName(noteType, field)
    if (typeof given === 'string') typed[name] = [given]
    else for (const [code, count] of Object.entries(given ?? {})) typed[`${name}-${code}`] = [String(count)]
  }
  return typed
}

/** What was typed, with all of it to keep. */
export type KeptTyping = Typed & Pick<Fields, 'toJSON'>

export function typedFrom(values: Readonly<Record<string, readonly string[]>>): KeptTyping {
  const typed = (name: string) => values[name]?.[0] ?? ''
  return { typed, text: name => typed(name).trim(), all: name => values[name] ?? [], toJSON: () => ({ ...values }) }
}
