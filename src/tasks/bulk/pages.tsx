import { auditAll } from '../../audit/index.ts'
import { DayInput, openPart, readerOf } from '../../cases/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, PageTitle, Select, Textarea } from '../../ui/index.ts'
import { type Assignee, assigneesFor } from '../assignees.ts'
import { changeTask } from '../change-task/change-task.ts'
import { completeTask } from '../end-task/end-task.ts'
import type { Task } from '../task.ts'
import { TaskTable } from '../task-table.tsx'
import { findTask } from '../tasks.queries.ts'

const most = 50
type Doing = 'done' | 're-date' | 'give'
type Given = { outcome: string; dueOn?: PlainDate | undefined; to?: Assignee | undefined }

/** The same done to many tasks at once: shown first, then done to each, with an audit of each. */
export function bulkRoutes(routes: Routes): void {
  routes.get('/tasks/bulk', { may: 'record' }, async visit => {
    const doing = doingOf(visit.query.get('do'))
    const tasks = await chosen(visit, visit.query.getAll('task'))
    const from = localList(visit.query.get('from'))
    if (tasks.length === 0) return redirect(from, { notice: 'Choose at least one task that you may change.' })
    await auditAll(
      visit.tx,
      visit.actor,
      visit.clock.now(),
      tasks.map(({ id, caseId, personId }) => ({
        action: 'tasks-listed',
        subject: { type: 'task', id },
        caseId: caseId ?? undefined,
        personId: personId ?? undefined,
      })),
    )
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
    const to =
      doing === 'give' ? (await whoCanHaveAll(visit, tasks)).find(one => String(one.principal) === fields.text('assignee')) : undefined
    if (doing === 'give' && !to) reader.refuse('assignee', 'Select who does them from now on')
    if (reader.errors.length > 0) return confirmPage(visit, doing, tasks, from, fields, reader.errors)
    let changed = 0
    for (const task of tasks) if (await act(visit, task, { outcome, dueOn, to })) changed++
    if (to && changed > 0) await tellOfMany(visit, to)
    return redirect(from, { notice: noticeOf(doing, changed, fields.all('task').length - changed, dueOn, to) })
  })
}

async function act({ tx, actor, clock }: Visit, task: Task, { outcome, dueOn, to }: Given): Promise<boolean> {
  if (!dueOn && !to) return (await completeTask(tx, actor, clock.now(), task, outcome)).ok
  const { title, detail, version } = task
  const change = { title, detail, dueOn: dueOn ?? task.dueOn, assignee: to?.principal ?? task.assignee }
  return (await changeTask(tx, actor, clock.now(), task, version, change, { quietly: true })).ok
}

/** Once, however many they are. */
async function tellOfMany({ tx, actor, clock }: Visit, { principal }: Assignee): Promise<void> {
  if (principal === actor.principal) return
  const user = await tx.selectFrom('users').select('id').where('principal', '=', principal).executeTakeFirst()
  if (!user) return
  await tellUsers(tx, clock.now(), { to: [user.id], kind: 'task-given', words: 'Tasks have been given to you', href: paths.tasks.mine })
}

/** Those who may see every one of these tasks, and so can be given all of them. */
async function whoCanHaveAll({ tx, actor, clock }: Visit, tasks: readonly Task[]): Promise<Assignee[]> {
  let able: Assignee[] | undefined
  for (const caseId of new Set(tasks.map(task => task.caseId))) {
    const part = caseId ? await openPart(tx, actor, caseId, 'tasks') : undefined
    const here = await assigneesFor(tx, actor, clock.now(), part ?? null)
    able = able ? able.filter(one => here.some(other => other.principal === one.principal)) : here
  }
  return able ?? []
}

const doingOf = (text: string | null): Doing => (text === 're-date' || text === 'give' ? text : 'done')

/** Back to the list that it began on; to no other page. */
const localList = (text: string | null): string => (text && /^\/tasks(\?[\w=&%-]*)?$/.test(text) ? text : paths.tasks.mine)

/** Those of these that are open and the actor's to change. Others are as good as not chosen. */
async function chosen({ tx, actor }: Visit, ids: readonly string[]): Promise<Task[]> {
  const tasks: Task[] = []
  for (const id of [...new Set(ids)].slice(0, most)) {
    const task = await findTask(tx, actor, id)
    if (task?.mayEdit && task.status === 'open') tasks.push(task)
  }
  // In one order whoever asks, so that two who change the same cases at once wait for one another and for nothing else.
  return tasks.sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
}
const orderOf = ({ caseId, id }: Task): string => `${caseId ?? ''} ${id}`

async function confirmPage(
  visit: Visit,
  doing: Doing,
  tasks: readonly Task[],
  from: string,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const many = tasks.length === 1 ? '1 task' : `${tasks.length} tasks`
  const title = { done: `Mark ${many} as done`, 're-date': `Give ${many} another day`, give: `Give ${many} to somebody else` }[doing]
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
        ) : doing === 're-date' ? (
          <DayInput name="due" legend="The new day" typed={typed} errors={errors} />
        ) : (
          Select({
            name: 'assignee',
            label: 'Who does them from now on',
            hint: 'Those who may see every one of them',
            value: typed.text('assignee'),
            items: [
              { value: '', text: 'Choose who' },
              ...(await whoCanHaveAll(visit, tasks)).map(one => ({ value: String(one.principal), text: one.name })),
            ],
            errorMessage: errorFor(errors, 'assignee'),
          })
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

function noticeOf(doing: Doing, changed: number, left: number, dueOn: PlainDate | undefined, to: Assignee | undefined): string {
  const many = changed === 1 ? '1 task' : `${changed} tasks`
  const done = {
    done: `${many} done.`,
    're-date': `${many} moved to ${dueOn ? formatDate(dueOn) : ''}.`,
    give: `${many} given to ${to?.name ?? ''}.`,
  }[doing]
  return left > 0 ? `${done} ${left} had ended already or may not be changed by you.` : done
}
