/** Puts a mail in the outbox, in the caller's transaction. */

/** The jobs that carry mail out. */
export { type DeliveryParts, mailJobs } from './deliver.ts'
export { type Mail, sendMail } from './mails.ts'
/** The page on which mail is read where none goes out, and who may. */
export { type OutboxOpening, type OutboxParts, outboxOpening, outboxRoutes } from './outbox.tsx'
