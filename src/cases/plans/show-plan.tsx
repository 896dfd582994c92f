import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import { sectionOf } from '../case-frame.tsx'
import type { PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { auditPlan } from './audit-plan.ts'
import { planOf } from './plan.queries.ts'
import { type Plan, progressOf } from './plan.ts'
import { PlanView } from './plan-view.tsx'

export type PlanParts = FrameParts & {
  /** What stands under the plan from a module above: who signed it. */
  underPlan?: (visit: Visit, plan: Plan, mayChange: boolean) => Promise<VNode | null>
  /** Where the plan's sign-off stands, and the way to send it. Null where there is nothing to say. */
  signOffLine?: (visit: Visit, part: PartOfCase, mayChange: boolean) => Promise<VNode | null>
}

/** The plan as it is now, with what can be done to it. */
export async function showPlan(visit: Visit, parts: PlanParts, part: PartOfCase): Promise<Answer> {
  await auditPlan(visit, part, 'plan-read')
  const plan = await planOf(visit.tx, part.caseId)
  const mayChange = part.mayEdit && visit.actor.capabilities.has('record')
  const body = (
    <>
      {(await parts.signOffLine?.(visit, part, mayChange && plan.needs.length > 0)) ?? null}
      {plan.needs.length === 0 ? (
        <EmptyState title="There is no plan yet.">{mayChange ? 'Begin with what is needed; goals and actions follow.' : null}</EmptyState>
      ) : (
        <PlanView plan={plan} today={today(visit.clock)} mayChange={mayChange} />
      )}
      {await parts.underPlan?.(visit, plan, mayChange)}
      {plan.version > 0 ? (
        <p class="govuk-body ly-no-print">
          <a class="govuk-link" href={paths.plan.versions(part.caseId)}>
            Every version of this plan
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.plan.print(part.caseId)}>
            Print the plan
          </a>
        </p>
      ) : null}
    </>
  )
  const actions = mayChange ? (
    <>
      {Button({
        text: 'Add a need',
        href: paths.plan.addNeed(part.caseId),
        classes: plan.needs.length > 0 ? 'govuk-button--secondary' : undefined,
      })}
      {plan.needs.length > 0 ? Button({ text: 'Record agreement', href: paths.plan.agreement(part.caseId) }) : null}
    </>
  ) : null
  return partPage(visit, parts, part, 'Plan', body, {
    current: 'plan',
    actions,
    context: plan.needs.length > 0 ? progressOf(plan) : undefined,
  })
}

/** The plan as a document that can be handed to the person. */
export async function printPlan(visit: Visit, part: PartOfCase): Promise<Answer> {
  await auditPlan(visit, part, 'plan-printed')
  const plan = await planOf(visit.tx, part.caseId)
  const title = `Plan – ${part.personName}`
  return page(
    title,
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {part.serviceName} {part.reference}. Version {plan.version}. {progressOf(plan)}.
      </p>
      <p class="govuk-body ly-no-print">
        Use your browser’s print button.{' '}
        <a class="govuk-link" href={paths.plan.show(part.caseId)}>
          Back to the plan
        </a>
      </p>
      <PlanView plan={plan} today={today(visit.clock)} mayChange={false} />
    </>,
    { section: sectionOf(part.theCase), classification: 'OFFICIAL-SENSITIVE' },
  )
}
