import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { noteDue, recordOnTimeline } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Task, TaskRefusal, TaskSays } from './task.ts'
import { openTasksOf } from './tasks.queries.ts'
import { writeTaskText } from './texts-of-tasks.ts'

export type TaskValues = Partial<{
  title: string
  detail: string
  due_on: string | null
  assignee: number
  taken_from: number | null
  status: Task['status']
  outcome: string
  closed_at: Date | null
  closed_by: string | null
  waits_for: string | null
  follows: string
  follow_days: number | null
  remind_days: number | null
  series: string | null
  repeat_every: number | null
  repeat_unit: string | null
  repeat_day: number | null
  repeat_until: string | null
}>

/** Writes a task's row where it still stands as it was seen: in this status, and at this version where one is given. */
export async function writeTask(
  tx: Tx,
  { id, caseId, status }: Pick<Task, 'id' | 'caseId' | 'status'>,
  values: TaskValues,
  version?: number,
): Promise<TaskRefusal | undefined> {
  // Cases are held before their rows, and the row that keeps the change copies the lists of this one.
  if (caseId !== null) await holdCase(tx, caseId)
  let changing = tx
    .updateTable('tasks')
    .set(row => ({ ...values, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', status)
  if (version !== undefined) changing = changing.where('version', '=', version)
  const changed = await changing.executeTakeFirst()
  if (changed.numUpdatedRows === 1n) {
    await writeTaskText(tx, id)
    return undefined
  }
  const row = await tx.selectFrom('tasks').select('status').where('id', '=', id).executeTakeFirst()
  if (!row) return 'not-there'
  return row.status === status ? 'changed-meanwhile' : 'ended-already'
}

/** Keeps what a task said before, beside what it says now. */
export async function keepChange(
  tx: Tx,
  actor: Actor,
  now: Date,
  taskId: string,
  before: Partial<TaskSays>,
  after: Partial<TaskSays>,
): Promise<void> {
  await sql`
    insert into task_changes (id, task_id, case_id, at, by, before, after, readers, editors, withheld)
    select ${uuid()}, t.id, t.case_id, ${now}, ${actor.userId}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, t.readers, t.editors, t.withheld
    from tasks t where t.id = ${taskId}`.execute(tx)
}

type Told = { id: string; caseId: string | null; personId: string | null }

/** The audit of something done to a task, and for one of a case its line in the timeline and what is due next. */
export async function tellOfTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Told,
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
