import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { endGrantsOf, grantAccess, listsForPart } from '../../access/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, type Result } from '../../platform/result.ts'
import { coWorkersFor } from '../directory.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'

export type CoWorker = {
  id: string
  userId: string
  principal: number
  name: string
  jobTitle: string
  teamName: string
  /** Their own, or their team's. */
  telephone: string
  fromOn: PlainDate
  toOn: PlainDate | null
  reason: string
  endedBecause: string
  author: string
}

/** Who works, and worked, with a case beside its worker: those who do now first. */
export async function coWorkersOf(tx: Tx, caseId: string): Promise<CoWorker[]> {
  const { rows } = await sql<CoWorker>`
    select k.id, k.worker_id as "userId", u.principal, u.name, coalesce(u.job_title, '') as "jobTitle", ${reachOfUser} as telephone, coalesce((select min(t.name) from posts o join teams t on t.id = o.team_id
        where o.user_id = u.id and o.ended_at is null), '') as "teamName", k.from_on as "fromOn", k.to_on as "toOn", k.reason, k.ended_because as "endedBecause", k.author
    from co_workers k join users u on u.id = k.worker_id
    where k.case_id = ${caseId} order by k.ended_at is not null, k.recorded_at desc, k.id`.execute(tx)
  return rows
}

/** How to ring somebody: on their own number, or else their team's. `u` is the user. */
export const reachOfUser = sql`coalesce(nullif(u.telephone, ''), (select min(nullif(t.telephone, '')) from posts o join teams t on t.id = o.team_id
  where o.user_id = u.id and o.ended_at is null), '')`

export type Beside = Pick<CoWorker, 'id' | 'name' | 'jobTitle' | 'telephone'> & { caseId: string }

/** Who works now beside the workers of a person's cases, as far as the actor may read who has these. */
export async function coWorkersWith(tx: Tx, personId: string): Promise<Beside[]> {
  const { rows } = await sql<Beside>`
    select k.id, k.case_id as "caseId", u.name, coalesce(u.job_title, '') as "jobTitle", ${reachOfUser} as telephone
    from co_workers k join cases c on c.id = k.case_id join users u on u.id = k.worker_id
    where c.person_id = ${personId} and k.ended_at is null order by u.name, k.id`.execute(tx)
  return rows
}

/**
 * Adds somebody who works with a case beside its worker: they read and change it, restricted or not, for as long as they do. Never somebody from
 * whom it is withheld or who records nothing. The case was locked.
 */
export async function addCoWorker(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  { userId, reason }: { userId: string; reason: string },
): Promise<Result<Case, 'not-now' | 'cannot'>> {
  const chosen = (await coWorkersFor(tx, theCase.id)).find(one => one.userId === userId)
  if (!chosen) return no('cannot')
  const id = uuid()
  const lists = await listsForPart(tx, theCase.id, 'allocation')
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'co-worker-added', data: { workerId: userId } },
    { part: 'allocation', kind: 'people', title: `${chosen.name} works with it too`, summary: reason, source: { type: 'co-worker', id } },
  )
  if (!done.ok) return done
  await tx
    .insertInto('co_workers')
    .values({
      id,
      case_id: theCase.id,
      worker_id: userId,
      from_on: londonDate(now),
      reason,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...lists,
    })
    .execute()
  await grantAccess(tx, actor, now, { caseId: theCase.id, kind: 'co-worker', holder: chosen.principal, level: 'edit', purpose: reason })
  if (userId !== actor.userId)
    await tellUsers(tx, now, {
      to: [userId],
      kind: 'case-allocated',
      words: 'You work with a case of somebody else’s now',
      href: paths.cases.show(theCase.id),
      caseId: theCase.id,
    })
  return done
}

/** Ends that, at once: their access goes with it. The case was locked. */
export async function endCoWorker(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  coWorker: CoWorker,
  reason: string,
): Promise<Result<Case, 'not-now'>> {
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'co-worker-ended', data: { workerId: coWorker.userId } },
    {
      part: 'allocation',
      kind: 'people',
      title: `${coWorker.name} no longer works with it`,
      summary: reason,
      source: { type: 'co-worker', id: coWorker.id },
    },
  )
  if (!done.ok) return done
  await endCoWorkerRows(tx, actor, now, theCase.id, coWorker.userId, reason)
  await endGrantsOf(tx, actor, now, { caseId: theCase.id, kind: 'co-worker', holder: coWorker.principal, reason })
  return done
}

/** When a case changes hands: of all who work beside, or of the one who has it now. Their grants end with the allocation's (`allocateTo`). */
export async function endCoWorkersWithoutGrants(tx: Tx, actor: Actor, now: Date, caseId: string, which: string): Promise<void> {
  if (which === 'none') return
  await endRows(tx, actor, now, caseId, which === 'all' ? sql`true` : sql`worker_id = ${which}`, 'The case was handed over')
}

/** That somebody works beside its worker no more. Their grant is ended by whoever calls. */
export const endCoWorkerRows = (tx: Tx, actor: Actor, now: Date, caseId: string, userId: string, reason: string): Promise<void> =>
  endRows(tx, actor, now, caseId, sql`worker_id = ${userId}`, reason)

async function endRows(tx: Tx, actor: Actor, now: Date, caseId: string, whose: ReturnType<typeof sql>, reason: string): Promise<void> {
  await sql`
    update co_workers set to_on = greatest(from_on, ${londonDate(now)}::date), ended_at = ${now}, ended_by = ${actor.name}, ended_because = ${reason}
    where case_id = ${caseId} and ended_at is null and ${whose}`.execute(tx)
}
