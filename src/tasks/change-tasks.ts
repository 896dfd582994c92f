import { v7 as uuid } from 'uuid'
import type { Lists } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { noteDue, recordOnTimeline } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { NewTask, Task, TaskRefusal } from './task.ts'
import { openTasksOf } from './tasks.queries.ts'

/** The case that a task belongs to, opened to edit; null for a task of no case, which may still be about a person. */
export type TaskPlace = { caseId: string; personId: string; lists: Lists } | { caseId: null; personId: string | null }

/** Adds a task. One of a case is seen by whoever may see the tasks of that case; another by its assignee and the actor alone. */
export async function addTask(tx: Tx, actor: Actor, now: Date, place: TaskPlace, task: NewTask): Promise<string> {
  if (!actor.userId) throw new Error('A task is given by a user.')
  const id = uuid()
  const pair = [...new Set([actor.principal, task.assignee])].sort((a, b) => a - b)
  const lists = place.caseId === null ? { readers: pair, editors: pair, withheld: [] } : place.lists
  await tx
    .insertInto('tasks')
    .values({
      id,
      case_id: place.caseId,
      person_id: place.personId,
      title: task.title,
      detail: task.detail,
      due_on: task.dueOn,
      assignee: task.assignee,
      created_at: now,
      created_by: actor.userId,
      ...lists,
    })
    .execute()
  const added = { id, caseId: place.caseId, personId: place.personId }
  await follow(tx, actor, now, added, 'task-added', { title: `Task: ${task.title}`, summary: task.detail })
  return id
}

/** Other words, another day, somebody else. `version` is that of the task when its form was opened. */
export async function changeTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Task,
  version: number,
  change: NewTask,
): Promise<Result<void, TaskRefusal>> {
  const { title, detail, dueOn, assignee } = change
  const refusal = await update(tx, task, { title, detail, due_on: dueOn, assignee }, version)
  if (refusal) return no(refusal)
  await follow(tx, actor, now, task, 'task-changed', null)
  return ok(undefined)
}

/** It has been done. */
export async function completeTask(tx: Tx, actor: Actor, now: Date, task: Task, outcome: string): Promise<Result<void, TaskRefusal>> {
  const refusal = await update(tx, task, { status: 'done', outcome, closed_at: now, closed_by: actor.userId })
  if (refusal) return no(refusal)
  await follow(tx, actor, now, task, 'task-done', { title: `Task done: ${task.title}`, summary: outcome })
  return ok(undefined)
}

/** It will not be done, and why. */
export async function cancelTask(tx: Tx, actor: Actor, now: Date, task: Task, reason: string): Promise<Result<void, TaskRefusal>> {
  const refusal = await update(tx, task, { status: 'cancelled', outcome: reason, closed_at: now, closed_by: actor.userId })
  if (refusal) return no(refusal)
  await follow(tx, actor, now, task, 'task-cancelled', { title: `Task cancelled: ${task.title}`, summary: reason })
  return ok(undefined)
}

type Values = Partial<{
  title: string
  detail: string
  due_on: string | null
  assignee: number
  status: Task['status']
  outcome: string
  closed_at: Date
  closed_by: string | null
}>

async function update(tx: Tx, { id }: Task, values: Values, version?: number): Promise<TaskRefusal | undefined> {
  let changing = tx
    .updateTable('tasks')
    .set(row => ({ ...values, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'open')
  if (version !== undefined) changing = changing.where('version', '=', version)
  const changed = await changing.executeTakeFirst()
  if (changed.numUpdatedRows === 1n) return undefined
  const row = await tx.selectFrom('tasks').select('status').where('id', '=', id).executeTakeFirst()
  if (!row) return 'not-there'
  return row.status === 'open' ? 'changed-meanwhile' : 'ended-already'
}

type Followed = { id: string; caseId: string | null; personId: string | null }

/** The audit, and for a task of a case its line in the timeline and what is due next. */
async function follow(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Followed,
  action: string,
  line: { title: string; summary: string } | null,
): Promise<void> {
  await audit(tx, actor, now, {
    action,
    subject: { type: 'task', id: task.id },
    personId: task.personId ?? undefined,
    caseId: task.caseId ?? undefined,
  })
  if (task.caseId === null) return
  const [next] = (await openTasksOf(tx, task.caseId)).filter(one => one.dueOn !== null)
  await noteDue(tx, task.caseId, 'tasks', next?.dueOn ? { dueOn: next.dueOn, words: next.title, href: paths.tasks.show(next.id) } : null)
  if (!line) return
  await recordOnTimeline(tx, {
    caseId: task.caseId,
    at: now,
    kind: 'task',
    part: 'tasks',
    ...line,
    source: { type: 'task', id: task.id },
    href: paths.tasks.show(task.id),
    actor,
  })
}
