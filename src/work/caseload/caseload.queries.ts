import { type RawBuilder, sql } from 'kysely'
import { startOfDay } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'
import type { RiskLevel } from '../../ui/index.ts'
import { openedWithin } from '../ageing.ts'
import type { CaseloadFilters, CaseloadOrder } from './filters.ts'

/**
 * Whose work: the cases that a worker has; those that they work with beside somebody; those of a team in one service. Always one of these,
 * so that an index serves the list; what the actor may not see of it is left out by row-level security.
 */
export type Whose = { workerId: string } | { coWorkerId: string } | { teamId: string; serviceArea: string }

/** The day, and the moment since which something counts as new: the last look before today's, null when there was none. */
export type AsOf = { today: PlainDate; since: Date | null }

export type CaseloadRow = {
  caseId: string
  personId: string
  reference: string
  givenName: string | null
  familyName: string | null
  dateOfBirth: PlainDate | null
  clientId: string
  /** There are rules about how this person may be contacted. */
  needsCare: boolean
  serviceName: string
  stage: string
  risk: RiskLevel
  flags: number
  nextStep: string
  dueOn: PlainDate | null
  reviewOn: PlainDate | null
  supervisedOn: PlainDate | null
  supervisionDueOn: PlainDate | null
  openSince: PlainDate
  workerId: string | null
  workerName: string | null
  lastContactAt: Date | null
  lastContact: string
}

/** How many cases there are, and how many of them need something soon. */
export type CaseloadCounts = { all: number; overdue: number; today: number; week: number; quiet: number; fresh: number }

export const rowsAPage = 50

export type Wanted = { filters: CaseloadFilters; order: CaseloadOrder; limit?: number; offset?: number }

/** The ids of a whole list in its order, for a file that is written piece by piece and still is of one moment. */
export async function caseIdsOf(tx: Tx, whose: Whose, { filters, order }: Wanted, asOf: AsOf): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.case_id as id from caseload_entries w where ${theirs(whose)} ${narrowed(filters, asOf)} order by ${ordering[order]}`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/** Lines of these cases, in no order. */
export async function caseloadLines(tx: Tx, caseIds: readonly string[]): Promise<CaseloadRow[]> {
  const { rows } = await lines(sql`select w.* from caseload_entries w where w.case_id = any (${[...caseIds]}::uuid[])`).execute(tx)
  return rows
}

export async function caseloadOf(tx: Tx, whose: Whose, wanted: Wanted, asOf: AsOf): Promise<CaseloadRow[]> {
  const { rows } = await caseloadStatement(whose, wanted, asOf).execute(tx)
  return rows
}

/**
 * The statement itself, for the test that reads its plan. It states its own worker or team, which an index serves in order of what is due,
 * whatever row-level security leaves out; people and names are looked up for the fifty rows alone.
 */
export function caseloadStatement(
  whose: Whose,
  { filters, order, limit = rowsAPage, offset = 0 }: Wanted,
  asOf: AsOf,
): RawBuilder<CaseloadRow> {
  const by = ordering[order]
  return sql<CaseloadRow>`${lines(
    sql`select w.* from caseload_entries w where ${theirs(whose)} ${narrowed(filters, asOf)} order by ${by} limit ${limit} offset ${offset}`,
  )} order by ${by}`
}

const lines = (listed: RawBuilder<unknown>) => sql<CaseloadRow>`
  with listed as materialized (${listed})
  select w.case_id as "caseId", w.person_id as "personId", w.reference, p.given_name as "givenName", p.family_name as "familyName", p.date_of_birth as "dateOfBirth",
    p.client_id as "clientId", p.contact_care is not null as "needsCare", s.name as "serviceName", w.stage, w.risk, w.flags, w.next_step as "nextStep",
    nullif(w.due_on, 'infinity') as "dueOn", w.review_on as "reviewOn", w.supervised_on as "supervisedOn", w.supervision_due_on as "supervisionDueOn",
    w.open_since as "openSince", w.worker_id as "workerId", u.name as "workerName", w.last_contact_at as "lastContactAt", w.last_contact as "lastContact"
  from listed w
    join people p on p.id = w.person_id
    join service_areas s on s.code = w.service_area
    left join users u on u.id = w.worker_id`

/** All of them, and what needs something soon among those whom the filters leave that stay when a figure is followed. */
export async function caseloadCounts(
  tx: Tx,
  whose: Whose,
  asOf: AsOf,
  { risk }: Pick<CaseloadFilters, 'risk'> = {},
): Promise<CaseloadCounts> {
  const { today } = asOf
  const kept = risk ? sql` and w.risk = ${risk}` : sql``
  const { rows } = await sql<CaseloadCounts>`
    select count(*) as all, count(*) filter (where ${overdue(today)}${kept}) as overdue, count(*) filter (where ${dueToday(today)}${kept}) as today,
      count(*) filter (where ${dueThisWeek(today)}${kept}) as week, count(*) filter (where ${quiet(today)}${kept}) as quiet, count(*) filter (where ${fresh(asOf)}${kept}) as fresh
    from caseload_entries w where ${theirs(whose)}`.execute(tx)
  return rows[0]!
}

/** How many rows a narrowed list has, for its pages. */
export async function countOf(tx: Tx, whose: Whose, filters: CaseloadFilters, asOf: AsOf): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from caseload_entries w where ${theirs(whose)} ${narrowed(filters, asOf)}`.execute(tx)
  return rows[0]!.count
}

function theirs(whose: Whose) {
  if ('workerId' in whose) return sql`w.worker_id = ${whose.workerId} and w.closed_on is null`
  if ('coWorkerId' in whose)
    return sql`w.case_id in (select k.case_id from co_workers k where k.worker_id = ${whose.coWorkerId} and k.ended_at is null) and w.closed_on is null`
  return sql`w.team_id = ${whose.teamId} and w.service_area = ${whose.serviceArea} and w.closed_on is null`
}

function narrowed(filters: CaseloadFilters, asOf: AsOf) {
  const { due, risk, stage, without, review, supervision, open, worker } = filters
  const { today } = asOf
  const conditions = [
    due === 'overdue' && overdue(today),
    due === 'today' && dueToday(today),
    due === 'week' && dueThisWeek(today),
    risk && sql`w.risk = ${risk}`,
    stage === 'triage' && waitsForTriage,
    stage === 'allocation' && waitsForWorker,
    stage === 'work' && isWorked,
    without === 'contact' && quiet(today),
    filters.fresh && fresh(asOf),
    review === 'due' && reviewDue(today),
    review === 'overdue' && reviewOverdue(today),
    supervision === 'overdue' && supervisionOverdue(today),
    open && openFor(open, today),
    worker && sql`w.worker_id = ${worker}`,
  ].filter(one => one !== false && one !== undefined && one !== '')
  return conditions.length > 0 ? sql`and ${sql.join(conditions, sql` and `)}` : sql``
}

// What each figure counts and each filter shows: one condition each, so that a figure leads to as many rows as it says.
export const overdue = (today: PlainDate) => sql`w.due_on < ${today}::date`
const dueToday = (today: PlainDate) => sql`w.due_on = ${today}::date`
const dueThisWeek = (today: PlainDate) => sql`w.due_on between ${today}::date and ${today}::date + 7`
/** Nobody has been in touch for fourteen days, or ever. */
export const quiet = (today: PlainDate) =>
  sql`(${isWorked} and (w.last_contact_at is null or w.last_contact_at < ${startOfDay(addDays(today, -14))}::timestamptz))`
const fresh = ({ since }: AsOf) => (since ? sql`w.allocated_at > ${since}` : sql`w.allocated_at is not null`)
export const waitsForTriage = sql`w.status = 'referred'`
export const waitsForWorker = sql`w.status in ('accepted', 'with-team')`
const isWorked = sql`w.status in ('with-worker', 'open')`
export const reviewDue = (today: PlainDate) => sql`w.review_on between ${today}::date and ${today}::date + 14`
export const reviewOverdue = (today: PlainDate) => sql`w.review_on < ${today}::date`
export const supervisionOverdue = (today: PlainDate) => sql`w.supervision_due_on < ${today}::date`
export function openFor(band: NonNullable<CaseloadFilters['open']>, today: PlainDate) {
  const { notBefore, notAfter } = openedWithin(band, today)
  return notBefore === null ? sql`w.open_since <= ${notAfter}::date` : sql`w.open_since between ${notBefore}::date and ${notAfter}::date`
}

const ordering = {
  due: sql`w.due_on, w.case_id`,
  risk: sql`w.risk_order, w.due_on, w.case_id`,
  contact: sql`w.last_contact_at nulls first, w.case_id`,
  new: sql`w.allocated_at desc nulls last, w.case_id`,
  oldest: sql`w.open_since, w.case_id`,
} as const satisfies Record<CaseloadOrder, RawBuilder<unknown>>
