import type { Answer } from '../../platform/web/answer.ts'
import { notFound } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { openPart, openPartToEdit, type PartOfCase } from '../part-of-case.ts'
import { postNew, showNew } from './add-note.tsx'
import { postOthers, showOthers } from './choose-others.tsx'
import { postCorrect, showCorrect } from './correct-note.tsx'
import { postDraft } from './keep-draft.tsx'
import { postReaders, showReaders } from './name-readers.tsx'
import type { Note } from './note.ts'
import type { NoteParts } from './note-parts.ts'
import { findNote } from './notes.queries.ts'
import { listNotes, printNotes } from './notes-list.tsx'
import { recordContact } from './record-contact.tsx'
import { showNote } from './show-note.tsx'

/** `/contacts/new` and `/cases/:caseId/notes…`: record, read, correct, restrict, print. */
export function noteRoutes(routes: Routes, parts: NoteParts): void {
  const list = '/cases/:caseId/notes'
  const one = `${list}/:noteId`
  routes.get('/contacts/new', { may: 'record' }, visit => recordContact(visit, parts))
  routes.get(list, { may: 'read-records' }, visit => withPart(visit, part => listNotes(visit, parts, part)))
  routes.get(`${list}/print`, { may: 'read-records' }, visit => withPart(visit, part => printNotes(visit, part)))
  routes.get(`${list}/new`, { may: 'record' }, visit => withPartToEdit(visit, part => showNew(visit, parts, part)))
  routes.post(`${list}/new`, { may: 'record' }, visit => withPartToEdit(visit, part => postNew(visit, parts, part)))
  routes.get(`${list}/new/others`, { may: 'record' }, visit => withPartToEdit(visit, part => showOthers(visit, parts, part)))
  routes.post(`${list}/new/others`, { may: 'record' }, visit => withPartToEdit(visit, part => postOthers(visit, part)))
  routes.post(`${list}/draft`, { may: 'record', repeatable: true }, visit => withPartToEdit(visit, part => postDraft(visit, part)))
  routes.get(one, { may: 'read-records' }, visit => withNote(visit, openPart, (part, note) => showNote(visit, parts, part, note)))
  routes.get(`${one}/correct`, { may: 'record' }, visit => withNoteToEdit(visit, (part, note) => showCorrect(visit, parts, part, note)))
  routes.post(`${one}/correct`, { may: 'record' }, visit => withNoteToEdit(visit, (part, note) => postCorrect(visit, parts, part, note)))
  routes.get(`${one}/readers`, { may: 'restrict' }, visit => withNoteToEdit(visit, (part, note) => showReaders(visit, parts, part, note)))
  routes.post(`${one}/readers`, { may: 'restrict' }, visit => withNoteToEdit(visit, (part, note) => postReaders(visit, parts, part, note)))
}

async function withPart(visit: Visit, work: (part: PartOfCase) => Promise<Answer>): Promise<Answer> {
  const part = await openPart(visit.tx, visit.actor, visit.params['caseId'] ?? '', 'notes')
  return part ? work(part) : notFound()
}

const withPartToEdit: typeof withPart = (visit, work) => withPart(visit, async part => (part.mayEdit ? work(part) : notFound()))

type OnNote = (part: PartOfCase, note: Note) => Promise<Answer>

async function withNote(visit: Visit, open: typeof openPart, work: OnNote): Promise<Answer> {
  const part = await open(visit.tx, visit.actor, visit.params['caseId'] ?? '', 'notes')
  const note = part && (await findNote(visit.tx, part.caseId, visit.params['noteId'] ?? ''))
  return part && note ? work(part, note) : notFound()
}

const withNoteToEdit = (visit: Visit, work: OnNote) => withNote(visit, openPartToEdit, work)
