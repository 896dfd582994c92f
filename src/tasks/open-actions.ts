import { changePlan, endings, type Fate, type OpenAction, openPartToEdit, openPlanActions, planActionsFor } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { formatName } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { cancelTask, completeTask } from './end-task/end-task.ts'
import { deskOf, leaveToDesk } from './left-to-desk.ts'
import { findTask, openTasksOf, tasksFor } from './tasks.queries.ts'

/** Everything on a case that is still to be done, its tasks and the actions of its plan: closing it asks what becomes of each. */
export async function openActionsOf(tx: Tx, caseId: string): Promise<OpenAction[]> {
  const tasks = await openTasksOf(tx, caseId)
  const actions = await openPlanActions(tx, caseId)
  const desk = await deskOf(tx, caseId)
  const fates = desk ? { fates: [...endings, { value: 'stays', text: `Still to be done: ${desk.name} takes it` } as const] } : {}
  const by = (dueOn: PlainDate | null) => (dueOn ? `, by ${formatDate(dueOn)}` : '')
  return [
    ...tasks.map(task => ({
      key: `task:${task.id}`,
      text: `Task: ${task.title}${by(task.dueOn)}`,
      href: paths.tasks.show(task.id),
      ...fates,
    })),
    ...actions.map(action => ({
      key: `plan:${action.id}`,
      text: `Plan: ${action.what}${by(action.dueOn)}`,
      href: paths.plan.show(caseId),
      ...fates,
    })),
  ]
}

/** Ends what was still to be done on a case that is being closed, each as it was decided. What stays open stays on somebody's list: of an episode, its desk's. */
export async function endActions(
  tx: Tx,
  actor: Actor,
  now: Date,
  caseId: string,
  fates: ReadonlyMap<string, Fate>,
  because: string,
): Promise<void> {
  const plan = [...fates].some(([key, fate]) => key.startsWith('plan:') && fate !== 'stays')
    ? await openPartToEdit(tx, actor, caseId, 'plan')
    : undefined
  const reason = `The case was closed: ${because}`
  const done = 'Done when the case was closed'
  for (const [key, fate] of fates) {
    if (fate === 'stays') continue
    const [kind, id = ''] = key.split(':')
    const task = kind === 'task' ? await findTask(tx, actor, id) : undefined
    if (task)
      await (fate === 'done' ? completeTask(tx, actor, now, task, done, { endsSeries: true }) : cancelTask(tx, actor, now, task, reason))
    if (kind === 'plan' && plan)
      await changePlan(
        tx,
        actor,
        now,
        plan,
        fate === 'done' ? { kind: 'action-done', id, evidence: done } : { kind: 'action-dropped', id, reason },
      )
  }
  const staying = (kind: string) =>
    [...fates].flatMap(([key, fate]) => (fate === 'stays' && key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []))
  const left = { tasks: staying('task'), actions: staying('plan') }
  const desk = left.tasks.length + left.actions.length > 0 ? await deskOf(tx, caseId) : undefined
  if (desk) await leaveToDesk(tx, actor, now, { caseId, desk, ...left })
}

export type Doing = { text: string; href: string; dueOn: PlainDate | null; personName: string | null }

/** What the actor has to do next over all cases: their tasks and their actions of plans, what is due first on top. */
export async function doNextFor(tx: Tx, actor: Actor, today: PlainDate, limit: number): Promise<Doing[]> {
  const tasks = await tasksFor(tx, actor, { whose: 'mine', limit }, today)
  const actions = await planActionsFor(tx, actor.principal, limit)
  return [
    ...tasks.map(({ title, id, dueOn, personName }) => ({ text: title, href: paths.tasks.show(id), dueOn, personName })),
    ...actions.map(({ what, caseId, dueOn, given, family }) => ({
      text: what,
      href: paths.plan.show(caseId),
      dueOn,
      personName: given || family ? formatName({ given, family }) : null,
    })),
  ]
    .sort((a, b) => ((a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : 1))
    .slice(0, limit)
}
