import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { allocateTo, listsForPart } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { no, type Result } from '../../platform/result.ts'
import { isWithheldFrom } from '../directory.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import type { CaseHappening } from '../status.ts'

export type NewAllocation = {
  to: { teamId: string; teamName: string } | { teamId: string; userId: string; principal: number; name: string }
  fromOn: PlainDate
  reason: string
  /** What the next one has to know. */
  handOver: string
}

/**
 * Gives a case to a team or to one of its workers (U5). The former allocation ends on the day that the new one begins; a worker gets a grant of
 * their own, so that they keep the case when it is restricted, and the former worker's ends. The case was locked.
 */
export async function allocate(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  allocation: NewAllocation,
): Promise<Result<Case, 'not-now' | 'has-it-already' | 'withheld'>> {
  const { to, fromOn } = allocation
  const isWorker = 'userId' in to
  if (isWorker ? theCase.workerId === to.userId : !theCase.workerId && theCase.teamId === to.teamId && theCase.status === 'with-team')
    return no('has-it-already')
  if (isWorker && (await isWithheldFrom(tx, theCase.id, to.userId))) return no('withheld')
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
  await tx.updateTable('involvements').set({ team_id: to.teamId }).where('case_id', '=', theCase.id).execute()
  await allocateTo(tx, actor, now, theCase.id, isWorker ? to.principal : null, 'The case was handed over')
  return done
}

/** Ends whatever allocation stands, not before it began. */
export async function endAllocation(tx: Tx, now: Date, caseId: string, on: PlainDate, handOver = ''): Promise<void> {
  await sql`
    update allocations set to_on = greatest(from_on, ${on}::date), ended_at = ${now}, hand_over = ${handOver}
    where case_id = ${caseId} and ended_at is null`.execute(tx)
}

function titleOf(theCase: Case, { to, fromOn }: NewAllocation): string {
  const whom = 'userId' in to ? to.name : to.teamName
  const from = theCase.workerName
  return from ? `Handed over from ${from} to ${whom} on ${formatDate(fromOn)}` : `Allocated to ${whom}`
}
