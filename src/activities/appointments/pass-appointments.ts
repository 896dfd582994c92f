import { sql } from 'kysely'
import type { PassAppointments } from '../../cases/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { appointmentsOf } from './appointments.queries.ts'
import { moveOne, tellWorkers } from './change-appointments.ts'

/**
 * What the former worker of a case has still to come on it is the next one's, so that somebody goes. Times and places stay. One that has begun
 * stays its worker's, who alone can say what came of it; so does what a colleague has on the case. Both hear of it, once.
 */
export const passAppointments: PassAppointments = async (tx, actor, now, { caseId, from, to }) => {
  const standing = await appointmentsOf(tx, actor, { caseId, workers: [from], bookedOnly: true, from: now, limit: 1_000 })
  const theirs = standing.filter(one => one.startsAt > now)
  for (const was of theirs) {
    const refused = await moveOne(tx, actor, now, was, was.version, { ...was, workerId: to.userId, workerName: to.name }, handedOver, null)
    // The case is held since before they were read.
    if (refused) throw new Error(`An appointment could not go with its case: ${refused}.`)
  }
  await tellWorkers(tx, actor, now, theirs, 'handed over')
  await tellWorkers(
    tx,
    actor,
    now,
    theirs.map(one => ({ ...one, workerId: to.userId })),
    'taken over',
  )
}

const handedOver = 'The case was handed over'

/** How many appointments a worker has to come on each of these cases, as far as the actor may see them. */
export async function countComing(tx: Tx, now: Date, workerId: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ caseId: string; count: number }>`
    select case_id as "caseId", count(*)::int as count from appointments
    where worker_id = ${workerId} and case_id = any (${[...caseIds]}::uuid[]) and status = 'booked' and starts_at > ${now} group by 1`.execute(
    tx,
  )
  return new Map(rows.map(one => [one.caseId, one.count]))
}
