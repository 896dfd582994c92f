import type { PlainDate } from '../../platform/plain-date.ts'

/** A plan: needs, the goals for each, the actions towards each goal. Every change of it is a version, kept whole. */
export type Plan = {
  caseId: string
  /** Goes up with every change. 0 before the first. */
  version: number
  agreement: Agreement | null
  needs: readonly Need[]
}
export type Agreement = {
  /** With whom: the person, their family. Empty when it was not agreed, and `how` then says why it is used all the same. */
  with: string
  on: PlainDate
  how: string
  /** The version that was agreed. */
  version: number
}
export type Need = { id: string; title: string; detail: string; version: number; endedReason: string; goals: readonly Goal[] }
export type Goal = { id: string; title: string; measure: string; version: number; endedReason: string; actions: readonly Action[] }
export type Action = {
  id: string
  what: string
  /** The principal of a user, or null where `whoName` is somebody without an account. */
  who: number | null
  whoName: string
  dueOn: PlainDate | null
  status: 'open' | 'done' | 'dropped'
  evidence: string
  droppedReason: string
  closedAt: Date | string | null
  closedBy: string
  version: number
}

export type NewAction = { what: string; who: number | null; whoWords: string; dueOn: PlainDate | null }

/** Everything that can be done to a plan. `version` is that of the need, goal or action when its form was opened. */
export type PlanChange =
  | { kind: 'need-added'; title: string; detail: string }
  | { kind: 'need-changed'; id: string; version: number; title: string; detail: string }
  | { kind: 'need-ended'; id: string; reason: string }
  | { kind: 'goal-added'; needId: string; title: string; measure: string }
  | { kind: 'goal-changed'; id: string; version: number; title: string; measure: string }
  | { kind: 'goal-ended'; id: string; reason: string }
  | ({ kind: 'action-added'; goalId: string } & NewAction)
  | ({ kind: 'action-changed'; id: string; version: number } & NewAction)
  | { kind: 'action-done'; id: string; evidence: string }
  | { kind: 'action-dropped'; id: string; reason: string }
  | { kind: 'agreed'; with: string; on: PlainDate; how: string }
  /** The case has another worker: the open actions of the one before are theirs, or nobody's by name until the team has chosen. */
  | { kind: 'handed-over'; from: number; who: number | null; whoWords: string }

export type PlanChangeKind = PlanChange['kind']
export type PlanRefusal = 'not-there' | 'changed-meanwhile' | 'ended-already' | 'actions-open'

/** What was done, as the history says it. */
export const changeWords: Record<PlanChangeKind, string> = {
  'need-added': 'Need added',
  'need-changed': 'Need changed',
  'need-ended': 'Need ended',
  'goal-added': 'Goal added',
  'goal-changed': 'Goal changed',
  'goal-ended': 'Goal ended',
  'action-added': 'Action added',
  'action-changed': 'Action changed',
  'action-done': 'Action done',
  'action-dropped': 'Action dropped',
  agreed: 'Gone through with the person',
  'handed-over': 'Actions handed over with the case',
}

export const goalsOf = (plan: Plan): Goal[] => plan.needs.flatMap(need => need.goals)
export const actionsOf = (plan: Plan): Action[] => goalsOf(plan).flatMap(goal => goal.actions)
export const openActions = (actions: readonly Action[]): Action[] => actions.filter(action => action.status === 'open')

/** Open actions of the plan, what is due first on top, what is ongoing last. */
export function nextActions(plan: Plan): Action[] {
  return openActions(actionsOf(plan)).sort((a, b) => ((a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : 1))
}

/** '2 of 5 actions done'; dropped ones no longer count. */
export function progressOf(plan: Plan): string {
  const actions = actionsOf(plan).filter(action => action.status !== 'dropped')
  const done = actions.filter(action => action.status === 'done').length
  return `${done} of ${actions.length} ${actions.length === 1 ? 'action' : 'actions'} done`
}
