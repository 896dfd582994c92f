import type { PlainDate } from '../platform/plain-date.ts'
import type { Repeat } from './repeat.ts'

/** Something to be done, by somebody or by a team. Of a case, or of none. */
export type Task = Arranged & {
  id: string
  caseId: string | null
  /** 'Early help EH-26-0412' */
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
  /** It is a team's, for anybody in it to take. */
  isTeams: boolean
  /** The team that it was given to before somebody of the team took it. */
  takenFrom: number | null
  takenFromName: string
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
  /** Those that came of one that is repeated: at most one of them is open. */
  series: string | null
  waitsForTitle: string
}

/** When it is due, where that is not a day that somebody typed. */
export type Arranged = {
  repeat: Repeat | null
  /** Another task of the case: due `followDays` after that one is done. */
  waitsFor: string | null
  /** A due date of the case, by its source: due `followDays` after it, or before it when negative. */
  follows: string
  followDays: number | null
  /** Whose it is hears of it so many days before. */
  remindDays: number | null
}
export const plainly: Arranged = { repeat: null, waitsFor: null, follows: '', followDays: null, remindDays: null }

/** What a task said before somebody changed it: those of its fields that changed. */
export type TaskChange = { id: string; at: Date; by: string; before: Partial<TaskSays>; after: Partial<TaskSays> }
export type TaskSays = Omit<NewTask, 'arranged'> & { repeat: string; remindDays: number | null; outcome: string }

export type NewTask = { title: string; detail: string; dueOn: PlainDate | null; assignee: number; arranged?: Arranged }
export type TaskRefusal = 'not-there' | 'changed-meanwhile' | 'ended-already'

export const longestTitle = 200
export const statusWords: Record<Task['status'], string> = { open: 'Open', done: 'Done', cancelled: 'Cancelled' }

/** 'On the day', '1 day before'. */
export const remindInWords = (days: number): string => (days === 0 ? 'On the day' : days === 1 ? '1 day before' : `${days} days before`)

/** How long a task that was done can be opened again, in hours: the day of whoever pressed the wrong button, and the morning after. */
export const undoHours = 24
