import { paths } from '../../paths.ts'
import { notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { record } from '../events.ts'
import { lockCase } from '../load-case.ts'

/** The worker says that they have taken the case up. A button on the case's page; the first assessment, plan or review says so too. */
export function startWorkRoutes(routes: Routes): void {
  routes.get('/cases/:caseId/start', { may: 'record' }, async ({ params }) => redirect(paths.cases.show(params['caseId'] ?? '')))
  routes.post('/cases/:caseId/start', { may: 'record' }, async ({ tx, actor, clock, params }) => {
    const theCase = await lockCase(tx, actor, params['caseId'] ?? '')
    if (!theCase?.whole) return notFound()
    const telling = { part: 'allocation', kind: 'people', title: 'Work started' } as const
    const done = await record(tx, actor, clock.now(), theCase, { kind: 'work-started', data: {} }, telling)
    return redirect(paths.cases.show(theCase.id), { notice: done.ok ? 'You have taken the case up' : 'Work had already started' })
  })
}
