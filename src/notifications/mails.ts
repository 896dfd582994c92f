import { v7 as uuid } from 'uuid'
import type { Tx } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs.ts'

export type Mail = {
  to: string
  subject: string
  /** Plain text. Says that there is something to see and where; never a word about a person. */
  text: string
  /** What it is, for the outbox page and the log: 'password-reset', 'invitation'. */
  kind: string
}

/** Puts a mail in the outbox, in the caller's transaction: it goes out if and only if what it tells of has been saved. */
export async function sendMail(tx: Tx, now: Date, mail: Mail): Promise<void> {
  const id = uuid()
  await tx
    .insertInto('mails')
    .values({ id, kind: mail.kind, recipient: oneLine(mail.to), subject: oneLine(mail.subject), body: mail.text, queued_at: now })
    .execute()
  await enqueue(tx, 'send-mail', { mailId: id })
}

/** A line break in a header would begin another header. */
const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ').trim()
