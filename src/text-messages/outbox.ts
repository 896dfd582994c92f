import { sql } from 'kysely'
import { auditAll } from '../audit/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { TextLine } from './messages.queries.ts'
import { whoseNumber } from './receivers.ts'

export type OutboxText = { id: string; to: string; words: string; at: Date; sent: boolean }

type Row = Omit<OutboxText, 'to'> & Pick<TextLine, 'number' | 'isAbout' | 'receiver'> & { caseId: string; personId: string }

/**
 * The latest texts that no network was given, for the page on which they are read: as its reader, so those of the cases whose notes they may
 * read and no other, and with no number of a parent or carer whose record is closed to them.
 */
export async function textsInOutbox(tx: Tx, actor: Actor, now: Date): Promise<OutboxText[]> {
  if (!may(actor, 'read-records')) return []
  const { rows } = await sql<Row>`
    select m.id, m.words, m.created_at as at, m.accepted_at is not null as sent, m.case_id as "caseId", m.person_id as "personId",
      case when m.receiver_id is null or q.id is not null then m.number end as number, m.receiver_id is not null as "isAbout",
      case when q.id is not null then json_build_object('given', q.given_name, 'family', q.family_name) end as receiver
    from text_messages m left join people q on q.id = m.receiver_id
    where m.carrier = 'outbox' or m.carrier is null and m.status = 'created' order by m.created_at desc, m.id desc limit 50`.execute(tx)
  const cases = new Map(rows.map(row => [row.caseId, row.personId]))
  await auditAll(
    tx,
    actor,
    now,
    [...cases].map(([caseId, personId]) => ({ action: 'case-texts-read', subject: { type: 'case', id: caseId }, personId, caseId })),
  )
  return rows.map(({ id, words, at, sent, ...line }) => ({ id, words, at, sent, to: whoseNumber(line) }))
}
