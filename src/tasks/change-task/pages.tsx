import type { FrameParts } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { errorSummaryFor, type FieldError, Form, InsetText } from '../../ui/index.ts'
import { buttons, choicesFor, framed, hasEnded, partOf, refusals, withTask } from '../frame.tsx'
import type { Task } from '../task.ts'
import { readTask, TaskFields } from '../task-form.tsx'
import { findTask } from '../tasks.queries.ts'
import { changeTask } from './change-task.ts'

/** Other words, another day, somebody else. */
export function changeTaskRoutes(routes: Routes, parts: FrameParts): void {
  routes.get('/tasks/:taskId/edit', { may: 'record' }, visit => withTask(visit, true, task => editPage(visit, parts, task, noFields, [])))
  routes.post('/tasks/:taskId/edit', { may: 'record' }, visit => withTask(visit, true, task => postEdit(visit, parts, task)))
}

async function editPage(
  visit: Visit,
  parts: FrameParts,
  task: Task,
  typed: Fields,
  errors: readonly FieldError[],
  theirs = false,
): Promise<Answer> {
  if (task.status !== 'open') return hasEnded(task)
  const part = await partOf(visit, task)
  const body = (
    <Form {...visit.form} action={paths.tasks.edit(task.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {theirs
        ? InsetText({
            text: `Theirs: ${task.title}, ${task.assigneeName}${task.dueOn ? `, by ${formatDate(task.dueOn)}` : ''}${task.detail ? `: ${task.detail}` : ''}`,
          })
        : null}
      {part ? null : <p class="govuk-body">Whoever you give it to sees it from then on, with whoever made it and nobody else.</p>}
      <input type="hidden" name="version" value={String(task.version)} />
      <TaskFields typed={typed} errors={errors} choices={await choicesFor(visit, part, task)} task={task} />
      {buttons('Save', paths.tasks.show(task.id))}
    </Form>
  )
  return framed(visit, parts, part, 'Change a task', body, errors.length > 0)
}

async function postEdit(visit: Visit, parts: FrameParts, task: Task): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = readTask(fields, await choicesFor(visit, await partOf(visit, task), task), task)
  if (errors.length > 0) return editPage(visit, parts, task, fields, errors)
  const outcome = await changeTask(tx, actor, clock.now(), task, Number(fields.text('version')) || 0, value)
  const latest = await findTask(tx, actor, task.id)
  // Passed on by somebody who had it and did not make it: no longer theirs to see.
  if (outcome.ok) return redirect(latest ? paths.tasks.show(task.id) : paths.tasks.mine, { notice: 'Task changed.' })
  if (!latest || outcome.error === 'not-there') return notFound()
  return editPage(visit, parts, latest, fields, [{ field: '', message: refusals[outcome.error] }], true)
}
