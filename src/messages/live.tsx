import { renderToString } from 'preact-render-to-string'
import { paths } from '../paths.ts'
import type { Live, LiveEvent, LiveSource } from '../platform/live/streams.ts'
import type { Conversation, Message } from './conversation.ts'
import { countUnread, findConversation, messagesOf } from './conversations.queries.ts'
import { resolveLinks } from './links.ts'
import { MessageArticle } from './message-article.tsx'
import { namesToCall } from './message-box.tsx'
import { auditReadOfCases } from './read-of-cases.ts'

/** More than so many missed are read on the page itself. */
const most = 100

/** The streams of a conversation's page and of the list. Each look is a read of its reader's, under their own rights, of what came after a number. */
export function conversationStreams(live: Live): void {
  live.get('/conversations/live', { may: 'read-records' }, unreadCount)
  live.get('/conversations/:conversationId/live', { may: 'read-records', about: 'conversationId' }, whatIsNew)
}

const unreadCount: LiveSource = async ({ tx, actor, after }) => {
  const { count, latest } = await countUnread(tx, actor)
  const mark = `${count}-${latest?.getTime() ?? 0}`
  return mark === after ? [] : [{ event: 'unread', id: mark, data: String(count) }]
}

const whatIsNew: LiveSource = async ({ tx, actor, clock, params, after }) => {
  const conversation = await findConversation(tx, actor, params['conversationId'] ?? '')
  if (!conversation) return 'gone'
  const since = /^\d{1,9}$/.test(after) ? Number(after) : conversation.changes
  if (conversation.changes <= since) return after === '' ? [{ event: 'began', id: String(since), data: '' }] : []
  const messages = await messagesOf(tx, conversation.id, { limit: most + 1, changedAfter: since })
  // What came between the two readings is among the messages; whoever comes later is read at the next look.
  const id = String(Math.max(conversation.changes, ...messages.map(one => one.change)))
  if (messages.length > most) return [{ event: 'reload', id, data: paths.conversations.show(conversation.id) }]
  await auditReadOfCases(tx, actor, clock.now(), 'conversation-followed', [conversation])
  const links = await resolveLinks(
    tx,
    messages.map(one => one.words),
  )
  const events: LiveEvent[] = messages.map(message => ({
    event: 'message',
    data: renderToString(<MessageArticle message={message} conversation={conversation} actor={actor} links={links} />),
  }))
  if (hasOtherChanges(conversation, messages, since)) events.unshift({ event: 'members', data: namesToCall(conversation, actor) })
  // Only with the last: whoever is cut off in between is sent all of them again.
  return events.map((event, place) => (place === events.length - 1 ? { ...event, id } : event))
}

/** Whether a change is of none of the messages, so that somebody came or went; or, once in a while, one that a later edit stands over. */
function hasOtherChanges({ changes }: Conversation, messages: readonly Message[], since: number): boolean {
  const ofMessages = new Set(messages.flatMap(one => [one.number, one.change]).filter(one => one > since && one <= changes))
  return ofMessages.size < changes - since
}
