import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, type Result } from '../../platform/result.ts'
import { endAllocation } from '../allocate/allocate-case.ts'
import { record } from '../events.ts'
import { dropPlannedReview } from '../hold-review/routes.tsx'
import type { Case } from '../load-case.ts'

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

/** Closes a case. Refused while something on it is not done, unless it is said why (`notDone` is how many there are). The case was locked. */
export async function closeCase(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  closure: Closure,
  notDone: number,
): Promise<Result<Case, 'not-now' | 'actions-open'>> {
  if (notDone > 0 && !closure.openActionsBecause) return no('actions-open')
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
      open_actions: notDone,
      open_actions_because: notDone > 0 ? closure.openActionsBecause : '',
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, theCase.id, 'closure')),
    })
    .execute()
  await dropPlannedReview(tx, now, theCase.id)
  // The worker's grant stays: a closed case is still theirs to read until somebody else takes it up.
  await endAllocation(tx, now, theCase.id, closedOn)
  await tx.deleteFrom('case_dues').where('case_id', '=', theCase.id).execute()
  await tx.updateTable('caseload_entries').set({ due_on: 'infinity', next_step: '' }).where('case_id', '=', theCase.id).execute()
  await tx.updateTable('involvements').set({ closed_on: closedOn }).where('case_id', '=', theCase.id).execute()
  return done
}
