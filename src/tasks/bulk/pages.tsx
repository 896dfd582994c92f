import { DayInput, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, PageTitle, Textarea } from '../../ui/index.ts'
import { changeTask } from '../change-task/change-task.ts'
import { completeTask } from '../end-task/end-task.ts'
import type { Task } from '../task.ts'
import { TaskTable } from '../task-table.tsx'
import { findTask } from '../tasks.queries.ts'

const most = 50
type Doing = 'done' | 're-date'

/** The same done to many tasks at once: shown first, then done to each, with an audit of each. */
export function bulkRoutes(routes: Routes): void {
  routes.get('/tasks/bulk', { may: 'record' }, async visit => {
    const doing = doingOf(visit.query.get('do'))
    const tasks = await chosen(visit, visit.query.getAll('task'))
    const from = localList(visit.query.get('from'))
    if (tasks.length === 0) return redirect(from, { notice: 'Choose at least one task that you may change.' })
    return confirmPage(visit, doing, tasks, from, noFields, [])
  })

  routes.post('/tasks/bulk', { may: 'record' }, async visit => {
    const { fields, clock } = visit
    const doing = doingOf(fields.text('do'))
    const tasks = await chosen(visit, fields.all('task'))
    const from = localList(fields.text('from'))
    const reader = readerOf(fields)
    const outcome = doing === 'done' ? reader.text('outcome', 'What came of them', 2_000) : ''
    const dueOn = doing === 're-date' ? reader.day('due', 'The new day', { notBefore: today(clock) }) : undefined
    if (reader.errors.length > 0) return confirmPage(visit, doing, tasks, from, fields, reader.errors)
    let changed = 0
    for (const task of tasks) if (await act(visit, task, outcome, dueOn)) changed++
    return redirect(from, { notice: noticeOf(doing, changed, fields.all('task').length - changed, dueOn) })
  })
}

async function act({ tx, actor, clock }: Visit, task: Task, outcome: string, dueOn: PlainDate | undefined): Promise<boolean> {
  if (!dueOn) return (await completeTask(tx, actor, clock.now(), task, outcome)).ok
  const { title, detail, assignee, version } = task
  return (await changeTask(tx, actor, clock.now(), task, version, { title, detail, assignee, dueOn })).ok
}

const doingOf = (text: string | null): Doing => (text === 're-date' ? 're-date' : 'done')

/** Back to the list that it began on; to no other page. */
const localList = (text: string | null): string => (text && /^\/tasks(\?[\w=&%-]*)?$/.test(text) ? text : paths.tasks.mine)

/** Those of these that are open and the actor's to change. Others are as good as not chosen. */
async function chosen({ tx, actor }: Visit, ids: readonly string[]): Promise<Task[]> {
  const tasks: Task[] = []
  for (const id of [...new Set(ids)].slice(0, most)) {
    const task = await findTask(tx, actor, id)
    if (task?.mayEdit && task.status === 'open') tasks.push(task)
  }
  return tasks
}

async function confirmPage(
  visit: Visit,
  doing: Doing,
  tasks: readonly Task[],
  from: string,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const many = tasks.length === 1 ? '1 task' : `${tasks.length} tasks`
  const title = doing === 'done' ? `Mark ${many} as done` : `Give ${many} another day`
  const body = (
    <>
      {errorSummaryFor(errors)}
      {PageTitle({ title })}
      <TaskTable caption={title} tasks={tasks} today={today(visit.clock)} withAssignee empty={<EmptyState title="No task." />} />
      <Form {...visit.form} action={paths.tasks.bulk} classes="ly-form ly-narrow">
        <input type="hidden" name="do" value={doing} />
        <input type="hidden" name="from" value={from} />
        {tasks.map(task => (
          <input key={task.id} type="hidden" name="task" value={task.id} />
        ))}
        {doing === 'done' ? (
          Textarea({
            name: 'outcome',
            label: 'What came of them (optional)',
            rows: 3,
            value: typed.typed('outcome'),
            errorMessage: errorFor(errors, 'outcome'),
          })
        ) : (
          <DayInput name="due" legend="The new day" typed={typed} errors={errors} />
        )}
        <div class="govuk-button-group">
          {Button({ text: doing === 'done' ? 'Mark as done' : 'Save', preventDoubleClick: true })}
          <a class="govuk-link" href={from}>
            Back
          </a>
        </div>
      </Form>
    </>
  )
  return page(title, body, { hasErrors: errors.length > 0, section: 'tasks' })
}

function noticeOf(doing: Doing, changed: number, left: number, dueOn: PlainDate | undefined): string {
  const many = changed === 1 ? '1 task' : `${changed} tasks`
  const done = doing === 'done' ? `${many} done.` : `${many} moved to ${dueOn ? formatDate(dueOn) : ''}.`
  return left > 0 ? `${done} ${left} had ended already or may not be changed by you.` : done
}
