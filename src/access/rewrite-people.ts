import { sql } from 'kysely'
import { protectedTables } from '../../db/protected-tables.ts'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/**
 * Writes who may see these people on to every row about them: whoever reads one of their cases, and the commissioners. Until somebody
 * has a first case, the post that registered them. Used after a case was added, and after a user's posts have changed.
 */
export async function rewritePeople(tx: Tx, personIds: readonly string[]): Promise<void> {
  await asKeeper(tx, () => rewritePeopleAsKeeper(tx, personIds))
}

/** Rewrites everybody who is hidden from somebody by a withholding that names this holder, or one of this user's agencies. */
export async function rewritePeopleWithheldFrom(tx: Tx, holders: readonly number[]): Promise<void> {
  await asKeeper(tx, async () => {
    const { rows } = await sql<{ personId: string }>`
      select distinct c.person_id as "personId" from withholdings w join cases c on c.id = w.case_id
      where w.ended_at is null and w.answer_set_id is null and w.holder = any (${[...holders]}::int[])`.execute(tx)
    await rewritePeopleAsKeeper(
      tx,
      rows.map(row => row.personId),
    )
  })
}

export async function rewritePeopleAsKeeper(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  const ids = [...new Set(personIds)]
  const hidden = await hiddenFrom(tx, ids)
  const lists = sql`
    select p.id,
      (select array_agg(distinct r order by r) from (
        select unnest(c.readers) from cases c where c.person_id = p.id
        union select unnest(case when exists (select from cases c where c.person_id = p.id) then '{}' else array[p.registered_by] end)
        union select a.commissioners from authorities a) as one (r)) as readers,
      coalesce((select array_agg(distinct e order by e) from (
        select unnest(c.editors) from cases c where c.person_id = p.id
        union select unnest(case when exists (select from cases c where c.person_id = p.id) then '{}' else array[p.registered_by] end)) as one (e)), '{}') as editors,
      coalesce((select array_agg(h.principal order by h.principal) from unnest(${hidden.map(one => one.personId)}::uuid[], ${hidden.map(one => one.principal)}::int[])
        as h (person_id, principal) where h.person_id = p.id), '{}') as withheld
    from people p where p.id = any (${ids}::uuid[])`
  for (const { table, of, key } of protectedTables) {
    if (of !== 'person') continue
    await sql`
      with lists as materialized (${lists})
      update ${sql.table(table)} t set readers = l.readers, editors = l.editors, withheld = l.withheld
      from lists l where t.${sql.ref(key)} = l.id and (t.readers, t.editors, t.withheld) is distinct from (l.readers, l.editors, l.withheld)`.execute(
      tx,
    )
  }
  await rewriteTokens(tx, ids)
}

/**
 * Which users a person must be hidden from. A case withheld from somebody takes the person with it, unless they read another case of
 * that person in their own right: through a lasting principal, not a window that may close any moment. (Too little rather than too much.)
 */
async function hiddenFrom(tx: Tx, personIds: readonly string[]): Promise<{ personId: string; principal: number }[]> {
  const { rows } = await sql<{ personId: string; principal: number }>`
    with withheld_cases as (
      select distinct c.person_id, w.holder from withholdings w join cases c on c.id = w.case_id
      where c.person_id = any (${personIds as string[]}::uuid[]) and w.ended_at is null and w.answer_set_id is null
    ), members as (
      select distinct wc.person_id, u.id as user_id, u.principal
      from withheld_cases wc join users u on u.principal = wc.holder
        or u.agency = wc.holder
        or exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.agency = wc.holder)
    ), lasting as (
      select m.person_id, m.principal, m.principal as held from members m
      union select m.person_id, m.principal, u.agency from members m join users u on u.id = m.user_id
      union select m.person_id, m.principal, unnest(array[o.agency, t.principal, s.principal])
        from members m join posts o on o.user_id = m.user_id and o.ended_at is null
          join teams t on t.id = o.team_id
          left join team_services s on s.team_id = o.team_id and s.service_area = o.service_area
      union select m.person_id, m.principal, a.commissioners
        from members m join posts o on o.user_id = m.user_id and o.ended_at is null
          join roles r on r.id = o.role_id and 'commission' = any (r.capabilities) cross join authorities a
    ), held as (
      select person_id, principal, array_agg(held) as principals from lasting where held is not null group by person_id, principal
    )
    select h.person_id as "personId", h.principal from held h
    where (
      exists (select from cases c where c.person_id = h.person_id and c.readers && h.principals)
      or exists (select from authorities a where a.commissioners = any (h.principals))
    ) and not exists (
      select from cases c where c.person_id = h.person_id and c.readers && h.principals and (c.withheld && h.principals) is not true
    )`.execute(tx)
  return rows
}

/** Gives a person's search tokens to exactly those who may read the person. Existence alone finds by name and date, not by address. */
async function rewriteTokens(tx: Tx, personIds: readonly string[]): Promise<void> {
  await sql`
    insert into person_tokens (principal, token, person_id)
    select distinct r, k.token, k.person_id
    from people p join person_tokens k on k.person_id = p.id cross join unnest(p.readers) r
    where p.id = any (${personIds as string[]}::uuid[])
    on conflict do nothing`.execute(tx)
  await sql`
    delete from person_tokens k using people p
    where k.person_id = p.id and p.id = any (${personIds as string[]}::uuid[]) and k.principal <> all (p.readers)`.execute(tx)
}
