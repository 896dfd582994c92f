import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { ageBands } from '../ageing.ts'
import {
  openFor,
  overdue,
  quiet,
  reviewDue,
  reviewOverdue,
  supervisionOverdue,
  waitsForTriage,
  waitsForWorker,
} from '../caseload/caseload.queries.ts'

/** How much of what somebody, or some team, has to do. All of it counts only cases that the actor reads. */
export type Load = {
  all: number
  weight: number
  high: number
  medium: number
  low: number
  notRated: number
  overdue: number
  quiet: number
  reviewDue: number
  reviewOverdue: number
  supervisionOverdue: number
  triage: number
  allocation: number
  oldest: PlainDate | null
}

export type WorkerLoad = Load & { workerId: string; name: string; jobTitle: string; hasLeft: boolean; beside: number }
export type TeamLoad = Load & { teamId: string; teamName: string; agencyName: string; serviceArea: string; serviceName: string }
export type TeamInService = { teamId: string; serviceArea: string }

const counted = (today: PlainDate): RawBuilder<unknown> => sql`
  count(w.case_id) as all, coalesce(sum(g.weight), 0)::int as weight,
  count(*) filter (where w.risk = 'high') as high, count(*) filter (where w.risk = 'medium') as medium, count(*) filter (where w.risk = 'low') as low,
  count(*) filter (where w.risk = 'not-rated') as "notRated",
  count(*) filter (where ${overdue(today)}) as overdue, count(*) filter (where ${quiet(today)}) as quiet,
  count(*) filter (where ${reviewDue(today)}) as "reviewDue", count(*) filter (where ${reviewOverdue(today)}) as "reviewOverdue",
  count(*) filter (where ${supervisionOverdue(today)}) as "supervisionOverdue",
  count(*) filter (where ${waitsForTriage}) as triage, count(*) filter (where ${waitsForWorker}) as allocation, min(w.open_since) as oldest`

const ofTeam = ({ teamId, serviceArea }: TeamInService) =>
  sql`w.team_id = ${teamId} and w.service_area = ${serviceArea} and w.closed_on is null`

/** What a team has to do in a service, in all. */
export async function loadOfTeam(tx: Tx, team: TeamInService, today: PlainDate): Promise<Load> {
  const { rows } = await sql<Load>`
    select ${counted(today)} from caseload_entries w join risk_weights g on g.level = w.risk where ${ofTeam(team)}`.execute(tx)
  return rows[0]!
}

/**
 * The same by worker: everybody who has a case of the team's, those who have left among them, and everybody who could take one.
 * Whoever works beside others has that counted by itself: it weighs on whoever has the case.
 */
export async function loadByWorker(tx: Tx, team: TeamInService, today: PlainDate): Promise<WorkerLoad[]> {
  const { rows } = await sql<WorkerLoad>`
    with held as (
      select w.worker_id, ${counted(today)} from caseload_entries w join risk_weights g on g.level = w.risk
      where ${ofTeam(team)} and w.worker_id is not null group by w.worker_id
    ), members as (
      select distinct o.user_id from posts o join users u on u.id = o.user_id and u.status <> 'disabled'
        join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
      where o.team_id = ${team.teamId} and o.service_area = ${team.serviceArea} and o.ended_at is null
    ), besides as (
      select k.worker_id, count(*) as cases from co_workers k join caseload_entries w on w.case_id = k.case_id
      where ${ofTeam(team)} and k.ended_at is null group by k.worker_id
    )
    select u.id as "workerId", u.name, u.job_title as "jobTitle", m.user_id is null as "hasLeft", coalesce(b.cases, 0) as beside,
      coalesce(h.all, 0) as all, coalesce(h.weight, 0) as weight, coalesce(h.high, 0) as high, coalesce(h.medium, 0) as medium, coalesce(h.low, 0) as low,
      coalesce(h."notRated", 0) as "notRated", coalesce(h.overdue, 0) as overdue, coalesce(h.quiet, 0) as quiet, coalesce(h."reviewDue", 0) as "reviewDue",
      coalesce(h."reviewOverdue", 0) as "reviewOverdue", coalesce(h."supervisionOverdue", 0) as "supervisionOverdue", 0 as triage, 0 as allocation, h.oldest
    from (select worker_id as id from held union select user_id from members union select worker_id from besides) e
      join users u on u.id = e.id
      left join held h on h.worker_id = u.id
      left join members m on m.user_id = u.id
      left join besides b on b.worker_id = u.id
    order by coalesce(h.weight, 0) desc, u.name, u.id`.execute(tx)
  return rows
}

/** The same by team and service, over the agencies whose work the actor reads; of one agency where it is given. */
export async function loadByTeam(tx: Tx, agency: number | null, today: PlainDate): Promise<TeamLoad[]> {
  const { rows } = await sql<TeamLoad>`
    with held as (
      select w.team_id, w.service_area, ${counted(today)} from caseload_entries w join risk_weights g on g.level = w.risk
      where w.closed_on is null group by w.team_id, w.service_area
    )
    select t.id as "teamId", t.name as "teamName", a.name as "agencyName", s.code as "serviceArea", s.name as "serviceName", h.*
    from held h join teams t on t.id = h.team_id join agencies a on a.principal = t.agency join service_areas s on s.code = h.service_area
    where ${agency}::int is null or t.agency = ${agency}
    order by a.name, s.position, s.name, t.name`.execute(tx)
  return rows
}

export type AgeCount = { key: string; words: string; count: number; overdue: number }

/** How many cases have been open for how long. */
export async function ageing(tx: Tx, whose: TeamInService | { agency: number | null }, today: PlainDate): Promise<AgeCount[]> {
  const each = ageBands.map(
    band => sql`count(*) filter (where ${openFor(band.key, today)}) as ${sql.ref(band.key)},
      count(*) filter (where ${openFor(band.key, today)} and ${overdue(today)}) as ${sql.ref(`${band.key}_late`)}`,
  )
  const theirs =
    'teamId' in whose
      ? ofTeam(whose)
      : sql`w.closed_on is null and (${whose.agency}::int is null or w.team_id in (select id from teams where agency = ${whose.agency}))`
  const { rows } = await sql<Record<string, number>>`select ${sql.join(each)} from caseload_entries w where ${theirs}`.execute(tx)
  return ageBands.map(({ key, words }) => ({ key, words, count: rows[0]![key]!, overdue: rows[0]![`${key}_late`]! }))
}
