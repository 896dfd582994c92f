import { v7 as uuid } from 'uuid'
import { listsForPart } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Result } from '../platform/result.ts'
import { endAllocation } from './allocate/allocate-case.ts'
import { record } from './events.ts'
import { type Case, lockCase } from './load-case.ts'
import { startWork } from './start-work/routes.ts'
import { decide, showInvolvement } from './triage-referral/triage.ts'

/**
 * An episode is there as soon as somebody begins it: nobody decides on it, and that it is may be known from that moment (E7). By whoever begins it,
 * while they may change it.
 */
export async function keepAtDesk(tx: Tx, actor: Actor, now: Date, caseId: string, on: PlainDate): Promise<Case> {
  const theCase = await lockCase(tx, actor, caseId)
  if (!theCase) throw new Error('Whoever began an episode could not change it.')
  const telling = { part: 'referral', kind: 'referral', title: `Kept by ${theCase.teamName}` } as const
  const done = await record(tx, actor, now, theCase, { kind: 'accepted', data: {}, occurredOn: on }, telling)
  if (!done.ok) throw new Error('A new episode was not accepted.')
  await decide(tx, caseId, { decision: 'accepted', decided_on: on, decision_note: '', decided_by: actor.name })
  await showInvolvement(tx, theCase, on)
  return done.value
}

export type Coordination = {
  to: { userId: string }
  fromOn: PlainDate
  reason: string
  handOver: string
  /** Its line in the timeline. */
  title: string
}

/**
 * Writes down who co-ordinates an episode: the episode's worker, whichever agency they are of, and who is rung about it. Their rights are not given here
 * (`appointCoordinator`). The case was locked.
 */
export async function writeCoordinator(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  { to, fromOn, reason, handOver, title }: Coordination,
): Promise<Result<Case, 'not-now'>> {
  const id = uuid()
  const lists = await listsForPart(tx, theCase.id, 'allocation')
  const happening = { kind: 'worker-allocated' as const, data: { teamId: theCase.teamId, workerId: to.userId }, occurredOn: fromOn }
  const source = { type: 'allocation', id }
  const done = await record(tx, actor, now, theCase, happening, { part: 'allocation', kind: 'people', title, summary: reason, source })
  if (!done.ok) return done
  await endAllocation(tx, now, theCase.id, fromOn, handOver)
  await tx
    .insertInto('allocations')
    .values({
      id,
      case_id: theCase.id,
      team_id: theCase.teamId,
      worker_id: to.userId,
      from_on: fromOn,
      reason,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...lists,
    })
    .execute()
  await tx.updateTable('involvements').set({ coordinator_id: to.userId }).where('case_id', '=', theCase.id).execute()
  // Work on an episode begins with its co-ordinator: there is nothing that they take up later.
  return done.value.state.status === 'with-worker' ? startWork(tx, actor, now, done.value) : done
}
