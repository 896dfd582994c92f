import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Action, Agreement, Goal, Need, Plan, PlanChangeKind } from './plan.ts'

/** The plan of a case as it is now; one without needs where nobody has begun it. */
export async function planOf(tx: Tx, caseId: string): Promise<Plan> {
  const { rows } = await sql<PlanRow>`
    select id, version, agreed_with as with, agreed_on as on, agreed_how as how, agreed_version as "agreedVersion"
    from plans where case_id = ${caseId}`.execute(tx)
  const plan = rows[0]
  if (!plan) return { caseId, version: 0, agreement: null, needs: [] }
  const needs = await sql<Omit<Need, 'goals'>>`
    select id, title, detail, version, ended_reason as "endedReason" from plan_needs where case_id = ${caseId} order by position, id`.execute(
    tx,
  )
  const goals = await sql<Omit<Goal, 'actions'> & { needId: string }>`
    select id, need_id as "needId", title, measure, version, ended_reason as "endedReason" from plan_goals where case_id = ${caseId} order by position, id`.execute(
    tx,
  )
  const actions = await sql<Action & { goalId: string }>`
    select a.id, a.goal_id as "goalId", a.what, a.who, coalesce(u.name, a.who_words) as "whoName", a.due_on as "dueOn", a.status, a.evidence,
      a.dropped_reason as "droppedReason", a.closed_at as "closedAt", coalesce(c.name, '') as "closedBy", a.version
    from plan_actions a left join users u on u.principal = a.who left join users c on c.id = a.closed_by
    where a.case_id = ${caseId} order by a.position, a.id`.execute(tx)
  return {
    caseId,
    version: plan.version,
    agreement: agreementOf(plan),
    needs: needs.rows.map(need => ({
      ...need,
      goals: goals.rows
        .filter(goal => goal.needId === need.id)
        .map(({ needId: _, ...goal }) => ({
          ...goal,
          actions: actions.rows.filter(action => action.goalId === goal.id).map(({ goalId: _, ...action }) => action),
        })),
    })),
  }
}

type PlanRow = { id: string; version: number; with: string; on: PlainDate | null; how: string; agreedVersion: number | null }

function agreementOf(row: PlanRow): Agreement | null {
  return row.on === null ? null : { with: row.with, on: row.on, how: row.how, version: row.agreedVersion ?? row.version }
}

export type PlanVersion = { version: number; at: Date; by: string; change: PlanChangeKind }

/** Every version of the plan, the latest first. */
export async function planVersionsOf(tx: Tx, caseId: string): Promise<PlanVersion[]> {
  const { rows } = await sql<PlanVersion>`
    select v.version, v.at, u.name as by, v.change from plan_versions v join users u on u.id = v.by
    where v.case_id = ${caseId} order by v.version desc limit 1000`.execute(tx)
  return rows
}

/** The plan as it was after one change. */
export async function planAt(tx: Tx, caseId: string, version: number): Promise<(PlanVersion & { plan: Plan }) | undefined> {
  const { rows } = await sql<PlanVersion & { plan: Plan }>`
    select v.version, v.at, u.name as by, v.change, v.content as plan from plan_versions v join users u on u.id = v.by
    where v.case_id = ${caseId} and v.version = ${version}`.execute(tx)
  return rows[0]
}

/** Actions of the plan that are still open, what is due first on top: closing a case asks for them. */
export async function openPlanActions(
  tx: Tx,
  caseId: string,
): Promise<{ id: string; what: string; dueOn: PlainDate | null; who: number | null; by: string }[]> {
  const { rows } = await sql<{ id: string; what: string; dueOn: PlainDate | null; who: number | null; by: string }>`
    select a.id, a.what, a.due_on as "dueOn", a.who, coalesce(u.name, a.who_words) as by from plan_actions a left join users u on u.principal = a.who
    where a.case_id = ${caseId} and a.status = 'open' order by a.due_on nulls last, a.id`.execute(tx)
  return rows
}

/** Open actions of any plan that are this principal's to do, what is due first on top. */
export async function planActionsFor(
  tx: Tx,
  principal: number,
  limit: number,
): Promise<
  {
    id: string
    caseId: string
    what: string
    dueOn: PlainDate | null
    given: string | null
    family: string | null
    personId: string
    caseIsClosed: boolean
  }[]
> {
  const { rows } = await sql<{
    id: string
    caseId: string
    what: string
    dueOn: PlainDate | null
    given: string | null
    family: string | null
    personId: string
    caseIsClosed: boolean
  }>`
    select a.id, a.case_id as "caseId", a.what, a.due_on as "dueOn", p.given_name as given, p.family_name as family, c.person_id as "personId", c.status = 'closed' as "caseIsClosed"
    from plan_actions a join cases c on c.id = a.case_id left join people p on p.id = c.person_id
    where a.who = ${principal} and a.status = 'open' order by a.due_on nulls last, a.id limit ${limit}`.execute(tx)
  return rows
}
