import type { VNode } from 'preact'
import { formatDate } from '../../platform/plain-date.ts'
import { Facts } from '../../ui/index.ts'
import { consentWords, urgencyWords } from '../words.ts'
import type { ReferralFacts } from './case-facts.ts'

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
