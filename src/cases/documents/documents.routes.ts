import { type Document, findDocument, largestFile } from '../../documents/index.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound } from '../../platform/web/answer.ts'
import { noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { withPart } from '../part-page.tsx'
import { addPage, postNew } from './add-document.tsx'
import { type DocumentParts, isTheirs } from './document-pages.tsx'
import { listDocuments } from './documents-list.tsx'
import { editPage, postEdit } from './edit-document.tsx'
import { openFile } from './open-file.ts'
import { showDocument } from './show-document.tsx'
import { postVersion, versionPage } from './version-document.tsx'
import { postPutBack, postWithdraw, withdrawPage } from './withdraw-document.tsx'

/** `/cases/:caseId/documents…`: list, look, download, add, add a version, describe, withdraw, put back. */
export function documentRoutes(routes: Routes, parts: DocumentParts): void {
  const list = '/cases/:caseId/documents'
  const one = `${list}/:documentId`
  const reading = { may: 'read-records' } as const
  const writing = { may: 'record' } as const
  const upload = { may: 'record', uploadLimit: largestFile } as const
  const nothing = { typed: noFields, errors: [] }

  routes.get(list, reading, visit => withPart(visit, 'documents', 'read', part => listDocuments(visit, parts, part)))
  routes.get(`${list}/new`, writing, visit => withPart(visit, 'documents', 'edit', part => addPage(visit, parts, part, nothing)))
  routes.post(`${list}/new`, upload, visit => withPart(visit, 'documents', 'edit', part => postNew(visit, parts, part)))

  routes.get(
    one,
    reading,
    on('read', (visit, about) => showDocument(visit, parts, about.part, about.document)),
  )
  routes.get(
    `${one}/files/:number`,
    reading,
    on('read', (visit, about) => openFile(visit, parts, about)),
  )
  routes.get(
    `${one}/edit`,
    writing,
    on('own', (visit, about) => editPage(visit, parts, about, nothing)),
  )
  routes.post(
    `${one}/edit`,
    writing,
    on('own', (visit, about) => postEdit(visit, parts, about)),
  )
  routes.get(
    `${one}/versions/new`,
    writing,
    on('edit', (visit, about) => versionPage(visit, parts, about, nothing)),
  )
  routes.post(
    `${one}/versions/new`,
    upload,
    on('edit', (visit, about) => postVersion(visit, parts, about)),
  )
  routes.get(
    `${one}/withdraw`,
    writing,
    on('own', (visit, about) => withdrawPage(visit, parts, about, nothing)),
  )
  routes.post(
    `${one}/withdraw`,
    writing,
    on('own', (visit, about) => postWithdraw(visit, parts, about)),
  )
  routes.post(`${one}/put-back`, writing, on('own', postPutBack))
}

/** A withdrawn document is shown only to those who could put it back. `own`: what is done to a document that is there (`isTheirs`). */
const on =
  (to: 'read' | 'edit' | 'own', work: (visit: Visit, about: { part: PartOfCase; document: Document }) => Promise<Answer>) =>
  (visit: Visit) => {
    const id = visit.params.documentId ?? ''
    if (!isId(id)) return Promise.resolve(notFound())
    const open = async (part: PartOfCase) => {
      const document = await findDocument(visit.tx, id)
      if (document?.caseId !== part.caseId || (document.withdrawn && !isTheirs(visit.actor, part, document))) return notFound()
      if (to === 'own' && !isTheirs(visit.actor, part, document)) return notFound()
      return work(visit, { part, document })
    }
    return withPart(visit, 'documents', to === 'own' ? 'edit' : to, open, id)
  }
