import type { VNode } from 'preact'
import { colleaguesAmong, openPartToEdit, type PartOfCase } from '../cases/index.ts'
import { addDocument, keepUpload } from '../documents/index.ts'
import { markNoticesRead } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Answer, json, page, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, FileUpload, Form, Input, PageTitle } from '../ui/index.ts'
import { isTooLong, tooLong, withoutOrigin } from './conversation.ts'
import { markRead, messagesOf } from './conversations.queries.ts'
import { auditConversation, type ConversationParts, type Opened, section, titlesOf } from './frame.tsx'
import { addressCalled, resolveLinks } from './links.ts'
import { MessageArticle } from './message-article.tsx'
import { MessageBox } from './message-box.tsx'
import { sendMessage } from './send.ts'

const onOnePage = 50

/** A conversation with its latest messages and the box to answer in. Whoever opens it has read it. */
export async function showConversation(
  visit: Visit,
  parts: ConversationParts,
  conversation: Opened,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx, actor, query, clock } = visit
  const before = /^\d{1,9}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : undefined
  const found = await messagesOf(tx, conversation.id, { limit: onOnePage + 1, before })
  const shown = found.slice(-onOnePage)
  const links = await resolveLinks(
    tx,
    shown.map(one => one.words),
  )
  const title = (await titlesOf(tx, actor, parts, [conversation])).get(conversation.id) ?? 'Messages'
  // An older page, which a search leads to, shows nothing that is new.
  if (conversation.unreadSince && before === undefined) {
    await markRead(tx, actor, conversation.id, shown.at(-1)?.number ?? 0)
    await markNoticesRead(tx, actor, clock.now(), paths.conversations.show(conversation.id))
  }
  await auditConversation(visit, 'conversation-opened', conversation, { shown: shown.length })
  const first = shown[0]
  const isLatest = before === undefined
  const mayWrite = may(actor, 'record')
  const body = (
    <div class="ly-narrow">
      {PageTitle({ title, context: await Context(parts, conversation) })}
      {errorSummaryFor(errors)}
      <nav class="ly-no-print" aria-label="This conversation">
        <ul class="ly-inline">
          <Act href={paths.conversations.people(conversation.id)} text={`Who is in it (${conversation.members.length})`} />
          <Act href={paths.conversations.print(conversation.id)} text="Print" />
          <Act href={paths.conversations.file(conversation.id)} text="Download (CSV)" />
        </ul>
      </nav>
      {found.length > shown.length && first ? (
        <p class="govuk-body ly-no-print">
          <a class="govuk-link" href={`${paths.conversations.show(conversation.id)}?before=${first.number}`}>
            Earlier messages
          </a>
        </p>
      ) : null}
      <ol
        class="ly-messages"
        aria-label="Messages"
        data-live={isLatest ? `${paths.conversations.live(conversation.id)}?after=${conversation.changes}` : undefined}
        data-mark-read={isLatest ? paths.conversations.markRead(conversation.id) : undefined}
        data-csrf={visit.form.csrf}
      >
        {shown.map(message => (
          <MessageArticle key={message.id} message={message} conversation={conversation} actor={actor} links={links} />
        ))}
      </ol>
      <p class="govuk-visually-hidden" role="status" data-live-status />
      <p class="govuk-body ly-second" data-live-line hidden />
      {isLatest ? (
        isLeftAlone(conversation) ? (
          <p class="govuk-body">The other one has left their agency, and this conversation with it. What was written stays here.</p>
        ) : mayWrite ? (
          await Answering(visit, conversation, typed, errors)
        ) : (
          <p class="govuk-body">Your role reads messages and writes none.</p>
        )
      ) : (
        <p class="govuk-body ly-no-print">
          <a class="govuk-link" href={paths.conversations.show(conversation.id)}>
            The latest messages
          </a>
        </p>
      )}
    </div>
  )
  return page(title, body, { ...section, hasErrors: errors.length > 0 })
}

/** Whoever wrote with them alone is not there any more: nobody would read an answer. */
const isLeftAlone = ({ isDirect, members }: Opened): boolean => isDirect && members.length < 2

const Act = ({ href, text }: { href: string; text: string }): VNode => (
  <li>
    <a class="govuk-link" href={href}>
      {text}
    </a>
  </li>
)

async function Context({ subjects }: ConversationParts, { subject, isDirect, startedAt, startedBy, members }: Opened): Promise<VNode> {
  const kind = subject && subjects.find(one => one.type === subject.type)
  return (
    <>
      {kind && subject ? (
        <>
          About{' '}
          <a class="govuk-link" href={kind.hrefOf(subject.id)}>
            {kind.called}
          </a>
          , seen by its members while they may see it.{' '}
        </>
      ) : null}
      {isDirect ? null : `${members.map(one => one.name).join(', ')}. `}
      Begun by {startedBy} on {formatInstant(startedAt)}.
    </>
  )
}

async function Answering(
  { tx, actor, clock, form }: Visit,
  conversation: Opened,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<VNode> {
  const mayAttach = conversation.caseId ? await openPartToEdit(tx, actor, conversation.caseId, 'documents') : undefined
  const whoOpens = mayAttach ? await whoCannotOpen(tx, clock.now(), conversation, mayAttach) : ''
  return (
    <Form
      {...form}
      action={paths.conversations.show(conversation.id)}
      multipart={mayAttach !== undefined}
      classes="ly-form ly-no-print ly-answer"
      attributes={{ 'data-answer': true }}
    >
      <MessageBox
        conversation={conversation}
        actor={actor}
        label="Your message"
        value={typed.typed('words')}
        rows={3}
        errorMessage={errorFor(errors, 'words')}
      />
      <details class="govuk-details" open={errors.some(one => one.field !== 'words')}>
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">Add a link{mayAttach ? ' or a document' : ''}</span>
        </summary>
        <div class="govuk-details__text">
          {Input({
            name: 'link',
            id: 'link',
            label: 'A person, case, action, document or meeting',
            hint: 'A client id, a case reference, or the address of its page, which you can also paste into a sentence of your message. Each reader sees who or what it is only if they may open it',
            value: typed.text('link'),
            errorMessage: errorFor(errors, 'link'),
            autocomplete: 'off',
            spellcheck: false,
          })}
          {mayAttach
            ? FileUpload({
                name: 'file',
                id: 'file',
                label: 'A document',
                hint: `It is put on file with the documents of the case, and the message links to it. Up to 25 MB. ${whoOpens}`,
                errorMessage: errorFor(errors, 'file'),
              })
            : null}
        </div>
      </details>
      {Button({ text: 'Send', preventDoubleClick: true })}
    </Form>
  )
}

/**
 * Who in the conversation does not read the documents of its case, said before one is attached. By name only to those who may know with whom
 * the case is shared (`agenciesKnownTo` in src/cases).
 */
async function whoCannotOpen(tx: Tx, now: Date, { members }: Opened, { lists, knownAgencies }: PartOfCase): Promise<string> {
  if (knownAgencies) return 'Whoever does not read the documents of the case cannot open it'
  const readers = new Set((await colleaguesAmong(tx, { lists, knownAgencies }, now)).map(one => one.principal))
  const names = members.filter(one => !readers.has(one.principal)).map(one => one.name)
  return names.length > 0 ? `${new Intl.ListFormat('en-GB').format(names)} will not be able to open it` : ''
}

export async function postMessage(visit: Visit, parts: ConversationParts, conversation: Opened): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const errors: FieldError[] = []
  const typed = withoutOrigin(fields.typed('words').trim(), parts.origin)
  if (isTooLong(typed)) errors.push({ field: 'words', message: tooLong })
  const link = fields.text('link') ? await addressCalled(tx, withoutOrigin(fields.text('link'), parts.origin)) : undefined
  if (fields.text('link') && !link)
    errors.push({ field: 'link', message: 'There is no person, case, action, document or meeting like this that you may open' })
  const attached = await attach(visit, parts, conversation, errors.length === 0)
  if (!attached.ok) errors.push({ field: 'file', message: attached.message })
  const path = attached.ok ? attached.path : undefined
  const words = [typed, link, path].filter(Boolean).join('\n')
  if (words === '' && errors.length === 0) errors.push({ field: 'words', message: 'Enter a message' })
  if (errors.length > 0) return showConversation(visit, parts, conversation, fields, errors)
  const id = await sendMessage(tx, actor, clock.now(), conversation, words)
  if (path) visit.afterCommit(() => parts.scanning?.wake())
  // The page stands open and is sent the message like everybody's: it needs a new form and no new page.
  if (fields.text('_live') === '1') return json({ sent: id, once: visit.form.once })
  return redirect(`${paths.conversations.show(conversation.id)}#message-${id}`)
}

type Attached = { ok: true; path?: string } | { ok: false; message: string }

/** Puts a document on file with the case, where the actor may, and says where it is. Last of all: what has been wrong so far keeps it from being put there. */
async function attach(
  { tx, actor, clock, uploads }: Visit,
  parts: ConversationParts,
  { caseId }: Opened,
  mayKeep: boolean,
): Promise<Attached> {
  const upload = uploads.find(one => one.field === 'file' && one.name !== '')
  if (!upload) return { ok: true }
  const place = caseId ? await openPartToEdit(tx, actor, caseId, 'documents') : undefined
  if (!place) return { ok: false, message: 'Documents are attached in a conversation about a case whose documents you may change' }
  if (!mayKeep) return { ok: false, message: 'Select the file again: it has not been kept' }
  const kept = await keepUpload(parts.files, upload)
  if (!kept.ok) return kept
  const document = { title: kept.file.name, kind: 'other', datedOn: null, file: kept.file, willBeScanned: parts.scanning !== null }
  const id = await addDocument(tx, actor, clock.now(), place, document)
  return { ok: true, path: paths.documents.show(place.caseId, id) }
}

/** An open page has shown what came, up to the number that it says. */
export async function postRead({ tx, actor, clock, fields }: Visit, conversation: Opened): Promise<Answer> {
  const through = fields.text('through')
  if (!/^\d{1,9}$/.test(through)) return redirect(paths.conversations.show(conversation.id))
  await markRead(tx, actor, conversation.id, Number(through))
  await markNoticesRead(tx, actor, clock.now(), paths.conversations.show(conversation.id))
  return redirect(paths.conversations.show(conversation.id))
}
