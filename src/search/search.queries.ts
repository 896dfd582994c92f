import { type RawBuilder, sql } from 'kysely'
import { type Person, personColumns } from '../people/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Alternative, rangeOf, type Term } from './understand.ts'

/** A person who was found, with the tokens that the actor may find them by: they tell why. */
export type Found = Person & {
  readonly otherNames: readonly { readonly given: string | null; readonly family: string | null }[]
  readonly tokens: readonly string[]
  /** The token that they stand in order by. */
  readonly foundBy: string
}

/**
 * So many people of the most telling term are first looked up for the other terms one by one: enough for a page, most times. Else
 * everybody of the other terms is gathered, which is dearer to begin with and then the same for each.
 */
const few = 100
/** Nobody waits for the millionth person whose name begins with one letter. */
const many = 50_000

/**
 * People who have an alternative of every term, in the order of the token that they were found by: whole words come before longer ones
 * that begin with them. Only people whom the actor may see: the tokens carry who may find by them, and `people` is under its own policy.
 *
 * Tokens are compared by `>=`, `<` and `=` alone, in the C collation. Those are leakproof, so the policy and the term are both
 * conditions of the one index (decision 0002). The planner cannot know how many tokens an actor may see and guesses one, from which
 * it would join by nested loops: each `case` keeps a condition from becoming a join. `principals` are those by which the actor may read.
 */
export async function findByTerms(tx: Tx, principals: readonly number[], terms: readonly Term[], limit: number): Promise<Found[]> {
  const [first, ...others] = [...terms].sort((a, b) => telling(b) - telling(a))
  if (!first) return []
  if (others.length === 0) return (await found(tx, principals, first, limit, [], limit)).people
  const quick = await found(tx, principals, first, few, others.map(isHadBy), limit)
  if (quick.isWhole || quick.people.length >= limit) return quick.people
  return (await found(tx, principals, first, many, others.map(isAmongAllOf), limit)).people
}

/**
 * People of a term who meet the conditions, in order. Of each principal and alternative only the first `reach` tokens are gone through;
 * whoever stands behind the place where the first of those rows was cut off is left out, so that the order is the same at any reach.
 */
async function found(
  tx: Tx,
  principals: readonly number[],
  term: Term,
  reach: number,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<{ people: Found[]; isWhole: boolean }> {
  const { rows } = await sql<Found & { isWhole: boolean }>`
    with first as materialized (${firstTokensOf(principals, term, reach)}),
    cut as materialized (
      select min(place) as place from (select max(place) as place from first group by part, principal having count(*) >= ${reach}::int) c),
    found as materialized (
      select a.person_id, min(a.place) as place, min(a.token) as token from first a cross join cut c
      where (c.place is null or a.place <= c.place) ${sql.join(conditions, sql` `)}
      group by a.person_id order by 2 limit ${limit}::int)
    select ${personColumns},
      coalesce((select json_agg(json_build_object('given', n.given_name, 'family', n.family_name) order by n.recorded_at)
        from person_names n where n.person_id = p.id and n.ended_at is null), '[]') as "otherNames",
      array(select distinct t.token from person_tokens t where t.person_id = p.id) as tokens, f.token as "foundBy", c.place is null as "isWhole"
    from cut c left join (found f join people p on p.id = f.person_id and p.removed_at is null) on true
    order by f.place`.execute(tx)
  return { people: rows.filter(row => row.id !== null), isWhole: rows[0]?.isWhole ?? true }
}

/** Every different word of the names that the actor may find by and that begins with this letter: leaps from word to word in the index. */
export async function nameWordsBeginning(tx: Tx, principals: readonly number[], letter: string): Promise<string[]> {
  const [low, high] = rangeOf({ token: `n${letter}` })
  const next = (principal: RawBuilder<unknown>, after: RawBuilder<unknown>) => sql`
    (select k.token from person_tokens k where k.principal = ${principal} and ${after} and k.token < ${high}::text order by k.token limit 1)`
  const { rows } = await sql<{ token: string }>`
    with recursive words (principal, token) as (
      select m.principal, ${next(sql`m.principal`, sql`k.token >= ${low}::text`)} from unnest(${[...principals]}::int[]) m (principal)
      union all
      select w.principal, ${next(sql`w.principal`, sql`k.token > w.token`)} from words w where w.token is not null
    )
    select distinct token from (select token from words where token is not null limit 20000) w`.execute(tx)
  return rows.map(row => row.token.slice(1))
}

/** How few people a term is likely to have: numbers tell most, then dates and places, then names by their length. */
function telling({ alternatives, typed }: Term): number {
  const kinds = new Set(alternatives.map(alternative => alternative.kind))
  if (kinds.has('clientId') && kinds.size === 1) return 100
  if (kinds.has('nhsNumber') || kinds.has('telephone')) return 90
  if (kinds.has('dateOfBirth') && alternatives.some(alternative => alternative.match === 'whole')) return 60
  if (kinds.has('postcode')) return alternatives.some(alternative => alternative.match === 'whole') ? 70 : 1
  return Math.min(typed.length, 15)
}

/** True of a person who has a token of this term. By the person's few tokens: `|| ''` keeps the planner from going through the term's many. */
function isHadBy({ alternatives }: Term): RawBuilder<unknown> {
  const conditions = conditionsOf(alternatives, sql`(b.token || '') collate "C"`)
  return sql`and case when exists (select from person_tokens b where b.person_id = a.person_id and (${sql.join(conditions, sql` or `)})) then true end`
}

/** The same by a table of everybody who has one. */
function isAmongAllOf({ alternatives }: Term): RawBuilder<unknown> {
  const all = conditionsOf(alternatives, sql`token`).map(condition => sql`select person_id from person_tokens where ${condition}`)
  return sql`and case when a.person_id in (${sql.join(all, sql` union all `)}) then true end`
}

/** The first so many tokens of a term, for each principal and alternative, with their place in the order of all. */
function firstTokensOf(principals: readonly number[], { alternatives }: Term, limit: number): RawBuilder<unknown> {
  const parts = conditionsOf(alternatives, sql`token`).map(
    (condition, part) => sql`
      select ${part}::int as part, m.principal, k.person_id, k.token, k.token || '!' || k.person_id::text as place
      from unnest(${[...principals]}::int[]) m (principal) cross join lateral (
        select person_id, token from person_tokens where principal = m.principal and ${condition} order by token, person_id limit ${limit}::int) k`,
  )
  return sql.join(parts, sql` union all `)
}

/** Written out as conditions of the index: joined to a list of ranges, they would be tested after it. */
function conditionsOf(alternatives: readonly Alternative[], token: RawBuilder<unknown>): RawBuilder<unknown>[] {
  const whole = alternatives.filter(alternative => alternative.match === 'whole').map(alternative => alternative.token)
  const conditions = alternatives
    .filter(alternative => alternative.match === 'beginning')
    .map(alternative => {
      const [low, high] = rangeOf(alternative)
      return sql`${token} >= ${low} and ${token} < ${high}`
    })
  if (whole.length > 0) conditions.push(sql`${token} = any (${whole}::text[])`)
  return conditions
}
