import { sql } from 'kysely'
import { type Actor, asKeeper, isForReading } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdMemberships } from './hold.ts'

/**
 * Something was being given to somebody who has left an agency since the giver looked who they are. Nothing of it is saved: whoever gave it looks again, and
 * finds them no longer among those to choose from. The web answers it with 409.
 */
export class LeftMeanwhile extends Error {
  readonly statusCode = 409
}

/**
 * To be asked by whoever writes these principals on to a row as those whose own it is, before the row is written and after what it belongs to is held. Whoever
 * leaves an agency loses what stands in their own name (`leaveAgency`); what is given to them while they leave would stand for ever. Memberships are
 * held from here to the end, so that a leaving comes after, and finds this; one that came first is seen, and this throws.
 */
export async function mustBeThereStill(tx: Tx, actor: Actor, principals: readonly number[]): Promise<void> {
  if (!isForReading(tx)) await asKeeper(tx, keeper => mustBeThereStillAsKeeper(keeper, actor, principals))
}

/** With `to-change` for whoever changes memberships in the same transaction: to hold them to read first, and then to change them, two would wait for each other. */
export async function mustBeThereStillAsKeeper(
  keeper: Tx,
  actor: Actor | null,
  principals: readonly number[],
  how: 'to-read' | 'to-change' = 'to-read',
): Promise<void> {
  await holdMemberships(keeper, how)
  // A number beyond those that have been given out is of a database that this one was restored from.
  const { rows } = await sql`
    select from leavings l join users u on u.id = l.user_id
    where u.principal = any (${[...principals]}::int[]) and l.in_transaction < pg_snapshot_xmax(pg_current_snapshot())
      and not pg_visible_in_snapshot(l.in_transaction, current_setting('lanyard.began')::pg_snapshot) limit 1`.execute(keeper)
  if (rows.length > 0) throw new LeftMeanwhile('Somebody left their agency while this was given to them.')
  // Who the actor is was asked before their transaction began.
  if (actor?.userId && principals.includes(actor.principal)) {
    const works = await agenciesOf(keeper, actor.userId)
    if (!actor.posts.every(post => works.includes(post.agency))) throw new LeftMeanwhile('The actor left an agency while they did this.')
  }
}

/** Where somebody has a post that counts: in a team and an agency that are open. */
export async function agenciesOf(keeper: Tx, userId: string): Promise<number[]> {
  const { rows } = await sql<{ agency: number }>`
    select distinct o.agency from posts o join teams t on t.id = o.team_id join agencies a on a.principal = o.agency
    where o.user_id = ${userId} and o.ended_at is null and t.disabled_at is null and a.disabled_at is null`.execute(keeper)
  return rows.map(row => row.agency)
}

/** Says to whoever is giving them something that they have left. Memberships are held to be changed. */
export async function markLeaving(keeper: Tx, userId: string): Promise<void> {
  await sql`
    insert into leavings (user_id, in_transaction) values (${userId}, pg_current_xact_id())
    on conflict (user_id) do update set in_transaction = excluded.in_transaction`.execute(keeper)
}
