import { largestFile } from '../documents/index.ts'
import type { Live } from '../platform/live/streams.ts'
import type { Routes } from '../platform/web/routes.ts'
import { openAttached } from './attach.tsx'
import { leadToMessage, postEdit, postWithdraw, showEdit, showHistory, showWithdraw } from './change-message.tsx'
import { type ConversationParts, withConversation, withConversationToChange, withMessage, withMessageToChange } from './frame.tsx'
import { listConversations } from './list-conversations.tsx'
import { conversationStreams } from './live.tsx'
import { postNew, showNew } from './new-conversation.tsx'
import { postLeave, postPeople, showPeople } from './people-in-it.tsx'
import { postRetention, showRetention } from './retention.tsx'
import { postMessage, postRead, showConversation } from './show-conversation.tsx'
import { conversationFile, printConversation } from './take-away.tsx'

/** `/conversations…`: messages between users. */
export function conversationRoutes(routes: Routes, live: Live, parts: ConversationParts): void {
  const read = { may: 'read-records' } as const
  const write = { may: 'record' } as const
  routes.get('/conversations', read, visit => listConversations(visit, parts))
  routes.get('/conversations/new', write, visit => showNew(visit, parts))
  routes.post('/conversations/new', { ...write, uploadLimit: largestFile }, visit => postNew(visit, parts))
  routes.get('/conversations/retention', { may: 'manage-authority' }, visit => showRetention(visit, parts))
  routes.post('/conversations/retention', { may: 'manage-authority' }, visit => postRetention(visit, parts))

  routes.get('/conversations/files/:fileId', read, visit => openAttached(visit, parts))

  const one = '/conversations/:conversationId'
  routes.get(one, read, visit => withConversation(visit, conversation => showConversation(visit, parts, conversation)))
  routes.post(one, { ...write, uploadLimit: largestFile }, visit =>
    withConversationToChange(visit, conversation => postMessage(visit, parts, conversation)),
  )
  routes.post(`${one}/read`, { ...read, repeatable: true }, visit => withConversation(visit, conversation => postRead(visit, conversation)))
  routes.get(`${one}/people`, read, visit => withConversation(visit, conversation => showPeople(visit, parts, conversation)))
  routes.post(`${one}/people`, write, visit => withConversationToChange(visit, conversation => postPeople(visit, parts, conversation)))
  routes.post(`${one}/leave`, write, visit => withConversationToChange(visit, conversation => postLeave(visit, conversation)))
  routes.get(`${one}/print`, read, visit => withConversation(visit, conversation => printConversation(visit, parts, conversation)))
  routes.get(`${one}/file`, read, visit => withConversation(visit, conversation => conversationFile(visit, conversation)))

  const message = '/conversations/messages/:messageId'
  routes.get(message, read, visit => withMessage(visit, (conversation, its) => leadToMessage(visit, conversation, its)))
  routes.get(`${message}/edit`, write, visit => withMessage(visit, (conversation, its) => showEdit(visit, conversation, its)))
  routes.post(`${message}/edit`, write, visit =>
    withMessageToChange(visit, (conversation, its) => postEdit(visit, parts, conversation, its)),
  )
  routes.get(`${message}/withdraw`, write, visit => withMessage(visit, (conversation, its) => showWithdraw(visit, conversation, its)))
  routes.post(`${message}/withdraw`, write, visit =>
    withMessageToChange(visit, (conversation, its) => postWithdraw(visit, conversation, its)),
  )
  routes.get(`${message}/history`, read, visit => withMessage(visit, (conversation, its) => showHistory(visit, conversation, its)))
  conversationStreams(live)
}
