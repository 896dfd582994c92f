import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Result } from '../../platform/result.ts'
import { notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { record } from '../events.ts'
import { type Case, lockCase } from '../load-case.ts'

/** The worker says that they have taken the case up. A button on the case's page; the first assessment, plan or review says so too. */
export function startWorkRoutes(routes: Routes): void {
  routes.get('/cases/:caseId/start', { may: 'record' }, async ({ params }) => redirect(paths.cases.show(params['caseId'] ?? '')))
  routes.post('/cases/:caseId/start', { may: 'record' }, async ({ tx, actor, clock, params }) => {
    const theCase = await lockCase(tx, actor, params['caseId'] ?? '')
    if (!theCase?.whole) return notFound()
    const done = await startWork(tx, actor, clock.now(), theCase)
    return redirect(paths.cases.show(theCase.id), { notice: done.ok ? 'You have started work on this case' : 'Work had already started' })
  })
}

/** The case is being worked on from now. It was locked. */
export function startWork(tx: Tx, actor: Actor, now: Date, theCase: Case): Promise<Result<Case, 'not-now'>> {
  const telling = { part: 'allocation', kind: 'people', title: 'Work started' } as const
  return record(tx, actor, now, theCase, { kind: 'work-started', data: {} }, telling)
}
