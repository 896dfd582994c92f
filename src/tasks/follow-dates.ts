import { sql } from 'kysely'
import { datesOfCase, followDates } from '../cases/index.ts'
import { type Actor, asActor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { addDays, type PlainDate } from '../platform/plain-date.ts'
import { keepChange, tellOfTask, writeTask } from './keep-task.ts'

type Following = { id: string; caseId: string; personId: string | null; dueOn: PlainDate | null; follows: string; followDays: number }

/**
 * Gives tasks that follow dates of their cases the days that these now make: those of a case, or those that somebody has. One whose date the
 * case has no more keeps the day that it had.
 */
export async function moveFollowersOf(tx: Tx, actor: Actor, now: Date, of: { caseId: string } | { assignee: number }): Promise<void> {
  const whose = 'caseId' in of ? sql`case_id = ${of.caseId}::uuid` : sql`assignee = ${of.assignee}`
  const { rows } = await sql<Following>`
    select id, case_id as "caseId", person_id as "personId", due_on as "dueOn", follows, follow_days as "followDays" from tasks
    where ${whose} and status = 'open' and follows <> '' and case_id is not null order by case_id, id`.execute(tx)
  for (const [caseId, tasks] of Map.groupBy(rows, row => row.caseId)) {
    const dates = await datesOfCase(tx, caseId)
    for (const { id, personId, dueOn, follows, followDays } of tasks) {
      const date = dates.find(one => one.source === follows)
      const moved = date && addDays(date.dueOn, followDays)
      if (!moved || moved === dueOn) continue
      if (await writeTask(tx, { id, caseId, status: 'open' }, { due_on: moved })) continue
      await keepChange(tx, actor, now, id, { dueOn }, { dueOn: moved })
      await tellOfTask(tx, actor, now, { id, caseId, personId }, 'task-changed', null, { fields: ['dueOn'] })
    }
    await followDates(tx, caseId)
  }
}

type FollowParts = { database: Database; clock: Clock; actorOf: (userId: string) => Promise<Actor | undefined> }

/** The job that runs when a followed date has moved: as whoever moved it; where that was a rule, as whoever has the case. */
export async function moveFollowers({ database, clock, actorOf }: FollowParts, payload: unknown): Promise<void> {
  const { caseId, userId } = payload as { caseId: string; userId: string | null }
  const whoever = userId ?? (await workerOf(database, caseId))
  const actor = whoever ? await actorOf(whoever) : undefined
  // Nobody to do it: whoever has the task is given its new day when they are next reminded.
  if (actor) await asActor(database, actor, 'write', tx => moveFollowersOf(tx, actor, clock.now(), { caseId }))
}

async function workerOf(database: Database, caseId: string): Promise<string | null> {
  return asActor(database, theSystem('Due dates'), 'read', async tx => {
    const entry = await tx.selectFrom('caseload_entries').select('worker_id').where('case_id', '=', caseId).executeTakeFirst()
    return entry?.worker_id ?? null
  })
}
