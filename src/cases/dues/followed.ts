import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { PlainDate } from '../../platform/plain-date.ts'

/** The job that moves tasks with the dates that they follow. It acts as whoever moved the date. */
export const followersTask = 'move-followers'

/** A date of a case that a task can follow: by the stage or the rule that asks for it, which it keeps wherever its row stands. */
export type FollowedDate = { source: string; words: string; dueOn: PlainDate }

/** The dates of a case that tasks can follow, the earliest first. Those that count from an answer are not for everybody who sees a task. */
export async function datesOfCase(tx: Tx, caseId: string): Promise<FollowedDate[]> {
  // A review stands by itself before the work has come to it, and as the stage from then on.
  const { rows } = await sql<FollowedDate>`
    select case d.source when 'review' then 'stage/review' when 'stage' then r.anchor else d.source end as source, d.words, d.due_on as "dueOn"
    from case_dues d left join due_rules r on r.id = d.rule_id
    where d.case_id = ${caseId} and d.due_on < 'infinity' and d.section is null
      and (d.source = 'review' or d.source like 'rule/%' or (d.source = 'stage' and r.id is not null)) order by d.due_on, d.source`.execute(
    tx,
  )
  return rows
}

/** Lets a case know that a task follows one of its dates: a job is put in the queue only where one does. */
export async function followDates(tx: Tx, caseId: string): Promise<void> {
  await sql`update case_dues set is_followed = true where case_id = ${caseId} and not is_followed`.execute(tx)
}

export async function followersMove(tx: Tx, caseId: string): Promise<void> {
  const { rows } = await sql<{ userId: string | null }>`select nullif(current_setting('lanyard.user_id', true), '') as "userId"`.execute(tx)
  await enqueue(tx, followersTask, { caseId, userId: rows[0]?.userId ?? null }, { key: `${followersTask} ${caseId}` })
}
