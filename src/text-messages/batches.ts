import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPartOfMany } from '../access/index.ts'
import { audit, auditAll } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { enqueue } from '../platform/jobs.ts'
import type { Recipients } from './recipients.ts'
import type { TextStatus } from './status.ts'

/** What somebody means to send to a group, or to one person because of a case (`case`), or has sent. */
export type Batch = {
  id: string
  groupKey: string
  groupOption: string
  /** The parent or carer to whom a text about the person of a case goes. */
  receiverId: string | null
  words: string
  templateId: string | null
  templateVersion: number | null
  madeAt: Date
  confirmedAt: Date | null
  /** Its sender thought better of it. */
  stoppedAt: Date | null
}
export type NewBatch = Pick<Batch, 'groupKey' | 'groupOption' | 'receiverId' | 'words' | 'templateId' | 'templateVersion'>

const columns = sql<Batch>`
  b.id, b.group_key as "groupKey", b.group_option as "groupOption", b.receiver_id as "receiverId", b.words, b.template_id as "templateId", b.template_version as "templateVersion",
  b.made_at as "madeAt", b.confirmed_at as "confirmedAt", b.stopped_at as "stoppedAt"`

export async function addBatch(tx: Tx, actor: Actor, now: Date, batch: NewBatch): Promise<string> {
  const id = uuid()
  await sql`
    insert into text_batches (id, sender_id, agency, made_at, group_key, group_option, receiver_id, words, template_id, template_version)
    values (${id}, ${actor.userId}::uuid, ${actor.agency}, ${now}, ${batch.groupKey}, ${batch.groupOption}, ${batch.receiverId}::uuid, ${batch.words}, ${batch.templateId}::uuid,
      ${batch.templateVersion}::int)`.execute(tx)
  return id
}

/** Says it otherwise, as long as it has not been confirmed. */
export async function changeBatch(tx: Tx, id: string, batch: NewBatch): Promise<void> {
  await sql`
    update text_batches set group_key = ${batch.groupKey}, group_option = ${batch.groupOption}, receiver_id = ${batch.receiverId}::uuid, words = ${batch.words},
      template_id = ${batch.templateId}::uuid, template_version = ${batch.templateVersion}::int
    where id = ${id} and confirmed_at is null`.execute(tx)
}

/** A batch of the actor's own. */
export async function findBatch(tx: Tx, actor: Actor, id: string): Promise<Batch | undefined> {
  if (!isId(id)) return undefined
  const { rows } =
    await sql<Batch>`select ${columns} from text_batches b where b.id = ${id} and b.sender_id = ${actor.userId}::uuid`.execute(tx)
  return rows[0]
}

/** What the actor has written and not sent, the latest first. */
export async function draftsOf(tx: Tx, actor: Actor): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select ${columns} from text_batches b where b.sender_id = ${actor.userId}::uuid and b.confirmed_at is null order by b.made_at desc limit 10`.execute(
    tx,
  )
  return rows
}

export type BatchLine = Batch & { counts: Partial<Record<TextStatus, number>> }

/** What the actor has sent, the latest first, with what became of it as far as they may see now. */
export async function batchesOf(tx: Tx, actor: Actor, limit: number, before?: Date): Promise<BatchLine[]> {
  const { rows } = await sql<BatchLine>`
    select ${columns}, coalesce((select json_object_agg(m.status, m.count) from (
      select status, count(*) as count from text_messages where batch_id = b.id group by status) m), '{}') as counts
    from text_batches b
    where b.sender_id = ${actor.userId}::uuid and b.confirmed_at is not null
      ${before ? sql`and date_trunc('milliseconds', b.made_at) < ${before}` : sql``}
    order by b.made_at desc limit ${limit}`.execute(tx)
  return rows
}

/**
 * Puts a text to each of them in the queue, in one transaction: all or none, and a batch once. The caller has worked out the recipients in
 * this transaction, under the actor's rights.
 */
export async function queueTexts(
  tx: Tx,
  actor: Actor,
  now: Date,
  batchId: string,
  { to, leftOut }: Pick<Recipients, 'to' | 'leftOut'>,
): Promise<boolean> {
  const without = JSON.stringify(leftOut.map(({ candidate, why }) => ({ caseId: candidate.caseId, why })))
  const held = await sql`
    update text_batches set confirmed_at = ${now}, left_out = ${without}::jsonb where id = ${batchId} and sender_id = ${actor.userId}::uuid and confirmed_at is null`.execute(
    tx,
  )
  if (held.numAffectedRows !== 1n) return false
  const lists = await listsForPartOfMany(
    tx,
    to.map(one => one.candidate.caseId),
    'notes',
  )
  const rows = to.map(({ candidate: { personId, caseId, about }, number, words, cost, post }) => ({
    id: uuid(),
    person_id: about?.personId ?? personId,
    receiver_id: about && personId,
    case_id: caseId,
    post,
    number,
    words,
    fragments: cost.fragments,
    ...lists.get(caseId),
  }))
  await sql`
    insert into text_messages (id, batch_id, person_id, receiver_id, case_id, sender_id, post, number, words, fragments, created_at, readers, editors, withheld)
    select m.id, ${batchId}::uuid, m.person_id, m.receiver_id, m.case_id, ${actor.userId}::uuid, m.post, m.number, m.words, m.fragments, ${now}, m.readers, m.editors, m.withheld
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as m (id uuid, person_id uuid, receiver_id uuid, case_id uuid, post int, number text, words text, fragments int, readers int[], editors int[], withheld int[])`.execute(
    tx,
  )
  await auditAll(
    tx,
    actor,
    now,
    rows.flatMap(row => {
      const subject = { type: 'text-message', id: row.id }
      const sent = { action: 'text-sent', subject, personId: row.person_id, caseId: row.case_id, detail: { batch: batchId } }
      // On the record of whoever got it, nothing says about whom it was.
      return row.receiver_id ? [sent, { action: 'text-about-another-sent', subject, personId: row.receiver_id }] : [sent]
    }),
  )
  await enqueue(tx, 'send-texts', { batchId, senderId: actor.userId })
  return true
}

/** Throws away what was written and not sent: it is a record of nothing. */
export async function discardBatch(tx: Tx, actor: Actor, batchId: string): Promise<void> {
  await sql`delete from text_batches where id = ${batchId} and sender_id = ${actor.userId}::uuid and confirmed_at is null`.execute(tx)
}

/** What has not gone yet does not go. Answers whether this stopped it. */
export async function stopBatch(tx: Tx, actor: Actor, now: Date, batchId: string): Promise<boolean> {
  const stopped = await sql`
    update text_batches set stopped_at = ${now}
    where id = ${batchId} and sender_id = ${actor.userId}::uuid and confirmed_at is not null and stopped_at is null`.execute(tx)
  if (stopped.numAffectedRows !== 1n) return false
  await audit(tx, actor, now, { action: 'texts-stopped', subject: { type: 'text-batch', id: batchId } })
  await enqueue(tx, 'send-texts', { batchId, senderId: actor.userId })
  return true
}
