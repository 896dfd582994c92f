import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Actor, may } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { needsApproval } from '../approval-needs.ts'
import { noteDue } from '../dues/write-dues.ts'
import { findCase } from '../load-case.ts'
import { noteWork } from '../note-on-case.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { recordOnTimeline } from '../timeline/record-on-timeline.ts'
import { planOf } from './plan.queries.ts'
import { actionsOf, nextActions, openActions, type Plan, type PlanChange, type PlanRefusal } from './plan.ts'
import { tellWhoGetsIt } from './tell-whom.ts'
import { writePlanTexts } from './texts-of-plan.ts'

export type PlanPlace = Pick<PartOfCase, 'caseId' | 'personId' | 'lists'>
type Context = { tx: Tx; actor: Actor; now: Date; place: PlanPlace; planId: string; plan: Plan }

/**
 * Makes one change of a case's plan and keeps the plan as it then is. The plan is locked first, so that two changes follow each other;
 * two changes of the same need, goal or action do not: the second is told. The actor must be able to edit the plan.
 */
export async function changePlan(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: PlanPlace,
  change: PlanChange,
): Promise<Result<Plan, PlanRefusal>> {
  const planId = await lockPlan(tx, actor, now, place)
  const before = await planOf(tx, place.caseId)
  const refusal = await apply({ tx, actor, now, place, planId, plan: before }, change)
  if (refusal) return no(refusal)
  await sql`update plans set version = version + 1 where id = ${planId}`.execute(tx)
  const plan = await planOf(tx, place.caseId)
  await tx
    .insertInto('plan_versions')
    .values({
      plan_id: planId,
      version: plan.version,
      case_id: place.caseId,
      at: now,
      by: authorOf(actor),
      change: change.kind,
      content: JSON.stringify(plan),
      ...place.lists,
    })
    .execute()
  await writePlanTexts(tx, place.caseId)
  await tell(tx, actor, now, place, planId, before, change)
  await tellWhoGetsIt(tx, actor, now, place.caseId, before, change)
  const [next] = nextActions(plan).filter(action => action.dueOn !== null)
  await noteDue(tx, place.caseId, 'plan', next?.dueOn ? { dueOn: next.dueOn, words: next.what, href: paths.plan.show(place.caseId) } : null)
  await audit(tx, actor, now, {
    action: `plan-${change.kind}`,
    subject: { type: 'plan', id: planId },
    personId: place.personId,
    caseId: place.caseId,
    detail: { version: plan.version, ...('id' in change ? { id: change.id } : {}) },
  })
  if (change.kind === 'agreed') await planMade(tx, actor, now, place)
  return ok(plan)
}

async function lockPlan(tx: Tx, actor: Actor, now: Date, { caseId, lists }: PlanPlace): Promise<string> {
  await tx
    .insertInto('plans')
    .values({ id: uuid(), case_id: caseId, created_at: now, created_by: authorOf(actor), ...lists })
    .onConflict(conflict => conflict.column('case_id').doNothing())
    .execute()
  const { rows } = await sql<{ id: string }>`select id from plans where case_id = ${caseId} for update`.execute(tx)
  if (!rows[0]) throw new Error('A plan was neither there nor begun.')
  return rows[0].id
}

async function apply(context: Context, change: PlanChange): Promise<PlanRefusal | undefined> {
  const { tx, actor, now, place, planId, plan } = context
  const { caseId } = place
  const needs = plan.needs
  const goals = needs.flatMap(need => need.goals)
  const lists = place.lists
  switch (change.kind) {
    case 'need-added': {
      const { title, detail } = change
      await tx
        .insertInto('plan_needs')
        .values({ id: uuid(), plan_id: planId, case_id: caseId, position: needs.length, title, detail, ...lists })
        .execute()
      return undefined
    }
    case 'need-changed': {
      const need = needs.find(one => one.id === change.id)
      const refusal = mayChange(need, change.version)
      if (refusal) return refusal
      const { title, detail, id } = change
      await tx
        .updateTable('plan_needs')
        .set(row => ({ title, detail, version: row('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
      return undefined
    }
    case 'need-ended': {
      const need = needs.find(one => one.id === change.id)
      const refusal = mayChange(need) ?? (need?.goals.some(goal => openActions(goal.actions).length > 0) ? 'actions-open' : undefined)
      if (refusal) return refusal
      const ended = { ended_at: now, ended_reason: change.reason }
      await tx
        .updateTable('plan_needs')
        .set(row => ({ ...ended, version: row('version', '+', 1) }))
        .where('id', '=', change.id)
        .execute()
      return undefined
    }
    case 'goal-added': {
      const need = needs.find(one => one.id === change.needId)
      const refusal = mayChange(need)
      if (refusal) return refusal
      const { title, measure, needId } = change
      await tx
        .insertInto('plan_goals')
        .values({ id: uuid(), need_id: needId, case_id: caseId, position: need?.goals.length ?? 0, title, measure, ...lists })
        .execute()
      return undefined
    }
    case 'goal-changed': {
      const refusal = mayChange(
        goals.find(one => one.id === change.id),
        change.version,
      )
      if (refusal) return refusal
      const { title, measure, id } = change
      await tx
        .updateTable('plan_goals')
        .set(row => ({ title, measure, version: row('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
      return undefined
    }
    case 'goal-ended': {
      const goal = goals.find(one => one.id === change.id)
      const refusal = mayChange(goal) ?? (goal && openActions(goal.actions).length > 0 ? 'actions-open' : undefined)
      if (refusal) return refusal
      const ended = { ended_at: now, ended_reason: change.reason }
      await tx
        .updateTable('plan_goals')
        .set(row => ({ ...ended, version: row('version', '+', 1) }))
        .where('id', '=', change.id)
        .execute()
      return undefined
    }
    case 'action-added': {
      const goal = goals.find(one => one.id === change.goalId)
      const refusal = mayChange(goal)
      if (refusal) return refusal
      const { goalId, what, who, whoWords, dueOn } = change
      await tx
        .insertInto('plan_actions')
        .values({
          id: uuid(),
          goal_id: goalId,
          case_id: caseId,
          position: goal?.actions.length ?? 0,
          what,
          who,
          who_words: whoWords,
          due_on: dueOn,
          ...lists,
        })
        .execute()
      return undefined
    }
    case 'action-changed': {
      const refusal = mayChangeAction(plan, change.id, change.version)
      if (refusal) return refusal
      const { id, what, who, whoWords, dueOn } = change
      const values = { what, who, who_words: whoWords, due_on: dueOn }
      await tx
        .updateTable('plan_actions')
        .set(row => ({ ...values, version: row('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
      return undefined
    }
    case 'action-done':
    case 'action-dropped': {
      const refusal = mayChangeAction(plan, change.id)
      if (refusal) return refusal
      const outcome =
        change.kind === 'action-done' ? { status: 'done', evidence: change.evidence } : { status: 'dropped', dropped_reason: change.reason }
      const closed = { ...outcome, closed_at: now, closed_by: authorOf(actor) }
      await tx
        .updateTable('plan_actions')
        .set(row => ({ ...closed, version: row('version', '+', 1) }))
        .where('id', '=', change.id)
        .execute()
      return undefined
    }
    case 'handed-over': {
      const values = { who: change.who, who_words: change.whoWords }
      await tx
        .updateTable('plan_actions')
        .set(row => ({ ...values, version: row('version', '+', 1) }))
        .where('case_id', '=', caseId)
        .where('status', '=', 'open')
        .where('who', '=', change.from)
        .execute()
      return undefined
    }
    case 'agreed': {
      const { with: agreed_with, on: agreed_on, how: agreed_how } = change
      // The version that this change is about to become.
      await tx
        .updateTable('plans')
        .set({ agreed_with, agreed_on, agreed_how, agreed_version: plan.version + 1 })
        .where('id', '=', planId)
        .execute()
      return undefined
    }
  }
}

function mayChange(thing: { version: number; endedReason: string } | undefined, version?: number): PlanRefusal | undefined {
  if (!thing) return 'not-there'
  if (thing.endedReason) return 'ended-already'
  return version !== undefined && version !== thing.version ? 'changed-meanwhile' : undefined
}

function mayChangeAction(plan: Plan, id: string, version?: number): PlanRefusal | undefined {
  const action = actionsOf(plan).find(one => one.id === id)
  if (!action) return 'not-there'
  if (action.status !== 'open') return 'ended-already'
  return version !== undefined && version !== action.version ? 'changed-meanwhile' : undefined
}

/** What others should learn of without reading the plan. Wording and dates are in its history. */
async function tell(tx: Tx, actor: Actor, now: Date, place: PlanPlace, planId: string, before: Plan, change: PlanChange): Promise<void> {
  const line = lineFor(before, change)
  if (!line) return
  await recordOnTimeline(tx, {
    caseId: place.caseId,
    at: now,
    kind: 'plan',
    part: 'plan',
    ...line,
    source: { type: 'plan', id: planId },
    href: paths.plan.show(place.caseId),
    actor,
    lists: place.lists,
  })
}

function lineFor(before: Plan, change: PlanChange): { title: string; summary: string } | undefined {
  const what = (id: string) => actionsOf(before).find(action => action.id === id)?.what ?? ''
  switch (change.kind) {
    case 'need-added':
      return { title: `Need added to the plan: ${change.title}`, summary: change.detail }
    case 'need-ended':
      return { title: `Need ended: ${before.needs.find(need => need.id === change.id)?.title ?? ''}`, summary: change.reason }
    case 'goal-ended':
      return {
        title: `Goal ended: ${before.needs.flatMap(need => need.goals).find(goal => goal.id === change.id)?.title ?? ''}`,
        summary: change.reason,
      }
    case 'action-done':
      return { title: `Done: ${what(change.id)}`, summary: change.evidence }
    case 'action-dropped':
      return { title: `Dropped: ${what(change.id)}`, summary: change.reason }
    case 'agreed':
      return change.with
        ? { title: `Plan agreed with ${change.with}`, summary: change.how }
        : { title: 'Plan used without agreement', summary: change.how }
    default:
      return undefined
  }
}

/** The case then has a plan, and its review comes next. Somebody who may edit the plan alone leaves that to those who hold the case. */
async function planMade(tx: Tx, actor: Actor, now: Date, { caseId }: Pick<PlanPlace, 'caseId'>): Promise<void> {
  const theCase = await findCase(tx, actor, caseId)
  if (!theCase?.whole || theCase.state.plannedOn !== null) return
  // F7: where the service has plans signed off, it is made when it is.
  if (!may(actor, 'sign-off-own') && (await needsApproval(tx, theCase.serviceArea, 'plan'))) return
  await noteWork(tx, actor, now, caseId, { kind: 'plan-made', href: paths.plan.show(caseId) })
}

/** The plan was signed off in this version: the case then has one. False where it is another by now, and has to be looked at again. */
export async function planApproved(tx: Tx, actor: Actor, now: Date, caseId: string, version: number): Promise<boolean> {
  await sql`select id from plans where case_id = ${caseId} for update`.execute(tx)
  if ((await planOf(tx, caseId)).version !== version) return false
  const theCase = await findCase(tx, actor, caseId)
  if (theCase?.whole && theCase.state.plannedOn === null)
    await noteWork(tx, actor, now, caseId, { kind: 'plan-made', href: paths.plan.show(caseId) })
  return true
}

function authorOf(actor: Actor): string {
  if (!actor.userId) throw new Error('A plan is changed by a user.')
  return actor.userId
}
