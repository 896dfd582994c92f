import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { SidePanel } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import type { GrantRow } from './case-facts.ts'

/** Who else may read a case, emergencies first. */
export function AccessPanel({
  theCase,
  grants,
  now,
  mayRestrict,
}: {
  theCase: Case
  grants: readonly GrantRow[]
  now: Date
  mayRestrict: boolean
}): VNode {
  const standing = grants.filter(grant => grant.endedAt === null && (grant.endsAt === null || grant.endsAt > now))
  const emergencies = grants.filter(grant => grant.kind === 'break-glass')
  return (
    <SidePanel id="who-sees" title="Who sees this case">
      <p class="govuk-body">
        {theCase.restricted
          ? 'Only those named, and whoever it is allocated to. Shares wait until it is open to its team again.'
          : `${theCase.teamName} and the commissioners.`}
      </p>
      {standing.length > 0 ? (
        <ul class="ly-list">
          {standing.map((grant, i) => (
            <li key={i}>
              {grant.name}
              <span class="ly-second">
                {grantWords[grant.kind] ?? 'Shared'}
                {grant.endsAt ? `, until ${formatInstant(grant.endsAt)}` : ''}
                {grant.purpose ? ` · ${grant.purpose}` : ''}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {emergencies
        .filter(grant => !standing.includes(grant))
        .map((grant, i) => (
          <p key={i} class="govuk-body">
            {grant.name} opened it in an emergency on {formatInstant(grant.startsAt)}: {grant.purpose}
          </p>
        ))}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.sharing.ofCase(theCase.id)}>
          Sharing and consent
        </a>
        {mayRestrict ? (
          <>
            {' · '}
            <a class="govuk-link" href={paths.cases.action(theCase.id, theCase.restricted ? 'unrestrict' : 'restrict')}>
              {theCase.restricted ? 'Open it to the team' : 'Restrict it to named people'}
            </a>
          </>
        ) : null}
      </p>
    </SidePanel>
  )
}

const grantWords: Record<string, string> = {
  named: 'Named',
  share: 'Shared with them',
  'break-glass': 'Emergency',
  'co-ordinator': 'Co-ordinates',
  member: 'In the team around the person',
}
