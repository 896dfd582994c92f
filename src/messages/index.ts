/** Messages: conversations between users of any service and agency. What they are and who sees them: README.md. */

/** How many conversations hold something unread: for the navigation, as part of its one statement. */
export { conversationToChange, unreadConversations } from './conversations.queries.ts'
export { conversationRoutes } from './conversations.routes.ts'
export { usersWithIds } from './directory.ts'
/** Files of conversations that wait for the scanner. */
export { messageFilesToScan } from './files.ts'
/** What the reader and others say about a case, or about what another module brings, on its page. */
export { MessagesAbout, MessagesPanel } from './messages-panel.tsx'
/** Forgets conversations whose time has come: a nightly job. */
export { forgetConversations } from './retention.tsx'
/** Adds to a conversation that the actor is in. */
export { sendMessage } from './send.ts'
/** Begins a conversation with its first message; lets somebody in. */
export { addMember, startConversation } from './start.ts'
/** What people can talk about: a case, an action; a module above brings its own. */
export { actionSubject, type ConversationSubject, caseSubject, type OpenSubject } from './subject.ts'
/** Tells members who have not read: a job. */
export { tellOfMessages, tellTask } from './tell.ts'
