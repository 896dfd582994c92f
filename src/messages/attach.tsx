import type { VNode } from 'preact'
import { colleaguesAmong, openPartToEdit, type PartOfCase } from '../cases/index.ts'
import { addDocument, answerWithFile, documentsOf, keepUpload, mayOpen } from '../documents/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, type FieldError, FileUpload, Select } from '../ui/index.ts'
import type { Member } from './conversation.ts'
import { findConversation } from './conversations.queries.ts'
import { findFile, type NewFile } from './files.ts'
import { auditConversation, type ConversationParts } from './frame.tsx'

/** Where a document is attached: in a conversation, or in one that is about to begin. */
type Where = { caseId: string | null; isAboutSomething: boolean; members: readonly Pick<Member, 'principal' | 'name'>[] }

/**
 * What a message can bring: a file, which is put on file with the case where the writer may add to its documents, and otherwise goes with the conversation;
 * or a document that the case has already.
 */
export async function AttachFields(
  { tx, actor, clock }: Visit,
  where: Where,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<VNode> {
  const onFile = where.caseId ? await openPartToEdit(tx, actor, where.caseId, 'documents') : undefined
  const documents = where.caseId ? await documentsOf(tx, where.caseId, { limit: offered }) : []
  return (
    <>
      {FileUpload({
        name: 'file',
        id: 'file',
        label: 'A file',
        hint: onFile
          ? `It is put on file with the documents of the case, and the message links to it. Up to 25 MB. ${await whoCannotOpen(tx, clock.now(), where, onFile)}`
          : `Those who are in the conversation can open it${where.isAboutSomething ? ' while they may read it' : ''}, and nobody else. It is kept as long as the conversation. Up to 25 MB`,
        errorMessage: errorFor(errors, 'file'),
      })}
      {documents.length > 0
        ? Select({
            name: 'document',
            id: 'document',
            label: 'A document that the case has already',
            hint: 'Whoever does not read it there is told that there is something, and not what',
            items: [{ value: '', text: 'None' }, ...documents.map(one => ({ value: one.id, text: one.title }))],
            value: typed.text('document'),
            errorMessage: errorFor(errors, 'document'),
          })
        : null}
    </>
  )
}

/** The latest so many. Any other is linked by its address. */
const offered = 100

/**
 * Who in the conversation does not read the documents of its case, said before one is attached. By name only to those who may know with whom
 * the case is shared (`agenciesKnownTo` in src/cases).
 */
async function whoCannotOpen(tx: Tx, now: Date, { members }: Where, { lists, knownAgencies }: PartOfCase): Promise<string> {
  if (knownAgencies) return 'Whoever does not read the documents of the case cannot open it'
  const readers = new Set((await colleaguesAmong(tx, { lists, knownAgencies }, now)).map(one => one.principal))
  const names = members.filter(one => !readers.has(one.principal)).map(one => one.name)
  return names.length > 0 ? `${new Intl.ListFormat('en-GB').format(names)} will not be able to open it` : ''
}

/** What goes with a message: addresses for its words, and a file of the conversation's own. */
export type Attached = { ok: true; links: string[]; file?: NewFile } | { ok: false; field: string; message: string }

/** Reads and keeps what was attached. Last of all that is read from the form: what has been wrong so far keeps a file from being kept. */
export async function attach(
  visit: Visit,
  { files, scanning }: ConversationParts,
  caseId: string | null,
  mayKeep: boolean,
): Promise<Attached> {
  const { tx, actor, clock, fields, uploads } = visit
  const links: string[] = []
  if (caseId && fields.text('document')) {
    const document = (await documentsOf(tx, caseId, { limit: offered })).find(one => one.id === fields.text('document'))
    if (!document) return { ok: false, field: 'document', message: 'Select a document that you may open' }
    links.push(paths.documents.show(caseId, document.id))
  }
  const upload = uploadedIn(uploads)
  if (!upload) return { ok: true, links }
  const [again] = mayKeep ? [] : notKept(visit)
  if (again) return { ok: false, ...again }
  const place = caseId ? await openPartToEdit(tx, actor, caseId, 'documents') : undefined
  const kept = await keepUpload(place ? files.ofCases : files.ofMessages, upload)
  if (!kept.ok) return { ok: false, field: 'file', message: kept.message }
  const willBeScanned = scanning !== null
  visit.afterCommit(() => scanning?.wake())
  if (!place) return { ok: true, links, file: { file: kept.file, willBeScanned } }
  const document = { title: kept.file.name, kind: 'other', datedOn: null, file: kept.file, willBeScanned }
  links.push(paths.documents.show(place.caseId, await addDocument(tx, actor, clock.now(), place, document)))
  return { ok: true, links }
}

/** A browser gives a file once: where the page comes again without having kept it, that is said. */
export const notKept = ({ uploads }: Pick<Visit, 'uploads'>): FieldError[] =>
  uploadedIn(uploads) ? [{ field: 'file', message: 'Select the file again: it has not been kept' }] : []

const uploadedIn = (uploads: Visit['uploads']) => uploads.find(one => one.field === 'file' && one.name !== '')

/** `/conversations/files/:fileId`: hands a file over to whoever is in its conversation, or shows it where that is safe. */
export async function openAttached(visit: Visit, { files }: ConversationParts): Promise<Answer> {
  const { tx, actor, params, query } = visit
  const file = await findFile(tx, params['fileId'] ?? '')
  const conversation = file && (await findConversation(tx, actor, file.conversationId))
  if (!file || !conversation) return notFound()
  if (!mayOpen(file.scan).ok) return redirect(paths.conversations.show(conversation.id), { notice: 'This file cannot be opened.' })
  const kept = await files.ofMessages.read(file.key)
  if (!kept) throw new Error(`The file ${file.id} of a message is not in storage.`)
  await auditConversation(visit, 'message-file-opened', conversation, { file: file.id })
  return answerWithFile({ name: file.fileName, contentType: file.contentType, ...kept }, query.has('show'))
}
