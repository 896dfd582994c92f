import { sql } from 'kysely'
import { formatName, type Telephone } from '../people/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { LeftOut } from './may-text.ts'
import type { TextStatus } from './status.ts'

/** A text, or an answer, on the record of a case. */
export type TextLine = {
  id: string
  direction: 'out' | 'in'
  at: Date
  /** Null where it is a parent's or carer's whom the reader may not see. */
  number: Telephone | null
  /** A parent or carer, to whom it went or who answered. */
  isAbout: boolean
  /** Who that is; null for whoever may not see them. */
  receiver: { given: string | null; family: string | null } | null
  words: string
  /** Who sent it, or who placed the answer by hand. */
  by: string | null
  status: TextStatus | null
  why: string
  fragments: number
}

/** What went to and fro because of a case, the latest first. */
export async function textsOfCase(tx: Tx, caseId: string, limit: number): Promise<TextLine[]> {
  const { rows } = await sql<TextLine>`
    select line.id, direction, at, case when receiver_id is null or q.id is not null then number end as number, receiver_id is not null as "isAbout",
      case when q.id is not null then json_build_object('given', q.given_name, 'family', q.family_name) end as receiver, words, by, status, why, fragments
    from (
      select m.id, 'out' as direction, m.created_at as at, m.number, m.receiver_id, m.words, u.name as by, m.status, m.why, m.fragments
      from text_messages m join users u on u.id = m.sender_id where m.case_id = ${caseId}
      union all
      select r.id, 'in', r.received_at, r.number, a.receiver_id, r.words, p.name, null, '', 0
      from text_replies r left join users p on p.id = r.placed_by left join text_messages a on a.id = r.message_id where r.case_id = ${caseId}) line
      left join people q on q.id = line.receiver_id
    order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** Who these cases are about, of those that the actor may still see. */
export async function peopleOfCases(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, { personId: string; name: string }>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await sql<{ caseId: string; personId: string; given: string | null; family: string | null }>`
    select c.id as "caseId", p.id as "personId", p.given_name as given, p.family_name as family
    from cases c join people p on p.id = c.person_id where c.id = any (${[...caseIds]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ caseId, personId, ...name }) => [caseId, { personId, name: formatName(name) }]))
}

export type MessageRow = {
  id: string
  caseId: string
  given: string | null
  family: string | null
  /** As of a line on the record. */
  number: Telephone | null
  isAbout: boolean
  receiver: TextLine['receiver']
  status: TextStatus
  why: string
  statusAt: Date | null
  fragments: number
}

/** The texts of a batch, those that failed first. Only those whose record the reader may still see. */
export async function messagesOf(tx: Tx, batchId: string, limit: number, offset: number): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.id, m.case_id as "caseId", p.given_name as given, p.family_name as family,
      case when m.receiver_id is null or q.id is not null then m.number end as number, m.receiver_id is not null as "isAbout",
      case when q.id is not null then json_build_object('given', q.given_name, 'family', q.family_name) end as receiver,
      m.status, m.why, m.status_at as "statusAt", m.fragments
    from text_messages m join people p on p.id = m.person_id left join people q on q.id = m.receiver_id where m.batch_id = ${batchId}
    order by m.status not like '%-failure' and m.status <> 'not-sent', lower(p.family_name), lower(p.given_name), m.id limit ${limit} offset ${offset}`.execute(
    tx,
  )
  return rows
}

export type LeftOutRow = { caseId: string; personId: string; given: string | null; family: string | null; why: LeftOut }

/** Whom a batch did not go to when it was confirmed, of those whose record the reader may still see. */
export async function leftOutOf(tx: Tx, batchId: string): Promise<LeftOutRow[]> {
  const { rows } = await sql<LeftOutRow>`
    select c.id as "caseId", p.id as "personId", p.given_name as given, p.family_name as family, l.why
    from text_batches b cross join lateral jsonb_to_recordset(b.left_out) as l ("caseId" uuid, why text)
      join cases c on c.id = l."caseId" join people p on p.id = c.person_id
    where b.id = ${batchId} order by l.why, lower(p.family_name), lower(p.given_name), c.id`.execute(tx)
  return rows
}

export type BatchFigures = Partial<Record<TextStatus, number>> & { all: number; fragments: number }

/** How many of a batch are where, and what they cost. */
export async function figuresOf(tx: Tx, batchId: string): Promise<BatchFigures> {
  const { rows } = await sql<{ status: TextStatus; count: number; fragments: number }>`
    select status, count(*) as count, coalesce(sum(fragments) filter (where status <> 'not-sent'), 0) as fragments from text_messages where batch_id = ${batchId} group by status`.execute(
    tx,
  )
  return {
    ...(Object.fromEntries(rows.map(row => [row.status, row.count])) as Partial<Record<TextStatus, number>>),
    all: rows.reduce((sum, row) => sum + row.count, 0),
    fragments: rows.reduce((sum, row) => sum + Number(row.fragments), 0),
  }
}
