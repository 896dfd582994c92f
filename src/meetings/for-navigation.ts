import { type RawBuilder, sql } from 'kysely'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Whether what an agency was asked (`r`) is of the present date of its item, and that has not been held. */
export const stillWanted = sql`exists (
  select from meeting_items i join meetings m on m.id = i.meeting_id
  where i.id = r.item_id and i.meeting_id = r.meeting_id and i.state = 'sent' and m.state in ('sent', 'open'))`

/** How much meetings want of the actor now, for the navigation of every page: what to say and what to do. */
export const wantedByMeetings = (actor: Actor): RawBuilder<number> => sql`
  ((select count(*) from meeting_research r where r.state in ('asked', 'begun') and r.own && ${[...actor.writePrincipals]}::int[] and ${stillWanted})
    + (select count(*) from meeting_actions t where t.state = 'open' and t.own && ${[...actor.principals]}::int[]))::int`

/** Whether the actor sits in a meeting or runs one. */
export const sitsInMeetings = (actor: Actor): RawBuilder<boolean> =>
  sql`exists (select from meeting_members where user_id = ${actor.userId}::uuid and ended_at is null)`

/** Somebody with no casework of their own: where they sit in a meeting, that is what they are here for. */
export const hasNoCasework = (actor: Actor): boolean =>
  may(actor, 'read-records') &&
  !may(actor, 'commission') &&
  actor.administers.length === 0 &&
  actor.posts.every(post => post.postPrincipal === null)

/** Whether meetings are all that the actor is here for: they then see this module alone. */
export async function isHereForMeetings(tx: Tx, actor: Actor): Promise<boolean> {
  if (!hasNoCasework(actor)) return false
  const { rows } = await sql<{ sits: boolean }>`select ${sitsInMeetings(actor)} as sits`.execute(tx)
  return rows[0]?.sits ?? false
}
