import { sql } from 'kysely'
import { lastDayBefore } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'

/** A share, or another reason for somebody to see a case, as those who may edit the case read it. */
export type Share = {
  id: string
  caseId: string
  kind: 'share' | 'break-glass' | 'named' | 'meeting' | 'co-ordinator' | 'member'
  holder: number
  /** The agency that they are of, where it is known. */
  agency: number | null
  holderKind: 'agency' | 'team' | 'user' | 'other'
  name: string
  agencyName: string
  level: 'read' | 'edit'
  parts: string[] | null
  purpose: string
  lawfulBasis: string
  /** What they agreed to, and nothing else, allows it. */
  restsOnConsent: boolean
  withoutConsent: string
  startsAt: Date
  endsAt: Date | null
  grantedBy: string
  grantedAt: Date
  endedAt: Date | null
  endedBy: string | null
  endedReason: string
}

/** Everything that was shared of these cases, what stands first and the latest before the rest. Only whoever may edit a case reads these. */
export async function sharesOf(tx: Tx, caseIds: readonly string[]): Promise<Share[]> {
  const { rows } = await sql<Share>`
    select g.id, g.case_id as "caseId", g.kind, g.holder, coalesce(u.agency, t.agency, a.principal, p.agency) as agency,
      case when u.id is not null then 'user' when t.id is not null then 'team' when a.id is not null then 'agency' else 'other' end as "holderKind",
      coalesce(u.name, t.name, a.name, p.name, 'A meeting') as name, coalesce(ua.name, ta.name, a.name, pa.name, '') as "agencyName",
      g.level, g.parts, g.purpose, coalesce(l.label, g.lawful_basis) as "lawfulBasis", g.lawful_basis = 'consent' and g.without_consent = '' as "restsOnConsent", coalesce(w.label, g.without_consent) as "withoutConsent",
      g.starts_at as "startsAt", g.ends_at as "endsAt", coalesce(b.name, 'Lanyard') as "grantedBy", g.granted_at as "grantedAt",
      g.ended_at as "endedAt", e.name as "endedBy", g.ended_reason as "endedReason"
    from access_grants g
      left join users u on u.principal = g.holder left join agencies ua on ua.principal = u.agency
      left join teams t on t.principal = g.holder left join agencies ta on ta.principal = t.agency
      left join agencies a on a.principal = g.holder
      left join lateral (select x.name, x.agency from team_services s join teams x on x.id = s.team_id where s.principal = g.holder limit 1) p on true
      left join agencies pa on pa.principal = p.agency
      left join users b on b.id = g.granted_by left join users e on e.id = g.ended_by
      left join list_options l on l.list = 'lawful-basis' and l.code = g.lawful_basis and l.service_area = ''
      left join list_options w on w.list = 'without-consent' and w.code = g.without_consent and w.service_area = ''
    where g.case_id = any (${[...caseIds]}::uuid[]) and g.kind in ('share', 'break-glass', 'named', 'meeting', 'co-ordinator', 'member')
    order by g.ended_at is not null, g.granted_at desc, g.id`.execute(tx)
  return rows
}

export async function shareOf(tx: Tx, caseId: string, shareId: string): Promise<Share | undefined> {
  return (await sharesOf(tx, [caseId])).find(one => one.id === shareId)
}

/** What is ended from the list; the rest ends where it was begun: with the restriction, the team around the person, the meeting. */
export const mayBeEnded: ReadonlySet<Share['kind']> = new Set(['share', 'break-glass'])

export type Standing = 'stands' | 'to-come' | 'over'

export function standingOf({ startsAt, endsAt, endedAt }: Pick<Share, 'startsAt' | 'endsAt' | 'endedAt'>, now: Date): Standing {
  if (endedAt || (endsAt && endsAt <= now)) return 'over'
  return startsAt > now ? 'to-come' : 'stands'
}

export type EndingShare = { caseId: string; caseReference: string; personName: string; name: string; endsAt: Date }

/** Shares of the cases that a user works with which end before a moment. */
export async function endingSharesOf(tx: Tx, workerId: string, { now, before }: { now: Date; before: Date }): Promise<EndingShare[]> {
  const { rows } = await sql<EndingShare>`
    select c.id as "caseId", c.reference as "caseReference", concat_ws(', ', p.family_name, p.given_name) as "personName",
      coalesce(u.name, t.name, a.name, 'A meeting') as name, g.ends_at as "endsAt"
    from cases c join access_grants g on g.case_id = c.id join people p on p.id = c.person_id
      left join users u on u.principal = g.holder left join teams t on t.principal = g.holder left join agencies a on a.principal = g.holder
    where c.worker_id = ${workerId} and g.kind = 'share' and g.ended_at is null and g.ends_at > ${now} and g.ends_at <= ${before}
    order by g.ends_at, g.id limit 50`.execute(tx)
  return rows
}

/** The last day on which it stands. Null: until it is ended. */
export const lastDayOf = ({ endsAt }: Pick<Share, 'endsAt'>): PlainDate | null => endsAt && lastDayBefore(endsAt)
