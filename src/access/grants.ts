import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Grant } from './lists.ts'
import { listsForPart, rewriteCase } from './rewrite-case.ts'
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
}

/** Adds a reason for somebody to see a case, and lets them. The actor must be able to edit the case: row-level security refuses otherwise. */
export async function grantAccess(tx: Tx, actor: Actor, now: Date, grant: NewGrant): Promise<string> {
  const lists = await listsForPart(tx, grant.caseId, 'case')
  const id = await asKeeper(tx, () => principalFor(tx, grant, now)).then(principal => insertGrant(tx, actor, now, grant, principal, lists))
  await rewriteCase(tx, grant.caseId)
  return id
}

/** Ends a grant at once. */
export async function endGrant(tx: Tx, actor: Actor, now: Date, grantId: string, reason: string): Promise<Result<string, 'not-there'>> {
  const ended = await sql<{ caseId: string }>`
    update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason}
    where id = ${grantId} and ended_at is null returning case_id as "caseId"`.execute(tx)
  const caseId = ended.rows[0]?.caseId
  if (!caseId) return no('not-there')
  await rewriteCase(tx, caseId)
  return ok(caseId)
}

/** Ends whatever of this kind stands for this holder on the case, such as a former worker's allocation. */
export async function endGrantsOf(
  tx: Tx,
  actor: Actor,
  now: Date,
  which: { caseId: string; kind: Grant['kind']; holder?: number; reason: string },
): Promise<void> {
  await sql`
    update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${which.reason}
    where case_id = ${which.caseId} and kind = ${which.kind} and ended_at is null and (${which.holder ?? null}::int is null or holder = ${which.holder ?? null})`.execute(
    tx,
  )
  await rewriteCase(tx, which.caseId)
}

/**
 * Opens a restricted case in an emergency, for this user alone and until `endsAt` (F3). The caller has checked the capability and taken
 * the reason, and tells the record's owner. A withholding still beats it.
 */
export async function breakGlass(
  tx: Tx,
  actor: Actor,
  now: Date,
  emergency: { caseId: string; reason: string; endsAt: Date },
): Promise<string> {
  const grant: NewGrant = {
    caseId: emergency.caseId,
    kind: 'break-glass',
    holder: actor.principal,
    level: 'read',
    startsAt: now,
    endsAt: emergency.endsAt,
    purpose: emergency.reason,
  }
  const lists = await listsForPart(tx, grant.caseId, 'case')
  const id = await asKeeper(tx, async () => insertGrant(tx, actor, now, grant, await principalFor(tx, grant, now), lists))
  await rewriteCase(tx, grant.caseId)
  return id
}

async function principalFor(tx: Tx, grant: NewGrant, now: Date): Promise<number> {
  if (!grant.startsAt && !grant.endsAt) return grant.holder
  return windowOf(tx, grant.holder, { startsAt: grant.startsAt ?? now, endsAt: grant.endsAt ?? null })
}

async function insertGrant(
  tx: Tx,
  actor: Actor,
  now: Date,
  grant: NewGrant,
  principal: number,
  lists: { editors: number[]; withheld: number[] },
): Promise<string> {
  const id = uuid()
  await sql`
    insert into access_grants (id, case_id, kind, holder, principal, level, parts, starts_at, ends_at, purpose, lawful_basis, granted_by, granted_at, readers, editors, withheld)
    values (${id}, ${grant.caseId}, ${grant.kind}, ${grant.holder}, ${principal}, ${grant.level}, ${grant.parts ? [...grant.parts] : null}, ${grant.startsAt ?? now},
      ${grant.endsAt ?? null}, ${grant.purpose ?? ''}, ${grant.lawfulBasis ?? ''}, ${actor.userId}, ${now}, ${lists.editors}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(
    tx,
  )
  return id
}
