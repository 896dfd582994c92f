import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { authorShown, type KnownOrNot } from './authors.ts'

export type AgencyAround = KnownOrNot & {
  /** Those of them of whom the reader may know that it works with them, or did. */
  readonly knownOf: readonly string[]
  /** Whether it works with one of them now, as far as the reader may know. */
  readonly worksNow: boolean
}

/**
 * All agencies, and of each whether the reader may know that it works with these people: their own; one of which they see a case; one whose service lets
 * it be known, to whoever has the right to know. That a case of which they do not read the whole has ended is not told. Row-level security decides the cases and the involvements.
 */
export async function agenciesAround(tx: Tx, actor: Actor, personIds: readonly string[]): Promise<AgencyAround[]> {
  const own = [...new Set(actor.posts.map(post => post.agency))]
  const { rows } = await sql<AgencyAround>`
    with around as (
      select c.agency, c.person_id, bool_or(c.closed_on is null or w.case_id is null) as now
        from cases c left join caseload_entries w on w.case_id = c.id where c.person_id = any (${[...personIds]}::uuid[]) group by 1, 2
      union all select t.agency, i.person_id, bool_or(i.closed_on is null) from involvements i join teams t on t.id = i.team_id
        where i.person_id = any (${[...personIds]}::uuid[]) group by 1, 2)
    select g.principal, g.name, g.principal = any (${own}::int[]) or bool_or(r.agency is not null) as "isKnown", coalesce(bool_or(r.now), false) as "worksNow",
      coalesce(array_agg(distinct r.person_id) filter (where r.person_id is not null), '{}') as "knownOf"
    from agencies g left join around r on r.agency = g.principal group by g.principal, g.name order by g.name`.execute(tx)
  return rows
}

/**
 * Names authors of what is recorded about these people as far as the reader may be told: one query, however many there are. What is about some of them
 * alone names them in `about`: that a service works with the others tells nothing of these.
 */
export async function authorsFor(
  tx: Tx,
  actor: Actor,
  personIds: readonly string[],
): Promise<(author: string, agency?: number | null, about?: readonly string[]) => string> {
  const agencies = await agenciesAround(tx, actor, personIds)
  const own = new Set(actor.posts.map(post => post.agency))
  return (author, agency, about = personIds) => {
    const known = agencies.map(one => ({ ...one, isKnown: own.has(one.principal) || one.knownOf.some(id => about.includes(id)) }))
    return authorShown(author, known, agency)
  }
}
