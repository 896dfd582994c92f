import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { carrySectionsOf } from './carry-sections.ts'
import { carryFromRecord } from './carry-to-items.ts'
import { mayDecide, mustDecide } from './grants.ts'
import { holdCasesOf, holdItemsKept } from './hold.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'

export type NewWithholding = {
  caseId: string
  /** Principal of an agency or a user. */
  holder: number
  /** One section of one form; without it the whole case. */
  section?: { answerSetId: string; section: string }
  reason: string
  wishOf?: string
}

/**
 * Hides a case, or one section of a form, from an agency or a user, whatever else they hold (E5). Effective at once, everywhere: with a whole case goes what a
 * meeting has open about somebody who is linked to this record, with a section that of every later form of its kind about the person. Throws unless the actor decides who sees the case: the page has asked before. Whoever withholds
 * from themself loses sight of the withholding too.
 */
export async function withhold(tx: Tx, actor: Actor, now: Date, withholding: NewWithholding): Promise<string> {
  const { caseId, holder, section } = withholding
  await holdItemsKept(tx)
  await mustDecide(tx, actor, caseId)
  const id = uuid()
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ kind: string }>`select kind from principals where id = ${holder}`.execute(keeper)
    const kind = rows[0]?.kind
    // A team's members change by the day and hold other principals: only whoever belongs to an agency carries it everywhere.
    if (kind !== 'agency' && kind !== 'user') throw new Error('A case is withheld from an agency or from a user.')
    const own = await sql`select from cases where id = ${caseId} and agency = ${holder} and ${section === undefined}`.execute(keeper)
    if (own.rows.length > 0) throw new Error('A case is not withheld from the agency whose case it is.')
    if (section) {
      const found = await sql<{ personId: string }>`select person_id as "personId" from cases where id = ${caseId}`.execute(keeper)
      await holdCasesOf(
        keeper,
        found.rows.map(row => row.personId),
      )
    }
    // Lists as the rewriting writes them: until then the row is read by nobody.
    await sql`
      insert into withholdings (id, case_id, holder, answer_set_id, section, reason, wish_of, withheld_by, withheld_at, readers, editors)
      values (${id}, ${caseId}, ${holder}, ${section?.answerSetId ?? null}, ${section?.section ?? null},
        ${withholding.reason}, ${withholding.wishOf ?? ''}, ${actor.userId}, ${now}, '{}', '{}')`.execute(keeper)
    const personId = await rewriteCaseAsKeeper(keeper, caseId)
    await (section ? carrySectionsOf : carryFromRecord)(keeper, now, personId)
  })
  return id
}

/** Ends a withholding at once. Not by anybody whom it keeps out: to them it is not there. */
export async function endWithholding(
  tx: Tx,
  actor: Actor,
  now: Date,
  withholdingId: string,
  reason = '',
): Promise<Result<string, 'not-there'>> {
  const found = await sql<{
    caseId: string
  }>`select case_id as "caseId" from withholdings where id = ${withholdingId} and ended_at is null`.execute(tx)
  const caseId = found.rows[0]?.caseId
  if (!caseId || !(await mayDecide(tx, actor, caseId))) return no('not-there')
  const ended = await sql`
    update withholdings set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason} where id = ${withholdingId} and ended_at is null
    returning id`.execute(tx)
  if (ended.rows.length === 0) return no('not-there')
  await asKeeper(tx, keeper => rewriteCaseAsKeeper(keeper, caseId))
  return ok(caseId)
}
