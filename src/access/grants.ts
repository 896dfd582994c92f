import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Actor, alsoHold, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { holdCaseAlone } from './hold.ts'
import { mustBeThereStillAsKeeper } from './left-meanwhile.ts'
import { decidingGrants, type Grant } from './lists.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'
import { windowOf } from './windows.ts'

export type NewGrant = {
  caseId: string
  kind: Grant['kind']
  /** Principal of the user, team, agency or meeting. */
  holder: number
  level: 'read' | 'edit'
  /** Null for the whole case. */
  parts?: readonly string[] | null
  /** With neither, the grant lasts until it is ended. */
  startsAt?: Date | null
  endsAt?: Date | null
  purpose?: string
  lawfulBasis?: string
  /** The lawful reason to share without consent, where it was asked for (E4). */
  withoutConsent?: string
}

/** Adds a reason for somebody to see a case, and lets them. Throws unless the actor decides who sees it: the page has asked before. */
export async function grantAccess(tx: Tx, actor: Actor, now: Date, grant: NewGrant): Promise<string> {
  await mustDecide(tx, actor, grant.caseId)
  return asKeeper(tx, keeper => addGrant(keeper, actor, now, grant))
}

/** Ends a grant at once. */
export async function endGrant(tx: Tx, actor: Actor, now: Date, grantId: string, reason: string): Promise<Result<string, 'not-there'>> {
  const found = await sql<{
    caseId: string
  }>`select case_id as "caseId" from access_grants where id = ${grantId} and ended_at is null`.execute(tx)
  const caseId = found.rows[0]?.caseId
  if (!caseId || !(await mayDecide(tx, actor, caseId))) return no('not-there')
  const ended = await sql`
    update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason}
    where id = ${grantId} and ended_at is null returning id`.execute(tx)
  if (ended.rows.length === 0) return no('not-there')
  await asKeeper(tx, keeper => rewriteCaseAsKeeper(keeper, caseId))
  return ok(caseId)
}

/** Ends whatever of this kind stands for this holder on the case, such as a former worker's allocation. */
export async function endGrantsOf(
  tx: Tx,
  actor: Actor,
  now: Date,
  which: { caseId: string; kind: Grant['kind']; holder?: number; reason: string },
): Promise<void> {
  await mustDecide(tx, actor, which.caseId)
  await sql`
    update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${which.reason}
    where case_id = ${which.caseId} and kind = ${which.kind} and ended_at is null
      and (${which.holder ?? null}::int is null or holder = ${which.holder ?? null})`.execute(tx)
  await asKeeper(tx, keeper => rewriteCaseAsKeeper(keeper, which.caseId))
}

export type Allocation = {
  /** The worker's principal; null while the case waits in a team. */
  holder: number | null
  reason: string
  /** Whether those who worked beside the former worker go too: the case leaves their team. */
  endsCoWorkers?: boolean
  /** Who does the new worker's work in their absence, and from when to when. */
  covers?: readonly { holder: number; startsAt: Date; endsAt: Date }[]
}

/**
 * Gives a case to a worker, or to nobody while it waits in a team, and takes it from whoever had it, and from whoever covered for them: in one
 * step, since whoever hands over may hold the case by nothing but what ends here, or by a team that the case has just left. A co-worker who
 * becomes its worker is no longer the other. Throws unless they may edit it still.
 */
export async function allocateTo(tx: Tx, actor: Actor, now: Date, caseId: string, allocation: Allocation): Promise<void> {
  const { holder, reason, endsCoWorkers = false, covers = [] } = allocation
  await mustEdit(tx, caseId)
  await asKeeper(tx, async keeper => {
    await sql`
      update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason}
      where case_id = ${caseId} and ended_at is null and (
        kind = 'allocation' and holder is distinct from ${holder}::int or kind = 'cover'
        or kind = 'co-worker' and (${endsCoWorkers} or holder = ${holder}::int))`.execute(keeper)
    const standing = await sql`select from access_grants where case_id = ${caseId} and kind = 'allocation' and ended_at is null`.execute(
      keeper,
    )
    if (holder !== null && standing.rows.length === 0)
      await insertGrant(keeper, actor, now, { caseId, kind: 'allocation', holder, level: 'edit' })
    for (const cover of covers)
      await insertGrant(keeper, actor, now, { caseId, kind: 'cover', level: 'edit', purpose: 'Covers for its worker', ...cover })
    await rewriteCaseAsKeeper(keeper, caseId)
  })
}

/**
 * Opens a case in an emergency that they may not read, for this user alone and until `endsAt` (F3). The caller has checked the capability and taken
 * the reason, and tells the record's owner. It counts from now on in this transaction too. A withholding still beats it.
 */
export async function breakGlass(
  tx: Tx,
  actor: Actor,
  now: Date,
  emergency: { caseId: string; reason: string; endsAt: Date },
): Promise<string> {
  const { caseId, reason: purpose, endsAt } = emergency
  if (!(endsAt > now)) throw new Error('An emergency ends after it has begun.')
  const grant: NewGrant = { caseId, kind: 'break-glass', holder: actor.principal, level: 'read', startsAt: now, endsAt, purpose }
  const { id, principal } = await asKeeper(tx, async keeper => {
    const id = await addGrant(keeper, actor, now, grant)
    const { rows } = await sql<{ principal: number }>`select principal from access_grants where id = ${id}`.execute(keeper)
    return { id, principal: rows[0]!.principal }
  })
  await alsoHold(tx, actor, principal)
  return id
}

/** By what a referrer follows their referral: nobody shared it with them. */
export const basisOfReferral = 'That of the referral itself'

/**
 * Lets whoever referred somebody to a team that is not theirs follow what became of the referral: that part of the case and no other.
 * A referrer cannot edit the case that they have just asked for. Rewrites the case's lists.
 */
export async function letReferrerFollow(tx: Tx, actor: Actor, now: Date, caseId: string, holder: number): Promise<void> {
  const why = { purpose: 'Made the referral', lawfulBasis: basisOfReferral }
  await asKeeper(tx, keeper => addGrant(keeper, actor, now, { caseId, kind: 'share', holder, level: 'read', parts: ['referral'], ...why }))
}

/** True where row-level security would let the actor change the case; its row is then held until the transaction ends. */
async function mayEdit(tx: Tx, caseId: string): Promise<boolean> {
  // Locking a row asks the update policy as well as the select policy.
  const { rows } = await sql`select id from cases where id = ${caseId} for update`.execute(tx)
  return rows.length === 1
}

export async function mustEdit(tx: Tx, caseId: string): Promise<void> {
  if (!(await mayEdit(tx, caseId))) throw new Error('A case is given to somebody by those who may edit it.')
}

/** True for those whose case it is (`decidingGrants`), who alone say who else sees it; its row is then held until the transaction ends. */
export async function mayDecide(tx: Tx, actor: Actor, caseId: string): Promise<boolean> {
  if (!(await mayEdit(tx, caseId))) return false
  const { rows } = await sql<{ decides: boolean }>`select ${decidesCase(actor)} as decides from cases c where c.id = ${caseId}`.execute(tx)
  return rows[0]?.decides === true
}

export async function mustDecide(tx: Tx, actor: Actor, caseId: string): Promise<void> {
  if (!(await mayDecide(tx, actor, caseId))) throw new Error('Who sees a case is decided by those whose case it is.')
}

/** In a query of cases `c` that the actor may edit: whether it is theirs. Of grants the database shows them those of such cases alone. */
export const decidesCase = (actor: Actor): RawBuilder<boolean> => sql<boolean>`(
  not c.restricted and exists (select from team_services s where s.team_id = c.team_id and s.service_area = c.service_area
    and s.principal = any (${[...actor.writePrincipals]}::int[]))
  or exists (select from access_grants g where g.case_id = c.id and g.ended_at is null and g.parts is null and g.level = 'edit'
    and g.kind = any (${[...decidingGrants]}::text[]) and g.principal = any (${[...actor.writePrincipals]}::int[])))`

/** Its lists are written by the rewriting that follows: until then the row is read by nobody, and no one can make up lists of their own. */
async function addGrant(keeper: Tx, actor: Actor, now: Date, grant: NewGrant): Promise<string> {
  await holdCaseAlone(keeper, grant.caseId)
  const id = await insertGrant(keeper, actor, now, grant)
  await rewriteCaseAsKeeper(keeper, grant.caseId)
  return id
}

/** The one way to a grant of a case that is held. Throws where it is for somebody who is leaving an agency at this moment. */
export async function insertGrant(keeper: Tx, actor: Actor, now: Date, grant: NewGrant): Promise<string> {
  const { caseId, parts = null } = grant
  if (parts && (parts.length === 0 || parts.includes('case')))
    throw new Error('A share of parts names at least one, and never the case itself.')
  await mustBeThereStillAsKeeper(keeper, actor, [grant.holder])
  const id = uuid()
  const principal = await principalFor(keeper, grant, now)
  await sql`
    insert into access_grants (id, case_id, kind, holder, principal, level, parts, starts_at, ends_at, purpose, lawful_basis, without_consent, granted_by, granted_at, readers, editors)
    values (${id}, ${caseId}, ${grant.kind}, ${grant.holder}, ${principal}, ${grant.level}, ${parts ? [...parts] : null}, ${grant.startsAt ?? now},
      ${grant.endsAt ?? null}, ${grant.purpose ?? ''}, ${grant.lawfulBasis ?? ''}, ${grant.withoutConsent ?? ''}, ${actor.userId}, ${now}, '{}', '{}')`.execute(
    keeper,
  )
  return id
}

async function principalFor(keeper: Tx, grant: NewGrant, now: Date): Promise<number> {
  if (!grant.startsAt && !grant.endsAt) return grant.holder
  return windowOf(keeper, grant.holder, { startsAt: grant.startsAt ?? now, endsAt: grant.endsAt ?? null })
}
