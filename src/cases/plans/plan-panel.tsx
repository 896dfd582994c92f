import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today } from '../../platform/clock.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Due } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import { panelPart } from '../part-of-case.ts'
import { planOf } from './plan.queries.ts'
import { nextActions, progressOf } from './plan.ts'
import { AgreementLine } from './plan-view.tsx'

/** How the plan is going, on the case's page. Null for somebody who may not read the plan. */
export async function PlanPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const part = await panelPart(visit.tx, visit.actor, theCase, 'plan')
  if (!part) return null
  const caseId = theCase.id
  const plan = await planOf(visit.tx, caseId)
  const day = today(visit.clock)
  const begun = plan.needs.length > 0
  return (
    <section aria-labelledby="plan-panel">
      <h2 class="govuk-heading-m" id="plan-panel">
        Plan
      </h2>
      {begun ? (
        <>
          <p class="govuk-body">{progressOf(plan)}</p>
          <AgreementLine agreement={plan.agreement} version={plan.version} />
          <ul class="ly-list">
            {nextActions(plan)
              .slice(0, 5)
              .map(action => (
                <li key={action.id}>
                  {action.what}
                  <span class="ly-second">
                    {action.whoName}
                    {action.dueOn ? <>, </> : ', ongoing'}
                    {action.dueOn ? <Due date={action.dueOn} today={day} /> : null}
                  </span>
                </li>
              ))}
          </ul>
          <p class="govuk-body">
            <a class="govuk-link" href={paths.plan.show(caseId)}>
              The whole plan
            </a>
          </p>
        </>
      ) : (
        <>
          <p class="govuk-body">There is no plan yet.</p>
          {part.mayEdit && may(visit.actor, 'record')
            ? Button({ text: 'Begin the plan', href: paths.plan.addNeed(caseId), classes: 'govuk-button--secondary' })
            : null}
        </>
      )}
    </section>
  )
}
