import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { Checkboxes, type Column, DataTable, Due, Tag } from '../ui/index.ts'
import { isElsewhere, type TaskRow } from './elsewhere.ts'
import { statusWords, type Task } from './task.ts'

export type TaskTableProps = {
  caption: string
  tasks: readonly TaskRow[]
  today: PlainDate
  empty: VNode
  ofCase?: boolean
  withAssignee?: boolean
  /** With a box before each that the actor may change, for what is done to many at once. */
  chosen?: boolean
}

/** Tasks as a list of work: lateness in words, whose it is, what it is about. */
export function TaskTable({ caption, tasks, today, empty, ofCase = false, withAssignee = false, chosen = false }: TaskTableProps): VNode {
  const columns: Column<TaskRow>[] = [
    {
      heading: 'Task',
      rowHeader: true,
      cell: task => (
        <a class="govuk-link" href={isElsewhere(task) ? task.href : paths.tasks.show(task.id)}>
          {task.title}
        </a>
      ),
      second: task => (isElsewhere(task) ? '' : task.status === 'open' ? task.detail.slice(0, 120) : task.outcome) || undefined,
    },
    { heading: 'Due', cell: task => (isElsewhere(task) ? <Due date={task.dueOn} today={today} /> : dueOf(task, today)) },
  ]
  if (!ofCase)
    columns.push({
      heading: 'About',
      cell: task => (isElsewhere(task) ? task.about : aboutOf(task)),
      second: task => (isElsewhere(task) ? task.which : task.personName && task.caseName) || undefined,
    })
  if (chosen)
    columns.unshift({
      heading: 'Choose',
      headingHidden: true,
      cell: task => (!isElsewhere(task) && task.mayEdit ? <Choose task={task} /> : ''),
    })
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

const Choose = ({ task }: { task: Task }): VNode =>
  Checkboxes({
    name: 'task',
    idPrefix: `choose-${task.id}`,
    classes: 'govuk-checkboxes--small',
    items: [{ value: task.id, text: <span class="govuk-visually-hidden">Choose {task.title}</span> }],
  })

export const isLate = (task: TaskRow, today: PlainDate): boolean =>
  (isElsewhere(task) || task.status === 'open') && task.dueOn !== null && task.dueOn < today

export function dueOf(task: Task, today: PlainDate) {
  if (task.status !== 'open') {
    return [
      <Tag key="status" text={statusWords[task.status]} classes={task.status === 'done' ? 'govuk-tag--green' : 'govuk-tag--grey'} />,
      <span key="when" class="ly-second">
        {task.closedAt ? formatInstant(task.closedAt) : ''}, {task.closedBy}
      </span>,
    ]
  }
  if (task.waitsFor && !task.dueOn) return 'Waits'
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
