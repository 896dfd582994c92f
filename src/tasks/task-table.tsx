import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { type Column, DataTable, Due, Tag } from '../ui/index.ts'
import { statusWords, type Task } from './task.ts'

export type TaskTableProps = {
  caption: string
  tasks: readonly Task[]
  today: PlainDate
  empty: VNode
  ofCase?: boolean
  withAssignee?: boolean
}

/** Tasks as a list of work: lateness in words, whose it is, what it is about. */
export function TaskTable({ caption, tasks, today, empty, ofCase = false, withAssignee = false }: TaskTableProps): VNode {
  const columns: Column<Task>[] = [
    {
      heading: 'Task',
      rowHeader: true,
      cell: task => (
        <a class="govuk-link" href={paths.tasks.show(task.id)}>
          {task.title}
        </a>
      ),
      second: task => (task.status === 'open' ? task.detail.slice(0, 120) : task.outcome) || undefined,
    },
    { heading: 'Due', cell: task => dueOf(task, today) },
  ]
  if (!ofCase)
    columns.push({ heading: 'About', cell: aboutOf, second: task => (task.personName ? (task.caseName ?? undefined) : undefined) })
  if (withAssignee) columns.push({ heading: 'Whose', cell: task => task.assigneeName })
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={tasks}
      keyOf={task => task.id}
      rowClasses={task => (isLate(task, today) ? 'ly-row--late' : undefined)}
      columns={columns}
      empty={empty}
    />
  )
}

export const isLate = (task: Task, today: PlainDate): boolean => task.status === 'open' && task.dueOn !== null && task.dueOn < today

export function dueOf(task: Task, today: PlainDate) {
  if (task.status !== 'open') {
    return [
      <Tag key="status" text={statusWords[task.status]} classes={task.status === 'done' ? 'govuk-tag--green' : 'govuk-tag--grey'} />,
      <span key="when" class="ly-second">
        {task.closedAt ? formatInstant(task.closedAt) : ''}, {task.closedBy}
      </span>,
    ]
  }
  return task.dueOn ? <Due date={task.dueOn} today={today} /> : 'No date'
}

function aboutOf(task: Task) {
  if (task.caseId) {
    return (
      <a class="govuk-link" href={paths.cases.show(task.caseId)}>
        {task.personName ?? task.caseName ?? 'A case'}
      </a>
    )
  }
  if (task.personId && task.personName) {
    return (
      <a class="govuk-link" href={paths.people.show(task.personId)}>
        {task.personName}
      </a>
    )
  }
  return '–'
}
