import type { Routes } from '../platform/web/routes.ts'
import { listApprovals } from './pages/list.tsx'
import { postSend, sendPage } from './pages/send.tsx'
import { type ApprovalParts, decideApproval, showApproval, withdrawApproval } from './pages/show.tsx'

/** `/sign-off…`, and where a form or a plan is sent from. */
export function approvalRoutes(routes: Routes, parts: ApprovalParts): void {
  routes.get('/sign-off', { may: 'read-records' }, listApprovals)
  routes.get('/sign-off/:approvalId', { may: 'read-records' }, visit => showApproval(visit, parts))
  routes.post('/sign-off/:approvalId', { may: 'record' }, visit => decideApproval(visit, parts))
  routes.post('/sign-off/:approvalId/withdraw', { may: 'record' }, withdrawApproval)
  for (const [path, what] of [
    ['/cases/:caseId/forms/:answerSetId/send', 'form'],
    ['/cases/:caseId/plan/send', 'plan'],
  ] as const) {
    routes.get(path, { may: 'record' }, visit => sendPage(visit, parts, what))
    routes.post(path, { may: 'record' }, visit => postSend(visit, parts, what))
  }
}
