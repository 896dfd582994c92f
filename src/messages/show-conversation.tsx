import type { VNode } from 'preact'
import { markNoticesRead } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, json, page, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle } from '../ui/index.ts'
import { AttachFields, attach } from './attach.tsx'
import { isTooLong, tooLong, withoutOrigin } from './conversation.ts'
import { markRead, messagesOf } from './conversations.queries.ts'
import { auditConversation, type ConversationParts, type Opened, section, titlesOf } from './frame.tsx'
import { addressCalled, resolveLinks } from './links.ts'
import { MessageArticle } from './message-article.tsx'
import { MessageBox } from './message-box.tsx'
import { sendMessage } from './send.ts'
import { cannotRead, shutOutOf } from './shut-out.ts'

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
  const shutOut = await shutOutOf(visit, parts, conversation)
  const body = (
    <div class="ly-narrow">
      {PageTitle({ title, context: Context(parts, conversation, shutOut) })}
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
          await Answering(visit, conversation, shutOut, typed, errors)
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

function Context(
  { subjects }: ConversationParts,
  { subject, isDirect, startedAt, startedBy, members }: Opened,
  shutOut: ReadonlySet<string>,
): VNode {
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
      {isDirect ? null : `${members.map(one => `${one.name}${shutOut.has(one.userId) ? cannotRead : ''}`).join(', ')}. `}
      Begun by {startedBy} on {formatInstant(startedAt)}.
    </>
  )
}

async function Answering(
  visit: Visit,
  conversation: Opened,
  shutOut: ReadonlySet<string>,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<VNode> {
  const { actor, form } = visit
  const where = { caseId: conversation.caseId, isAboutSomething: conversation.subject !== null, members: conversation.members }
  return (
    <Form
      {...form}
      action={paths.conversations.show(conversation.id)}
      multipart
      classes="ly-form ly-no-print ly-answer"
      attributes={{ 'data-answer': true }}
    >
      <MessageBox
        conversation={{ ...conversation, members: conversation.members.filter(one => !shutOut.has(one.userId)) }}
        actor={actor}
        label="Your message"
        value={typed.typed('words')}
        rows={3}
        errorMessage={errorFor(errors, 'words')}
      />
      <details class="govuk-details" open={errors.some(one => one.field !== 'words')}>
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">Add a link or a document</span>
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
          {await AttachFields(visit, where, typed, errors)}
        </div>
      </details>
      {Button({ text: 'Send', preventDoubleClick: true })}
    </Form>
  )
}

export async function postMessage(visit: Visit, parts: ConversationParts, conversation: Opened): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const errors: FieldError[] = []
  const typed = withoutOrigin(fields.typed('words').trim(), parts.origin)
  if (isTooLong(typed)) errors.push({ field: 'words', message: tooLong })
  const link = fields.text('link') ? await addressCalled(tx, withoutOrigin(fields.text('link'), parts.origin)) : undefined
  if (fields.text('link') && !link)
    errors.push({ field: 'link', message: 'There is no person, case, action, document or meeting like this that you may open' })
  const attached = await attach(visit, parts, conversation.caseId, errors.length === 0)
  if (!attached.ok) errors.push(attached)
  const { links, file } = attached.ok ? attached : { links: [] }
  const words = [typed, link, ...links].filter(Boolean).join('\n')
  if (words === '' && !file && errors.length === 0) errors.push({ field: 'words', message: 'Enter a message' })
  if (errors.length > 0) return showConversation(visit, parts, conversation, fields, errors)
  const id = await sendMessage(tx, actor, clock.now(), conversation, words, file)
  // The page stands open and is sent the message like everybody's: it needs a new form and no new page.
  if (fields.text('_live') === '1') return json({ sent: id, once: visit.form.once })
  return redirect(`${paths.conversations.show(conversation.id)}#message-${id}`)
}

/** An open page has shown what came, up to the number that it says. */
export async function postRead({ tx, actor, clock, fields }: Visit, conversation: Opened): Promise<Answer> {
  const through = fields.text('through')
  if (!/^\d{1,9}$/.test(through)) return redirect(paths.conversations.show(conversation.id))
  await markRead(tx, actor, conversation.id, Number(through))
  await markNoticesRead(tx, actor, clock.now(), paths.conversations.show(conversation.id))
  return redirect(paths.conversations.show(conversation.id))
}
