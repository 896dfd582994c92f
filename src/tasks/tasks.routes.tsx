import type { ComponentChildren, VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { type FrameParts, openPart, type PartOfCase, partPage, planActionsFor, readerOf, withPart } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { formatName } from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, today } from '../platform/clock.ts'
import { formatDate, isPlainDate } from '../platform/plain-date.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import {
  Button,
  DataTable,
  Due,
  EmptyState,
  errorFor,
  errorSummaryFor,
  Facts,
  type FieldError,
  FilterChips,
  Form,
  InsetText,
  PageTitle,
  Pagination,
  Textarea,
  Words,
} from '../ui/index.ts'
import { assigneesFor } from './assignees.ts'
import { addTask, cancelTask, changeTask, completeTask, type TaskPlace } from './change-tasks.ts'
import type { Task, TaskRefusal } from './task.ts'
import { readTask, TaskFields } from './task-form.tsx'
import { dueOf, TaskTable } from './task-table.tsx'
import { changesOf, countTasks, findTask, tasksFor, tasksOfCase, type Whose } from './tasks.queries.ts'
import { WhatChanged } from './what-changed.tsx'

/** `/tasks…` and `/cases/:caseId/tasks…`. */
export function taskRoutes(routes: Routes, parts: FrameParts): void {
  routes.get('/tasks', { may: 'read-records' }, myTasks)
  routes.get('/tasks/new', { may: 'record' }, visit => withoutCase(visit, place => newPage(visit, parts, null, place, noFields, [])))
  routes.post('/tasks/new', { may: 'record' }, visit => withoutCase(visit, place => postNew(visit, parts, null, place)))
  const ofCase = '/cases/:caseId/tasks'
  routes.get(ofCase, { may: 'read-records' }, visit => withPart(visit, 'tasks', 'read', part => caseTasks(visit, parts, part)))
  routes.get(`${ofCase}/new`, { may: 'record' }, visit =>
    withPart(visit, 'tasks', 'edit', part => newPage(visit, parts, part, part, noFields, [])),
  )
  routes.post(`${ofCase}/new`, { may: 'record' }, visit => withPart(visit, 'tasks', 'edit', part => postNew(visit, parts, part, part)))
  routes.get('/tasks/:taskId', { may: 'read-records' }, visit => withTask(visit, false, task => showTask(visit, parts, task)))
  routes.get('/tasks/:taskId/edit', { may: 'record' }, visit => withTask(visit, true, task => editPage(visit, parts, task, noFields, [])))
  routes.post('/tasks/:taskId/edit', { may: 'record' }, visit => withTask(visit, true, task => postEdit(visit, parts, task)))
  routes.post('/tasks/:taskId/complete', { may: 'record' }, visit => withTask(visit, true, task => postComplete(visit, parts, task)))
  routes.get('/tasks/:taskId/cancel', { may: 'record' }, visit =>
    withTask(visit, true, task => cancelPage(visit, parts, task, noFields, [])),
  )
  routes.post('/tasks/:taskId/cancel', { may: 'record' }, visit => withTask(visit, true, task => postCancel(visit, parts, task)))
}

async function withTask(visit: Visit, toEdit: boolean, work: (task: Task) => Promise<Answer>): Promise<Answer> {
  const task = await findTask(visit.tx, visit.actor, visit.params.taskId ?? '')
  return task && (task.mayEdit || !toEdit) ? work(task) : notFound()
}

/** A task of no case, about nobody or about a person whom the actor may see. */
async function withoutCase(visit: Visit, work: (place: TaskPlace) => Promise<Answer>): Promise<Answer> {
  const personId = visit.query.get('person') ?? ''
  if (!personId) return work({ caseId: null, personId: null })
  const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(personId)
  const person = known ? await visit.tx.selectFrom('people').select('id').where('id', '=', personId).executeTakeFirst() : undefined
  return person ? work({ caseId: null, personId }) : notFound()
}

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const pageLength = 50

async function myTasks(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const view = query.get('view') ?? ''
  const whose: Whose = view === 'team' || view === 'given' ? view : 'mine'
  const closed = view === 'ended'
  const day = today(clock)
  const { after, before } = closed ? { after: undefined, before: endedBefore(query) } : { after: dueAfter(query), before: undefined }
  const found = await tasksFor(tx, actor, {
    whose,
    limit: pageLength + 1,
    ...(closed ? { closed, ...(before ? { before } : {}) } : after ? { after } : {}),
  })
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  await audit(tx, actor, clock.now(), {
    action: 'tasks-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { whose: closed ? 'ended' : whose, shown: shown.length },
  })
  const counts = await countTasks(tx, actor, day)
  const address = (set: string) => (set ? `${paths.tasks.mine}?view=${set}` : paths.tasks.mine)
  const next = `${address(view)}${view ? '&' : '?'}after=${closed ? last?.closedAt?.getTime() : (last?.dueOn ?? 'infinity')}_${last?.id}`
  const body = (
    <>
      {PageTitle({
        title: closed ? 'Tasks that have ended' : counts.mine === 1 ? '1 task' : `${counts.mine} tasks`,
        context: counts.late > 0 ? `${counts.late} overdue` : undefined,
        actions: may(actor, 'record') ? Button({ text: 'Add a task', href: paths.tasks.add }) : null,
      })}
      <FilterChips
        label="Whose tasks"
        items={[
          { text: 'Mine', href: address(''), current: whose === 'mine' && !closed, count: counts.mine },
          { text: 'My teams’', href: address('team'), current: whose === 'team', count: counts.team },
          { text: 'Given to others', href: address('given'), current: whose === 'given', count: counts.given },
          { text: 'Ended', href: address('ended'), current: closed },
        ]}
      />
      <TaskTable caption="Tasks" tasks={shown} today={day} withAssignee={whose !== 'mine'} empty={<EmptyState title="No tasks here" />} />
      {found.length > pageLength ? Pagination({ landmarkLabel: 'Pages of tasks', next: { text: 'More tasks', href: next } }) : null}
      {whose === 'mine' && !closed && !after ? await myPlanActions(visit) : null}
    </>
  )
  return page('Tasks', body, { section: 'work' })
}

/** `?after=` of a list of open tasks: the day on which the last one seen is due, and which it is. */
function dueAfter(query: URLSearchParams): { dueOn: string; id: string } | undefined {
  const [, dueOn, id] = /^(\d{4}-\d{2}-\d{2}|infinity)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('after') ?? '') ?? []
  return dueOn && id && (dueOn === 'infinity' || isPlainDate(dueOn)) ? { dueOn, id } : undefined
}

/** `?after=` of a list of those that have ended: when the last one seen did, in milliseconds, and which it is. */
function endedBefore(query: URLSearchParams): { closedAt: Date; id: string } | undefined {
  const [, at, id] = /^(\d{12,14})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('after') ?? '') ?? []
  return at && id ? { closedAt: new Date(Number(at)), id } : undefined
}

/** Actions of plans are done in their plans; they stand here so that nobody has to look in two places. */
async function myPlanActions({ tx, actor, clock }: Visit): Promise<VNode | null> {
  const actions = await planActionsFor(tx, actor.principal, 100)
  if (actions.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Actions of plans</h2>
      <DataTable
        caption="Actions of plans that are yours"
        captionHidden
        rows={actions}
        keyOf={action => action.id}
        columns={[
          {
            heading: 'Action',
            rowHeader: true,
            cell: action => (
              <a class="govuk-link" href={paths.plan.show(action.caseId)}>
                {action.what}
              </a>
            ),
          },
          { heading: 'Due', cell: action => (action.dueOn ? <Due date={action.dueOn} today={today(clock)} /> : 'Ongoing') },
          {
            heading: 'About',
            cell: action => formatName({ given: action.given, family: action.family }),
            second: action => (action.caseIsClosed ? 'The case is closed' : undefined),
          },
        ]}
      />
    </>
  )
}

async function caseTasks(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'case-tasks-read',
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })
  const all = await tasksOfCase(tx, actor, part.caseId)
  const open = all.filter(task => task.status === 'open')
  const ended = all.filter(task => task.status !== 'open')
  const day = today(clock)
  const body = (
    <>
      <TaskTable caption="Open tasks" tasks={open} today={day} ofCase withAssignee empty={<EmptyState title="No open tasks" />} />
      {ended.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">Ended</h2>
          <TaskTable
            caption="Tasks that have ended"
            tasks={ended}
            today={day}
            ofCase
            withAssignee
            empty={<p class="govuk-body">None.</p>}
          />
        </>
      ) : null}
    </>
  )
  const actions = part.mayEdit && may(actor, 'record') ? Button({ text: 'Add a task', href: paths.tasks.addToCase(part.caseId) }) : null
  return partPage(visit, parts, part, open.length === 1 ? '1 open task' : `${open.length} open tasks`, body, { current: 'tasks', actions })
}

// ── Add ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function newPage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase | null,
  place: TaskPlace,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const assignees = await assigneesFor(visit.tx, visit.actor, visit.clock.now(), part?.lists ?? null)
  const action = part ? paths.tasks.addToCase(part.caseId) : `${paths.tasks.add}${place.personId ? `?person=${place.personId}` : ''}`
  const back = part ? paths.tasks.ofCase(part.caseId) : paths.tasks.mine
  const body = (
    <Form {...visit.form} action={action} classes="ly-form">
      {errorSummaryFor(errors)}
      {part ? null : (
        <p class="govuk-body">
          Only you and whoever you give it to will see this task. For one that the whole team should see, open the case first.
        </p>
      )}
      <TaskFields typed={typed} errors={errors} assignees={assignees} />
      {buttons('Add task', back)}
    </Form>
  )
  return framed(visit, parts, part, 'Add a task', body, errors.length > 0)
}

async function postNew(visit: Visit, parts: FrameParts, part: PartOfCase | null, place: TaskPlace): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = readTask(fields, await assigneesFor(tx, actor, clock.now(), part?.lists ?? null))
  if (errors.length > 0) return newPage(visit, parts, part, place, fields, errors)
  await addTask(tx, actor, clock.now(), place, value)
  return redirect(part ? paths.tasks.ofCase(part.caseId) : paths.tasks.mine, { notice: 'Task added.' })
}

// ── One task ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function partOf(visit: Visit, task: Task): Promise<PartOfCase | null> {
  return task.caseId ? ((await openPart(visit.tx, visit.actor, task.caseId, 'tasks')) ?? null) : null
}

/** In the case's frame, or alone where there is no case. */
async function framed(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase | null,
  title: string,
  body: ComponentChildren,
  hasErrors = false,
): Promise<Answer> {
  if (part) return partPage(visit, parts, part, title, body, { current: 'tasks', hasErrors, narrow: true })
  const alone = (
    <div class="ly-narrow">
      {PageTitle({ title })}
      {body}
    </div>
  )
  return page(title, alone, { hasErrors, section: 'work' })
}

async function showTask(visit: Visit, parts: FrameParts, task: Task, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'task-opened',
    subject: { type: 'task', id: task.id },
    personId: task.personId ?? undefined,
    caseId: task.caseId ?? undefined,
  })
  const mayChange = task.mayEdit && may(actor, 'record') && task.status === 'open'
  const body = (
    <>
      {errorSummaryFor(errors)}
      <Facts
        items={[
          { label: task.status === 'open' ? 'Due' : 'Ended', value: dueOf(task, today(clock)) },
          { label: 'Who does it', value: task.assigneeName },
          task.outcome ? { label: task.status === 'cancelled' ? 'Why it was cancelled' : 'What came of it', value: task.outcome } : null,
          task.personId && task.personName && !task.caseId
            ? {
                label: 'About',
                value: (
                  <a class="govuk-link" href={paths.people.show(task.personId)}>
                    {task.personName}
                  </a>
                ),
              }
            : null,
          { label: 'Given', value: formatInstant(task.createdAt), second: task.createdBy },
        ]}
      />
      {task.detail ? <Words text={task.detail} /> : null}
      {mayChange ? (
        <Form {...visit.form} action={paths.tasks.complete(task.id)} classes="ly-form ly-no-print">
          {Textarea({
            name: 'outcome',
            label: 'What came of it (optional)',
            rows: 3,
            value: visit.fields.typed('outcome'),
            errorMessage: errorFor(errors, 'outcome'),
          })}
          <div class="govuk-button-group">
            {Button({ text: 'Done', preventDoubleClick: true })}
            <a class="govuk-link" href={paths.tasks.edit(task.id)}>
              Change it
            </a>
            <a class="govuk-link" href={paths.tasks.cancel(task.id)}>
              Cancel the task
            </a>
          </div>
        </Form>
      ) : null}
      <WhatChanged {...(await changesOf(tx, task.id))} />
    </>
  )
  return framed(visit, parts, await partOf(visit, task), task.title, body, errors.length > 0)
}

async function editPage(
  visit: Visit,
  parts: FrameParts,
  task: Task,
  typed: Fields,
  errors: readonly FieldError[],
  theirs = false,
): Promise<Answer> {
  if (task.status !== 'open') return redirect(paths.tasks.show(task.id), { notice: 'This task has ended already.' })
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
      <TaskFields typed={typed} errors={errors} assignees={await assigneesOf(visit, task, part)} task={task} />
      {buttons('Save', paths.tasks.show(task.id))}
    </Form>
  )
  return framed(visit, parts, part, 'Change a task', body, errors.length > 0)
}

async function assigneesOf(visit: Visit, task: Task, part: PartOfCase | null) {
  const kept = await assigneesFor(visit.tx, visit.actor, visit.clock.now(), part?.lists ?? null)
  // Whoever has it now stays possible, even where they have left the team.
  return kept.some(one => one.principal === task.assignee) ? kept : [...kept, { principal: task.assignee, name: task.assigneeName }]
}

async function postEdit(visit: Visit, parts: FrameParts, task: Task): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const part = await partOf(visit, task)
  const { value, errors } = readTask(fields, await assigneesOf(visit, task, part))
  if (errors.length > 0) return editPage(visit, parts, task, fields, errors)
  const outcome = await changeTask(tx, actor, clock.now(), task, Number(fields.text('version')) || 0, value)
  const latest = await findTask(tx, actor, task.id)
  // Passed on by somebody who had it and did not make it: no longer theirs to see.
  if (outcome.ok) return redirect(latest ? paths.tasks.show(task.id) : paths.tasks.mine, { notice: 'Task changed.' })
  if (!latest || outcome.error === 'not-there') return notFound()
  return editPage(visit, parts, latest, fields, [{ field: '', message: refusals[outcome.error] }], true)
}

async function postComplete(visit: Visit, parts: FrameParts, task: Task): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const outcome = reader.text('outcome', 'What came of it', 2_000)
  if (reader.errors.length > 0) return showTask(visit, parts, task, reader.errors)
  const done = await completeTask(visit.tx, visit.actor, visit.clock.now(), task, outcome)
  return afterwards(task, done.ok ? 'Task done.' : refusals[done.error])
}

async function cancelPage(visit: Visit, parts: FrameParts, task: Task, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  if (task.status !== 'open') return redirect(paths.tasks.show(task.id), { notice: 'This task has ended already.' })
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
      {buttons('Cancel the task', paths.tasks.show(task.id), 'govuk-button--warning')}
    </Form>
  )
  return framed(visit, parts, await partOf(visit, task), 'Cancel a task', body, errors.length > 0)
}

async function postCancel(visit: Visit, parts: FrameParts, task: Task): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const reason = reader.needed('reason', 'Why', 'Enter why it will not be done', 2_000)
  if (reader.errors.length > 0) return cancelPage(visit, parts, task, visit.fields, reader.errors)
  const done = await cancelTask(visit.tx, visit.actor, visit.clock.now(), task, reason)
  return afterwards(task, done.ok ? 'Task cancelled.' : refusals[done.error])
}

const refusals: Record<TaskRefusal, string> = {
  'not-there': 'This task is no longer there.',
  'changed-meanwhile': 'Somebody changed this task while you were writing. Theirs is shown above yours; save again to keep yours',
  'ended-already': 'This task had ended already.',
}

const afterwards = (task: Task, notice: string): Answer =>
  redirect(task.caseId ? paths.tasks.ofCase(task.caseId) : paths.tasks.mine, { notice })

const buttons = (text: string, back: string, classes?: string) => (
  <div class="govuk-button-group">
    {Button({ text, classes, preventDoubleClick: true })}
    <a class="govuk-link" href={back}>
      Back
    </a>
  </div>
)
