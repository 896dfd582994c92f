import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'
import { rewritePeopleWithheldFrom } from './rewrite-people.ts'

type Leaver = { readonly id: string; readonly principal: number; readonly agency: number }

/**
 * Whoever has no post in an agency any more leaves at once what they had for it: its seats in every meeting, and, where it is the agency that they
 * are of, what was shared with them by name, since it was shared with somebody of that agency. Their administrator ends the post, runs no meeting
 * and sees none of those cases, so it is the keeper who ends what hung on it.
 */
export async function leaveAgency(tx: Tx, actor: Actor, now: Date, user: Leaver, agency: number): Promise<void> {
  await asKeeper(tx, async keeper => {
    await sql`
      update meeting_members m set ended_at = ${now}, ended_by = ${actor.userId} from meeting_seats s
      where s.id = m.seat_id and s.agency = ${agency} and m.user_id = ${user.id} and m.ended_at is null`.execute(keeper)
    await sql`
      update held_principals h set ends_at = greatest(h.starts_at, ${now}::timestamptz) from meeting_seats s
      where s.principal = h.principal and s.agency = ${agency} and h.holder = ${user.principal} and h.ends_at is null`.execute(keeper)
    if (user.agency === agency) await endShares(keeper, actor, now, user)
  })
  await rewritePeopleWithheldFrom(tx, [user.principal])
}

async function endShares(keeper: Tx, actor: Actor, now: Date, user: Leaver): Promise<void> {
  const { rows } = await sql<{ caseId: string }>`
    update access_grants set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = 'Left the agency'
    where holder = ${user.principal} and kind = 'share' and ended_at is null returning case_id as "caseId"`.execute(keeper)
  // In one order, so that two who end posts at once do not wait for each other.
  for (const caseId of [...new Set(rows.map(row => row.caseId))].sort()) await rewriteCaseAsKeeper(keeper, caseId)
}
