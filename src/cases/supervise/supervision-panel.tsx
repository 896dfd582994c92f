import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { SidePanel } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import { mayHappen } from '../status.ts'
import { supervisionsOf } from './supervise.ts'

/** When the case was last talked about in supervision and when it will be again. Null for whoever reads parts of the case alone. */
export async function SupervisionPanel({ tx, actor, clock }: Visit, theCase: Case): Promise<VNode | null> {
  if (!theCase.whole) return null
  const all = await supervisionsOf(tx, theCase.id)
  const maySupervise = theCase.mayDecide && may(actor, 'supervise') && mayHappen(theCase.status, 'supervised')
  if (all.length === 0 && !maySupervise) return null
  const latest = all.find(one => one.kind === 'supervision')
  const remark = all.find(one => one.kind === 'comment')
  const isLate = latest?.nextDueOn && latest.nextDueOn < londonToday(clock)
  return (
    <SidePanel id="supervision-panel" title="Supervision">
      {latest ? (
        <p class="govuk-body">
          {formatDate(latest.heldOn)}, {latest.author}
          {latest.agreed ? <span class="ly-second">Agreed: {latest.agreed}</span> : null}
          {latest.nextDueOn ? (
            <span class={isLate ? 'ly-second ly-due--late' : 'ly-second'}>
              {isLate ? 'Next was due on' : 'Next on'} {formatDate(latest.nextDueOn)}
            </span>
          ) : null}
        </p>
      ) : (
        <p class="govuk-body">Not talked about in supervision yet.</p>
      )}
      {remark && (!latest || remark.heldOn >= latest.heldOn) ? (
        <p class="govuk-body">
          {remark.author}: {remark.discussed}
          <span class="ly-second">{formatDate(remark.heldOn)}</span>
        </p>
      ) : null}
      <p class="govuk-body">
        {maySupervise ? (
          <a class="govuk-link" href={paths.cases.action(theCase.id, 'supervise')}>
            Record supervision or comment
          </a>
        ) : null}
        {maySupervise && all.length > 0 ? ' · ' : null}
        {all.length > 0 ? (
          <a class="govuk-link" href={`${paths.cases.history(theCase.id)}#supervision`}>
            All of it
          </a>
        ) : null}
      </p>
    </SidePanel>
  )
}
