import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'

export type Visits = { day: PlainDate; lastAt: Date; beforeAt: Date | null }

/** Looks within so many minutes of each other are one look: not every page writes. What comes meanwhile counts as new, also where it was seen. */
const oneLook = 5 * 60_000

/**
 * Since when something is new to somebody who looks now: since their last look on a day before today; null when there was none. And what is to
 * be remembered of this look, if anything.
 */
export function look(known: Visits | undefined, now: Date): { since: Date | null; remember: Visits | undefined } {
  const day = londonDate(now)
  if (!known) return { since: null, remember: { day, lastAt: now, beforeAt: null } }
  if (known.day !== day) return { since: known.lastAt, remember: { day, lastAt: now, beforeAt: known.lastAt } }
  const isSameLook = now.getTime() - known.lastAt.getTime() < oneLook
  return { since: known.beforeAt, remember: isSameLook ? undefined : { ...known, lastAt: now } }
}

/** The moment of the last look before today's, and remembers this one. */
export async function newSince(tx: Tx, actor: Actor, now: Date): Promise<Date | null> {
  const row = await tx.selectFrom('work_visits').selectAll().where('user_id', '=', actor.userId!).executeTakeFirst()
  const { since, remember } = look(row && { day: row.day as PlainDate, lastAt: row.last_at, beforeAt: row.before_at }, now)
  if (remember) {
    const values = { day: remember.day, last_at: remember.lastAt, before_at: remember.beforeAt }
    await tx
      .insertInto('work_visits')
      .values({ user_id: actor.userId!, ...values })
      .onConflict(conflict => conflict.column('user_id').doUpdateSet(values))
      .execute()
  }
  return since
}
