import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, type Result } from '../platform/result.ts'
import { record } from './events.ts'
import { type Case, lockCase } from './load-case.ts'

/** What other modules let a case know of: the stages of the work are seen from these. */
export type WorkDone =
  | { kind: 'assessment-started'; answerSetId: string; title: string; href?: string }
  | { kind: 'assessment-discarded'; answerSetId: string; title: string; href?: string }
  | { kind: 'assessment-completed'; answerSetId: string; title: string; href?: string }
  | { kind: 'plan-made'; title?: string; href?: string }

/**
 * Lets a case know that an assessment was begun, discarded or completed, or its plan made, in the transaction that did it. `not-now` where the case
 * does not take it (it has ended, or the actor may not change all of it): the work itself stands all the same, so callers may go on.
 */
export async function noteWork(tx: Tx, actor: Actor, now: Date, caseId: string, work: WorkDone): Promise<Result<Case, 'not-now'>> {
  const theCase = await lockCase(tx, actor, caseId)
  if (!theCase?.whole) return no('not-now')
  const link = work.href ? { href: work.href } : {}
  if (work.kind === 'plan-made')
    return record(
      tx,
      actor,
      now,
      theCase,
      { kind: 'plan-made', data: {} },
      { part: 'plan', kind: 'plan', title: work.title ?? 'Plan made', ...link },
    )
  const { answerSetId, title } = work
  const source = { type: 'answer-set', id: answerSetId }
  return record(
    tx,
    actor,
    now,
    theCase,
    { kind: work.kind, data: { answerSetId } },
    { part: 'forms', kind: 'assessment', title, source, ...link },
  )
}
