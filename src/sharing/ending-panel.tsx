import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { lastDayBefore } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { SidePanel } from '../ui/index.ts'
import { endingSharesOf } from './shares.queries.ts'

const fortnight = 14 * 86_400_000

/** Shares of the actor's own cases that end within a fortnight, for "My work". Null when there are none. */
export async function EndingSharesPanel({ tx, actor, clock }: Visit): Promise<VNode | null> {
  if (!actor.userId) return null
  const now = clock.now()
  const shares = await endingSharesOf(tx, actor.userId, { now, before: new Date(now.getTime() + fortnight) })
  if (shares.length === 0) return null
  return (
    <SidePanel id="ending-shares" title="Sharing that ends soon">
      <ul class="ly-list">
        {shares.map(share => (
          <li key={`${share.caseId}${share.name}`}>
            <a class="govuk-link" href={paths.sharing.ofCase(share.caseId)}>
              {share.personName}
            </a>
            <span class="ly-second">
              {share.caseReference} with {share.name}, until {formatDate(lastDayBefore(share.endsAt))}
            </span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}
