import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, PageTitle } from '../ui/index.ts'
import { inPlace, linksIn, type Message, numbered, readMessage, withoutOrigin } from './conversation.ts'
import { versionsOf } from './conversations.queries.ts'
import { filesOf } from './files.ts'
import { auditConversation, backTo, type ConversationParts, type Opened, section } from './frame.tsx'
import { type Links, resolveLinks } from './links.ts'
import { MessageArticle, withLinks } from './message-article.tsx'
import { MessageBox } from './message-box.tsx'
import { editMessage, mayChange, withdrawMessage } from './send.ts'

const at = (conversation: Opened, message: Message): string => `${backTo(conversation)}#message-${message.id}`

/** Where a message stands: what a search leads to. */
export const leadToMessage = async (_visit: Visit, conversation: Opened, message: Message): Promise<Answer> =>
  redirect(`${paths.conversations.show(conversation.id)}?before=${message.number + 1}#message-${message.id}`)

export async function showEdit(
  visit: Visit,
  conversation: Opened,
  message: Message,
  fields: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (!mayChange(visit.actor, message).ok) return notFound()
  const now = numbered(message.words)
  const links = errors.length > 0 ? linksOf(fields) : now.links
  const body = (
    <Form {...visit.form} action={paths.conversations.editMessage(message.id)} classes="ly-form ly-narrow">
      {errorSummaryFor(errors)}
      {PageTitle({ title: 'Edit message', context: 'What it said before is kept, and those in the conversation can read it.' })}
      <MessageBox
        conversation={conversation}
        actor={visit.actor}
        label="Message"
        value={errors.length > 0 ? fields.typed('words') : now.words}
        rows={5}
        errorMessage={errorFor(errors, 'words')}
      />
      {links.length > 0 ? <WhatLinksAre links={links} names={await resolveLinks(visit.tx, links)} /> : null}
      <Buttons text="Save" back={at(conversation, message)} />
    </Form>
  )
  return page('Edit message', body, { ...section, hasErrors: errors.length > 0 })
}

/** The form carries them itself, so that a number means what it meant on the page whatever has been saved meanwhile. */
function WhatLinksAre({ links, names }: { links: readonly string[]; names: Links }) {
  return (
    <>
      <p class="govuk-body">
        A link stands where its number does in square brackets. Take that out, and the link is gone; what it leads to stays where it is.
      </p>
      <ul class="govuk-list">
        {links.map((path, place) => (
          <li key={path}>
            [link {place + 1}]: {names.get(path) ?? 'something that you may not open'}
            <input type="hidden" name="link" value={path} />
          </li>
        ))}
      </ul>
    </>
  )
}

const linksOf = (fields: Fields): string[] => fields.all('link').filter(path => linksIn(path)[0]?.path === path)

export async function postEdit(visit: Visit, { origin }: ConversationParts, conversation: Opened, message: Message): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readMessage(inPlace(withoutOrigin(fields.typed('words'), origin), linksOf(fields)))
  if (!read.ok) return showEdit(visit, conversation, message, fields, [{ field: 'words', message: read.message }])
  const edited = await editMessage(tx, actor, clock.now(), conversation, message, read.words)
  return edited.ok ? redirect(at(conversation, message)) : notFound()
}

export async function showWithdraw(visit: Visit, conversation: Opened, message: Message): Promise<Answer> {
  if (!mayChange(visit.actor, message).ok) return notFound()
  const links = await resolveLinks(visit.tx, [message.words])
  const body = (
    <Form {...visit.form} action={paths.conversations.withdrawMessage(message.id)} classes="ly-form ly-narrow">
      {PageTitle({
        title: 'Withdraw message',
        context: 'The others will see that there was a message, and no word of it. You can still read what it said.',
      })}
      <blockquote class="govuk-inset-text ly-as-written">{withLinks(message.words, conversation, links)}</blockquote>
      <WhatStays links={links} files={(await filesOf(visit.tx, message.id)).map(one => one.fileName)} />
      <Buttons text="Withdraw" back={at(conversation, message)} />
    </Form>
  )
  return page('Withdraw message', body, section)
}

export async function postWithdraw({ tx, actor, clock }: Visit, conversation: Opened, message: Message): Promise<Answer> {
  const withdrawn = await withdrawMessage(tx, actor, clock.now(), conversation, message)
  return withdrawn.ok ? redirect(at(conversation, message), { notice: 'Message withdrawn.' }) : notFound()
}

/** What a message said before. Of one that was withdrawn, its author alone is shown any. */
export async function showHistory(visit: Visit, conversation: Opened, message: Message): Promise<Answer> {
  const versions = await versionsOf(visit.tx, message.id)
  if (versions.length === 0) return notFound()
  await auditConversation(visit, 'message-history-opened', conversation, { message: message.id })
  const links = await resolveLinks(visit.tx, [message.words, ...versions.map(one => one.words)])
  const body = (
    <div class="ly-narrow">
      {PageTitle({
        title: 'What this message said before',
        context: (
          <a class="govuk-link" href={at(conversation, message)}>
            Back to the conversation
          </a>
        ),
      })}
      <ol class="ly-messages">
        <MessageArticle message={message} conversation={conversation} actor={visit.actor} links={links} plain />
        {versions.map(one => (
          <li key={one.id} class="ly-message">
            <p class="ly-second">Until {formatInstant(one.replacedAt)}</p>
            <div class="ly-as-written" dir="auto">
              {withLinks(one.words, conversation, links)}
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
  return page('What this message said before', body, section)
}

/** A document of a case is on file, and others may rely on it: it does not go with the message. A file of the conversation does. */
function WhatStays({ links, files }: { links: Links; files: readonly string[] }) {
  const documents = [...links].filter(([path]) => path.includes('/documents/'))
  return (
    <>
      {files.length > 0 ? <p class="govuk-body">Nobody else can open {new Intl.ListFormat('en-GB').format(files)} any more.</p> : null}
      {documents.length > 0 ? (
        <p class="govuk-body">
          These stay on file with the case:{' '}
          {documents.map(([path, name], index) => (
            <>
              {index > 0 ? ', ' : null}
              <a class="govuk-link" href={path}>
                {name}
              </a>
            </>
          ))}
          . If one should not be there, withdraw it on its own page.
        </p>
      ) : null}
    </>
  )
}

const Buttons = ({ text, back }: { text: string; back: string }) => (
  <div class="govuk-button-group">
    {Button({ text, preventDoubleClick: true })}
    <a class="govuk-link" href={back}>
      Cancel
    </a>
  </div>
)
