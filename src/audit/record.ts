import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type AuditEntry = {
  /** A verb and a noun: `person-opened`, `case-note-added`. */
  action: string
  subject: { type: string; id: string }
  personId?: string | undefined
  caseId?: string | undefined
  /** What changed or was asked for. Never free text of a record: that is in the record, under its own protection. */
  detail?: Record<string, unknown>
}

/** Records what the actor saw or did, in the same transaction as the doing (U9). */
export async function audit(tx: Tx, actor: Actor, at: Date, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_events')
    .values({
      at,
      user_id: actor.userId,
      agency: actor.agency || null,
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
