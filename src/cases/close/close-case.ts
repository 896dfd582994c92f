import { v7 as uuid } from 'uuid'
import { endWithEpisode, listsForPart } from '../../access/index.ts'
import { type Actor, may } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { endAllocation } from '../allocate/allocate-case.ts'
import { needsApproval } from '../approval-needs.ts'
import type { Fate } from '../case-frame.tsx'
import { record } from '../events.ts'
import { dropPlannedReview } from '../hold-review/routes.tsx'
import { type Case, lockCase } from '../load-case.ts'
import { notDone } from './still-open.tsx'

export type Closure = {
  closedOn: PlainDate
  reason: string
  reasonLabel: string
  outcome: string
  outcomeLabel: string
  summary: string
  /** Why things are not done; '' when none are left. */
  openActionsBecause: string
}

/** A closure with what becomes of each thing that was still to be done. */
export type Closing = Closure & { fates: ReadonlyMap<string, Fate> }

/**
 * Closes a case. Refused while something on it is not done, unless it is said why (`left` is how many there are); and where its service has
 * closures signed off, unless one was: `writtenBy` is then who had written it. The case was locked.
 */
export async function closeCase(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  closure: Closure,
  left: number,
  { writtenBy }: { writtenBy?: string } = {},
): Promise<Result<Case, 'not-now' | 'actions-open' | 'not-approved'>> {
  if (left > 0 && !closure.openActionsBecause) return no('actions-open')
  if (writtenBy === undefined && (await mustBeSent(tx, actor, theCase))) return no('not-approved')
  const id = uuid()
  const { closedOn, reason, outcome, summary } = closure
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'closed', data: { reason, outcome }, occurredOn: closedOn },
    {
      part: 'closure',
      kind: 'referral',
      title: `Closed: ${closure.reasonLabel}`,
      summary,
      source: { type: 'closure', id },
    },
  )
  if (!done.ok) return done
  await tx
    .insertInto('closures')
    .values({
      id,
      case_id: theCase.id,
      closed_on: closedOn,
      reason,
      outcome,
      summary,
      open_actions: left,
      open_actions_because: left > 0 ? closure.openActionsBecause : '',
      user_id: actor.userId,
      author: writtenBy && writtenBy !== actor.name ? `${writtenBy}, signed off by ${actor.name}` : actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, theCase.id, 'closure')),
    })
    .execute()
  await dropPlannedReview(tx, now, theCase.id)
  // The worker's grant stays: a closed case is still theirs to read until somebody else takes it up.
  await endAllocation(tx, now, theCase.id, closedOn)
  await tx.deleteFrom('case_dues').where('case_id', '=', theCase.id).execute()
  await tx.updateTable('caseload_entries').set({ due_on: 'infinity', next_step: '' }).where('case_id', '=', theCase.id).execute()
  await tx.updateTable('involvements').set({ closed_on: closedOn, coordinator_id: null }).where('case_id', '=', theCase.id).execute()
  if (theCase.isEpisode) await endWithEpisode(tx, actor, now, theCase.id)
  return done
}

/** Whether the actor may not close this case by themself: its service has closures signed off, and their own is not theirs to sign off (F7). */
export async function mustBeSent(tx: Tx, actor: Actor, theCase: Pick<Case, 'serviceArea'>): Promise<boolean> {
  return !may(actor, 'sign-off-own') && (await needsApproval(tx, theCase.serviceArea, 'closure'))
}

/** Closes a case as somebody wrote it and the actor signs off. */
export async function closeApproved(
  tx: Tx,
  actor: Actor,
  now: Date,
  caseId: string,
  closing: Closing,
  writtenBy: string,
): Promise<Result<void, 'not-now' | 'actions-open'>> {
  const theCase = await lockCase(tx, actor, caseId)
  if (!theCase?.whole) return no('not-now')
  const closed = await closeCase(tx, actor, now, theCase, closing, notDone(closing.fates), { writtenBy })
  if (closed.ok) return ok(undefined)
  if (closed.error === 'not-approved') throw new Error('A closure that was signed off asked for sign-off.')
  return no(closed.error)
}
