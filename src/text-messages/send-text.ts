import type { Actor } from '../platform/actor.ts'
import type { PlainTime } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { addBatch, queueTexts } from './batches.ts'
import type { LeftOut } from './may-text.ts'
import { recipientsOf } from './recipients.ts'
import { templateFor } from './templates.queries.ts'
import { appointmentInWords } from './words.ts'

export type Reminder = { caseId: string; day: PlainDate; time: PlainTime }

/**
 * Texts one person of an appointment that has been arranged with them: in the words of the sender's agency, in the caller's transaction, as
 * the sender. Answers why not where it is not safe now or they want none; nothing is then queued.
 */
export async function sendText(
  tx: Tx,
  sender: Actor,
  now: Date,
  { caseId, day, time }: Reminder,
): Promise<Result<{ batchId: string }, LeftOut | 'not-there'>> {
  const { words, templateId, templateVersion } = await templateFor(tx, sender.agency, 'appointment')
  const { to, leftOut } = await recipientsOf(tx, sender, now, {
    members: [{ caseId, filling: appointmentInWords(day, time) }],
    words,
    alone: false,
  })
  if (to.length === 0) return no(leftOut[0]?.why ?? 'not-there')
  const batchId = await addBatch(tx, sender, now, { groupKey: 'reminder', groupOption: caseId, words, templateId, templateVersion })
  await queueTexts(tx, sender, now, batchId, { to, leftOut })
  return ok({ batchId })
}
