import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Likeness, type Match, matchOf, whereToLook } from '../matching.ts'
import { findRecords, likenessOf } from '../person.queries.ts'

export type LikelyOnRecord = { readonly personId: string; readonly match: Match }

/** `likelyMatches` for many people at once, in two statements: for each, who on record may be them, the likeliest first. In the order given. */
export async function likelyMatchesOfMany(tx: Tx, actor: Actor, likenesses: readonly Likeness[]): Promise<LikelyOnRecord[][]> {
  const looks = likenesses.flatMap((likeness, n) =>
    whereToLook(likeness).map(({ anyOf, andAnyOf }) => ({ n, first: anyOf, also: andAnyOf })),
  )
  const mine = sql`any (${[...actor.principals]}::int[])`
  // Two searches of one index for each look: who has one of the first tokens, and which of them one of the others as well.
  const { rows } = await sql<{ n: number; personId: string }>`
    with looks as materialized (select * from jsonb_to_recordset(${JSON.stringify(looks)}::jsonb) as l (n int, first text[], also text[])),
    near as materialized (
      select distinct l.n, l.also, a.principal, a.person_id
      from looks l cross join unnest(l.first) as sought (token) join person_tokens a on a.principal = ${mine} and a.token = sought.token collate "C"
    )
    select distinct m.n, p.id as "personId" from near m join people p on p.id = m.person_id and p.removed_at is null
    where cardinality(m.also) = 0 or exists (
      select from person_tokens b where b.principal = m.principal and b.token = any (m.also) and b.person_id = m.person_id)`.execute(tx)
  const records = await findRecords(tx, [...new Set(rows.map(row => row.personId))])
  const found: LikelyOnRecord[][] = likenesses.map(() => [])
  for (const { n, personId } of rows) {
    const record = records.get(personId)
    const match = record && matchOf(likenesses[n]!, likenessOf(record))
    if (match) found[n]?.push({ personId, match })
  }
  return found.map(matches => matches.sort((a, b) => b.match.score - a.match.score))
}
