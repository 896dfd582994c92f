import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'

/**
 * The last day on which somebody has a secret address, whichever agency keeps it: 9999-12-31 while one has no end, null where there is none. One
 * that begins later counts at once. Nobody who changes an address sees all of them, so the keeper looks, and learns nothing else.
 */
export async function addressSecretUntil(tx: Tx, personId: string, today: PlainDate): Promise<PlainDate | null> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ until: PlainDate | null }>`
      select max(coalesce(to_on, '9999-12-31'))::date as until from person_addresses
      where person_id = ${personId} and named_readers is not null and ended_at is null and coalesce(to_on, '9999-12-31') >= ${today}`.execute(
      keeper,
    )
    return rows[0]!.until
  })
}
