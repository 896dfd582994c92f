import { audit } from '../../audit/index.ts'
import { londonDate, today } from '../../platform/clock.ts'
import { csvLine, csvMark } from '../../platform/csv.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { type Answer, file } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { isElsewhere, type ToDoElsewhere, type ToDoSource } from '../elsewhere.ts'
import { statusWords, type Task } from '../task.ts'
import { listed } from './listed.ts'
import { readWish } from './wanted.ts'

/** As many lines as a spreadsheet of work is read by: one's own list has some hundred. */
const most = 5_000

/** The list as CSV, as the address asks for it and as far as the actor may see it. Taking it away is recorded. */
export async function taskFile(visit: Visit, source: ToDoSource | undefined): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const wish = readWish(query, actor, most)
  const day = today(clock)
  const { rows, noteRead } = await listed(visit, wish, day, source)
  await audit(tx, actor, clock.now(), {
    action: 'tasks-downloaded',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { view: wish.view || 'mine', tasks: rows.length },
  })
  await noteRead(rows)
  const lines = rows.map(row =>
    csvLine(Object.entries(cells).map(([name, cell]) => (isElsewhere(row) ? (given(row)[name] ?? '') : cell(row)))),
  )
  return file({
    content: [csvMark + csvLine(Object.keys(cells)), ...lines].join(''),
    type: 'text/csv; charset=utf-8',
    name: `tasks-${day}.csv`,
  })
}

/** What another module gave, under the same headings. */
const given = (row: ToDoElsewhere): Readonly<Record<string, string>> => ({
  Task: row.title,
  Due: formatDate(row.dueOn),
  'Who does it': row.assigneeName,
  Case: row.which,
  State: statusWords.open,
  'Given by': row.about,
})

const cells: Readonly<Record<string, (task: Task) => string>> = {
  Task: task => task.title,
  Details: task => task.detail,
  Due: task => (task.dueOn ? formatDate(task.dueOn) : ''),
  'Who does it': task => task.assigneeName,
  Name: task => task.personName ?? '',
  Case: task => task.caseName ?? '',
  State: task => statusWords[task.status],
  'What came of it': task => task.outcome,
  Ended: task => (task.closedAt ? formatDate(londonDate(task.closedAt)) : ''),
  'Given by': task => task.createdBy,
  Given: task => formatDate(londonDate(task.createdAt)),
}
