import { passTask } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { keepChange, tellOfTask, writeTask } from '../keep-task.ts'
import type { Task, TaskRefusal } from '../task.ts'

/** Whether the actor may take a task that is their team's, or give back what they took. */
export const mayTake = (actor: Actor, task: Task): boolean =>
  task.status === 'open' && task.isTeams && task.mayEdit && actor.principals.includes(task.assignee)
export const mayPutBack = (actor: Actor, task: Task): boolean =>
  task.status === 'open' && task.takenFrom !== null && task.assignee === actor.principal && task.mayEdit

/** A member of the team that has a task says: I do it. The team still sees it, and who has it. */
export async function takeTask(tx: Tx, actor: Actor, now: Date, task: Task): Promise<Result<void, TaskRefusal>> {
  if (!mayTake(actor, task)) return no('not-there')
  return hand(tx, actor, now, task, { assignee: actor.principal, taken_from: task.assignee }, 'task-taken')
}

/** Whoever took it gives it back to the team. */
export async function putBackTask(tx: Tx, actor: Actor, now: Date, task: Task): Promise<Result<void, TaskRefusal>> {
  if (!mayPutBack(actor, task) || task.takenFrom === null) return no('not-there')
  return hand(tx, actor, now, task, { assignee: task.takenFrom, taken_from: null }, 'task-put-back')
}

type Hands = { assignee: number; taken_from: number | null }

async function hand(tx: Tx, actor: Actor, now: Date, task: Task, hands: Hands, action: string): Promise<Result<void, TaskRefusal>> {
  const refusal = await writeTask(tx, task, hands, task.version)
  if (refusal) return no(refusal)
  await keepChange(tx, actor, now, task.id, { assignee: task.assignee }, { assignee: hands.assignee })
  if (task.caseId === null) {
    const team = hands.taken_from ?? hands.assignee
    // One of no case is still seen by the team that it was given to.
    await passTask(tx, actor, task.id, [hands.assignee, team, task.creator])
  }
  await tellOfTask(tx, actor, now, task, action, null)
  return ok(undefined)
}
