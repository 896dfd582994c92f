import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { mustBeThereStillAsKeeper } from './left-meanwhile.ts'
import { rewritePeopleWithheldFrom } from './rewrite-people.ts'

/** A principal for a new meeting: what its agenda items are granted to, and what its members hold. */
export async function newMeetingPrincipal(tx: Tx): Promise<number> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{
      id: number
    }>`with made as (insert into principals (kind) values ('meeting') returning id) select id from made`.execute(keeper)
    return rows[0]!.id
  })
}

/**
 * Makes a user a member of a meeting: they hold its principal from now, for an agency where they sit there for one or run it as one of its people. Back after
 * having left: from now again. A member already: as before. Throws where they are leaving an agency at this moment.
 */
export async function joinMeeting(tx: Tx, now: Date, meeting: number, user: number, agency: number | null = null): Promise<void> {
  await asKeeper(tx, async keeper => {
    await mustBeMeeting(keeper, meeting)
    await mustBeThereStillAsKeeper(keeper, null, [user], 'to-change')
    await sql`
      insert into held_principals (principal, holder, starts_at, ends_at, agency) values (${meeting}, ${user}, ${now}, null, ${agency})
      on conflict (principal, holder) do update set starts_at = excluded.starts_at, ends_at = null, agency = excluded.agency
        where held_principals.ends_at is not null`.execute(keeper)
  })
  await rewritePeopleWithheldFrom(tx, [user])
}

/** Ends a membership at once, for one user or, when the meeting is closed, for all. */
export async function leaveMeeting(tx: Tx, now: Date, meeting: number, user?: number): Promise<void> {
  const left = await asKeeper(tx, async keeper => {
    await mustBeMeeting(keeper, meeting)
    const { rows } = await sql<{ holder: number }>`
      with ended as (
        update held_principals set ends_at = greatest(starts_at, ${now}::timestamptz)
        where principal = ${meeting} and ends_at is null and (${user ?? null}::int is null or holder = ${user ?? null})
        returning holder)
      select holder from ended`.execute(keeper)
    return rows.map(row => row.holder)
  })
  // With nobody named everybody would be rewritten.
  if (left.length > 0) await rewritePeopleWithheldFrom(tx, left)
}

async function mustBeMeeting(keeper: Tx, principal: number): Promise<void> {
  const { rows } = await sql`select from principals where id = ${principal} and kind = 'meeting'`.execute(keeper)
  if (rows.length === 0) throw new Error('Only a meeting has members.')
}
