import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { RiskTag, SidePanel } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import type { RiskRow } from './case-facts.ts'

/** The current level, the first one beside it, and the latest reason (U24). */
export function RiskPanel({ theCase, risks, mayRate }: { theCase: Case; risks: readonly RiskRow[]; mayRate: boolean }): VNode {
  const { risk, initialRisk } = theCase.state
  const [latest, ...before] = risks
  return (
    <SidePanel id="risk" title="Risk">
      <p class="govuk-body">
        <RiskTag level={risk} inFull />
        {latest ? (
          <span class="ly-second">
            since {formatDate(latest.ratedOn)}, {latest.author}
          </span>
        ) : null}
      </p>
      {latest ? <p class="govuk-body">{latest.reason}</p> : <p class="govuk-body">Nobody has rated it yet.</p>}
      {initialRisk !== 'not-rated' && before.length > 0 ? (
        <p class="govuk-body">
          At the beginning: <RiskTag level={initialRisk} />
        </p>
      ) : null}
      <p class="govuk-body">
        {mayRate ? (
          <a class="govuk-link" href={paths.cases.action(theCase.id, 'risk')}>
            {latest ? 'Raise or lower it' : 'Rate it'}
          </a>
        ) : null}
        {mayRate && before.length > 0 ? ' · ' : null}
        {before.length > 0 ? (
          <a class="govuk-link" href={`${paths.cases.history(theCase.id)}#risk-history`}>
            Reasons and history
          </a>
        ) : null}
      </p>
    </SidePanel>
  )
}

/** Every level with its reason, for somebody with whom that part was shared. */
export function SharedRisk({ risks }: { risks: readonly RiskRow[] }): VNode | null {
  if (risks.length === 0) return null
  return (
    <SidePanel id="risk" title="Risk">
      <ul class="ly-list">
        {risks.map((one, i) => (
          <li key={i}>
            <RiskTag level={one.level} inFull />
            <span class="ly-second">
              {formatDate(one.ratedOn)}, {one.author}
            </span>
            {one.reason}
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}
