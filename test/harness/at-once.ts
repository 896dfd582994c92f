import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { TestDatabase } from './database.ts'

/** Something that one side waits for and the other lets happen. */
export const signal = () => {
  let happen = () => {}
  const happened = new Promise<void>(resolve => {
    happen = resolve
  })
  return { happen, happened }
}

/** Whether something is still at it after as long as it would take by itself. */
export const isWaiting = async (work: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([work.then(() => 'done'), wait(300).then(() => 'waits')])) === 'waits'

/**
 * Does these while what the statement locks is held, so that each has read what there is before the one in front of it changes that; then lets them go, the
 * first first. `meanwhile` is done by whoever holds, once all of them wait.
 */
export async function whileHeld<T>(
  { admin }: TestDatabase,
  [statement, id]: readonly [statement: string, id: string],
  works: readonly (() => Promise<T>)[],
  meanwhile: (query: (statement: string, values: unknown[]) => Promise<unknown>) => Promise<unknown> = async () => {},
): Promise<T[]> {
  const holder = await admin.connect()
  const waiting = async () => {
    const { rows } = await admin.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]?.n
  }
  try {
    await holder.query('begin')
    await holder.query(statement, [id])
    const begun: Promise<T>[] = []
    for (const work of works) {
      begun.push(work())
      await expect.poll(waiting).toBe(begun.length)
    }
    await meanwhile((query, values) => holder.query(query, values))
    await holder.query('commit')
    return await Promise.all(begun)
  } finally {
    holder.release()
  }
}
