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
  /** How many have been open for how long, and how many of those are overdue: one figure for each of `ageBands`. */
  ages: number[]
  agesOverdue: number[]
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
  count(*) filter (where ${waitsForTriage}) as triage, count(*) filter (where ${waitsForWorker}) as allocation, min(w.open_since) as oldest,
  array[${sql.join(ageBands.map(({ key }) => sql`count(*) filter (where ${openFor(key, today)})`))}]::int[] as ages,
  array[${sql.join(ageBands.map(({ key }) => sql`count(*) filter (where ${openFor(key, today)} and ${overdue(today)})`))}]::int[] as "agesOverdue"`

const ofTeam = ({ teamId, serviceArea }: TeamInService) =>
  sql`w.team_id = ${teamId} and w.service_area = ${serviceArea} and w.closed_on is null`

/**
 * What a team has to do in a service: in all, and by worker. Everybody who has a case of the team's, those who have left among them, and
 * everybody who could take one. Whoever works beside others has that counted by itself: it weighs on whoever has the case. The team's cases are
 * looked through once.
 */
export async function loadOfTeam(tx: Tx, team: TeamInService, today: PlainDate): Promise<{ all: Load; workers: WorkerLoad[] }> {
  const { rows } = await sql<Partial<Load> & { [Key in keyof Named]: Named[Key] | null }>`
    with held as (
      select w.worker_id, ${counted(today)} from caseload_entries w join risk_weights g on g.level = w.risk
      where ${ofTeam(team)} group by w.worker_id
    ), members as (
      select distinct o.user_id from posts o join users u on u.id = o.user_id and u.status <> 'disabled'
        join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
      where o.team_id = ${team.teamId} and o.service_area = ${team.serviceArea} and o.ended_at is null
    ), besides as (
      select k.worker_id, count(*) as cases from co_workers k join caseload_entries w on w.case_id = k.case_id
      where ${ofTeam(team)} and k.ended_at is null group by k.worker_id
    )
    select u.id as "workerId", u.name, u.job_title as "jobTitle", m.user_id is null as "hasLeft", coalesce(b.cases, 0) as beside, h.*
    from (select worker_id as id from held union select user_id from members union select worker_id from besides) e
      left join users u on u.id = e.id
      left join held h on h.worker_id is not distinct from e.id
      left join members m on m.user_id = e.id
      left join besides b on b.worker_id = e.id
    order by coalesce(h.weight, 0) desc, u.name, u.id`.execute(tx)
  const loads = rows.map(row => ({ ...row, ...(row.all === null ? nothing() : row) })) as (Load & {
    [Key in keyof Named]: Named[Key] | null
  })[]
  return { all: inAll(loads), workers: loads.filter((load): load is WorkerLoad => load.workerId !== null) }
}

type Named = Pick<WorkerLoad, 'workerId' | 'name' | 'jobTitle' | 'hasLeft' | 'beside'>

/** Several loads as one. */
export function inAll(loads: readonly Load[]): Load {
  const sum = nothing()
  for (const load of loads) {
    for (const key of figures) sum[key] += load[key]
    sum.ages = sum.ages.map((count, band) => count + load.ages[band]!)
    sum.agesOverdue = sum.agesOverdue.map((count, band) => count + load.agesOverdue[band]!)
    if (load.oldest && (!sum.oldest || load.oldest < sum.oldest)) sum.oldest = load.oldest
  }
  return sum
}

const figures = [
  'all',
  'weight',
  'high',
  'medium',
  'low',
  'notRated',
  'overdue',
  'quiet',
  'reviewDue',
  'reviewOverdue',
  'supervisionOverdue',
  'triage',
  'allocation',
] as const satisfies readonly (keyof Load)[]

const nothing = (): Load => ({
  ...(Object.fromEntries(figures.map(key => [key, 0])) as Record<(typeof figures)[number], number>),
  oldest: null,
  ages: ageBands.map(() => 0),
  agesOverdue: ageBands.map(() => 0),
})

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
