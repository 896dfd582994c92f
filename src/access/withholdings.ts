import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { listsForPart, rewriteCase } from './rewrite-case.ts'

export type NewWithholding = {
  caseId: string
  /** Principal of an agency or a user. */
  holder: number
  /** One section of one form; without it the whole case. */
  section?: { answerSetId: string; section: string }
  reason: string
  wishOf?: string
}

/** Hides a case, or one section of a form, from an agency or a user, whatever else they hold (E5). Effective at once, everywhere. */
export async function withhold(tx: Tx, actor: Actor, now: Date, withholding: NewWithholding): Promise<string> {
  const id = uuid()
  const { editors, withheld } = await listsForPart(tx, withholding.caseId, 'case')
  await sql`
    insert into withholdings (id, case_id, holder, answer_set_id, section, reason, wish_of, withheld_by, withheld_at, readers, editors, withheld)
    values (${id}, ${withholding.caseId}, ${withholding.holder}, ${withholding.section?.answerSetId ?? null}, ${withholding.section?.section ?? null},
      ${withholding.reason}, ${withholding.wishOf ?? ''}, ${actor.userId}, ${now}, ${editors}::int[], ${editors}::int[], ${withheld}::int[])`.execute(
    tx,
  )
  await rewriteCase(tx, withholding.caseId)
  return id
}

export async function endWithholding(tx: Tx, actor: Actor, now: Date, withholdingId: string): Promise<Result<string, 'not-there'>> {
  const ended = await sql<{ caseId: string }>`
    update withholdings set ended_at = ${now}, ended_by = ${actor.userId} where id = ${withholdingId} and ended_at is null
    returning case_id as "caseId"`.execute(tx)
  const caseId = ended.rows[0]?.caseId
  if (!caseId) return no('not-there')
  await rewriteCase(tx, caseId)
  return ok(caseId)
}
