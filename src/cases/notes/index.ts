/** Case notes: what happened and when, corrected by addition. What they are and who sees them: README.md. */
/** Whom a contact can be recorded with: cases that the actor may write on, and the box that finds somebody. */
export { auditChoice, type CaseToWrite, caseInWords, casesToWriteFor, type FoundToChoose, recentCases } from './cases-to-write.ts'
export { FindBox } from './choose-person.tsx'
/** Begins the note of something that was in the calendar. */
export { beginNote } from './drafts.ts'
export { minutesInWords, parseMinutes } from './duration.ts'
/** Given names of people that stand in words which are for the records of all of them. */
export { namedInWords } from './named-in-words.ts'
export { type NewNote, type Note, notAContact } from './note.ts'
export type { NoteParts } from './note-parts.ts'
/** What a note is called in lists and on the timeline, and the words of its codes. */
export { noteWordsOf, titleOf } from './note-words.ts'
export { findNote, type NotesWanted, notesOf } from './notes.queries.ts'
export { noteRoutes } from './notes.routes.ts'
export { NotesPanel } from './notes-panel.tsx'
/** Records a contact with one person, or one with several at once (F20). */
export { addNote, addNoteOnSeveral, correctNote, type PartOfNote, type TitledNote } from './record-note.ts'
