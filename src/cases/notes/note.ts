import type { Details } from './contact-kinds.ts'

/** A case note: what happened and when, with when and by whom it was recorded. Never changed; corrected by addition. */
export type Note = {
  id: string
  caseId: string
  /** A code of the list note-type. */
  noteType: string
  happenedAt: Date
  /** How long it took; null where nobody said. */
  minutes: number | null
  /** A code of the list contact-outcome; empty: it went ahead. */
  outcome: string
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
  /** Who heard them; empty for the author. */
  heardBy: string
  /** What its kind of contact asks for beside the words. */
  details: Details
  /** The same for the notes of one contact on several people (F20). */
  contactId: string
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
  minutes?: number | null
  outcome?: string
  heardBy?: string
  details?: Details
}

/** A note of any type but this one means that somebody was in touch with the person, or tried to be. */
export const notAContact = 'other'

/** Outcomes by which nobody was in touch with the person after all: they do not move the case's last contact. */
export const notInTouch: readonly string[] = ['did-not-attend', 'no-answer', 'message-left', 'cancelled-by-them', 'cancelled-by-us']

/** How many characters each box takes: some eight printed pages. */
export const longestText = 20_000

/** The first words of a note, for the timeline. */
export const gistOf = (note: Pick<NewNote, 'text' | 'facts' | 'analysis' | 'ownWords'>): string =>
  note.text || note.facts || quoted(note.ownWords) || note.analysis

export const quoted = (words: string): string => words && `“${words}”`
