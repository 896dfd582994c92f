import type { PassTasks } from '../../cases/index.ts'
import { keepChange, tellOfTask, writeTask } from '../keep-task.ts'

/**
 * The open tasks of a case that were its worker's are the next one's, or the team's where it has nobody. They hear of the case, not of each task.
 * What others have to do on it, and what a co-worker has, stays theirs.
 */
export const passTasks: PassTasks = async (tx, actor, now, { caseId, from, to }) => {
  const theirs = await tx
    .selectFrom('tasks')
    .select(['id', 'person_id'])
    .where('case_id', '=', caseId)
    .where('assignee', '=', from)
    .where('status', '=', 'open')
    .orderBy('id')
    .execute()
  for (const { id, person_id: personId } of theirs) {
    const task = { id, caseId, personId }
    if (await writeTask(tx, { ...task, status: 'open' }, { assignee: to, taken_from: null })) continue
    await keepChange(tx, actor, now, id, { assignee: from }, { assignee: to })
    await tellOfTask(tx, actor, now, task, 'task-changed', null, { fields: ['assignee'] })
  }
}
