import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { allocateTo, carryWithholdings, listsForPart } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { no, type Result } from '../../platform/result.ts'
import type { Passing } from '../case-frame.tsx'
import { endCoWorkersWithoutGrants } from '../co-workers/co-workers.ts'
import { isWithheldFrom, whyNotTo } from '../directory.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { changePlan, planOf } from '../plans/index.ts'
import { actionsOf, openActions } from '../plans/plan.ts'
import type { CaseHappening } from '../status.ts'

export type NewAllocation = {
  to: { teamId: string; teamName: string } | { teamId: string; userId: string; principal: number; name: string }
  fromOn: PlainDate
  reason: string
  /** What the next one has to know. */
  handOver: string
}

export type NoAllocation = 'not-now' | 'has-it-already' | 'withheld' | 'may-not-record'

/**
 * Gives a case to a team or to one of its workers (U5). The former allocation ends on the day that the new one begins; a worker gets a grant of
 * their own, so that they keep the case when it is restricted, and the former worker's ends. An offer that stands is answered by this. Never to
 * somebody from whom the case is withheld, nor to one who records nothing there. What the former worker had still to do on it goes with it. The
 * case was locked.
 */
export async function allocate(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  allocation: NewAllocation,
  passing?: Passing,
): Promise<Result<Case, NoAllocation>> {
  const { to, fromOn } = allocation
  const isWorker = 'userId' in to
  // An episode has a co-ordinator, who is appointed (src/episodes).
  if (theCase.isEpisode) return no('not-now')
  if (isWorker ? theCase.workerId === to.userId : !theCase.workerId && theCase.teamId === to.teamId && theCase.status === 'with-team')
    return no('has-it-already')
  if (isWorker) {
    const why = await whyNotTo(tx, { ...theCase, teamId: to.teamId }, to.userId)
    if (why) return no(why)
  }
  const happening: CaseHappening = isWorker
    ? { kind: 'worker-allocated', data: { teamId: to.teamId, workerId: to.userId } }
    : { kind: 'team-allocated', data: { teamId: to.teamId } }
  const rowId = uuid()
  // Asked for while the case is still where it was: its new team's lists are written on to every row at the end.
  const lists = await listsForPart(tx, theCase.id, 'allocation')
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { ...happening, occurredOn: fromOn },
    {
      part: 'allocation',
      kind: 'people',
      title: titleOf(theCase, allocation),
      summary: allocation.reason,
      source: { type: 'allocation', id: rowId },
    },
  )
  if (!done.ok) return done
  await endAllocation(tx, now, theCase.id, fromOn, allocation.handOver)
  await tx
    .insertInto('allocations')
    .values({
      id: rowId,
      case_id: theCase.id,
      team_id: to.teamId,
      worker_id: isWorker ? to.userId : null,
      from_on: fromOn,
      reason: allocation.reason,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...lists,
    })
    .execute()
  await passWork(tx, actor, now, theCase, to, passing?.tasks)
  if (isWorker && passing) await passAppointments(tx, actor, now, theCase, to, passing.appointments)
  await tx.updateTable('involvements').set({ team_id: to.teamId }).where('case_id', '=', theCase.id).execute()
  const leavesTeam = to.teamId !== theCase.teamId
  await endCoWorkersWithoutGrants(tx, actor, now, theCase.id, leavesTeam ? 'all' : isWorker ? to.userId : 'none')
  await allocateTo(tx, actor, now, theCase.id, {
    holder: isWorker ? to.principal : null,
    reason: 'The case was handed over',
    endsCoWorkers: leavesTeam,
    covers: isWorker ? await coversFor(tx, now, { ...theCase, teamId: to.teamId }, to.userId) : [],
  })
  if (leavesTeam) await carryWithholdings(tx, actor, now, theCase.id)
  return done
}

/** The open tasks and actions of the plan that were the former worker's: they would stay on the list of somebody who has the case no more. */
async function passWork(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  to: NewAllocation['to'],
  passTasks: Passing['tasks'] | undefined,
): Promise<void> {
  if (!theCase.workerId) return
  const { rows } = await sql<{ former: number; team: number }>`
    select u.principal as former, t.principal as team from users u, teams t where u.id = ${theCase.workerId} and t.id = ${to.teamId}`.execute(
    tx,
  )
  const { former, team } = rows[0]!
  await passTasks?.(tx, actor, now, { caseId: theCase.id, from: former, to: 'principal' in to ? to.principal : team })
  const theirs = openActions(actionsOf(await planOf(tx, theCase.id))).some(action => action.who === former)
  if (!theirs) return
  const who = 'principal' in to ? { who: to.principal, whoWords: '' } : { who: null, whoWords: to.teamName }
  const place = { caseId: theCase.id, personId: theCase.personId, lists: await listsForPart(tx, theCase.id, 'plan') }
  await changePlan(tx, actor, now, place, { kind: 'handed-over', from: former, ...who })
}

/** A team cannot go to an appointment: those of the last worker wait in their name until somebody has the case. */
async function passAppointments(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id, workerId }: Case,
  to: { userId: string; name: string },
  pass: Passing['appointments'],
): Promise<void> {
  const from = workerId ?? (await lastWorkerOf(tx, id))
  if (from && from !== to.userId) await pass(tx, actor, now, { caseId: id, from, to })
}

/** Who had it last, unless they work beside it now: then their appointments are a co-worker's. */
async function lastWorkerOf(tx: Tx, caseId: string): Promise<string | undefined> {
  const { rows } = await sql<{ workerId: string; isBeside: boolean }>`
    select l.worker_id as "workerId", exists (
      select from co_workers k where k.case_id = l.case_id and k.worker_id = l.worker_id and k.ended_at is null) as "isBeside"
    from allocations l where l.case_id = ${caseId} and l.worker_id is not null and l.ended_at is not null order by l.recorded_at desc, l.id desc limit 1`.execute(
    tx,
  )
  return rows[0]?.isBeside ? undefined : rows[0]?.workerId
}

/** Ends whatever allocation or offer stands, not before it began. */
export async function endAllocation(tx: Tx, now: Date, caseId: string, on: PlainDate, handOver = ''): Promise<void> {
  await sql`
    update allocations set to_on = greatest(from_on, ${on}::date), ended_at = ${now}, hand_over = ${handOver}
    where case_id = ${caseId} and ended_at is null`.execute(tx)
  await sql`update case_offers set answer = 'withdrawn', answered_at = ${now} where case_id = ${caseId} and answer is null`.execute(tx)
}

/** Who does a worker's work in this team while they are away, now and later: whoever records for its agency still, and from whom the case is not withheld. */
export async function coversFor(
  tx: Tx,
  now: Date,
  theCase: { id: string; teamId: string },
  workerId: string,
): Promise<{ holder: number; startsAt: Date; endsAt: Date }[]> {
  const { rows } = await sql<{ userId: string; holder: number; startsAt: Date; endsAt: Date }>`
    select u.id as "userId", u.principal as holder, k.starts_at as "startsAt", k.ends_at as "endsAt"
    from covers k join users u on u.id = k.covered_by and u.status <> 'disabled'
    where k.worker_id = ${workerId} and k.team_id = ${theCase.teamId} and k.ended_at is null and k.ends_at > ${now} and exists (
      select from teams t join posts o on o.agency = t.agency and o.user_id = u.id and o.ended_at is null
        join teams x on x.id = o.team_id and x.disabled_at is null join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
      where t.id = k.team_id)`.execute(tx)
  const open: (typeof rows)[number][] = []
  for (const cover of rows) if (!(await isWithheldFrom(tx, theCase.id, cover.userId))) open.push(cover)
  return open
}

function titleOf(theCase: Case, { to, fromOn }: NewAllocation): string {
  const whom = 'userId' in to ? to.name : to.teamName
  const from = theCase.workerName
  return from ? `Handed over from ${from} to ${whom} on ${formatDate(fromOn)}` : `Allocated to ${whom}`
}
