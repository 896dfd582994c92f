import type { ComponentChildren, VNode } from 'preact'
import { type FrameParts, openPart, type PartOfCase, partPage } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, PageTitle } from '../ui/index.ts'
import { anchorsOf } from './anchors.ts'
import { assigneesFor } from './assignees.ts'
import type { Task, TaskRefusal } from './task.ts'
import type { TaskChoices } from './task-form.tsx'
import { findTask } from './tasks.queries.ts'

/** Does the work for a task that the actor may see, or change; for anybody else it is not there. */
export async function withTask(visit: Visit, toEdit: boolean, work: (task: Task) => Promise<Answer>): Promise<Answer> {
  const task = await findTask(visit.tx, visit.actor, visit.params['taskId'] ?? '')
  return task && (task.mayEdit || !toEdit) ? work(task) : notFound()
}

export async function partOf(visit: Visit, task: Task): Promise<PartOfCase | null> {
  return task.caseId ? ((await openPart(visit.tx, visit.actor, task.caseId, 'tasks')) ?? null) : null
}

/** Who can have a task, and what it can be due after. Whoever has it now stays possible, even where they have left the team. */
export async function choicesFor({ tx, actor, clock }: Visit, part: PartOfCase | null, task?: Task): Promise<TaskChoices> {
  const assignees = await assigneesFor(tx, actor, clock.now(), part)
  const isKnown = !task || assignees.some(one => one.principal === task.assignee)
  return {
    assignees: isKnown ? assignees : [...assignees, { principal: task.assignee, name: task.assigneeName }],
    anchors: part ? await anchorsOf(tx, part.caseId, task?.id) : [],
  }
}

/** In the case's frame, or alone where there is no case. */
export async function framed(
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
  return page(title, alone, { hasErrors, section: 'tasks' })
}

export const buttons = (text: string, back: string, classes?: string): VNode => (
  <div class="govuk-button-group">
    {Button({ text, classes, preventDoubleClick: true })}
    <a class="govuk-link" href={back}>
      Back
    </a>
  </div>
)

export const refusals: Record<TaskRefusal, string> = {
  'not-there': 'This task is no longer there.',
  'changed-meanwhile': 'Somebody changed this task while you were writing. Theirs is shown above yours; save again to keep yours',
  'ended-already': 'This task had ended already.',
}

/** Back to the list that it stands on. */
export const afterwards = (task: Task, notice: string): Answer =>
  redirect(task.caseId ? paths.tasks.ofCase(task.caseId) : paths.tasks.mine, { notice })

export const hasEnded = (task: Task): Answer => redirect(paths.tasks.show(task.id), { notice: 'This task has ended already.' })
