import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { DataTable, Due, Tag, Words } from '../../ui/index.ts'
import { type Action, type Agreement, type Goal, type Need, openActions, type Plan } from './plan.ts'

export type PlanViewProps = {
  plan: Plan
  today: PlainDate
  /** Links to change it: only where it is the plan of now and the reader may. */
  mayChange: boolean
}

/** The whole plan: each need, its goals, and what is being done about each. The same on the page, in the history and on paper. */
export function PlanView({ plan, today, mayChange }: PlanViewProps): VNode {
  const current = plan.needs.filter(need => !need.endedReason)
  const ended = plan.needs.filter(need => need.endedReason)
  return (
    <>
      <AgreementLine agreement={plan.agreement} version={plan.version} />
      {current.map(need => (
        <NeedView key={need.id} need={need} caseId={plan.caseId} today={today} mayChange={mayChange} />
      ))}
      {ended.length > 0 ? (
        <section aria-labelledby="ended-needs">
          <h2 class="govuk-heading-m" id="ended-needs">
            Needs that have ended
          </h2>
          {ended.map(need => (
            <NeedView key={need.id} need={need} caseId={plan.caseId} today={today} mayChange={false} />
          ))}
        </section>
      ) : null}
    </>
  )
}

/** With whom it was agreed and when, and whether it has changed since. */
export function AgreementLine({ agreement, version }: { agreement: Agreement | null; version: number }): VNode {
  if (!agreement) return <p class="govuk-body">Not yet gone through with the person.</p>
  return (
    <p class="govuk-body">
      {agreement.with ? (
        <>
          <strong>Agreed</strong> with {agreement.with} on {formatDate(agreement.on)}
          {agreement.how ? `, ${agreement.how}` : ''}.
        </>
      ) : (
        <>
          <strong>Not agreed</strong> with the person; used since {formatDate(agreement.on)} because: {agreement.how}
        </>
      )}{' '}
      {agreement.version < version ? 'It has been changed since.' : null}
    </p>
  )
}

type Shown = { caseId: string; today: PlainDate; mayChange: boolean }

function NeedView({ need, caseId, today, mayChange }: Shown & { need: Need }): VNode {
  return (
    <section aria-labelledby={`need-${need.id}`} class="ly-plan__need">
      <h2 class="govuk-heading-m" id={`need-${need.id}`}>
        {need.title} {need.endedReason ? Tag({ text: 'Ended', classes: 'govuk-tag--grey' }) : null}
      </h2>
      {need.endedReason ? <p class="govuk-body">Ended: {need.endedReason}</p> : null}
      {need.detail ? <Words text={need.detail} /> : null}
      {need.goals.map(goal => (
        <GoalView key={goal.id} goal={goal} caseId={caseId} today={today} mayChange={mayChange} />
      ))}
      {mayChange
        ? links([
            { text: 'Add a goal', hidden: `for ${need.title}`, href: paths.plan.addGoal(caseId, need.id) },
            { text: 'Change need', hidden: need.title, href: paths.plan.need(caseId, need.id) },
            { text: 'End need', hidden: need.title, href: paths.plan.endNeed(caseId, need.id) },
          ])
        : null}
    </section>
  )
}

function GoalView({ goal, caseId, today, mayChange }: Shown & { goal: Goal }): VNode {
  const current = mayChange && !goal.endedReason
  return (
    <section aria-labelledby={`goal-${goal.id}`}>
      <h3 class="govuk-heading-s" id={`goal-${goal.id}`}>
        Goal: {goal.title} {goal.endedReason ? Tag({ text: 'Ended', classes: 'govuk-tag--grey' }) : null}
      </h3>
      {goal.endedReason ? <p class="govuk-body">Ended: {goal.endedReason}</p> : null}
      {goal.measure ? <p class="govuk-body">We will know when: {goal.measure}</p> : null}
      {goal.actions.length > 0 ? <ActionsTable goal={goal} caseId={caseId} today={today} mayChange={current} /> : null}
      {current
        ? links([
            { text: 'Add an action', hidden: `for ${goal.title}`, href: paths.plan.addAction(caseId, goal.id) },
            { text: 'Change goal', hidden: goal.title, href: paths.plan.goal(caseId, goal.id) },
            { text: 'End goal', hidden: goal.title, href: paths.plan.endGoal(caseId, goal.id) },
          ])
        : null}
    </section>
  )
}

function ActionsTable({ goal, caseId, today, mayChange }: Shown & { goal: Goal }): VNode {
  return (
    <DataTable
      caption={`Actions towards ${goal.title}`}
      captionHidden
      rows={goal.actions}
      keyOf={action => action.id}
      rowClasses={action => (action.status === 'open' && action.dueOn && action.dueOn < today ? 'ly-row--late' : undefined)}
      columns={[
        { heading: 'Action', rowHeader: true, cell: action => action.what, second: outcomeOf },
        { heading: 'Who', cell: action => action.whoName },
        { heading: 'When', cell: action => when(action, today) },
        ...(mayChange && openActions(goal.actions).length > 0
          ? [
              {
                heading: 'Change',
                headingHidden: true,
                cell: (action: Action) =>
                  action.status === 'open'
                    ? links([
                        { text: 'Done', hidden: action.what, href: paths.plan.completeAction(caseId, action.id) },
                        { text: 'Change', hidden: action.what, href: paths.plan.action(caseId, action.id) },
                        { text: 'Drop', hidden: action.what, href: paths.plan.dropAction(caseId, action.id) },
                      ])
                    : null,
              },
            ]
          : []),
      ]}
    />
  )
}

function outcomeOf(action: Action): string | undefined {
  if (action.status === 'done') return action.evidence
  return action.status === 'dropped' ? action.droppedReason : undefined
}

function when(action: Action, today: PlainDate): ComponentChildren {
  const closed = action.closedAt ? `${formatInstant(new Date(action.closedAt)).slice(0, 10)}, ${action.closedBy}` : ''
  if (action.status === 'done') return [Tag({ text: 'Done', classes: 'govuk-tag--green' }), <span class="ly-second">{closed}</span>]
  if (action.status === 'dropped') return [Tag({ text: 'Dropped', classes: 'govuk-tag--grey' }), <span class="ly-second">{closed}</span>]
  return action.dueOn ? <Due date={action.dueOn} today={today} /> : 'Ongoing'
}

/** Short links whose hidden words tell them apart for those who hear them. */
function links(items: readonly { text: string; hidden: string; href: string }[]): VNode {
  return (
    <p class="govuk-body ly-links ly-no-print">
      {items.map(({ text, hidden, href }, i) => (
        <>
          {i > 0 ? ' · ' : null}
          <a class="govuk-link" href={href}>
            {text}
            <span class="govuk-visually-hidden"> {hidden}</span>
          </a>
        </>
      ))}
    </p>
  )
}
