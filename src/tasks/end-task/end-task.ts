import { sql } from 'kysely'
import { openPartToEdit } from '../../cases/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { addTask, type TaskPlace } from '../add-task/add-task.ts'
import { keepChange, tellOfTask, writeTask } from '../keep-task.ts'
import { nextAfter } from '../repeat.ts'
import { plainly, type Task, type TaskRefusal, undoHours } from '../task.ts'

type Ending = { endsSeries?: boolean }

/** It has been done. What waited for it is given its day, and where it is repeated the next one is made, unless the series ends with it. */
export async function completeTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Task,
  outcome: string,
  { endsSeries = false }: Ending = {},
): Promise<Result<void, TaskRefusal>> {
  const refusal = await writeTask(tx, { ...task, status: 'open' }, { status: 'done', outcome, closed_at: now, closed_by: actor.userId })
  if (refusal) return no(refusal)
  await beginWaiting(tx, actor, now, task)
  if (!endsSeries) await makeNext(tx, actor, now, task)
  await tellOfTask(tx, actor, now, task, 'task-done', { title: `Task done: ${task.title}`, summary: outcome })
  return ok(undefined)
}

/**
 * It will not be done, and why. One that is repeated comes again all the same, unless the series ends with it. What waited for it is given its
 * day as well: somebody has then to say what becomes of it, and it does not wait for ever.
 */
export async function cancelTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Task,
  reason: string,
  { endsSeries = true }: Ending = {},
): Promise<Result<void, TaskRefusal>> {
  const refusal = await writeTask(
    tx,
    { ...task, status: 'open' },
    { status: 'cancelled', outcome: reason, closed_at: now, closed_by: actor.userId },
  )
  if (refusal) return no(refusal)
  await beginWaiting(tx, actor, now, task)
  if (!endsSeries) await makeNext(tx, actor, now, task)
  await tellOfTask(tx, actor, now, task, 'task-cancelled', { title: `Task cancelled: ${task.title}`, summary: reason })
  return ok(undefined)
}

/** Whether what was marked as done can still be opened again. */
export const mayUndo = (task: Task, now: Date): boolean =>
  task.status === 'done' && task.closedAt !== null && now.getTime() - task.closedAt.getTime() < undoHours * 3_600_000

/**
 * It was not done after all. What waited for it waits again, and the next of a series, where nobody has touched it, is taken back. What was
 * written when it was marked as done is kept among its changes.
 */
export async function undoTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Task,
): Promise<Result<void, TaskRefusal | 'too-late' | 'next-begun'>> {
  if (!mayUndo(task, now)) return no('too-late')
  const next = await nextOf(tx, task)
  if (next && !next.isUntouched) return no('next-begun')
  if (next)
    await writeTask(
      tx,
      { id: next.id, caseId: task.caseId, status: 'open' },
      { status: 'cancelled', outcome: 'The one before it was opened again', closed_at: now, closed_by: actor.userId },
    )
  const refusal = await writeTask(tx, task, { status: 'open', outcome: '', closed_at: null, closed_by: null })
  if (refusal) return no(refusal)
  for (const one of await waitingFor(tx, task.id)) await giveDay(tx, actor, now, one, null)
  await keepChange(tx, actor, now, task.id, { outcome: task.outcome || 'Done' }, { outcome: '' })
  await tellOfTask(tx, actor, now, task, 'task-reopened', { title: `Task open again: ${task.title}`, summary: '' })
  return ok(undefined)
}

/** The one that was made when this one of a series ended: later than it, and open or done since. */
async function nextOf(tx: Tx, task: Task): Promise<{ id: string; isUntouched: boolean } | undefined> {
  if (!task.series) return undefined
  const { rows } = await sql<{ id: string; isUntouched: boolean }>`
    select id, status = 'open' and version = 1 as "isUntouched" from tasks
    where series = ${task.series} and id > ${task.id} and status <> 'cancelled' order by id limit 1`.execute(tx)
  return rows[0]
}

/** Tasks that waited for this one are due so many days after today. */
async function beginWaiting(tx: Tx, actor: Actor, now: Date, task: Task): Promise<void> {
  for (const one of await waitingFor(tx, task.id)) await giveDay(tx, actor, now, one, addDays(londonDate(now), one.followDays ?? 0))
}

type Waiting = { id: string; caseId: string | null; personId: string | null; dueOn: PlainDate | null; followDays: number | null }

async function waitingFor(tx: Tx, taskId: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select id, case_id as "caseId", person_id as "personId", due_on as "dueOn", follow_days as "followDays" from tasks
    where waits_for = ${taskId} and status = 'open' order by id`.execute(tx)
  return rows
}

async function giveDay(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id, caseId, personId, dueOn: before }: Waiting,
  dueOn: PlainDate | null,
): Promise<void> {
  await writeTask(tx, { id, caseId, status: 'open' }, { due_on: dueOn })
  await keepChange(tx, actor, now, id, { dueOn: before }, { dueOn })
  await tellOfTask(tx, actor, now, { id, caseId, personId }, 'task-changed', null, { fields: ['dueOn'] })
}

async function makeNext(tx: Tx, actor: Actor, now: Date, task: Task): Promise<void> {
  if (!task.repeat || !task.series) return
  const dueOn = nextAfter(task.repeat, task.dueOn ?? londonDate(now), londonDate(now))
  if (!dueOn) return
  const place = await placeOf(tx, actor, task)
  if (!place) return
  const { title, detail, assignee, repeat, remindDays, takenFrom, series } = task
  // What somebody took from their team is the team's again.
  await addTask(
    tx,
    actor,
    now,
    place,
    { title, detail, dueOn, assignee: takenFrom ?? assignee, arranged: { ...plainly, repeat, remindDays } },
    series,
  )
}

async function placeOf(tx: Tx, actor: Actor, { caseId, personId }: Task): Promise<TaskPlace | undefined> {
  return caseId === null ? { caseId: null, personId } : openPartToEdit(tx, actor, caseId, 'tasks')
}
