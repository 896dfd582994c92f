import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { Facts, RiskTag, SidePanel } from '../../ui/index.ts'
import type { Offer } from '../allocate/offer-case.ts'
import type { CoWorker } from '../co-workers/co-workers.ts'
import type { Flag } from '../flags/flags.ts'
import type { Case } from '../load-case.ts'
import { consentWords, urgencyWords } from '../words.ts'
import type { AllocationRow, CoverRow, GrantRow, ReferralFacts, RiskRow } from './case-facts.ts'

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

export function FlagsPanel({
  theCase,
  flags,
  today,
  mayFlag,
  maySettle,
}: {
  theCase: Case
  flags: readonly Flag[]
  today: PlainDate
  mayFlag: boolean
  maySettle: boolean
}): VNode | null {
  const open = flags.filter(flag => flag.resolvedAt === null)
  if (open.length === 0 && !mayFlag) return null
  return (
    <SidePanel id="flags" title="Flags">
      {open.length > 0 ? (
        <ul class="ly-list">
          {open.map(flag => (
            <li key={flag.id}>
              {maySettle ? (
                <a class="govuk-link" href={paths.cases.flag(theCase.id, flag.id)}>
                  {flag.label}
                </a>
              ) : (
                <strong>{flag.label}</strong>
              )}
              {flag.note ? <span class="ly-second">{flag.note}</span> : null}
              {flag.reviewOn ? (
                <span class={flag.reviewOn < today ? 'ly-second ly-due--late' : 'ly-second'}>
                  {flag.reviewOn < today ? 'Should have been looked at by' : 'To be looked at on'} {formatDate(flag.reviewOn)}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p class="govuk-body">None on this case.</p>
      )}
      {mayFlag ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.cases.action(theCase.id, 'flags/new')}>
            Raise a flag
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.cases.addAlert(theCase.personId)}>
            Warn everybody
          </a>
        </p>
      ) : null}
    </SidePanel>
  )
}

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

/** Whoever may edit a case sees who else may read it, emergencies first. */
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
}): VNode | null {
  const standing = grants.filter(grant => grant.endedAt === null && (grant.endsAt === null || grant.endsAt > now))
  const emergencies = grants.filter(grant => grant.kind === 'break-glass')
  if (!theCase.mayDecide) return null
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

/** Who asked for what, how urgently, with what agreement, and what was decided. */
export function ReferralSection({ referral }: { referral: ReferralFacts }): VNode {
  const { consent, decision } = referral
  return (
    <section aria-labelledby="referral">
      <h2 class="govuk-heading-m" id="referral">
        Referral
      </h2>
      <p class="govuk-body ly-as-written">{referral.reason}</p>
      <Facts
        items={[
          {
            label: 'From',
            value: [referral.source, referral.referrerName].filter(Boolean).join(': '),
            second: referral.referrerContact || undefined,
          },
          { label: 'Received', value: formatDate(referral.receivedOn) },
          { label: 'Urgency', value: urgencyWords[referral.urgency] },
          {
            label: 'Consent',
            value:
              consent === 'given'
                ? `Given${referral.consentOn ? ` on ${formatDate(referral.consentOn)}` : ''}: ${referral.consentHow}`
                : consentWords[consent],
            second: consent === 'given' ? undefined : `Gone on without it: ${referral.withoutConsentBecause}`,
          },
          decision && {
            label: 'Decision',
            value: `${{ accepted: 'Accepted', declined: `Declined: ${referral.decisionReason}`, signposted: `Signposted to ${referral.signpostedTo}` }[decision]}`,
            second: `${referral.decidedOn ? formatDate(referral.decidedOn) : ''} ${referral.decidedBy}${referral.decisionNote ? `: ${referral.decisionNote}` : ''}`,
          },
        ]}
      />
    </section>
  )
}
