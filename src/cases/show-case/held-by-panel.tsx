import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { SidePanel } from '../../ui/index.ts'
import type { Offer } from '../allocate/offer-case.ts'
import type { CoWorker } from '../co-workers/co-workers.ts'
import type { Case } from '../load-case.ts'
import type { AllocationRow, CoverRow } from './case-facts.ts'

export function HeldByPanel({
  theCase,
  allocations,
  coWorkers,
  covers,
  offer,
  mayAllocate,
  mayAddCoWorker,
}: {
  theCase: Case
  allocations: readonly AllocationRow[]
  coWorkers: readonly CoWorker[]
  covers: readonly CoverRow[]
  offer: Offer | undefined
  mayAllocate: boolean
  mayAddCoWorker: boolean
}): VNode {
  const [now, ...before] = allocations
  const beside = coWorkers.filter(one => one.toOn === null)
  return (
    <SidePanel id="held-by" title="Who works with it">
      <p class="govuk-body">
        <strong>{theCase.workerName ?? 'No worker yet'}</strong>
        <span class="ly-second">
          {theCase.teamName}, {theCase.agencyName}
          {theCase.workerTelephone || theCase.teamTelephone ? ` · ${theCase.workerTelephone || theCase.teamTelephone}` : ''}
        </span>
        {now && theCase.workerName ? <span class="ly-second">since {formatDate(now.fromOn)}</span> : null}
      </p>
      {covers.map(cover => (
        <p class="govuk-body" key={cover.name}>
          {cover.name} covers until {formatDate(cover.toOn)}
          {cover.telephone ? <span class="ly-second">{cover.telephone}</span> : null}
        </p>
      ))}
      {beside.length > 0 ? (
        <ul class="ly-list">
          {beside.map(one => (
            <li key={one.id}>
              {one.name}, co-worker
              <span class="ly-second">{[one.jobTitle, one.teamName, one.telephone].filter(Boolean).join(' · ')}</span>
              <span class="ly-second">
                {one.reason} · since {formatDate(one.fromOn)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {offer ? (
        <p class="govuk-body">
          Offered to {offer.workerName}, who has not answered.{' '}
          {mayAllocate ? (
            <a class="govuk-link" href={paths.cases.action(theCase.id, 'withdraw-offer')}>
              Take the offer back
            </a>
          ) : null}
        </p>
      ) : null}
      {now?.handOver || before[0]?.handOver ? <p class="govuk-body">Handed over with: {before[0]?.handOver || now?.handOver}</p> : null}
      <p class="govuk-body">
        {mayAllocate ? (
          <a class="govuk-link" href={paths.cases.action(theCase.id, 'allocate')}>
            {theCase.workerName ? 'Hand over' : 'Choose a worker'}
          </a>
        ) : null}
        {mayAddCoWorker ? (
          <>
            {' · '}
            <a class="govuk-link" href={paths.cases.action(theCase.id, 'co-workers/new')}>
              Add a co-worker
            </a>
          </>
        ) : null}
        {mayAllocate && beside.length > 0 ? (
          <>
            {' · '}
            <a class="govuk-link" href={paths.cases.action(theCase.id, 'co-workers/end')}>
              End a co-worker
            </a>
          </>
        ) : null}
        {mayAllocate && before.length > 0 ? ' · ' : null}
        {before.length > 0 ? (
          <a class="govuk-link" href={`${paths.cases.history(theCase.id)}#allocations`}>
            Before
          </a>
        ) : null}
      </p>
    </SidePanel>
  )
}
