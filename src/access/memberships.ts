import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import type { Member, Owners } from './person-lists.ts'

/**
 * Everybody who is one of these holders or belongs to one. Disabled users too: they may come back. A window counts before and after its
 * time, which passes by itself; a meeting that somebody has left does not: to come back is to join, and that rewrites.
 */
export async function membershipsOf(keeper: Tx, holders: readonly number[]): Promise<Member[]> {
  const { rows } = await sql<Member>`
    with members as (
      select u.id, u.principal, u.agency from users u where u.principal = any (${[...holders]}::int[]) or u.agency = any (${[...holders]}::int[])
      union select u.id, u.principal, u.agency from posts o join users u on u.id = o.user_id where o.ended_at is null and o.agency = any (${[...holders]}::int[])
    ), places as (
      select m.id, o.agency, t.principal as team, s.principal as post, r.capabilities
      from members m
        join posts o on o.user_id = m.id and o.ended_at is null
        join agencies a on a.principal = o.agency and a.disabled_at is null
        join teams t on t.id = o.team_id
        join roles r on r.id = o.role_id
        left join team_services s on s.team_id = o.team_id and s.service_area = o.service_area
    ), reading as (
      select m.id, m.principal as held from members m where exists (select from places p where p.id = m.id and 'read-records' = any (p.capabilities))
      union select p.id, unnest(array[p.agency, p.team, p.post]) from places p where 'read-records' = any (p.capabilities)
    ), directly as (
      select r.id, h.principal as held from reading r join held_principals h on h.holder = r.held join principals k on k.id = h.principal
      where k.kind <> 'meeting' or h.ends_at is null
    ),
    possible as (
      select id, held from reading union select id, held from directly
      union select d.id, h.principal from directly d join held_principals h on h.holder = d.held
    )
    select m.principal,
      (select array_agg(one) from (
        select m.principal union select m.agency union select o.agency from posts o where o.user_id = m.id and o.ended_at is null) as each (one)) as "belongsTo",
      coalesce((select array_agg(r.held) from reading r where r.id = m.id and r.held is not null), '{}') as lasting,
      coalesce((select array_agg(p.held) from possible p where p.id = m.id and p.held is not null), '{}') as possible,
      exists (select from places p where p.id = m.id and 'commission' = any (p.capabilities)) as "isCommissioner"
    from members m`.execute(keeper)
  return rows
}

/** Who stands behind each of these principals: every holder of a team's, a post's or an agency's principal carries its agency's too. */
export async function ownersOf(keeper: Tx, principals: readonly number[]): Promise<Owners> {
  const { rows } = await sql<{ principal: number; owners: number[] }>`
    with bases as (
      select p.id as principal, coalesce((select h.holder from held_principals h where h.principal = p.id), p.id) as base
      from principals p where p.id = any (${[...principals]}::int[]) and p.kind = 'window'
      union select p, p from unnest(${[...principals]}::int[]) p where not exists (select from principals w where w.id = p and w.kind = 'window')
    )
    select b.principal, array_remove(array_agg(distinct o.owner), null) as owners
    from bases b cross join lateral (
      select b.base as owner
      union select t.agency from teams t where t.principal = b.base
      union select s.agency from team_services s where s.principal = b.base
      union select u.agency from users u where u.principal = b.base
      union select o.agency from users u join posts o on o.user_id = u.id and o.ended_at is null where u.principal = b.base
    ) o
    group by b.principal`.execute(keeper)
  return new Map(rows.map(row => [row.principal, row.owners]))
}
