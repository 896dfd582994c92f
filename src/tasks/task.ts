import type { PlainDate } from '../platform/plain-date.ts'

/** Something to be done, by somebody or by a team. Of a case, or of none. */
export type Task = {
  id: string
  caseId: string | null
  /** 'Early help EH-26-0412', and 'Early help EH-26-0412, closed' of a case that has ended. */
  caseName: string | null
  personId: string | null
  /** 'PENROSE, Jago', where the actor may see the person. */
  personName: string | null
  title: string
  detail: string
  dueOn: PlainDate | null
  /** The principal of a user or of a team. */
  assignee: number
  assigneeName: string
  status: 'open' | 'done' | 'cancelled'
  /** What came of it, or why it was cancelled. */
  outcome: string
  createdAt: Date
  createdBy: string
  closedAt: Date | null
  closedBy: string
  version: number
  /** Whether the actor may change it. */
  mayEdit: boolean
  /** The principal of whoever made it. */
  creator: number
}

/** What a task said before somebody changed it: those of its fields that changed. */
export type TaskChange = { id: string; at: Date; by: string; before: Partial<NewTask>; after: Partial<NewTask> }

export type NewTask = { title: string; detail: string; dueOn: PlainDate | null; assignee: number }
export type TaskRefusal = 'not-there' | 'changed-meanwhile' | 'ended-already'

export const longestTitle = 200
export const statusWords: Record<Task['status'], string> = { open: 'Open', done: 'Done', cancelled: 'Cancelled' }
