import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase, type Lists, passTask } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { noteDue, recordOnTimeline } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { NewTask, Task, TaskRefusal } from './task.ts'
import { openTasksOf } from './tasks.queries.ts'
import { writeTaskText } from './texts-of-tasks.ts'

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
  await writeTaskText(tx, id)
  const added = { id, caseId: place.caseId, personId: place.personId }
  await follow(tx, actor, now, added, 'task-added', { title: `Task: ${task.title}`, summary: task.detail })
  return id
}

/**
 * Other words, another day, somebody else; what it said before is kept. `version` is that of the task when its form was opened. One of
 * no case that is given to somebody else is theirs to see from then on, and no longer that of whoever had it, unless they made it.
 */
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
  const changed = changedFields.filter(field => task[field] !== change[field])
  if (changed.length > 0) await keepChange(tx, actor, now, task, change, changed)
  if (task.caseId === null && changed.includes('assignee')) await passTask(tx, task.id, [assignee, task.creator])
  await follow(tx, actor, now, task, 'task-changed', null, { fields: changed })
  return ok(undefined)
}

const changedFields = ['title', 'detail', 'dueOn', 'assignee'] as const

async function keepChange(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Task,
  change: NewTask,
  changed: readonly (keyof NewTask)[],
): Promise<void> {
  const of = (from: NewTask) => JSON.stringify(Object.fromEntries(changed.map(field => [field, from[field]])))
  await sql`
    insert into task_changes (id, task_id, case_id, at, by, before, after, readers, editors, withheld)
    select ${uuid()}, t.id, t.case_id, ${now}, ${actor.userId}, ${of(task)}::jsonb, ${of(change)}::jsonb, t.readers, t.editors, t.withheld
    from tasks t where t.id = ${task.id}`.execute(tx)
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

async function update(tx: Tx, { id, caseId }: Task, values: Values, version?: number): Promise<TaskRefusal | undefined> {
  // Cases are held before their rows, and the row that keeps the change copies the lists of this one.
  if (caseId !== null) await holdCase(tx, caseId)
  let changing = tx
    .updateTable('tasks')
    .set(row => ({ ...values, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'open')
  if (version !== undefined) changing = changing.where('version', '=', version)
  const changed = await changing.executeTakeFirst()
  if (changed.numUpdatedRows === 1n) {
    await writeTaskText(tx, id)
    return undefined
  }
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
  detail?: Record<string, unknown>,
): Promise<void> {
  await audit(tx, actor, now, {
    action,
    subject: { type: 'task', id: task.id },
    personId: task.personId ?? undefined,
    caseId: task.caseId ?? undefined,
    ...(detail ? { detail } : {}),
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
