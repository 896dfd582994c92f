import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { type Lists, nobody, sorted } from './lists.ts'
import { membershipsOf, ownersOf } from './memberships.ts'
import { type CaseOfPerson, listsForPerson, type PersonFacts } from './person-lists.ts'

/** These people and every record that was merged into one of them: such a record carries the lists of the one that was kept. */
export async function withMerged(keeper: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive all_of (id) as (
      select unnest(${[...ids]}::uuid[]) union select p.id from people p join all_of a on p.merged_into = a.id)
    select id from all_of`.execute(keeper)
  return rows.map(row => row.id)
}

type PersonRow = {
  id: string
  mergedInto: string | null
  removed: boolean
  registeredBy: number
  commissioners: number
  cases: CaseOfPerson[]
}

/** Who may see each of these people, from their cases. A record that was merged takes the lists of the one that was kept. */
export async function listsOfPeople(keeper: Tx, ids: readonly string[]): Promise<Map<string, Lists>> {
  const people = await factsOfPeople(keeper, await withKept(keeper, ids))
  const listsOf = (facts: FactsOfRecord): Lists => {
    const kept = facts.mergedInto === null ? undefined : people.get(facts.mergedInto)
    if (kept) return listsOf(kept)
    return facts.removed ? nobody() : listsForPerson(facts)
  }
  return new Map([...people].filter(([id]) => ids.includes(id)).map(([id, facts]) => [id, listsOf(facts)]))
}

type FactsOfRecord = PersonFacts & { mergedInto: string | null; removed: boolean }

/** What decides who may see each of these people. */
export async function factsOfPeople(keeper: Tx, ids: readonly string[]): Promise<Map<string, FactsOfRecord>> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.merged_into as "mergedInto", p.removed_at is not null as removed, p.registered_by as "registeredBy", a.commissioners,
      coalesce((select json_agg(json_build_object('readers', c.readers, 'editors', c.editors, 'withheld', c.withheld)) from cases c where c.person_id = p.id and c.removed_at is null), '[]') as cases
    from people p cross join authorities a where p.id = any (${[...ids]}::uuid[])`.execute(keeper)
  const withheld = sorted(rows.flatMap(row => row.cases.flatMap(one => one.withheld)))
  const concerned = sorted(
    rows.flatMap(row => row.cases.filter(one => one.withheld.length > 0).flatMap(one => [...one.readers, ...one.editors])),
  )
  const members = withheld.length === 0 ? [] : await membershipsOf(keeper, withheld)
  const owners = withheld.length === 0 ? new Map() : await ownersOf(keeper, concerned)
  return new Map(rows.map(row => [row.id, { ...row, members, owners }]))
}

/** The other way round: the records into which any of these were merged, whose lists they take. */
async function withKept(keeper: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive all_of (id) as (
      select unnest(${[...ids]}::uuid[]) union select p.merged_into from people p join all_of a on a.id = p.id where p.merged_into is not null)
    select id from all_of`.execute(keeper)
  return rows.map(row => row.id)
}
