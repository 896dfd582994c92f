import type { FrameParts } from '../../cases/index.ts'
import { readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { orNothing } from '../../platform/db/or-nothing.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Radios, Textarea } from '../../ui/index.ts'
import { afterwards, buttons, framed, hasEnded, partOf, refusals, withTask } from '../frame.tsx'
import { showTask } from '../show-task/pages.tsx'
import type { Task } from '../task.ts'
import { cancelTask, completeTask, undoTask } from './end-task.ts'

/** It is done, it will not be done, or it was not done after all. */
export function endTaskRoutes(routes: Routes, parts: FrameParts): void {
  routes.post('/tasks/:taskId/complete', { may: 'record' }, visit => withTask(visit, true, task => postComplete(visit, parts, task)))
  routes.post('/tasks/:taskId/undo', { may: 'record' }, visit => withTask(visit, true, task => postUndo(visit, task)))
  routes.get('/tasks/:taskId/cancel', { may: 'record' }, visit =>
    withTask(visit, true, task => cancelPage(visit, parts, task, noFields, [])),
  )
  routes.post('/tasks/:taskId/cancel', { may: 'record' }, visit => withTask(visit, true, task => postCancel(visit, parts, task)))
}

async function postComplete(visit: Visit, parts: FrameParts, task: Task): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const outcome = reader.text('outcome', 'What came of it', 2_000)
  if (reader.errors.length > 0) return showTask(visit, parts, task, reader.errors)
  const done = await completeTask(visit.tx, visit.actor, visit.clock.now(), task, outcome)
  // Its own page, where a wrong press of the button can be taken back.
  return done.ok ? redirect(paths.tasks.show(task.id), { notice: 'Task done.' }) : afterwards(task, refusals[done.error])
}

async function postUndo(visit: Visit, task: Task): Promise<Answer> {
  const undone = await orNothing(visit.tx, () => undoTask(visit.tx, visit.actor, visit.clock.now(), task))
  const why = {
    ...refusals,
    'too-late': 'It was done too long ago to be opened again. Add another task.',
    'next-begun': 'The next one has been changed or done already. Add another task.',
  }
  return redirect(paths.tasks.show(task.id), { notice: undone.ok ? 'The task is open again.' : why[undone.error] })
}

async function cancelPage(visit: Visit, parts: FrameParts, task: Task, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  if (task.status !== 'open') return hasEnded(task)
  const body = (
    <Form {...visit.form} action={paths.tasks.cancel(task.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">{task.title}</p>
      {Textarea({
        name: 'reason',
        label: 'Why will it not be done?',
        rows: 3,
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {task.repeat
        ? Radios({
            name: 'series',
            classes: 'govuk-radios--small',
            fieldset: { legend: { text: 'It comes again', classes: 'govuk-fieldset__legend--s' } },
            value: typed.text('series') || 'this',
            items: [
              { value: 'this', text: 'Cancel this one; the next comes as planned' },
              { value: 'all', text: 'Cancel it for good' },
            ],
          })
        : null}
      {buttons('Cancel the task', paths.tasks.show(task.id), 'govuk-button--warning')}
    </Form>
  )
  return framed(visit, parts, await partOf(visit, task), 'Cancel a task', body, errors.length > 0)
}

async function postCancel(visit: Visit, parts: FrameParts, task: Task): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const reason = reader.needed('reason', 'Why', 'Enter why it will not be done', 2_000)
  if (reader.errors.length > 0) return cancelPage(visit, parts, task, visit.fields, reader.errors)
  const endsSeries = visit.fields.text('series') !== 'this'
  const done = await cancelTask(visit.tx, visit.actor, visit.clock.now(), task, reason, { endsSeries })
  return afterwards(task, done.ok ? 'Task cancelled.' : refusals[done.error])
}
