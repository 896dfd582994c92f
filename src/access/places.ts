import { type RawBuilder, sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type Places = { booked: number; waiting: number }

/**
 * How many have a place in each of these groups and how many wait for one, as far as the actor may know that there is somebody: those whom they
 * read, and as a number alone everybody else but for two kinds (decision 22). Somebody whose case is withheld from the actor is in no number
 * that they are shown or held to, and neither is somebody on a restricted case, which is known to those named on it and as a number to the
 * commissioners (as its involvement is). A group without anybody is not among them.
 */
export async function knownPlaces(tx: Tx, actor: Actor, groupIds: readonly string[]): Promise<ReadonlyMap<string, Places>> {
  if (groupIds.length === 0) return new Map()
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<Places & { groupId: string }>`
      select b.group_id as "groupId", count(*) filter (where b.status = 'booked')::int as booked, count(*) filter (where b.status = 'waiting')::int as waiting
      from group_bookings b join cases c on c.id = b.case_id cross join authorities a
      where b.group_id = any (${[...groupIds]}::uuid[]) and b.status <> 'ended' and ${mayBeKnownTo(actor)}
      group by b.group_id`.execute(keeper)
    return new Map(rows.map(({ groupId, ...places }) => [groupId, places]))
  })
}

/** How many asked for a place in a group before this one and still wait for it, as far as the actor may know that there is somebody. */
export async function knownAhead(tx: Tx, actor: Actor, bookingId: string): Promise<number> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ ahead: number }>`
      select count(*)::int as ahead from group_bookings mine
        join group_bookings b on b.group_id = mine.group_id and b.status = 'waiting' and (b.asked_at, b.id) < (mine.asked_at, mine.id)
        join cases c on c.id = b.case_id cross join authorities a
      where mine.id = ${bookingId} and ${mayBeKnownTo(actor)}`.execute(keeper)
    return rows[0]?.ahead ?? 0
  })
}

function mayBeKnownTo(actor: Actor): RawBuilder<unknown> {
  const reading = sql`${[...actor.readPrincipals]}::int[]`
  return sql`c.removed_at is null and (b.withheld && ${[...actor.principals]}::int[]) is not true
    and (not c.restricted or b.readers && ${reading} or a.commissioners = any (${reading}))`
}

/**
 * Lets one at a time give or free places of a group, until the transaction ends: two who take the last one wait for each other, though neither
 * may see whom the other books. Cases are held before this.
 */
export async function holdPlaces(tx: Tx, groupId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' places of ' || ${groupId}))`.execute(tx)
}

/** Who waits for a place in a group, in their order, and which users answer for each: for the job that gives places, acting as one of them. */
export async function waitingInOrder(tx: Tx, groupId: string): Promise<{ bookingId: string; userIds: string[] }[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ bookingId: string; userIds: string[] }>`
      select b.id as "bookingId", array_remove(array[c.worker_id, b.asked_by], null) as "userIds"
      from group_bookings b join cases c on c.id = b.case_id
      where b.group_id = ${groupId} and b.status = 'waiting' and c.removed_at is null order by b.asked_at, b.id`.execute(keeper)
    return rows
  })
}

/**
 * The users who answer for somebody with a place in a group or waiting for one: whoever works the case, else whoever booked. To tell them that
 * a session is cancelled, whoever cancels it may see of whom; who they are is shown to nobody.
 */
export async function whoAnswersForPlaces(tx: Tx, groupId: string): Promise<string[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ userId: string }>`
      select distinct coalesce(c.worker_id, b.asked_by) as "userId" from group_bookings b join cases c on c.id = b.case_id
      where b.group_id = ${groupId} and b.status <> 'ended' and c.removed_at is null`.execute(keeper)
    return rows.map(row => row.userId)
  })
}
