import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import { openPartToEdit, recordOnTimeline } from '../cases/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Received } from './carrier.ts'

export type ReplyToRecord = { reply: Received; caseId: string; messageId: string | null; byHand: boolean }

/** Puts an answer on the record of a case, if the actor may change it, and tells whoever works it. Answers whether it is there. */
export async function recordReply(tx: Tx, actor: Actor, now: Date, { reply, caseId, messageId, byHand }: ReplyToRecord): Promise<boolean> {
  const part = await openPartToEdit(tx, actor, caseId, 'notes')
  if (!part) return false
  const added = await sql`
    insert into text_replies (id, person_id, case_id, message_id, number, words, received_at, placed_by, readers, editors, withheld)
    values (${reply.id}, ${part.personId}, ${caseId}, ${messageId}::uuid, ${reply.number}, ${reply.words}, ${reply.at}, ${byHand ? actor.userId : null}::uuid,
      ${part.lists.readers}::int[], ${part.lists.editors}::int[], ${part.lists.withheld}::int[])
    on conflict (id) do nothing`.execute(tx)
  // A job that was cut short between the record and the inbox comes again: it is there already.
  if (added.numAffectedRows !== 1n) return true
  await recordOnTimeline(tx, {
    caseId,
    at: reply.at,
    kind: 'message',
    part: 'notes',
    title: 'Text message received',
    summary: reply.words,
    source: { type: 'text-reply', id: reply.id },
    href: `${paths.messages.ofCase(caseId)}#text-${reply.id}`,
    actor,
    lists: part.lists,
  })
  await audit(tx, actor, now, {
    action: byHand ? 'text-reply-placed' : 'text-reply-recorded',
    subject: { type: 'text-reply', id: reply.id },
    personId: part.personId,
    caseId,
  })
  const { rows } = await sql<{ workerId: string | null }>`select worker_id as "workerId" from cases where id = ${caseId}`.execute(tx)
  const to = [rows[0]?.workerId ?? null, byHand ? null : actor.userId].filter(id => id !== null && !(byHand && id === actor.userId))
  await tellUsers(tx, now, {
    to: to as string[],
    kind: 'text-reply',
    words: 'A text message has been answered',
    href: paths.messages.ofCase(caseId),
    caseId,
  })
  return true
}
