/** Text messages: to whom, in which words, what became of them, what was answered. What they are and who sees them: README.md. */

/** A text step by step, as its pages write, check and queue it: for stories that are told through the product. */
export { addBatch, queueTexts } from './batches.ts'
/** Where GOV.UK Notify tells us of receipts and answers. */
export { type CallbackParts, callbackRoutes } from './callbacks.ts'
/** What hands texts to the networks: GOV.UK Notify, or the outbox where none goes out. */
export { type Carrier, outboxCarrier } from './carrier.ts'
export { caseTextRoutes, TextsPanel } from './case-texts.tsx'
/** The jobs that hand texts over, ask after them and place what is answered. */
export { textJobs } from './deliver.ts'
/** A group that can be texted, as other modules offer theirs. */
export type { GroupChoice, TextGroup } from './groups.ts'
/** How many answers wait to be placed by hand, as part of a statement. */
export { waitingReplies } from './inbox.queries.ts'
export { inboxRoutes } from './inbox.routes.tsx'
/** Why somebody is left out, and in words. */
export { type LeftOut, leftOutWords } from './may-text.ts'
export { messageRoutes } from './messages.routes.tsx'
export { type NotifyParts, notifyCarrier } from './notify.ts'
/** What has gone out lately that the reader may see, for the page that shows it where nothing leaves the machine. */
export { textsInOutbox } from './outbox.ts'
export type { Receiver, ReceiversOf } from './receivers.ts'
export { type Member, recipientsOf } from './recipients.ts'
/** Adds a wording, as an administrator of the agency. */
export { addTemplate } from './templates.queries.ts'
export { wordingRoutes } from './templates.routes.tsx'
/** What may be filled into a text: a closed list; of an appointment, when it is. */
export { appointmentInWords, type Filling } from './words.ts'
