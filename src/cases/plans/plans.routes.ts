import { noFields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { withPart } from '../part-page.tsx'
import { planForms } from './change-forms.tsx'
import { postForm, showForm } from './change-pages.tsx'
import { showVersion, showVersions } from './plan-history.tsx'
import { type PlanParts, printPlan, showPlan } from './show-plan.tsx'

/** `/cases/:caseId/plan…`: the plan, each of its changes, its history, and it as a document. */
export function planRoutes(routes: Routes, parts: PlanParts): void {
  const base = '/cases/:caseId/plan'
  const reading = { may: 'read-records' } as const
  const writing = { may: 'record' } as const
  routes.get(base, reading, visit => withPart(visit, 'plan', 'read', part => showPlan(visit, parts, part)))
  routes.get(`${base}/print`, reading, visit => withPart(visit, 'plan', 'read', part => printPlan(visit, part)))
  routes.get(`${base}/versions`, reading, visit => withPart(visit, 'plan', 'read', part => showVersions(visit, parts, part)))
  routes.get(`${base}/versions/:version`, reading, visit => withPart(visit, 'plan', 'read', part => showVersion(visit, parts, part)))
  for (const [path, form] of Object.entries(planForms)) {
    routes.get(base + path, writing, visit =>
      withPart(visit, 'plan', 'edit', part => showForm(visit, parts, part, form, { typed: noFields, errors: [] })),
    )
    routes.post(base + path, writing, visit => withPart(visit, 'plan', 'edit', part => postForm(visit, parts, part, form)))
  }
}
