import { formatInstant, today } from '../platform/clock.ts'
import { csvLine, csvMark } from '../platform/csv.ts'
import { type Answer, file, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { PrintButton } from '../ui/index.ts'
import { messagesOf } from './conversations.queries.ts'
import { memberInWords } from './directory.ts'
import { auditConversation, backTo, type ConversationParts, type Opened, section, titlesOf } from './frame.tsx'
import { resolveLinks } from './links.ts'
import { inShort, MessageArticle } from './message-article.tsx'

/** More than this is not one document. */
const most = 2_000

/** The whole conversation as a document, for the record. That it was taken away is on the record of its case. */
export async function printConversation(visit: Visit, parts: ConversationParts, conversation: Opened): Promise<Answer> {
  const { tx, actor } = visit
  const messages = await messagesOf(tx, conversation.id, { limit: most })
  const links = await resolveLinks(
    tx,
    messages.map(one => one.words),
  )
  const title = (await titlesOf(tx, actor, parts, [conversation])).get(conversation.id) ?? ''
  await auditConversation(visit, 'conversation-printed', conversation, { messages: messages.length })
  const body = (
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {conversation.members.map(memberInWords).join('; ')}. {messages.length === most ? `The latest ${most} messages.` : null}
      </p>
      <p class="govuk-body ly-no-print">
        <PrintButton />{' '}
        <a class="govuk-link" href={backTo(conversation)}>
          Back to the conversation
        </a>
      </p>
      <ol class="ly-messages">
        {messages.map(message => (
          <MessageArticle key={message.id} message={message} conversation={conversation} actor={actor} links={links} plain />
        ))}
      </ol>
    </>
  )
  return page(`${title} – messages`, body, { ...section, classification: 'OFFICIAL-SENSITIVE' })
}

export async function conversationFile(visit: Visit, conversation: Opened): Promise<Answer> {
  const { tx, clock } = visit
  const messages = await messagesOf(tx, conversation.id, { limit: most })
  const links = await resolveLinks(
    tx,
    messages.map(one => one.words),
  )
  await auditConversation(visit, 'conversation-downloaded', conversation, { messages: messages.length })
  const lines = messages.map(one =>
    csvLine([
      formatInstant(one.sentAt),
      one.authorName,
      one.authorFrom,
      one.withdrawnAt ? '' : inShort(one.words, links),
      one.withdrawnAt ? `Withdrawn ${formatInstant(one.withdrawnAt)}` : one.editedAt ? `Edited ${formatInstant(one.editedAt)}` : '',
    ]),
  )
  // Said in the file itself, which is read where no page stands beside it.
  const cut = messages.length === most ? [csvLine(['', '', '', `Only the latest ${most} messages: there may be earlier ones`, ''])] : []
  return file({
    content: [csvMark + csvLine(['Sent', 'By', 'Of', 'Message', 'Changed']), ...cut, ...lines].join(''),
    type: 'text/csv; charset=utf-8',
    name: `conversation-${today(clock)}.csv`,
  })
}
