import { sql } from 'kysely'
import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type RiskLevel, RiskTag, SidePanel } from '../../ui/index.ts'

export type OfferedCase = { caseId: string; serviceName: string; risk: RiskLevel; given: string | null; family: string | null }

/** Cases that wait for the actor's answer whether they take them. */
export async function offeredTo(tx: Tx, actor: Actor): Promise<OfferedCase[]> {
  const { rows } = await sql<OfferedCase>`
    select w.case_id as "caseId", s.name as "serviceName", w.risk, p.given_name as given, p.family_name as family
    from caseload_entries w join people p on p.id = w.person_id join service_areas s on s.code = w.service_area
    where w.offered_to = ${actor.userId} and w.closed_on is null order by w.risk_order, w.case_id`.execute(tx)
  return rows
}

export function OffersPanel({ offers }: { offers: readonly OfferedCase[] }): VNode | null {
  if (offers.length === 0) return null
  return (
    <SidePanel id="offers" title="Offered to you">
      <ul class="ly-list">
        {offers.map(offer => (
          <li key={offer.caseId}>
            <a class="govuk-link" href={paths.cases.action(offer.caseId, 'answer-offer')}>
              {formatName(offer)}
            </a>
            <span class="ly-second">
              {offer.serviceName} <RiskTag level={offer.risk} inFull />
            </span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}
