import { type OpenAction, openPlanActions, planActionsFor } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { formatName } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { openTasksOf, tasksFor } from './tasks.queries.ts'

/** Everything on a case that is still to be done, its tasks and the actions of its plan: closing it asks about each. */
export async function openActionsOf(tx: Tx, caseId: string): Promise<OpenAction[]> {
  const tasks = await openTasksOf(tx, caseId)
  const actions = await openPlanActions(tx, caseId)
  const by = (dueOn: PlainDate | null) => (dueOn ? `, by ${formatDate(dueOn)}` : '')
  return [
    ...tasks.map(task => ({ text: `Task: ${task.title}${by(task.dueOn)}`, href: paths.tasks.show(task.id) })),
    ...actions.map(action => ({ text: `Plan: ${action.what}${by(action.dueOn)}`, href: paths.plan.show(caseId) })),
  ]
}

export type Doing = { text: string; href: string; dueOn: PlainDate | null; personName: string | null }

/** What the actor has to do next over all cases: their tasks and their actions of plans, what is due first on top. */
export async function doNextFor(tx: Tx, actor: Actor, limit: number): Promise<Doing[]> {
  const tasks = await tasksFor(tx, actor, { whose: 'mine', limit })
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
