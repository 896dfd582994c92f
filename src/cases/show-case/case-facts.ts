import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { RiskLevel } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import type { Urgency } from '../status.ts'
import type { Consent } from '../words.ts'

export type ReferralFacts = {
  source: string
  referrerName: string
  referrerContact: string
  receivedOn: PlainDate
  reason: string
  urgency: Urgency
  consent: Consent
  consentHow: string
  consentOn: PlainDate | null
  withoutConsentBecause: string
  decision: 'accepted' | 'declined' | 'signposted' | null
  decidedOn: PlainDate | null
  decisionReason: string
  decisionNote: string
  signpostedTo: string
  decidedBy: string
  author: string
  /** Whether somebody of another team made it, who is told what becomes of it. */
  follows: boolean
}

export async function referralOf(tx: Tx, caseId: string): Promise<ReferralFacts | undefined> {
  const { rows } = await sql<ReferralFacts>`
    select coalesce(l.label, r.source) as source, referrer_name as "referrerName", referrer_contact as "referrerContact", received_on as "receivedOn", reason, urgency,
      consent, consent_how as "consentHow", consent_on as "consentOn", without_consent_because as "withoutConsentBecause", decision, decided_on as "decidedOn",
      coalesce(d.label, r.decision_reason) as "decisionReason", decision_note as "decisionNote", signposted_to as "signpostedTo", decided_by as "decidedBy", author, from_team_id is not null as follows
    from referrals r
      left join list_options l on l.list = 'referral-source' and l.code = r.source and l.service_area = ''
      left join list_options d on d.list = 'decline-reason' and d.code = r.decision_reason and d.service_area = ''
    where case_id = ${caseId} order by recorded_at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

export type AllocationRow = {
  teamName: string
  workerName: string | null
  fromOn: PlainDate
  toOn: PlainDate | null
  reason: string
  handOver: string
  author: string
}

/** Who had the case from when to when, the latest first (U5). */
export async function allocationsOf(tx: Tx, caseId: string): Promise<AllocationRow[]> {
  const { rows } = await sql<AllocationRow>`
    select t.name as "teamName", u.name as "workerName", x.from_on as "fromOn", x.to_on as "toOn", x.reason, x.hand_over as "handOver", x.author
    from allocations x join teams t on t.id = x.team_id left join users u on u.id = x.worker_id
    where x.case_id = ${caseId} order by x.recorded_at desc, x.id desc`.execute(tx)
  return rows
}

/** Who does the worker's work in this team today, and until when. Restricted cases are left out of cover. */
export async function coverOf(tx: Tx, theCase: Pick<Case, 'workerId' | 'teamId' | 'restricted'>, today: PlainDate): Promise<CoverRow[]> {
  if (!theCase.workerId || theCase.restricted) return []
  const { rows } = await sql<CoverRow>`
    select u.name, u.telephone, k.to_on as "toOn" from covers k join users u on u.id = k.covered_by
    where k.worker_id = ${theCase.workerId} and k.team_id = ${theCase.teamId} and k.ended_at is null and ${today}::date between k.from_on and k.to_on
    order by u.name`.execute(tx)
  return rows
}

export type CoverRow = { name: string; telephone: string; toOn: PlainDate }

export type RiskRow = { level: RiskLevel; isInitial: boolean; reason: string; ratedOn: PlainDate; author: string; recordedAt: Date }

/** Every level that was rated, the latest first (U24). */
export async function risksOf(tx: Tx, caseId: string): Promise<RiskRow[]> {
  const { rows } = await sql<RiskRow>`
    select level, is_initial as "isInitial", reason, rated_on as "ratedOn", author, recorded_at as "recordedAt"
    from risk_levels where case_id = ${caseId} order by recorded_at desc, id desc`.execute(tx)
  return rows
}

export type ReviewRow = {
  dueOn: PlainDate
  heldOn: PlainDate | null
  outcome: string | null
  summary: string
  present: string
  author: string
}

/** Reviews held and the one that is planned, the latest first; replaced plans left out. */
export async function reviewsOf(tx: Tx, caseId: string): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select r.due_on as "dueOn", r.held_on as "heldOn", coalesce(l.label, r.outcome) as outcome, r.summary, r.present, r.author
    from reviews r left join list_options l on l.list = 'review-outcome' and l.code = r.outcome and l.service_area = ''
    where r.case_id = ${caseId} and r.replaced_at is null order by r.held_on is not null, coalesce(r.held_on, r.due_on) desc, r.id desc`.execute(
    tx,
  )
  return rows
}

export type ClosureRow = {
  closedOn: PlainDate
  reason: string
  outcome: string
  summary: string
  openActions: number
  openActionsBecause: string
  author: string
  reopenedOn: PlainDate | null
  reopenedBecause: string | null
  reopenedBy: string | null
}

export async function closuresOf(tx: Tx, caseId: string): Promise<ClosureRow[]> {
  const label = (list: string, column: 'reason' | 'outcome') =>
    sql`coalesce((select l.label from list_options l where l.list = ${list} and l.code = x.${sql.ref(column)} order by l.service_area desc limit 1), x.${sql.ref(column)})`
  const { rows } = await sql<ClosureRow>`
    select x.closed_on as "closedOn", ${label('closure-reason', 'reason')} as reason, ${label('closure-outcome', 'outcome')} as outcome, x.summary,
      x.open_actions as "openActions", x.open_actions_because as "openActionsBecause", x.author, x.reopened_on as "reopenedOn",
      x.reopened_because as "reopenedBecause", x.reopened_by as "reopenedBy"
    from closures x where x.case_id = ${caseId} order by x.recorded_at desc, x.id desc`.execute(tx)
  return rows
}

export type DueRow = { source: string; dueOn: PlainDate; words: string; href: string }

export async function duesOf(tx: Tx, caseId: string): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    select source, due_on as "dueOn", words, href from case_dues where case_id = ${caseId} order by due_on, source`.execute(tx)
  return rows
}

/** Who may see a case beyond its team, for those who may edit it: names, and emergencies with their reasons. */
export type GrantRow = { kind: string; name: string; purpose: string; startsAt: Date; endsAt: Date | null; endedAt: Date | null }

export async function grantsOf(tx: Tx, caseId: string): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select g.kind, coalesce(u.name, t.name, a.name, p.team, 'A meeting') as name, g.purpose, g.starts_at as "startsAt", g.ends_at as "endsAt", g.ended_at as "endedAt"
    from access_grants g
      left join users u on u.principal = g.holder
      left join teams t on t.principal = g.holder
      left join agencies a on a.principal = g.holder
      left join lateral (select x.name as team from team_services s join teams x on x.id = s.team_id where s.principal = g.holder) p on true
    where g.case_id = ${caseId} and g.kind in ('named', 'share', 'break-glass', 'co-ordinator') order by g.granted_at desc limit 50`.execute(
    tx,
  )
  return rows
}
