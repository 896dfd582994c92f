import type { VNode } from 'preact'
import { today } from '../../platform/clock.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { auditPlan } from './audit-plan.ts'
import { planOf } from './plan.queries.ts'
import { PlanView } from './plan-view.tsx'

/** The plan as it is read where it is signed off, and the version that was seen. */
export async function planToSign(visit: Visit, part: Pick<PartOfCase, 'caseId' | 'personId'>): Promise<{ words: VNode; version: number }> {
  await auditPlan(visit, part, 'plan-read')
  const plan = await planOf(visit.tx, part.caseId)
  return { words: <PlanView plan={plan} today={today(visit.clock)} mayChange={false} />, version: plan.version }
}
