import { type Answer, notFound } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { withPart } from '../part-page.tsx'
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
  routes.get(list, { may: 'read-records' }, visit => withPart(visit, 'notes', 'read', part => listNotes(visit, parts, part)))
  routes.get(`${list}/print`, { may: 'read-records' }, visit => withPart(visit, 'notes', 'read', part => printNotes(visit, part)))
  routes.get(`${list}/new`, { may: 'record' }, visit => withPart(visit, 'notes', 'edit', part => showNew(visit, parts, part)))
  routes.post(`${list}/new`, { may: 'record' }, visit => withPart(visit, 'notes', 'edit', part => postNew(visit, parts, part)))
  routes.get(`${list}/new/others`, { may: 'record' }, visit => withPart(visit, 'notes', 'edit', part => showOthers(visit, parts, part)))
  routes.post(`${list}/new/others`, { may: 'record' }, visit => withPart(visit, 'notes', 'edit', part => postOthers(visit, part)))
  routes.post(`${list}/draft`, { may: 'record', repeatable: true }, visit =>
    withPart(visit, 'notes', 'edit', part => postDraft(visit, part)),
  )
  routes.get(one, { may: 'read-records' }, visit => withNote(visit, 'read', (part, note) => showNote(visit, parts, part, note)))
  routes.get(`${one}/correct`, { may: 'record' }, visit => withNote(visit, 'edit', (part, note) => showCorrect(visit, parts, part, note)))
  routes.post(`${one}/correct`, { may: 'record' }, visit => withNote(visit, 'edit', (part, note) => postCorrect(visit, parts, part, note)))
  routes.get(`${one}/readers`, { may: 'restrict' }, visit => withNote(visit, 'edit', (part, note) => showReaders(visit, parts, part, note)))
  routes.post(`${one}/readers`, { may: 'restrict' }, visit =>
    withNote(visit, 'edit', (part, note) => postReaders(visit, parts, part, note)),
  )
}

function withNote(visit: Visit, to: 'read' | 'edit', work: (part: PartOfCase, note: Note) => Promise<Answer>): Promise<Answer> {
  return withPart(visit, 'notes', to, async part => {
    const note = await findNote(visit.tx, part.caseId, visit.params['noteId'] ?? '')
    return note ? work(part, note) : notFound()
  })
}
