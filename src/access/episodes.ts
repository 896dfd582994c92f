import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { insertGrant, mustDecide, mustEdit } from './grants.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'

/**
 * Lets whoever has just begun an episode co-ordinate it, who holds it by nothing yet but rows in their own name. Throws unless they may edit it, and once
 * anybody holds it by a grant: from then on those decide whose it is.
 */
export async function coordinateNew(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<void> {
  await mustEdit(tx, caseId)
  await asKeeper(tx, async keeper => {
    const { rows } = await sql`select from access_grants where case_id = ${caseId}`.execute(keeper)
    if (rows.length > 0) throw new Error('This episode is somebody’s already.')
    await insertGrant(keeper, actor, now, { caseId, kind: 'co-ordinator', holder: actor.principal, level: 'edit' })
    await rewriteCaseAsKeeper(keeper, caseId)
  })
}

/**
 * Makes somebody an episode's co-ordinator, and nobody else any longer: in one step, since whoever hands it over may hold it by nothing but what
 * ends here (E2). Throws unless they decide about it still.
 */
export async function appointCoordinator(tx: Tx, actor: Actor, now: Date, caseId: string, holder: number): Promise<void> {
  await mustDecide(tx, actor, caseId)
  await asKeeper(tx, async keeper => {
    if (await coordinatesAlone(keeper, caseId, holder)) return
    await endAll(keeper, actor, now, caseId, ['co-ordinator'], 'Somebody else co-ordinates it')
    await insertGrant(keeper, actor, now, { caseId, kind: 'co-ordinator', holder, level: 'edit' })
    await rewriteCaseAsKeeper(keeper, caseId)
  })
}

/** Whoever begins an episode co-ordinates it from that moment: where they are then appointed, nothing ends and nothing begins. */
async function coordinatesAlone(keeper: Tx, caseId: string, holder: number): Promise<boolean> {
  const { rows } = await sql<{ holder: number }>`
    select holder from access_grants where case_id = ${caseId} and kind = 'co-ordinator' and ended_at is null`.execute(keeper)
  return rows.length === 1 && rows[0]!.holder === holder
}

/**
 * What an episode opened ends with it: its co-ordinator's rights (E2), its team's, and what was shared of it. Its desk keeps it, and may share it
 * again. To be done last: whoever closes it may hold it by nothing else.
 */
export async function endWithEpisode(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<void> {
  await mustDecide(tx, actor, caseId)
  await asKeeper(tx, async keeper => {
    await endAll(keeper, actor, now, caseId, ['co-ordinator', 'member', 'share'], 'The episode was closed')
    await rewriteCaseAsKeeper(keeper, caseId)
  })
}

async function endAll(keeper: Tx, actor: Actor, now: Date, caseId: string, kinds: readonly string[], reason: string): Promise<void> {
  await sql`
    update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason}
    where case_id = ${caseId} and kind = any (${[...kinds]}::text[]) and ended_at is null`.execute(keeper)
}
