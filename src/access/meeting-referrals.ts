import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Rows of an item that its referral can bring with it. */
export type BroughtAlong = 'meeting_stage_moves' | 'meeting_log_entries' | 'meeting_review_steps'

/**
 * Takes back what the actor's own referral brought with it, while it waits to be triaged: they correct it, and do not read those rows, which are for those
 * who run the meeting. `at`: when it was sent, and when it was corrected. What was taken back stays as that. Steps of a review follow from one another:
 * where somebody has taken the next, none is taken back. Answers whether nothing of the kind stands now.
 */
export async function takeBackWithReferral(
  tx: Tx,
  actor: Actor,
  now: Date,
  itemId: string,
  table: BroughtAlong,
  at: readonly Date[],
): Promise<boolean> {
  return asKeeper(tx, async keeper => {
    const { rows: own } = await sql`
      select id from meeting_items where id = ${itemId} and state = 'referred' and referrer = any (${[...actor.writePrincipals]}::int[]) for update`.execute(
      keeper,
    )
    if (own.length === 0) throw new Error('A referral is corrected by its referrer, while it waits to be triaged.')
    const standing = sql`item_id = ${itemId} and withdrawn_at is null`
    const brought = sql`recorded_by = ${actor.userId} and recorded_at = any (${[...at]}::timestamptz[])`
    const isFree =
      table === 'meeting_review_steps'
        ? sql`not exists (select from ${sql.table(table)} where ${standing} and not (${brought}))`
        : sql`true`
    await sql`
      update ${sql.table(table)} set withdrawn_at = ${now}, withdrawn_by = ${actor.userId} where ${standing} and ${brought} and ${isFree}`.execute(
      keeper,
    )
    const { rows: left } = await sql`select from ${sql.table(table)} where ${standing} limit 1`.execute(keeper)
    return left.length === 0
  })
}
