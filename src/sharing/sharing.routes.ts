import type { Routes } from '../platform/web/routes.ts'
import { askToEnd, endShare } from './end-share.tsx'
import { askToEndWithholding, postEndWithholding } from './end-withholding.tsx'
import { confirmShare, newShare, previewShare } from './share-case.tsx'
import { showSharing, showSharingOfPerson } from './sharing-page.tsx'
import type { SharingParts } from './sharing-parts.ts'
import { addWithholding, newWithholding } from './withhold.tsx'

/** `/cases/:caseId/sharing…`, and everything shared of a person. */
export function sharingRoutes(routes: Routes, parts: SharingParts): void {
  routes.get('/cases/:caseId/sharing', { may: 'read-records' }, visit => showSharing(visit, parts))
  routes.get('/people/:personId/sharing', { may: 'read-records' }, visit => showSharingOfPerson(visit, parts))
  routes.get('/cases/:caseId/sharing/new', { may: 'share' }, visit => newShare(visit, parts))
  routes.post('/cases/:caseId/sharing/new', { may: 'share' }, visit => previewShare(visit, parts))
  routes.post('/cases/:caseId/sharing/new/confirm', { may: 'share' }, visit => confirmShare(visit, parts))
  routes.get('/cases/:caseId/sharing/:shareId/end', { may: 'share' }, visit => askToEnd(visit, parts))
  routes.post('/cases/:caseId/sharing/:shareId/end', { may: 'share' }, visit => endShare(visit, parts))
  routes.get('/cases/:caseId/withholding/new', { may: 'share' }, visit => newWithholding(visit, parts))
  routes.post('/cases/:caseId/withholding/new', { may: 'share' }, visit => addWithholding(visit, parts))
  routes.get('/cases/:caseId/withholding/:withholdingId/end', { may: 'share' }, visit => askToEndWithholding(visit, parts))
  routes.post('/cases/:caseId/withholding/:withholdingId/end', { may: 'share' }, visit => postEndWithholding(visit, parts))
}
