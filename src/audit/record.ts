import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type AuditEntry = {
  /** A verb and a noun: `person-opened`, `case-note-added`. */
  action: string
  subject: { type: string; id: string }
  personId?: string | undefined
  caseId?: string | undefined
  /** What changed or was asked for. Never free text of a record: that is in the record, under its own protection. What somebody searched for is kept (decision 6). */
  detail?: Record<string, unknown>
}

/** Whose record each transaction has told of already. */
const toldIn = new WeakMap<Tx, Set<string>>()

/** In whose audit it stands: of the agency in whose post it was done. The system is of none. */
const agencyOf = (actor: Actor): number | null => (actor.actsFor ?? actor.agency) || null

/** Records what the actor saw or did, in the same transaction as the doing (U9). */
export async function audit(tx: Tx, actor: Actor, at: Date, entry: AuditEntry): Promise<void> {
  if (entry.personId) toldIn.set(tx, (toldIn.get(tx) ?? new Set()).add(entry.personId))
  await tx
    .insertInto('audit_events')
    .values({
      at,
      user_id: actor.userId,
      agency: agencyOf(actor),
      actor: actor.name,
      action: entry.action,
      subject_type: entry.subject.type,
      subject_id: entry.subject.id,
      person_id: entry.personId ?? null,
      case_id: entry.caseId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request_id: actor.requestId,
      address: actor.address,
    })
    .execute()
}

/** Records that a person's record was seen, unless this transaction has told of it in words of its own: no page is forgotten. */
export async function auditUnlessTold(tx: Tx, actor: Actor, at: Date, entry: AuditEntry & { personId: string }): Promise<void> {
  if (!toldIn.get(tx)?.has(entry.personId)) await audit(tx, actor, at, entry)
}

/** Records any number of things done at once, each with an entry of its own, in one statement. */
export async function auditAll(tx: Tx, actor: Actor, at: Date, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(entry => ({
    action: entry.action,
    type: entry.subject.type,
    id: entry.subject.id,
    person: entry.personId ?? null,
    case: entry.caseId ?? null,
    detail: entry.detail ?? {},
  }))
  await sql`
    insert into audit_events (at, user_id, agency, actor, action, subject_type, subject_id, person_id, case_id, detail, request_id, address)
    select ${at}, ${actor.userId}::uuid, ${agencyOf(actor)}::int, ${actor.name}, e.action, e.type, e.id, e.person, e."case", e.detail, ${actor.requestId}, ${actor.address}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (action text, type text, id text, person uuid, "case" uuid, detail jsonb)`.execute(
    tx,
  )
}

/**
 * Records a search for people as it was typed, and for each who was shown that they were (decision 6): one statement, since it is on the way
 * of every search.
 */
export function auditPeopleSearch(
  tx: Tx,
  actor: Actor,
  at: Date,
  { term, page = 1, shown }: { term: string; page?: number; shown: readonly string[] },
): Promise<void> {
  const subject = { type: 'search', id: '' }
  return auditAll(tx, actor, at, [
    { action: 'people-searched', subject, detail: { term: term.slice(0, 120), page, shown: shown.length } },
    ...shown.map(personId => ({ action: 'person-found', subject, personId })),
  ])
}
