import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { refusals, withTask } from '../frame.tsx'
import type { Task } from '../task.ts'
import { putBackTask, takeTask } from './take-task.ts'

/** Taking a task of one's team, and giving it back. */
export function takeTaskRoutes(routes: Routes): void {
  routes.post('/tasks/:taskId/take', { may: 'record' }, visit =>
    withTask(visit, true, task => hand(visit, task, takeTask, 'This task is yours now.')),
  )
  routes.post('/tasks/:taskId/put-back', { may: 'record' }, visit =>
    withTask(visit, true, task => hand(visit, task, putBackTask, 'The task is your team’s again.')),
  )
}

async function hand({ tx, actor, clock }: Visit, task: Task, act: typeof takeTask, notice: string): Promise<Answer> {
  const done = await act(tx, actor, clock.now(), task)
  const theirs = { ...refusals, 'not-there': 'Somebody else has it already.', 'changed-meanwhile': 'Somebody else has it already.' }
  return redirect(paths.tasks.show(task.id), { notice: done.ok ? notice : theirs[done.error] })
}
