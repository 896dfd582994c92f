/** The jobs that carry mail out. */
export { type DeliveryParts, mailJobs } from './deliver.ts'
/** Kinds of thing that people are told of. */
export type { NoticeKind } from './kinds.ts'
/** The jobs that say by e-mail that there is something to see, and forget old notices. */
export { type NoticeJobsParts, noticeJobs } from './mail-notices.ts'
/** Puts a mail in the outbox, in the caller's transaction. */
export { type Mail, sendMail } from './mails.ts'
/** How many notices the actor has not read: for the band of every page. */
export { countUnread, markNoticesRead, unreadNotices } from './notices.queries.ts'
/** The pages of notices. */
export { type NoticesParts, noticeRoutes } from './notices.routes.tsx'
/** What is new, for "My work". */
export { noticesPanel } from './notices-panel.tsx'
/** The page on which mail is read where none goes out, and who may. */
export { type OutboxOpening, type OutboxParts, outboxOpening, outboxRoutes } from './outbox.tsx'
/** Tells users of something, in the caller's transaction; of what happens many times over, once; and takes back what is no longer so. */
export { type NewNotice, tellUsers, tellUsersOnce, withdrawNotices } from './tell-users.ts'
