import { passTask } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { tellWhose } from '../add-task/add-task.ts'
import { keepChange, type TaskValues, tellOfTask, writeTask } from '../keep-task.ts'
import { repeatInWords } from '../repeat.ts'
import { type Arranged, type NewTask, plainly, type Task, type TaskRefusal, type TaskSays } from '../task.ts'

/**
 * Other words, another day, somebody else; what it said before is kept. `version` is that of the task when its form was opened. One of
 * no case that is given to somebody else is theirs to see from then on, and no longer that of whoever had it, unless they made it.
 * Whoever does many at once tells of them by themself (`quietly`). A day that is typed stands by itself: the task no longer waits for another, nor moves with a date of the case.
 */
export async function changeTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  task: Task,
  version: number,
  change: NewTask,
  { quietly = false }: { quietly?: boolean } = {},
): Promise<Result<void, TaskRefusal>> {
  const { title, detail, dueOn, assignee } = change
  const arranged = change.arranged ?? (dueOn === task.dueOn ? task : { ...plainly, repeat: task.repeat, remindDays: task.remindDays })
  const values = {
    title,
    detail,
    due_on: dueOn,
    assignee,
    ...valuesOf(task, arranged),
    ...(assignee === task.assignee ? {} : { taken_from: null }),
  }
  const refusal = await writeTask(tx, { ...task, status: 'open' }, values, version)
  if (refusal) return no(refusal)
  const before = saysOf(task, task)
  const after = saysOf(change, arranged)
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter(field => before[field] !== after[field])
  const only = (says: typeof after) => Object.fromEntries(changed.map(field => [field, says[field]]))
  if (changed.length > 0) await keepChange(tx, actor, now, task.id, only(before), only(after))
  if (task.caseId === null && changed.includes('assignee')) await passTask(tx, actor, task.id, [assignee, task.creator])
  await tellOfTask(tx, actor, now, task, 'task-changed', null, { fields: changed })
  if (changed.includes('assignee') && !quietly) await tellWhose(tx, actor, now, task, assignee)
  return ok(undefined)
}

const saysOf = ({ title, detail, dueOn, assignee }: NewTask, { repeat, remindDays }: Arranged): Omit<TaskSays, 'outcome'> => ({
  title,
  detail,
  dueOn,
  assignee,
  repeat: repeat ? repeatInWords(repeat, formatDate) : '',
  remindDays,
})

function valuesOf(task: Task, { repeat, waitsFor, follows, followDays, remindDays }: Arranged): TaskValues {
  return {
    waits_for: waitsFor,
    follows,
    follow_days: followDays,
    remind_days: remindDays,
    series: repeat ? (task.series ?? task.id) : null,
    repeat_every: repeat?.every ?? null,
    repeat_unit: repeat?.unit ?? null,
    repeat_day: repeat?.day ?? null,
    repeat_until: repeat?.until ?? null,
  }
}
