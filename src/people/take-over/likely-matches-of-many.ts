import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Likeness, type Match, matchOf, whereToLook } from '../matching.ts'
import { findRecords, likenessOf } from '../person.queries.ts'

export type LikelyOnRecord = { readonly personId: string; readonly match: Match }

/** `likelyMatches` for many people at once, in two statements: for each, who on record may be them, the likeliest first. In the order given. */
export async function likelyMatchesOfMany(tx: Tx, actor: Actor, likenesses: readonly Likeness[]): Promise<LikelyOnRecord[][]> {
  const first = { look: [] as number[], n: [] as number[], token: [] as string[], alone: [] as boolean[] }
  const second = { look: [] as number[], token: [] as string[] }
  let looks = 0
  for (const [n, likeness] of likenesses.entries()) {
    for (const look of whereToLook(likeness)) {
      looks++
      for (const token of look.anyOf) {
        first.look.push(looks)
        first.n.push(n)
        first.token.push(token)
        first.alone.push(look.andAnyOf.length === 0)
      }
      for (const token of look.andAnyOf) {
        second.look.push(looks)
        second.token.push(token)
      }
    }
  }
  const { rows } = await sql<{ n: number; personId: string }>`
    with sought as materialized (
      select * from unnest(${first.look}::int[], ${first.n}::int[], ${first.token}::text[], ${first.alone}::boolean[]) as f (look, n, token, alone)
    ), also as materialized (
      select * from unnest(${second.look}::int[], ${second.token}::text[]) as s (look, token)
    ), near as materialized (
      select distinct f.look, f.n, f.alone, a.principal, a.person_id
      from sought f join person_tokens a on a.principal = any (${[...actor.principals]}::int[]) and a.token = f.token collate "C"
    )
    select distinct m.n, m.person_id as "personId" from near m
    where m.alone or exists (
      select from also s join person_tokens b on b.principal = m.principal and b.token = s.token collate "C" and b.person_id = m.person_id where s.look = m.look)`.execute(
    tx,
  )
  const records = await findRecords(tx, [...new Set(rows.map(row => row.personId))])
  const found: LikelyOnRecord[][] = likenesses.map(() => [])
  for (const { n, personId } of rows) {
    const record = records.get(personId)
    const match = record && matchOf(likenesses[n]!, likenessOf(record))
    if (match) found[n]?.push({ personId, match })
  }
  return found.map(matches => matches.sort((a, b) => b.match.score - a.match.score))
}
