import type { Routes } from '../platform/web/routes.ts'
import { askToChange, goingOn, postChange, withdrawal } from './change-consent.tsx'
import type { ConsentsParts } from './consents-parts.ts'
import { newConsent, postConsent } from './record-consent.tsx'
import { showConsents } from './show-consents.tsx'

/** `/cases/:caseId/consent…` */
export function consentRoutes(routes: Routes, parts: ConsentsParts): void {
  routes.get('/cases/:caseId/consent', { may: 'read-records' }, visit => showConsents(visit, parts))
  routes.get('/cases/:caseId/consent/new', { may: 'record' }, visit => newConsent(visit, parts))
  routes.post('/cases/:caseId/consent/new', { may: 'record' }, visit => postConsent(visit, parts))
  routes.get('/cases/:caseId/consent/:consentId/withdraw', { may: 'record' }, visit => askToChange(visit, parts, withdrawal))
  routes.post('/cases/:caseId/consent/:consentId/withdraw', { may: 'record' }, visit => postChange(visit, parts, withdrawal))
  routes.get('/cases/:caseId/consent/:consentId/go-on', { may: 'go-on-without-consent' }, visit => askToChange(visit, parts, goingOn))
  routes.post('/cases/:caseId/consent/:consentId/go-on', { may: 'go-on-without-consent' }, visit => postChange(visit, parts, goingOn))
}
