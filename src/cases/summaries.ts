import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { RiskLevel } from '../ui/index.ts'
import { reachOfUser } from './co-workers/co-workers.ts'
import type { CaseStatus } from './status.ts'
import { withoutTheWork } from './without-the-work.ts'

/** A case as the person's page shows it, open ones first. Without `whole` the actor reads parts alone, and risk and dates are not theirs. */
export type CaseSummary = {
  id: string
  personId: string
  reference: string
  serviceArea: string
  serviceName: string
  /** An episode: its worker is its co-ordinator, of whichever agency. */
  isEpisode: boolean
  teamName: string
  agencyName: string
  telephone: string
  workerId: string | null
  workerName: string | null
  workerJobTitle: string
  workerTelephone: string
  status: CaseStatus
  referredOn: PlainDate
  openedOn: PlainDate | null
  closedOn: PlainDate | null
  restricted: boolean
  whole: boolean
  /** Whose principals may change it. */
  editors: number[]
  stage: string
  risk: RiskLevel
  initialRisk: RiskLevel
  flags: number
  nextStep: string
  /** Null when nothing is due. */
  dueOn: PlainDate | null
  lastContactAt: Date | null
  lastContact: string
}

/**
 * The cases of a person, or of several records of one person, that the actor may see any of; of one that they referred alone nothing of its work. Not
 * beside other questions of the transaction.
 */
export async function caseSummariesOf(tx: Tx, actor: Actor, personIds: readonly string[]): Promise<CaseSummary[]> {
  const { rows } = await sql<CaseSummary>`
    select c.id, c.person_id as "personId", c.reference, c.service_area as "serviceArea", s.name as "serviceName", s.is_episode as "isEpisode", t.name as "teamName", a.name as "agencyName",
      coalesce(nullif(t.telephone, ''), a.telephone) as telephone, c.worker_id as "workerId", u.name as "workerName", coalesce(u.job_title, '') as "workerJobTitle",
      coalesce(u.telephone, '') as "workerTelephone", c.status, c.referred_on as "referredOn", c.opened_on as "openedOn", c.closed_on as "closedOn", c.restricted,
      w.case_id is not null as whole, c.editors, coalesce(w.stage, '') as stage, coalesce(w.risk, 'not-rated') as risk, coalesce(w.initial_risk, 'not-rated') as "initialRisk",
      coalesce(w.flags, 0) as flags, coalesce(w.next_step, '') as "nextStep", nullif(w.due_on, 'infinity') as "dueOn",
      w.last_contact_at as "lastContactAt", coalesce(w.last_contact, '') as "lastContact"
    from cases c
      join service_areas s on s.code = c.service_area
      join teams t on t.id = c.team_id
      join agencies a on a.principal = c.agency
      left join caseload_entries w on w.case_id = c.id
      left join users u on u.id = c.worker_id
    where c.person_id = any (${[...personIds]}::uuid[])
    order by w.risk_order, c.referred_on desc, c.id desc`.execute(tx)
  const shown = await withoutTheWork(tx, actor, rows)
  // By what they may know of it: the place of one whose end is not told must not tell it.
  return shown.sort((a, b) => Number(a.closedOn !== null) - Number(b.closedOn !== null))
}

/** That a service works with a person, and whom to ring: no content, no name of a worker but of an episode's co-ordinator (E7). */
export type Involvement = {
  caseId: string
  serviceName: string
  teamName: string
  agencyName: string
  telephone: string
  outOfHoursTelephone: string
  /** Of an episode: who co-ordinates it, whose agency and number the others are then. Null: of a service, or closed. */
  coordinatorName: string | null
  isEpisode: boolean
  openedOn: PlainDate
  closedOn: PlainDate | null
  /** When an assessment was last completed; null where none was. */
  assessedOn: PlainDate | null
  /** Whether the actor reads the case itself, or a part of it. */
  isReadable: boolean
}

/** Services involved with a person whose cases the actor may not read: their existence and no content (E7). Open ones first. */
export async function involvementsOf(tx: Tx, personId: string): Promise<Involvement[]> {
  return (await involvementsWith(tx, [personId])).filter(one => !one.isReadable)
}

/** All of them that the actor may know of, with any of these people. */
export async function involvementsWith(tx: Tx, personIds: readonly string[]): Promise<Involvement[]> {
  const { rows } = await sql<Involvement>`
    select i.case_id as "caseId", s.name as "serviceName", t.name as "teamName", a.name as "agencyName",
      case when u.id is null then coalesce(nullif(t.telephone, ''), a.telephone) else coalesce(nullif(${reachOfUser}, ''), a.telephone) end as telephone,
      a.out_of_hours_telephone as "outOfHoursTelephone", u.name as "coordinatorName", s.is_episode as "isEpisode", i.opened_on as "openedOn", i.closed_on as "closedOn",
      i.assessed_on as "assessedOn", exists (select from cases c where c.id = i.case_id) as "isReadable"
    from involvements i
      join service_areas s on s.code = i.service_area
      join teams t on t.id = i.team_id
      left join users u on u.id = i.coordinator_id
      join agencies a on a.principal = coalesce(u.agency, t.agency)
    where i.person_id = any (${[...personIds]}::uuid[])
    order by i.closed_on is not null, i.opened_on desc`.execute(tx)
  return rows
}

/** A person's risk as the banner shows it: the highest level of the open cases that the actor reads. */
export function highestRisk(summaries: readonly CaseSummary[]): RiskLevel {
  const order: readonly RiskLevel[] = ['high', 'medium', 'low']
  const open = summaries.filter(one => one.whole && one.closedOn === null)
  return order.find(level => open.some(one => one.risk === level)) ?? 'not-rated'
}

/** Something to be done next on one of a person's cases, for their page. */
export type PersonDue = { caseId: string; serviceName: string; dueOn: PlainDate; words: string; href: string }

/** What is due on a person's cases that the actor may see, the earliest first, at most ten. */
export async function personDuesOf(tx: Tx, personId: string): Promise<PersonDue[]> {
  const { rows } = await sql<PersonDue>`
    select d.case_id as "caseId", s.name as "serviceName", d.due_on as "dueOn", d.words, d.href
    from case_dues d join cases c on c.id = d.case_id join service_areas s on s.code = c.service_area
    where c.person_id = ${personId} and d.due_on < 'infinity' order by d.due_on, d.case_id limit 10`.execute(tx)
  return rows
}
