import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { waitingFromOutside } from '../outside/inbox.queries.ts'
import type { ExchangeKind } from './exchanges.ts'

type Named = { given: string | null; family: string | null }

export type WaitingReferral = Named & {
  caseId: string
  reference: string
  serviceName: string
  teamName: string
  urgency: 'emergency' | 'urgent' | 'routine'
  receivedOn: PlainDate
  /** By when its service says that somebody decides; `infinity` where it has set no time. */
  dueOn: PlainDate
  /** The team that referred, with its agency, or who asked where the team itself wrote it down. */
  from: string
  talk: ExchangeKind[]
  passedOn: boolean
}

const ownTeams = ({ posts }: Actor): string[] => posts.filter(post => post.serviceArea !== null).map(post => post.teamId)

const toDecide = (actor: Actor) => sql`w.team_id = any (${ownTeams(actor)}::uuid[]) and w.status = 'referred'`

/** How many wait for the actor's teams, from inside and outside: for the navigation of every page. */
export const waitingReferrals = (actor: Actor): RawBuilder<number> =>
  sql<number>`(select count(*)::int from caseload_entries w where ${toDecide(actor)}) + ${waitingFromOutside(actor)}`

const talkOf = (caseId: RawBuilder<unknown>) =>
  sql`array(select x.kind from referral_exchanges x where x.case_id = ${caseId} order by x.recorded_at, x.id)`

const latestReferral = (caseId: RawBuilder<unknown>) =>
  sql`lateral (select * from referrals r where r.case_id = ${caseId} order by r.recorded_at desc, r.id desc limit 1)`

/** What waits to be decided in the actor's teams: the most urgent first, then what is due first. */
export async function referralsToDecide(tx: Tx, actor: Actor): Promise<WaitingReferral[]> {
  const { rows } = await sql<WaitingReferral>`
    select w.case_id as "caseId", w.reference, p.given_name as given, p.family_name as family, s.name as "serviceName", t.name as "teamName",
      r.urgency, r.received_on as "receivedOn", coalesce(d.due_on, 'infinity') as "dueOn",
      coalesce(f.name || ', ' || a.name, l.label, r.source) as "from", ${talkOf(sql`w.case_id`)} as talk,
      exists (select from case_events e where e.case_id = w.case_id and e.kind = 'rerouted') as "passedOn"
    from caseload_entries w
      join ${latestReferral(sql`w.case_id`)} r on true
      join people p on p.id = w.person_id
      join service_areas s on s.code = w.service_area
      join teams t on t.id = w.team_id
      left join case_dues d on d.case_id = w.case_id and d.source = 'stage'
      left join teams f on f.id = r.from_team_id
      left join agencies a on a.principal = f.agency
      left join list_options l on l.list = 'referral-source' and l.code = r.source and l.service_area = ''
    where ${toDecide(actor)}
    order by case r.urgency when 'emergency' then 0 when 'urgent' then 1 else 2 end, coalesce(d.due_on, 'infinity'), r.received_on, w.case_id
    limit 300`.execute(tx)
  return rows
}

export type SentReferral = Named & {
  caseId: string
  serviceName: string
  /** Where it is now, which is not where it went first when it was passed on. */
  teamName: string
  agencyName: string
  receivedOn: PlainDate
  decision: 'accepted' | 'declined' | 'signposted' | null
  decidedOn: PlainDate | null
  decisionReason: string
  signpostedTo: string
  talk: ExchangeKind[]
  passedOn: boolean
  author: string
}

/** What the actor, or a team of theirs, asked of other teams, as far as they still follow it; the latest first. */
export async function sentReferrals(tx: Tx, actor: Actor): Promise<SentReferral[]> {
  const { rows } = await sql<SentReferral>`
    select c.id as "caseId", p.given_name as given, p.family_name as family, s.name as "serviceName", t.name as "teamName", a.name as "agencyName",
      r.received_on as "receivedOn", r.decision, r.decided_on as "decidedOn", coalesce(l.label, r.decision_reason) as "decisionReason",
      r.signposted_to as "signpostedTo", ${talkOf(sql`c.id`)} as talk,
      exists (select from case_events e where e.case_id = c.id and e.kind = 'rerouted') as "passedOn", r.author
    from referrals r
      join cases c on c.id = r.case_id
      join people p on p.id = c.person_id
      join service_areas s on s.code = c.service_area
      join teams t on t.id = c.team_id
      join agencies a on a.principal = c.agency
      left join list_options l on l.list = 'decline-reason' and l.code = r.decision_reason and l.service_area = ''
    where r.from_team_id is not null and (r.user_id = ${actor.userId} or r.from_team_id = any (${ownTeams(actor)}::uuid[]))
    order by r.recorded_at desc, r.id desc limit 200`.execute(tx)
  return rows
}
