import { sql } from 'kysely'
import { recordOnTimeline } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Handed, Outgoing } from './carrier.ts'
import { type LeftOut, leftOutWords } from './may-text.ts'
import { statusAfter, type TextStatus } from './status.ts'

/** A text that is about to be handed over. `begun`: it may have been already, by a process that was cut short. */
export type Claimed = Outgoing & { caseId: string; receiverId: string | null; tries: number; begun: boolean; lists: Lists }
type Lists = { readers: number[]; editors: number[]; withheld: number[] }

/** A hand-over that has gone on for longer was cut short. */
const cutShortAfter = 2 * 60_000

/** Whether a text's turn has come, and nobody is handing it over. */
const isDue = (now: Date) => sql`(status = 'created' and case when try_after is not null then try_after <= ${now}
  else claimed_at is null or claimed_at < ${new Date(now.getTime() - cutShortAfter)} end)`

const isWanted = sql`not exists (select from text_batches b where b.id = batch_id and b.stopped_at is not null)`
/** What its sender stopped waits for no later try. */
const isLeft = (now: Date) => sql`(${isDue(now)} or status = 'created' and claimed_at is null and not ${isWanted})`

/** Takes up to so many of a batch that wait, for this process alone; only those that the sender may still change. */
export async function claim(tx: Tx, batchId: string, now: Date, most: number): Promise<Claimed[]> {
  const { rows } = await sql<Omit<Claimed, 'lists'> & Lists>`
    with taken as (
      select id, claimed_at from text_messages
      where batch_id = ${batchId} and ${isDue(now)} and ${isWanted}
      order by id limit ${most} for update skip locked
    )
    update text_messages m set claimed_at = ${now}, try_after = null, tries = m.tries + 1 from taken t where m.id = t.id
    returning m.id, m.number, m.words, m.case_id as "caseId", m.receiver_id as "receiverId", m.tries, t.claimed_at is not null as begun, m.readers, m.editors, m.withheld`.execute(
    tx,
  )
  return rows.map(({ readers, editors, withheld, ...row }) => ({ ...row, lists: { readers, editors, withheld } }))
}

/** Whether the sender could claim any that no other process is just claiming: waits for those that are. */
export async function canClaim(tx: Tx, batchId: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`select from text_messages where batch_id = ${batchId} and ${isDue(now)} and ${isWanted} order by id for update`.execute(tx)
  return rows.length > 0
}

/** It was not sent and will not be: what was safe when it was confirmed no longer is. */
export async function keepBack(tx: Tx, now: Date, id: string, why: LeftOut): Promise<void> {
  await sql`
    update text_messages set status = 'not-sent', why = ${leftOutWords[why]}, status_at = ${now} where id = ${id} and status = 'created'`.execute(
    tx,
  )
}

/** After so many tries, over some hours, nobody is waiting for it any more. */
const mostTries = 12

/** Writes what became of handing it over. A receipt may have been quicker than we were. */
export async function recordHanded(
  tx: Tx,
  sender: Actor,
  now: Date,
  carrier: 'notify' | 'outbox',
  text: Claimed,
  handed: Handed,
): Promise<void> {
  if (handed.kind === 'accepted') {
    const marked = await sql`
      update text_messages set status = case when status = 'created' then ${handed.status} else status end, status_at = coalesce(status_at, ${now}),
        accepted_at = coalesce(accepted_at, ${now}), carrier = ${carrier}, carrier_id = coalesce(carrier_id, ${handed.carrierId}), try_after = null, why = ''
      where id = ${text.id}`.execute(tx)
    // Its sender lost sight of the record in this moment: it is asked after as an orphan.
    if (marked.numAffectedRows !== 1n) return
    await recordOnTimeline(tx, {
      caseId: text.caseId,
      at: now,
      kind: 'message',
      part: 'notes',
      title: text.receiverId ? 'Text message sent to a parent or carer' : 'Text message sent',
      summary: text.words,
      source: { type: 'text-message', id: text.id },
      href: `${paths.messages.ofCase(text.caseId)}#text-${text.id}`,
      actor: sender,
      lists: text.lists,
    })
    return
  }
  const end: TextStatus | undefined =
    handed.kind === 'refused' ? 'permanent-failure' : text.tries >= mostTries ? 'technical-failure' : undefined
  if (end) {
    await sql`update text_messages set status = ${end}, why = ${handed.why}, status_at = ${now} where id = ${text.id} and status = 'created'`.execute(
      tx,
    )
    return
  }
  // 5, 10, 20 … seconds, no more than an hour; or as long as the carrier takes nothing.
  const wait = Math.max(Math.min(5_000 * 2 ** (text.tries - 1), 3_600_000), handed.kind === 'later' ? (handed.pause ?? 0) : 0)
  // What may have been taken stays claimed: it is asked after before it is sent.
  const isUnsure = text.begun || (handed.kind === 'later' && handed.unsure === true)
  await sql`
    update text_messages set claimed_at = case when ${isUnsure} then claimed_at end, try_after = ${new Date(now.getTime() + wait)}, why = ${handed.why}
    where id = ${text.id} and status = 'created'`.execute(tx)
}

/**
 * Those whose turn has come and that their sender does not send: they have stopped it, they have left, or they may no longer change those
 * records. As the system.
 */
export async function orphansOf(tx: Tx, batchId: string, now: Date): Promise<{ id: string; begun: boolean; why: LeftOut }[]> {
  const { rows } = await sql<{ id: string; begun: boolean; why: LeftOut }>`
    select id, claimed_at is not null as begun, case when ${isWanted} then 'not-yours' else 'halted' end as why from text_messages
    where batch_id = ${batchId} and ${isLeft(now)}`.execute(tx)
  return rows
}

/** It stays here, unless somebody has taken it up in this moment. As the system. */
export async function keepOrphanBack(tx: Tx, now: Date, id: string, why: LeftOut): Promise<void> {
  await sql`
    update text_messages set status = 'not-sent', why = ${leftOutWords[why]}, status_at = ${now} where id = ${id} and ${isLeft(now)}`.execute(
    tx,
  )
}

/** How many of a batch have come to nothing, and whose it is; of a text to one person, because of which case. As the system. */
export async function failuresOf(
  tx: Tx,
  batchId: string,
): Promise<{ failed: number; senderId: string; caseId: string | null } | undefined> {
  const { rows } = await sql<{ failed: number; senderId: string; caseId: string | null }>`
    select (select count(*) from text_messages m where m.batch_id = b.id and (m.status like '%-failure' or m.status = 'not-sent')) as failed,
      b.sender_id as "senderId", case when b.group_key = 'case' then b.group_option end as "caseId"
    from text_batches b where b.id = ${batchId}`.execute(tx)
  return rows[0]
}

/** When the next of a batch that waits is to be tried; nothing when none waits. As the system. */
export async function nextTry(tx: Tx, batchId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(coalesce(try_after, claimed_at + ${`${cutShortAfter} milliseconds`}::interval, created_at)) as at
    from text_messages where batch_id = ${batchId} and status = 'created'`.execute(tx)
  return rows[0]?.at ?? null
}

/** Batches of which some wait that should have gone: their job was killed with its process. As the system. */
export async function stuckBatches(tx: Tx, now: Date): Promise<{ batchId: string; senderId: string }[]> {
  const { rows } = await sql<{ batchId: string; senderId: string }>`
    select distinct batch_id as "batchId", sender_id as "senderId" from text_messages
    where status = 'created' and coalesce(try_after, claimed_at, created_at) < ${new Date(now.getTime() - cutShortAfter)}`.execute(tx)
  return rows
}

export type Receipt = { carrierId: string; status: string; at: Date }

/**
 * Writes what the carrier says became of a text. `which`: our id, which it was given as its reference. Answers the batch of one that has failed
 * by this. As the system.
 */
export async function recordReceipt(tx: Tx, which: string, { carrierId, status, at }: Receipt): Promise<string | undefined> {
  const { rows } = await sql<{ now: TextStatus; carrierId: string | null; batchId: string }>`
    select status as now, carrier_id as "carrierId", batch_id as "batchId" from text_messages where id = ${which} for update`.execute(tx)
  const text = rows[0]
  // A receipt for another hand-over than the one we know of says nothing about this one.
  if (!text || (text.carrierId !== null && text.carrierId !== carrierId)) return undefined
  const next = statusAfter(text.now, status)
  if (!next) return undefined
  await sql`
    update text_messages set status = ${next}, status_at = ${at}, why = '', carrier = 'notify', carrier_id = ${carrierId}, accepted_at = coalesce(accepted_at, ${at})
    where id = ${which}`.execute(tx)
  return next.endsWith('-failure') ? text.batchId : undefined
}

/** Texts that the carrier took and told us nothing of for an hour. As the system. */
export async function unheardOf(tx: Tx, now: Date, most: number): Promise<{ id: string; carrierId: string }[]> {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const { rows } = await sql<{ id: string; carrierId: string }>`
    select id, carrier_id as "carrierId" from text_messages
    where status = 'sending' and carrier_id is not null and accepted_at between ${ago(7 * 24)} and ${ago(1)} order by accepted_at limit ${most}`.execute(
    tx,
  )
  return rows
}

/** Batches that were looked at and never confirmed. As the system. */
export async function forgetUnconfirmed(tx: Tx, before: Date): Promise<void> {
  await sql`delete from text_batches where confirmed_at is null and made_at < ${before}`.execute(tx)
}
