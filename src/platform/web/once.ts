import type { Actor } from '../actor.ts'
import type { Tx } from '../db/database.ts'
import type { Answer } from './answer.ts'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isToken = (once: string): boolean => shape.test(once)

/**
 * Claims a form's token. Answers undefined when this is its first post, or where the first led to. Two posts at the same moment:
 * the second waits here until the first has been committed.
 */
export async function beginOnce(tx: Tx, actor: Actor, once: string): Promise<string | undefined> {
  if (await isFirstPost(tx, actor, once)) return undefined
  // Its first post was answered with a page of errors and led nowhere: free, and held by this one until it has been committed.
  const free = await tx
    .updateTable('submissions')
    .set({ location: '' })
    .where('once', '=', once)
    .where('location', '=', '')
    .executeTakeFirst()
  if (free.numUpdatedRows === 1n) return undefined
  const earlier = await tx.selectFrom('submissions').select('location').where('once', '=', once).executeTakeFirst()
  // Somebody else's token: not visible, so there is nothing to lead to.
  return earlier?.location ?? ''
}

/**
 * Whether this is the first post of a form that may otherwise be sent any number of times: for what may not, such as its files. Two posts
 * at the same moment: the second waits here until the first has been committed, so ask before reading what it may have changed.
 */
export async function isFirstPost(tx: Tx, actor: Actor, once: string): Promise<boolean> {
  if (!isToken(once)) return true
  const claimed = await tx
    .insertInto('submissions')
    .values({ once, owner: actor.principal })
    .onConflict(conflict => conflict.column('once').doNothing())
    .executeTakeFirst()
  return claimed.numInsertedOrUpdatedRows === 1n
}

/** Remembers where a saved form led. A page with errors saved nothing: its token is free again. */
export async function finishOnce(tx: Tx, once: string, answer: Answer): Promise<void> {
  if (!isToken(once) || answer.kind !== 'redirect') return
  await tx.updateTable('submissions').set({ location: answer.to }).where('once', '=', once).execute()
}

/** Forgets which forms were sent before an instant: nobody sends them again. For a nightly job, as the worker. */
export async function forgetSubmissions(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('submissions').where('at', '<', before).execute()
}
