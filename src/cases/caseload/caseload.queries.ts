import { type RawBuilder, sql } from 'kysely'
import { startOfDay } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'
import type { RiskLevel } from '../../ui/index.ts'

/** Whose work: a worker's cases, or those of a team in one service. Always one of the two, so that an index serves the list. */
export type Whose = { workerId: string } | { teamId: string; serviceArea: string }
export type CaseloadOrder = 'due' | 'risk' | 'contact' | 'new'
export type CaseloadFilters = {
  due?: 'overdue' | 'today' | 'week'
  risk?: RiskLevel
  stage?: 'triage' | 'allocation' | 'work'
  without?: 'contact'
  fresh?: boolean
}

export type CaseloadRow = {
  caseId: string
  personId: string
  reference: string
  givenName: string | null
  familyName: string | null
  dateOfBirth: PlainDate | null
  clientId: string
  serviceName: string
  stage: string
  risk: RiskLevel
  flags: number
  nextStep: string
  dueOn: PlainDate | null
  workerName: string | null
  lastContactAt: Date | null
  lastContact: string
}

/** How many cases there are, and how many of them need something soon. */
export type CaseloadCounts = { all: number; overdue: number; today: number; week: number; quiet: number; fresh: number }

export const rowsAPage = 50

export async function caseloadOf(
  tx: Tx,
  whose: Whose,
  filters: CaseloadFilters,
  order: CaseloadOrder,
  today: PlainDate,
  pageNumber: number,
): Promise<CaseloadRow[]> {
  const { rows } = await caseloadStatement(whose, filters, order, today, pageNumber).execute(tx)
  return rows
}

/**
 * The statement itself, for the test that reads its plan. It states its own worker or team, which an index serves in order of what is due,
 * whatever row-level security leaves out; people and names are looked up for the fifty rows alone.
 */
export function caseloadStatement(
  whose: Whose,
  filters: CaseloadFilters,
  order: CaseloadOrder,
  today: PlainDate,
  pageNumber: number,
): RawBuilder<CaseloadRow> {
  return sql<CaseloadRow>`
    with listed as materialized (
      select w.* from caseload_entries w where ${theirs(whose)} ${narrowed(filters, today)} order by ${orders[order]} limit ${rowsAPage} offset ${(pageNumber - 1) * rowsAPage}
    )
    select w.case_id as "caseId", w.person_id as "personId", w.reference, p.given_name as "givenName", p.family_name as "familyName", p.date_of_birth as "dateOfBirth",
      p.client_id as "clientId", s.name as "serviceName", w.stage, w.risk, w.flags, w.next_step as "nextStep", nullif(w.due_on, 'infinity') as "dueOn",
      u.name as "workerName", w.last_contact_at as "lastContactAt", w.last_contact as "lastContact"
    from listed w
      join people p on p.id = w.person_id
      join service_areas s on s.code = w.service_area
      left join users u on u.id = w.worker_id
    order by ${orders[order]}`
}

export async function caseloadCounts(tx: Tx, whose: Whose, today: PlainDate): Promise<CaseloadCounts> {
  const { rows } = await sql<CaseloadCounts>`
    select count(*) as all, count(*) filter (where ${overdue(today)}) as overdue, count(*) filter (where ${dueToday(today)}) as today,
      count(*) filter (where ${dueThisWeek(today)}) as week, count(*) filter (where ${quiet(today)}) as quiet, count(*) filter (where w.status = 'with-worker') as fresh
    from caseload_entries w where ${theirs(whose)}`.execute(tx)
  return rows[0]!
}

/** How many rows a narrowed list has, for its pages. */
export async function countOf(tx: Tx, whose: Whose, filters: CaseloadFilters, today: PlainDate): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from caseload_entries w where ${theirs(whose)} ${narrowed(filters, today)}`.execute(tx)
  return rows[0]!.count
}

const theirs = (whose: Whose) =>
  'workerId' in whose
    ? sql`w.worker_id = ${whose.workerId} and w.closed_on is null`
    : sql`w.team_id = ${whose.teamId} and w.service_area = ${whose.serviceArea} and w.closed_on is null`

function narrowed({ due, risk, stage, without, fresh }: CaseloadFilters, today: PlainDate) {
  const conditions = [
    due === 'overdue' && overdue(today),
    due === 'today' && dueToday(today),
    due === 'week' && dueThisWeek(today),
    risk && sql`w.risk = ${risk}`,
    stage === 'triage' && sql`w.status = 'referred'`,
    stage === 'allocation' && sql`w.status in ('accepted', 'with-team')`,
    stage === 'work' && sql`w.status in ('with-worker', 'open')`,
    without === 'contact' && quiet(today),
    fresh && sql`w.status = 'with-worker'`,
  ].filter(one => one !== false && one !== undefined)
  return conditions.length > 0 ? sql`and ${sql.join(conditions, sql` and `)}` : sql``
}

const overdue = (today: PlainDate) => sql`w.due_on < ${today}::date`
const dueToday = (today: PlainDate) => sql`w.due_on = ${today}::date`
const dueThisWeek = (today: PlainDate) => sql`w.due_on between ${today}::date and ${today}::date + 7`
/** Nobody has been in touch for fourteen days, or ever. */
const quiet = (today: PlainDate) =>
  sql`w.status in ('with-worker', 'open') and (w.last_contact_at is null or w.last_contact_at < ${startOfDay(addDays(today, -14))}::timestamptz)`

const orders = {
  due: sql`w.due_on, w.case_id`,
  risk: sql`w.risk_order, w.due_on, w.case_id`,
  contact: sql`w.last_contact_at nulls first, w.case_id`,
  new: sql`w.allocated_on desc nulls last, w.case_id`,
} as const satisfies Record<CaseloadOrder, RawBuilder<unknown>>
