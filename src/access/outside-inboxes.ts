import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/**
 * Puts a referral from outside, with its files, into the inbox of another post, and out of the one that it was in. The caller has changed the
 * referral under the actor's own rights.
 */
export async function moveToInbox(tx: Tx, referralId: string, inbox: number): Promise<void> {
  await asKeeper(tx, async keeper => {
    await sql`update outside_referrals set inbox = ${inbox} where id = ${referralId}`.execute(keeper)
    await sql`update outside_files set inbox = ${inbox} where referral_id = ${referralId}`.execute(keeper)
  })
}
