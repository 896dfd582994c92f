import type { RiskLevel } from '../ui/index.ts'
import type { CaseEventKind, Urgency } from './status.ts'

export type { Urgency }

export const riskWords: Record<RiskLevel, string> = { high: 'high', medium: 'medium', low: 'low', 'not-rated': 'not rated' }
export const riskLevels = ['high', 'medium', 'low', 'not-rated'] as const satisfies readonly RiskLevel[]

/** 'Risk raised from medium to high', 'Risk rated high', 'Risk stays medium'. */
export function riskChange(before: RiskLevel, after: RiskLevel, isFirst: boolean): string {
  if (isFirst || before === 'not-rated') return after === 'not-rated' ? 'Risk not rated' : `Risk rated ${riskWords[after]}`
  if (before === after) return `Risk stays ${riskWords[after]}`
  if (after === 'not-rated') return `Risk no longer rated; it was ${riskWords[before]}`
  const raised = riskLevels.indexOf(after) < riskLevels.indexOf(before)
  return `Risk ${raised ? 'raised' : 'lowered'} from ${riskWords[before]} to ${riskWords[after]}`
}

const words: Record<CaseEventKind, string> = {
  referred: 'Referred',
  rerouted: 'Referral passed on to another team',
  accepted: 'Referral accepted',
  declined: 'Referral declined',
  signposted: 'Signposted elsewhere',
  'team-allocated': 'Allocated to a team',
  'worker-allocated': 'Allocated to a worker',
  'worker-offered': 'Offered to a worker',
  'offer-declined': 'Offer declined',
  'offer-withdrawn': 'Offer withdrawn',
  'co-worker-added': 'Co-worker added',
  'co-worker-ended': 'Co-worker ended',
  'work-started': 'Work started',
  'risk-rated': 'Risk rated',
  'flag-raised': 'Flag raised',
  'flag-reviewed': 'Flag reviewed',
  'flag-resolved': 'Flag resolved',
  'assessment-started': 'Assessment started',
  'assessment-discarded': 'Assessment discarded',
  'assessment-completed': 'Assessment completed',
  'plan-made': 'Plan made',
  supervised: 'Talked about in supervision',
  commented: 'Comment by a leader',
  'review-scheduled': 'Review planned',
  'review-held': 'Review held',
  restricted: 'Restricted to named people',
  unrestricted: 'No longer restricted',
  closed: 'Closed',
  reopened: 'Opened again',
}

/** What happened, in words, from the codes that its event keeps. */
export function eventWords(kind: CaseEventKind, data: unknown): string {
  const level = (data as { level?: RiskLevel } | null)?.level
  return kind === 'risk-rated' && level ? `Risk rated ${riskWords[level]}` : words[kind]
}

export const urgencies = ['emergency', 'urgent', 'routine'] as const satisfies readonly Urgency[]
export const urgencyWords: Record<Urgency, string> = {
  emergency: 'Emergency: today',
  urgent: 'Urgent: within days',
  routine: 'Routine',
}
export const consents = ['given', 'refused', 'not-asked'] as const
export type Consent = (typeof consents)[number]
export const consentWords: Record<Consent, string> = { given: 'Given', refused: 'Refused', 'not-asked': 'Not asked for' }
