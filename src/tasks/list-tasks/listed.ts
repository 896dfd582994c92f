import type { PlainDate } from '../../platform/plain-date.ts'
import { addDays } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { isElsewhere, type TaskRow, type ToDoElsewhere, type ToDoSource } from '../elsewhere.ts'
import { countTasks, type DueWhen, tasksFor } from '../tasks.queries.ts'
import type { ListWish } from './wanted.ts'

type Listed = { rows: TaskRow[]; counts: Awaited<ReturnType<typeof countTasks>>; noteRead: (shown: readonly TaskRow[]) => Promise<void> }

/** A list of tasks with what other modules give the actor to do among them, by the day on which each is due; and how many there are of each kind of list. */
export async function listed(visit: Visit, { view, wanted }: ListWish, day: PlainDate, source: ToDoSource | undefined): Promise<Listed> {
  const { tx, actor } = visit
  const tasks = await tasksFor(tx, actor, wanted, day)
  const counts = await countTasks(tx, actor, day)
  const elsewhere = (await source?.list(visit)) ?? []
  const teams = elsewhere.filter(one => one.isTeams)
  const mine = elsewhere.filter(one => !one.isTeams)
  const among = wanted.userId || wanted.serviceArea ? [] : view === '' ? mine : view === 'team' ? teams : []
  const rows = [...tasks, ...among.filter(one => isDue(one, wanted.due, day) && (wanted.closed || isPast(one, wanted.after)))]
  return {
    rows: wanted.closed ? tasks : rows.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)).slice(0, wanted.limit),
    counts: {
      ...counts,
      mine: counts.mine + mine.length,
      team: counts.team + teams.length,
      late: counts.late + mine.filter(one => one.dueOn < day).length,
    },
    noteRead: async shown => source?.noteRead(visit, shown.filter(isElsewhere)),
  }
}

/** As the database orders tasks: by day, what has none last, and then by id. */
const placeOf = ({ dueOn, id }: Pick<TaskRow, 'dueOn' | 'id'>): string => `${dueOn ?? 'infinity'} ${id}`

const isPast = (one: ToDoElsewhere, after: { dueOn: string; id: string } | undefined): boolean =>
  !after || placeOf(one) > `${after.dueOn} ${after.id}`

function isDue({ dueOn }: ToDoElsewhere, when: DueWhen | undefined, day: PlainDate): boolean {
  switch (when) {
    case undefined:
      return true
    case 'overdue':
      return dueOn < day
    case 'today':
      return dueOn === day
    case 'week':
      return dueOn >= day && dueOn <= addDays(day, 7)
    case 'none':
      return false
  }
}
