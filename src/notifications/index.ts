/** Puts a mail in the outbox, in the caller's transaction. */
export { type Mail, sendMail } from './mails.ts'
/** The jobs that carry mail out. */
export { type DeliveryParts, mailJobs } from './deliver.ts'
/** The page on which mail is read where none goes out, and who may. */
export { outboxOpening, type OutboxOpening, type OutboxParts, outboxRoutes } from './outbox.tsx'
