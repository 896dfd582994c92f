import { v7 as uuid } from 'uuid'
import { type Lists, mustBeThereStill } from '../../access/index.ts'
import { followDates, tellOfGivenInVain } from '../../cases/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { tellOfTask } from '../keep-task.ts'
import { type NewTask, plainly } from '../task.ts'
import { writeTaskText } from '../texts-of-tasks.ts'

/** The case that a task belongs to, opened to edit; null for a task of no case, which may still be about a person. */
export type TaskPlace = { caseId: string; personId: string; lists: Lists } | { caseId: null; personId: string | null }

/**
 * Adds a task. One of a case is seen by whoever may see the tasks of that case; another by its assignee and the actor alone. `series` is that of
 * the task that it comes after.
 */
export async function addTask(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: TaskPlace,
  task: NewTask,
  series: string | null = null,
): Promise<string> {
  if (!actor.userId) throw new Error('A task is given by a user.')
  const id = uuid()
  const pair = [...new Set([actor.principal, task.assignee])].sort((a, b) => a - b)
  const lists = place.caseId === null ? { readers: pair, editors: pair, withheld: [] } : place.lists
  if (place.caseId === null) await mustBeThereStill(tx, actor, pair)
  const { repeat, waitsFor, follows, followDays, remindDays } = task.arranged ?? plainly
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
      series: repeat ? (series ?? id) : null,
      repeat_every: repeat?.every ?? null,
      repeat_unit: repeat?.unit ?? null,
      repeat_day: repeat?.day ?? null,
      repeat_until: repeat?.until ?? null,
      waits_for: waitsFor,
      follows,
      follow_days: followDays,
      remind_days: remindDays,
      ...lists,
    })
    .execute()
  if (follows && place.caseId) await followDates(tx, place.caseId)
  await writeTaskText(tx, id)
  const added = { id, caseId: place.caseId, personId: place.personId }
  await tellOfTask(tx, actor, now, added, 'task-added', { title: `Task: ${task.title}`, summary: task.detail })
  if (!series) await tellWhose(tx, actor, now, added, task.assignee)
  return id
}

/** Whoever is given a task by somebody else hears of it. A team's is for whoever looks. */
export async function tellWhose(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id, caseId, personId }: { id: string; caseId: string | null; personId: string | null },
  assignee: number,
): Promise<void> {
  if (assignee === actor.principal) return
  const user = await tx.selectFrom('users').select('id').where('principal', '=', assignee).executeTakeFirst()
  if (!user) return
  const given = { kind: 'task-given', href: paths.tasks.show(id) } as const
  await tellUsers(tx, now, { to: [user.id], words: 'A task has been given to you', caseId, personId, ...given })
  if (caseId) await tellOfGivenInVain(tx, now, { caseId, userId: user.id, ...given })
}
