import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { formatName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { RiskLevel } from '../../ui/index.ts'

/** As many as one form carries. */
export const mostAtOnce = 500

export type HeldCase = {
  caseId: string
  reference: string
  name: string
  stage: string
  risk: RiskLevel
  weight: number
  dueOn: PlainDate | null
  keptFrom: ReadonlySet<string>
  /** Which of these receivers work beside it now. */
  besides: ReadonlySet<string>
}

type Row = Omit<HeldCase, 'name' | 'keptFrom' | 'besides'> & {
  given: string | null
  family: string | null
  keptFrom: string[]
  besides: string[]
}

/** A worker's cases of a team and service that the actor may change, and from which of these receivers each is withheld. */
export async function casesHeldBy(
  tx: Tx,
  actor: Actor,
  { workerId, teamId, serviceArea }: { workerId: string; teamId: string; serviceArea: string },
  receiverIds: readonly string[],
): Promise<HeldCase[]> {
  const { rows } = await sql<Row>`
    select w.case_id as "caseId", w.reference, p.given_name as given, p.family_name as family, w.stage, w.risk, g.weight, nullif(w.due_on, 'infinity') as "dueOn",
      array(select u.id from users u where u.id = any (${[...receiverIds]}::uuid[])
        and w.withheld && (array[u.principal, u.agency] || array(select o.agency from posts o where o.user_id = u.id and o.ended_at is null))) as "keptFrom",
      array(select k.worker_id from co_workers k where k.case_id = w.case_id and k.ended_at is null and k.worker_id = any (${[...receiverIds]}::uuid[])) as besides
    from caseload_entries w join people p on p.id = w.person_id join risk_weights g on g.level = w.risk
    where w.worker_id = ${workerId} and w.team_id = ${teamId} and w.service_area = ${serviceArea} and w.closed_on is null
      and w.editors && ${[...actor.writePrincipals]}::int[]
    order by w.risk_order, w.due_on, w.case_id limit ${mostAtOnce}`.execute(tx)
  return rows.map(({ given, family, keptFrom, besides, ...row }) => ({
    ...row,
    name: formatName({ given, family }),
    keptFrom: new Set(keptFrom),
    besides: new Set(besides),
  }))
}

export type NewReassignment = {
  workerId: string
  fromOn: PlainDate
  reason: string
  handOver: string
  items: readonly { caseId: string; to: string }[]
}

/** Writes down what is to be done, for the job that does it case by case. */
export async function addReassignment(tx: Tx, actor: Actor, now: Date, wish: NewReassignment): Promise<string> {
  const id = uuid()
  await tx
    .insertInto('reassignments')
    .values({
      id,
      worker_id: wish.workerId,
      from_on: wish.fromOn,
      reason: wish.reason,
      hand_over: wish.handOver,
      user_id: actor.userId!,
      begun_at: now,
    })
    .execute()
  await sql`
    insert into reassignment_items (reassignment_id, case_id, user_id, to_worker)
    select ${id}, i.case_id, ${actor.userId}, i.to_worker
    from unnest(${wish.items.map(one => one.caseId)}::uuid[], ${wish.items.map(one => one.to)}::uuid[]) as i (case_id, to_worker)`.execute(
    tx,
  )
  return id
}

export type Reassignment = {
  id: string
  workerId: string
  workerName: string
  fromOn: PlainDate
  reason: string
  handOver: string
  finishedAt: Date | null
}

export async function findReassignment(tx: Tx, id: string): Promise<Reassignment | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Reassignment>`
    select r.id, r.worker_id as "workerId", u.name as "workerName", r.from_on as "fromOn", r.reason, r.hand_over as "handOver", r.finished_at as "finishedAt"
    from reassignments r join users u on u.id = r.worker_id where r.id = ${id}`.execute(tx)
  return rows[0]
}

export type Item = {
  caseId: string
  to: string
  toName: string
  outcome: 'done' | 'refused' | null
  refusal: string
  /** Null where whoever began it no longer sees the case. */
  reference: string | null
}

export async function itemsOf(tx: Tx, reassignmentId: string): Promise<Item[]> {
  const { rows } = await sql<Item>`
    select i.case_id as "caseId", i.to_worker as to, u.name as "toName", i.outcome, i.refusal, c.reference
    from reassignment_items i join users u on u.id = i.to_worker left join cases c on c.id = i.case_id
    where i.reassignment_id = ${reassignmentId} order by c.reference, i.case_id`.execute(tx)
  return rows
}

/** The next case whose turn has not come, held; another job at the same work takes another. */
export async function nextItem(tx: Tx, reassignmentId: string): Promise<{ caseId: string; to: string } | undefined> {
  const { rows } = await sql<{ caseId: string; to: string }>`
    select case_id as "caseId", to_worker as to from reassignment_items
    where reassignment_id = ${reassignmentId} and outcome is null order by case_id limit 1 for update skip locked`.execute(tx)
  return rows[0]
}

export async function settleItem(tx: Tx, reassignmentId: string, caseId: string, outcome: 'done' | 'refused', refusal = ''): Promise<void> {
  await tx
    .updateTable('reassignment_items')
    .set({ outcome, refusal })
    .where('reassignment_id', '=', reassignmentId)
    .where('case_id', '=', caseId)
    .execute()
}

/** Marks it as finished. Whether it was not before. */
export async function finishReassignment(tx: Tx, id: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('reassignments')
    .set({ finished_at: now })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
