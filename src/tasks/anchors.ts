import { sql } from 'kysely'
import { datesOfCase } from '../cases/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'

/** What a task of a case can be due after: another of its tasks, or a date that the case has. */
export type Anchor = { value: string; text: string } & (
  | { kind: 'task'; taskId: string }
  | { kind: 'date'; source: string; dueOn: PlainDate }
)

/** The open tasks of a case, but for this one and those that wait for it, and the dates that rules and reviews give it. */
export async function anchorsOf(tx: Tx, caseId: string, taskId: string | null = null): Promise<Anchor[]> {
  const tasks = await sql<{ id: string; title: string }>`
    with recursive behind as (
      select id from tasks where id = ${taskId}::uuid
      union select t.id from tasks t join behind b on t.waits_for = b.id
    )
    select id, title from tasks where case_id = ${caseId} and status = 'open' and id not in (select id from behind) order by due_on nulls last, id limit 100`.execute(
    tx,
  )
  const dates = await datesOfCase(tx, caseId)
  return [
    ...tasks.rows.map(({ id, title }): Anchor => ({ kind: 'task', value: `task:${id}`, text: `When done: ${title}`, taskId: id })),
    ...dates.map(
      ({ source, words, dueOn }): Anchor => ({ kind: 'date', value: `date:${source}`, text: `The day it is due: ${words}`, source, dueOn }),
    ),
  ]
}
