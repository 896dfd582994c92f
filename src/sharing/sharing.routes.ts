import { paths } from '../paths.ts'
import type { Routes } from '../platform/web/routes.ts'
import { askToEnd, endShare } from './end-share.tsx'
import { askToEndWithholding, postEndWithholding } from './end-withholding.tsx'
import { confirmShare, newShare, previewShare } from './share-case.tsx'
import { showSharedWithMe } from './shared-with-me.tsx'
import { showSharing, showSharingOfPerson } from './sharing-page.tsx'
import type { SharingParts } from './sharing-parts.ts'
import { addWithholding, newWithholding } from './withhold.tsx'

/** `/cases/:caseId/sharing…`, and everything shared of a person. Who may share which case is asked of the case (`may-share.ts`). */
export function sharingRoutes(routes: Routes, parts: SharingParts): void {
  routes.get(paths.sharing.withMe, { may: 'read-records' }, showSharedWithMe)
  routes.get('/cases/:caseId/sharing', { may: 'read-records' }, visit => showSharing(visit, parts))
  routes.get('/people/:personId/sharing', { may: 'read-records' }, visit => showSharingOfPerson(visit, parts))
  routes.get('/cases/:caseId/sharing/new', { may: 'record' }, visit => newShare(visit, parts))
  routes.post('/cases/:caseId/sharing/new', { may: 'record' }, visit => previewShare(visit, parts))
  routes.post('/cases/:caseId/sharing/new/confirm', { may: 'record' }, visit => confirmShare(visit, parts))
  routes.get('/cases/:caseId/sharing/:shareId/end', { may: 'record' }, visit => askToEnd(visit, parts))
  routes.post('/cases/:caseId/sharing/:shareId/end', { may: 'record' }, visit => endShare(visit, parts))
  routes.get('/cases/:caseId/withholding/new', { may: 'record' }, visit => newWithholding(visit, parts))
  routes.post('/cases/:caseId/withholding/new', { may: 'record' }, visit => addWithholding(visit, parts))
  routes.get('/cases/:caseId/withholding/:withholdingId/end', { may: 'record' }, visit => askToEndWithholding(visit, parts))
  routes.post('/cases/:caseId/withholding/:withholdingId/end', { may: 'record' }, visit => postEndWithholding(visit, parts))
}
