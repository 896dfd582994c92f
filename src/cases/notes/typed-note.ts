import { type KeptTyping, type Typed, typedFrom, typedInstant } from '../typed.ts'
import { fieldsOfKind, inputName } from './contact-kinds.ts'
import { minutesInWords } from './duration.ts'
import type { Note } from './note.ts'

/** A call, now: so that a note of a call needs one sentence and a button. */
export function defaultsFor(now: Date): KeptTyping {
  return typedFrom({ 'note-type': ['call'], ...typedInstant('happened', now) })
}

/** The form as it must look to say what this note says: where a correction begins. */
export function typedFromNote(note: Note): Typed {
  return typedFrom({
    ...typedInstant('happened', note.happenedAt),
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
