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

/** How many tokens of the first term are gone through before the terms are intersected whole. */
const cut = 1_000

/**
 * People who have an alternative of every term, in the order of the token that they were found by: whole words come before longer ones
 * that begin with them. Only people whom the actor may see: the tokens carry who may find by them, and `people` is under its own policy.
 *
 * Tokens are compared by `>=`, `<` and `=` alone, in the C collation. Those are leakproof, so one index serves the policy and the
 * search (decision 0002). The most telling term is gone through first, and the others are looked up for each person; only when that term
 * alone has too many are the terms intersected whole.
 */
export async function findByTerms(tx: Tx, principals: readonly number[], terms: readonly Term[], limit: number): Promise<Found[]> {
  const [first, ...others] = [...terms].sort((a, b) => telling(b) - telling(a))
  if (!first) return []
  const quick = await sql<Found & { driven: number }>`
    with driven as materialized (${tokensIn(principals, first, cut)}),
    found as materialized (
      select d.person_id, min(d.token) as token from driven d where true ${sql.join(others.map(hasOneOf), sql` `)}
      group by d.person_id order by 2, 1 limit ${limit}::int)
    ${shown(sql`, (select count(*)::int from driven) as driven`)}`.execute(tx)
  const wasCut =
    others.length > 0 && (quick.rows.length === 0 ? await reachesCut(tx, principals, first) : (quick.rows[0]?.driven ?? 0) >= cut)
  if (!wasCut) return quick.rows
  const whole = await sql<Found>`
    with found as materialized (
      select a.person_id, min(a.token) as token from (${tokensIn(principals, first)}) a
      where true ${sql.join(
        others.map(term => sql`and a.person_id in (select b.person_id from (${tokensIn(principals, term)}) b)`),
        sql` `,
      )}
      group by a.person_id order by 2, 1 limit ${limit}::int)
    ${shown(sql``)}`.execute(tx)
  return whole.rows
}

/** Every different word of the names that the actor may find by and that begins with this letter: leaps from word to word in the index. */
export async function nameWordsBeginning(tx: Tx, principals: readonly number[], letter: string): Promise<string[]> {
  const [low, high] = rangeOf({ kind: 'name', match: 'beginning', token: `n${letter}`, firm: true })
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
  if (kinds.has('postcode')) return alternatives.some(alternative => alternative.match === 'whole') ? 70 : 20
  return Math.min(typed.length, 15)
}

const bounds = (alternatives: readonly Alternative[], side: 0 | 1) => alternatives.map(alternative => rangeOf(alternative)[side])

/** The tokens of a term: a range of the index for each alternative and each of the actor's principals. */
function tokensIn(principals: readonly number[], term: Term, limit?: number): RawBuilder<unknown> {
  return sql`
    select k.person_id, k.principal, k.token
    from unnest(${bounds(term.alternatives, 0)}::text[], ${bounds(term.alternatives, 1)}::text[]) r (low, high)
      cross join unnest(${[...principals]}::int[]) m (principal)
      cross join lateral (
        select k.person_id, k.principal, k.token from person_tokens k where k.principal = m.principal and k.token >= r.low and k.token < r.high
        ${limit === undefined ? sql`` : sql`order by k.token limit ${limit}::int`}) k`
}

function hasOneOf(term: Term): RawBuilder<unknown> {
  return sql`and exists (
    select from person_tokens b join unnest(${bounds(term.alternatives, 0)}::text[], ${bounds(term.alternatives, 1)}::text[]) r (low, high)
      on b.token >= r.low and b.token < r.high
    where b.person_id = d.person_id and b.principal = d.principal)`
}

async function reachesCut(tx: Tx, principals: readonly number[], term: Term): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${tokensIn(principals, term, cut)}) d`.execute(tx)
  return (rows[0]?.n ?? 0) >= cut
}

function shown(more: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select ${personColumns},
      coalesce((select json_agg(json_build_object('given', n.given_name, 'family', n.family_name) order by n.recorded_at)
        from person_names n where n.person_id = p.id and n.ended_at is null), '[]') as "otherNames",
      array(select distinct t.token from person_tokens t where t.person_id = p.id) as tokens, f.token as "foundBy" ${more}
    from found f join people p on p.id = f.person_id where p.removed_at is null order by f.token, f.person_id`
}
