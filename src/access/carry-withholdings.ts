import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { decidingGrants } from './lists.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'

/**
 * Not the reason of the first: that may be for those of another service alone. What those of this case learn is what they need to keep to it.
 */
const because = 'They are kept from another case of this person. Ask before you end it: somebody’s safety may hang on it'

/**
 * Keeps a case from everybody who is kept from another whole case of the same person (E5): a neighbour who must not read of a child does not find
 * the child because another service was asked in. For a case that has just begun, and for one that is being opened to others. Whoever asked need not
 * know of the withholding for it to hold; those whose case it is read it, and end it where they have to.
 *
 * Not carried over: what would shut out those who decide about the case, its own agency, or whoever acts; and what was ended on this case before.
 * Answers the principals from whom it is kept from now on.
 */
export async function carryWithholdings(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<readonly number[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ holder: number }>`
      select distinct w.holder from cases c join withholdings w on ${standsOn(sql`c.person_id`)} and w.case_id <> c.id
      where c.id = ${caseId} and not (${wouldShutOutItsOwn}) and w.holder <> all (${[...actor.principals]}::int[])
        and not exists (select from withholdings own where own.case_id = c.id and own.holder = w.holder and own.answer_set_id is null)
      order by 1`.execute(keeper)
    const holders = rows.map(row => row.holder)
    if (holders.length === 0) return holders
    await sql`
      insert into withholdings (id, case_id, holder, reason, withheld_at, readers, editors)
      select w.id, ${caseId}, w.holder, ${because}, ${now}, '{}', '{}'
      from unnest(${holders.map(() => uuid())}::uuid[], ${holders}::int[]) as w (id, holder)`.execute(keeper)
    await rewriteCaseAsKeeper(keeper, caseId)
    return holders
  })
}

/** Whether keeping a case `c` as the withholding `w` says would shut out its own agency or those who decide about it. */
export const wouldShutOutItsOwn = sql`w.holder = c.agency or exists (
  select from access_grants g left join users u on u.principal = g.holder
  where g.case_id = c.id and g.ended_at is null and g.kind = any (${[...decidingGrants]}::text[]) and w.holder in (g.holder, u.agency))`

/** Whether a whole case of this person is withheld from a user, themself or through an agency of theirs. Asked before they are given another. */
export async function isKeptFromPerson(tx: Tx, personId: string, userId: string): Promise<boolean> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql`
      select from withholdings w where ${standsOn(sql`${personId}`)} and w.holder in (
        select u.principal from users u where u.id = ${userId} union select u.agency from users u where u.id = ${userId}
        union select o.agency from posts o where o.user_id = ${userId} and o.ended_at is null)
      limit 1`.execute(keeper)
    return rows.length > 0
  })
}

/** Withholdings `w` of whole cases of this person that stand. */
export const standsOn = (personId: RawBuilder<unknown>) =>
  sql`w.ended_at is null and w.answer_set_id is null and w.case_id in (select o.id from cases o where o.person_id = ${personId} and o.removed_at is null)`

/** From whom cases of this person are withheld, as far as the actor decides about them: to say so before another service is asked in. */
export async function keptFromPerson(tx: Tx, personId: string): Promise<{ principal: number; name: string; agencyName: string }[]> {
  const { rows } = await sql<{ principal: number; name: string; agencyName: string }>`
    select distinct w.holder as principal, coalesce(u.name, a.name, 'Somebody') as name, coalesce(ua.name, '') as "agencyName"
    from withholdings w left join users u on u.principal = w.holder left join agencies ua on ua.principal = u.agency
      left join agencies a on a.principal = w.holder
    where ${standsOn(sql`${personId}`)} order by 2, 1`.execute(tx)
  return rows
}
