import type { PlainDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Task } from './task.ts'

/** Something to do that another module gives and keeps. It stands among tasks, in their order, and is done where its link leads; then it goes. */
export type ToDoElsewhere = {
  id: string
  title: string
  dueOn: PlainDate
  href: string
  /** Of what the audit says that it was read. */
  subjectId: string
  /** What it belongs to, and which of it: 'Porthkerris MARAC', 'Case 26/43412'. */
  about: string
  which: string
  assigneeName: string
  /** Given to nobody by name: whoever shares it can do it. */
  isTeams: boolean
  /** Over a page that shows it. */
  classification: string
}

/** What one module gives the actor to do, and what the audit is told once it has been shown. src/app says which modules there are. */
export type ToDoSource = {
  list(visit: Visit): Promise<ToDoElsewhere[]>
  noteRead(visit: Visit, shown: readonly ToDoElsewhere[]): Promise<void>
}

/** A line of a list of tasks. */
export type TaskRow = Task | ToDoElsewhere
export const isElsewhere = (row: TaskRow): row is ToDoElsewhere => 'href' in row
