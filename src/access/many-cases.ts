import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { protectedTables } from '../../db/protected-tables.ts'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { mustBeThereStillAsKeeper } from './left-meanwhile.ts'
import { type Lists, listsFor, listsOfPart } from './lists.ts'
import { knownOfAll } from './rewrite-case.ts'
import { rewritePeopleAsKeeper } from './rewrite-people.ts'

// Statements over many cases at once, for taking over and undoing a whole caseload. Each does what its like for one case does.

/**
 * The grants of those to whom new cases are allocated from the start. The rows of the cases carry the lists already
 * (`listsForNewCase` with `worker`), so nothing is rewritten. Throws unless the actor may edit every one of them.
 */
export async function allocateNewCases(
  tx: Tx,
  actor: Actor,
  now: Date,
  allocations: readonly { readonly caseId: string; readonly holder: number }[],
): Promise<void> {
  if (allocations.length === 0) return
  const caseIds = allocations.map(one => one.caseId)
  const held = await sql`select id from cases where id = any (${caseIds}::uuid[]) order by id for update`.execute(tx)
  if (held.rows.length !== new Set(caseIds).size) throw new Error('Who sees a case is decided by those who may edit it.')
  await asKeeper(tx, async keeper => {
    await mustBeThereStillAsKeeper(
      keeper,
      actor,
      allocations.map(one => one.holder),
    )
    await sql`
      insert into access_grants (id, case_id, kind, holder, principal, level, starts_at, granted_by, granted_at, readers, editors, withheld)
      select g.id, c.id, 'allocation', g.holder, g.holder, 'edit', ${now}, ${actor.userId}::uuid, ${now},
        -- Who else sees a case is read by those whose case it is and, unless it is restricted, by the commissioners (listsFor).
        case when c.restricted then c.editors else array(select unnest(c.editors) union select a.commissioners from authorities a order by 1) end,
        c.editors, c.withheld
      from unnest(${allocations.map(() => uuid())}::uuid[], ${caseIds}::uuid[], ${allocations.map(one => one.holder)}::int[]) as g (id, case_id, holder)
        join cases c on c.id = g.case_id`.execute(keeper)
  })
}

/** `listsForPart` for many cases: by case id. Holds them all, in one order. Cases that are not there are not among them. */
export async function listsForPartOfMany(tx: Tx, caseIds: readonly string[], part: string): Promise<ReadonlyMap<string, Lists>> {
  return asKeeper(tx, async keeper => {
    await sql`select id from cases where id = any (${[...caseIds]}::uuid[]) order by id for no key update`.execute(keeper)
    const known = await knownOfAll(keeper, caseIds)
    return new Map([...known].map(([caseId, { facts }]) => [caseId, listsOfPart(listsFor(facts), part)]))
  })
}

/**
 * Takes cases and people out of everybody's sight, after their own modules have marked them as removed: every row of theirs is then read
 * and found by nobody. People who keep another case are read by whoever reads that one.
 */
export async function hideRemoved(
  tx: Tx,
  removed: { readonly caseIds: readonly string[]; readonly personIds: readonly string[] },
): Promise<void> {
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string; personId: string }>`
      select id, person_id as "personId" from cases where id = any (${[...removed.caseIds]}::uuid[]) and removed_at is not null order by id for update`.execute(
      keeper,
    )
    const ids = rows.map(row => row.id)
    for (const table of protectedTables) {
      if (table.of !== 'case') continue
      await sql`
        update ${sql.table(table.table)} set readers = '{}', editors = '{}' where ${sql.ref(table.key)} = any (${ids}::uuid[])
          and (readers <> '{}' or editors <> '{}')`.execute(keeper)
    }
    await rewritePeopleAsKeeper(keeper, [...rows.map(row => row.personId), ...removed.personIds])
  })
}

/**
 * How many rows these cases have in these tables: whether anything was added to a case, and not what. Asked for
 * somebody who may not read all of it, and must not take away what a colleague wrote in confidence. Cases without any are left out.
 */
export async function rowsOfCasesIn(tx: Tx, caseIds: readonly string[], tables: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = protectedTables.filter(table => table.of === 'case' && tables.includes(table.table))
  return asKeeper(tx, async keeper => {
    const counts = new Map<string, number>()
    for (const { table, key } of known) {
      const { rows } = await sql<{ caseId: string; count: number }>`
        select ${sql.ref(key)} as "caseId", count(*)::int as count from ${sql.table(table)} where ${sql.ref(key)} = any (${[...caseIds]}::uuid[]) group by 1`.execute(
        keeper,
      )
      for (const row of rows) counts.set(row.caseId, (counts.get(row.caseId) ?? 0) + row.count)
    }
    return counts
  })
}

/** Who of these people has a case beside these: whether, and not which, since it may be one that the asker must not know of. */
export async function peopleWithOtherCases(tx: Tx, personIds: readonly string[], caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ personId: string }>`
      select distinct person_id as "personId" from cases
      where person_id = any (${[...personIds]}::uuid[]) and removed_at is null and id <> all (${[...caseIds]}::uuid[])`.execute(keeper)
    return new Set(rows.map(row => row.personId))
  })
}
