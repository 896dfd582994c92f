import type { PlainDate } from '../../platform/plain-date.ts'
import type { RiskLevel } from '../../ui/index.ts'
import type { Urgency } from '../words.ts'

/** A case as an old system knew it, read and checked. */
export type CaseToTakeOver = {
  personId: string
  teamId: string
  teamName: string
  serviceArea: string
  referredOn: PlainDate
  /** `code` of the list referral-source and its label; `words` as the old system said it, where that says more. */
  source: { code: string; label: string; words: string }
  reason: string
  urgency: Urgency
  status: OldStatus
  /** Somebody with a post in the team, who has the case from the day of the taking over. */
  worker: { userId: string; principal: number; name: string } | null
  /** Who had it in the old system, whether or not they are anybody here; '' where nobody had. */
  workerWords: string
  risk: RiskLevel
  /** Of a case that was closed or declined: when, and why. A reason that no list knows is kept in its words. */
  end: { on: PlainDate; reason: string; reasonLabel: string; outcome: string } | null
}

/** Where a case stood in the old system, as far as it can be told apart. */
export type OldStatus = 'referred' | 'declined' | 'open' | 'closed'

/** What a case became here. */
export type TakenOverCase = { caseId: string; reference: string; version: number }
