import { sql } from 'kysely'
import { colleagueAsActor, whereTheyWork } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Whom a case can be shared with: an agency, a team, somebody by name. */
export type Receiver = { kind: 'agency' | 'team' | 'user'; id: string; principal: number; name: string; agency: number; agencyName: string }

/** Agencies and teams of every agency, in the order in which they are offered. */
export async function organisations(tx: Tx): Promise<Receiver[]> {
  const { rows } = await sql<Receiver>`
    select 'agency' as kind, a.id, a.principal, a.name, a.principal as agency, a.name as "agencyName" from agencies a where a.disabled_at is null
    union all
    select 'team', t.id, t.principal, t.name, a.principal, a.name from teams t join agencies a on a.principal = t.agency
      where t.disabled_at is null and a.disabled_at is null
    order by 6, 1, 4`.execute(tx)
  return rows
}

export async function userById(tx: Tx, userId: string | undefined): Promise<Receiver | undefined> {
  if (!userId) return undefined
  const { rows } = await sql<Receiver>`
    select 'user' as kind, u.id, u.principal, u.name, u.agency, ${whereTheyWork} as "agencyName" from users u join agencies a on a.principal = u.agency
    where u.id = ${userId} and u.status <> 'disabled'`.execute(tx)
  return rows[0]
}

/** The receiver as somebody who looks: a colleague as they are now; of an agency or a team, anybody who holds no more than that. */
export async function asActorOf(tx: Tx, receiver: Receiver, now: Date): Promise<Actor | undefined> {
  const door = { requestId: '', address: '' }
  if (receiver.kind === 'user') {
    const actor = await colleagueAsActor(tx, receiver.id, now)
    // To look, not to do: no button of theirs is offered to whoever looks in their place.
    return actor && { ...actor, ...door, capabilities: new Set([...actor.capabilities].filter(one => one === 'read-records')) }
  }
  const holders = [...new Set([receiver.principal, receiver.agency])]
  const { rows } = await sql<{ principal: number }>`
    select principal from held_principals where holder = any (${holders}::int[]) and starts_at <= ${now} and (ends_at is null or ends_at > ${now})`.execute(
    tx,
  )
  const principals = [...holders, ...rows.map(row => row.principal)]
  return {
    ...door,
    userId: null,
    name: receiver.name,
    principal: receiver.principal,
    agency: receiver.agency,
    agencyName: receiver.agencyName,
    principals,
    readPrincipals: principals,
    writePrincipals: [],
    administers: [],
    audits: [],
    capabilities: new Set(['read-records']),
    posts: [],
  }
}

/**
 * Who hears of a share: the user; everybody who reads records in the team; of an agency those who accept referrals for it, and where nobody
 * does, everybody who reads records in it.
 */
export async function whoHears(tx: Tx, receiver: Receiver): Promise<string[]> {
  if (receiver.kind === 'user') return [receiver.id]
  const { rows } = await sql<{ id: string; accepts: boolean }>`
    select u.id, bool_or('manage-allocation' = any (r.capabilities)) as accepts
    from posts o join users u on u.id = o.user_id and u.status <> 'disabled' join roles r on r.id = o.role_id join teams t on t.id = o.team_id
    where o.ended_at is null and 'read-records' = any (r.capabilities) and ${receiver.principal} in (t.principal, o.agency)
    group by u.id`.execute(tx)
  const accepting = receiver.kind === 'agency' ? rows.filter(row => row.accepts) : []
  return (accepting.length > 0 ? accepting : rows).map(row => row.id)
}

/** Which of these users are, or were at some time, of each of these holders: to say who of them opened what was shared with them. */
export async function membersAmong(
  tx: Tx,
  holders: readonly number[],
  userIds: readonly string[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const { rows } = await sql<{ holder: number; userId: string }>`
    select distinct h.holder, u.id as "userId" from unnest(${[...holders]}::int[]) as h (holder), users u
    where u.id = any (${[...userIds]}::uuid[]) and (h.holder in (u.principal, u.agency) or exists (
      select from posts o join teams t on t.id = o.team_id left join team_services s on s.team_id = o.team_id
      where o.user_id = u.id and h.holder in (o.agency, t.principal, s.principal)))`.execute(tx)
  const members = new Map<number, Set<string>>()
  for (const { holder, userId } of rows) members.set(holder, (members.get(holder) ?? new Set()).add(userId))
  return members
}
