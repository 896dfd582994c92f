import { largestFile } from '../documents/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { autosavePage } from './pages/autosave.ts'
import { beginForm, chooseForm } from './pages/begin.tsx'
import { checkAnswers, completeForm } from './pages/complete-form.tsx'
import { askDiscard, discardForm } from './pages/discard-form.tsx'
import { savePage, showPage } from './pages/fill-in.tsx'
import type { FormsHost } from './pages/host.ts'
import { listForms } from './pages/list-forms.tsx'
import { askWhyReopen, reopenForm, signOffForm } from './pages/move-form.tsx'
import { printForm, showForm } from './pages/read-form.tsx'
import { settleClash, showClash } from './pages/settle-clash.tsx'
import { compareVersions, showVersions } from './pages/versions-page.tsx'

/** The pages of forms, under the case that each form is about. `host` is what knows the case. */
export function formsRoutes(routes: Routes, host: FormsHost): void {
  const reading = { may: 'read-records' } as const
  const writing = { may: 'record' } as const
  const form = '/cases/:caseId/forms/:answerSetId'
  routes.get('/cases/:caseId/forms', reading, visit => listForms(visit, host))
  routes.get('/cases/:caseId/forms/new', writing, visit => chooseForm(visit, host))
  routes.post('/cases/:caseId/forms', writing, visit => beginForm(visit, host))
  routes.get(form, reading, visit => showForm(visit, host))
  routes.get(`${form}/print`, reading, visit => printForm(visit, host))
  routes.get(`${form}/pages/:page`, writing, visit => showPage(visit, host))
  // Saving words twice is harmless: an unchanged page makes no version, and a stale one is merged. A file is added once (save-posted.ts).
  routes.post(`${form}/pages/:page`, { ...writing, repeatable: true, uploadLimit: largestFile }, visit => savePage(visit, host))
  routes.post(`${form}/pages/:page/autosave`, { ...writing, repeatable: true }, visit => autosavePage(visit, host))
  routes.get(`${form}/check`, writing, visit => checkAnswers(visit, host))
  routes.post(`${form}/check`, writing, visit => completeForm(visit, host))
  routes.post(`${form}/sign-off`, reading, visit => signOffForm(visit, host))
  routes.get(`${form}/discard`, writing, visit => askDiscard(visit, host))
  routes.post(`${form}/discard`, writing, visit => discardForm(visit, host))
  routes.get(`${form}/reopen`, reading, visit => askWhyReopen(visit, host))
  routes.post(`${form}/reopen`, reading, visit => reopenForm(visit, host))
  routes.get(`${form}/versions`, reading, visit => showVersions(visit, host))
  routes.get(`${form}/compare`, reading, visit => compareVersions(visit, host))
  routes.get(`${form}/settle/:asideId`, writing, visit => showClash(visit, host))
  routes.post(`${form}/settle/:asideId`, writing, visit => settleClash(visit, host))
}
