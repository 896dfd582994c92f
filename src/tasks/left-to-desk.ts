import { sql } from 'kysely'
import { changePlan, colleaguesAmong, openPartToEdit, openPlanActions, type PartOfCase } from '../cases/index.ts'
import { tellUsers } from '../notifications/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { addTask } from './add-task/add-task.ts'
import { keepChange, tellOfTask, writeTask } from './keep-task.ts'
import { longestTitle } from './task.ts'
import { findTask } from './tasks.queries.ts'

/** The team that keeps a record after everybody else is out of it. */
export type Desk = {
  principal: number
  name: string
  telephone: string /** The number of the episode that it keeps: whoever is in several knows by it which. */
  reference: string
}

/** The desk of an episode: its co-ordinator and its team see nothing more of it once it is closed. Undefined for any other case. */
export async function deskOf(tx: Tx, caseId: string): Promise<Desk | undefined> {
  const { rows } = await sql<Desk>`
    select t.principal, t.name, t.telephone, c.reference from cases c join service_areas s on s.code = c.service_area join teams t on t.id = c.team_id
    where c.id = ${caseId} and s.is_episode`.execute(tx)
  return rows[0]
}

/**
 * What is still to be done on an episode that is being closed goes to its desk, which finds it among the tasks of its team: whoever had it could not open
 * it any more. Each of them who may know that it is closed is told whom to ring. To be done before it is closed.
 */
export async function leaveToDesk(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, desk, tasks, actions }: { caseId: string; desk: Desk; tasks: readonly string[]; actions: readonly string[] },
): Promise<void> {
  const part = await openPartToEdit(tx, actor, caseId, 'tasks')
  if (!part) throw new Error('Whoever closes an episode may change its tasks.')
  const had = [...(await giveTasks(tx, actor, now, desk, tasks)), ...(await makeTasksOf(tx, actor, now, part, desk, actions))]
  // Told, and not shown to whoever closes it: those who may know of it, whoever else may know that they do.
  const know = (await colleaguesAmong(tx, { lists: part.lists, knownAgencies: null }, now)).filter(
    one => had.includes(one.principal) && one.principal !== actor.principal,
  )
  const { rows: users } = await sql<{ id: string }>`
    select id from users where principal = any (${know.map(one => one.principal)}::int[])`.execute(tx)
  await tellUsers(tx, now, {
    to: users.map(one => one.id),
    kind: 'case-moved',
    words: `Episode ${desk.reference}, which you worked on, is closed. What you had still to do on it is with ${desk.name}${desk.telephone ? `, ${desk.telephone}` : ''}`,
    href: null,
  })
}

async function giveTasks(tx: Tx, actor: Actor, now: Date, desk: Desk, ids: readonly string[]): Promise<number[]> {
  const had: number[] = []
  for (const id of ids) {
    const task = await findTask(tx, actor, id)
    if (task?.status !== 'open' || task.assignee === desk.principal) continue
    if (await writeTask(tx, task, { assignee: desk.principal, taken_from: null })) continue
    await keepChange(tx, actor, now, id, { assignee: task.assignee }, { assignee: desk.principal })
    await tellOfTask(tx, actor, now, task, 'task-changed', null, { fields: ['assignee'] })
    had.push(task.assignee)
  }
  return had
}

/** A plan is nobody's list: what stays of it goes on as a task. */
async function makeTasksOf(tx: Tx, actor: Actor, now: Date, part: PartOfCase, desk: Desk, ids: readonly string[]): Promise<number[]> {
  const plan = ids.length > 0 ? await openPartToEdit(tx, actor, part.caseId, 'plan') : undefined
  if (!plan) return []
  const staying = (await openPlanActions(tx, part.caseId)).filter(one => ids.includes(one.id))
  for (const { id, what, dueOn, by } of staying) {
    await addTask(tx, actor, now, part, {
      title: what.slice(0, longestTitle),
      detail: `${what.length > longestTitle ? `${what}\n` : ''}From the plan of the episode, which is closed. It was for: ${by}`,
      dueOn,
      assignee: desk.principal,
    })
    await changePlan(tx, actor, now, plan, {
      kind: 'action-dropped',
      id,
      reason: `The episode was closed. It goes on as a task of ${desk.name}`,
    })
  }
  return staying.flatMap(({ who }) => (who === null ? [] : [who]))
}
