/** Case notes: what happened and when, corrected by addition. What they are and who sees them: README.md. */
export type { NewNote, Note } from './note.ts'
export { type NotesWanted, notesOf } from './notes.queries.ts'
export { noteRoutes } from './notes.routes.tsx'
export { NotesPanel } from './notes-panel.tsx'
export { addNote, correctNote } from './record-note.ts'
