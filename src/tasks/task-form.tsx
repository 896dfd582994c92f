import type { VNode } from 'preact'
import { DayInput, readerOf } from '../cases/index.ts'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Select, Textarea } from '../ui/index.ts'
import type { Assignee } from './assignees.ts'
import { longestTitle, type NewTask, type Task } from './task.ts'

export type TaskFieldsProps = { typed: Fields; errors: readonly FieldError[]; assignees: readonly Assignee[]; task?: Task | undefined }

export function TaskFields({ typed, errors, assignees, task }: TaskFieldsProps): VNode {
  const fresh = !typed.has('title')
  return (
    <>
      {Input({
        name: 'title',
        label: 'What is to be done',
        value: fresh ? (task?.title ?? '') : typed.typed('title'),
        errorMessage: errorFor(errors, 'title'),
        attributes: { autofocus: { value: true, optional: true } },
      })}
      <DayInput name="due" legend="By when (optional)" typed={typed} errors={errors} start={task?.dueOn ?? null} />
      {Select({
        name: 'assignee',
        label: 'Who does it',
        value: fresh ? String(task?.assignee ?? assignees[0]?.principal ?? '') : typed.text('assignee'),
        items: assignees.map(one => ({ value: String(one.principal), text: one.name })),
        errorMessage: errorFor(errors, 'assignee'),
      })}
      {Textarea({
        name: 'detail',
        label: 'More about it (optional)',
        rows: 4,
        value: fresh ? (task?.detail ?? '') : typed.typed('detail'),
        errorMessage: errorFor(errors, 'detail'),
      })}
    </>
  )
}

export function readTask(fields: Fields, assignees: readonly Assignee[]): { value: NewTask; errors: FieldError[] } {
  const reader = readerOf(fields)
  const title = reader.needed('title', 'What is to be done', 'Enter what is to be done', longestTitle)
  const dueOn = reader.maybeDay('due', 'Date')
  const assignee = assignees.find(one => String(one.principal) === fields.text('assignee'))
  if (!assignee) reader.refuse('assignee', 'Select somebody who may see this task')
  const detail = reader.text('detail', 'More about it', 4_000)
  return { value: { title, detail, dueOn, assignee: assignee?.principal ?? 0 }, errors: reader.errors }
}
