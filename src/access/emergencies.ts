import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdCaseAlone } from './hold.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'

/** Whether an emergency has opened this case to the actor and lasts still. Holds the case until the transaction ends: two do not both open it. */
export async function hasEmergency(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<boolean> {
  return asKeeper(tx, async keeper => {
    await holdCaseAlone(keeper, caseId)
    return (await endOf(keeper, actor, now, caseId)) !== null
  })
}

/** Until when an emergency has opened this case to the actor; null where none has, or it is over. */
export const emergencyUntil = (tx: Tx, actor: Actor, now: Date, caseId: string): Promise<Date | null> =>
  asKeeper(tx, keeper => endOf(keeper, actor, now, caseId))

/**
 * Closes to the actor again what an emergency opened to them, ahead of its time: they may give up what they hold, also without a right to decide
 * who sees the case. False where there is no such emergency.
 */
export async function endOwnEmergency(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<boolean> {
  return asKeeper(tx, async keeper => {
    await holdCaseAlone(keeper, caseId)
    const ended = await sql`
      update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = 'The emergency is over'
      where ${standing(actor, now, caseId)} returning id`.execute(keeper)
    if (ended.rows.length === 0) return false
    await rewriteCaseAsKeeper(keeper, caseId)
    return true
  })
}

async function endOf(keeper: Tx, actor: Actor, now: Date, caseId: string): Promise<Date | null> {
  const { rows } = await sql<{ endsAt: Date }>`
    select ends_at as "endsAt" from access_grants where ${standing(actor, now, caseId)} order by ends_at desc limit 1`.execute(keeper)
  return rows[0]?.endsAt ?? null
}

const standing = (actor: Actor, now: Date, caseId: string) =>
  sql`case_id = ${caseId} and kind = 'break-glass' and holder = ${actor.principal} and ended_at is null and ends_at > ${now}`
