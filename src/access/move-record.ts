import { type RawBuilder, sql } from 'kysely'
import { type PersonReference, personReferences } from '../../db/person-references.ts'
import { asKeeper, isForReading } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { carrySectionsOf } from './carry-sections.ts'
import { carryFromRecord } from './carry-to-items.ts'
import { holdCasesOf, holdItemsKept } from './hold.ts'
import { sorted } from './lists.ts'
import { factsOfPeople } from './lists-of-people.ts'
import { shownByMerging } from './person-lists.ts'
import { rewritePeopleAsKeeper } from './rewrite-people.ts'

/** Two records of one individual: everything of the one becomes the other's, and can go back. */
export type Merge = { readonly id: string; readonly kept: string; readonly merged: string }

/** Whether the actor sees every case of these people: nobody moves what is hidden from them, and so tells of it. */
export async function seesEveryCaseOf(tx: Tx, personIds: readonly string[]): Promise<boolean> {
  const count = sql<{ cases: number }>`
    select count(*)::int as cases from cases where person_id = any (${[...personIds]}::uuid[]) and removed_at is null`
  const seen = (await count.execute(tx)).rows[0]!.cases
  const all = await asKeeper(tx, async keeper => (await count.execute(keeper)).rows[0]!.cases)
  return seen === all
}

/**
 * From whom something is kept in a case of one of these two records that making one of them would show them, by a case of the other: agencies and users, as
 * the withholdings name them. Holds the cases of both until the transaction ends, so that nothing is kept from anybody meanwhile.
 */
export async function keptApartFor(tx: Tx, personIds: readonly [string, string]): Promise<number[]> {
  return asKeeper(tx, async keeper => {
    if (!isForReading(tx)) await holdCasesOf(keeper, personIds)
    return holdersShown(keeper, personIds)
  })
}

/**
 * Makes everything of the record that is merged the kept one's: cases and all that is in them, and what is about the person alone
 * (db/person-references.ts). Whoever may merge has been asked before. The lists follow in the same transaction, and what meetings have open about the one is kept
 * from whom the other is; so is a section of a later form of the one from whom that of an earlier form of the other is. Throws where it would show somebody what is kept from them (`keptApartFor`).
 */
export async function moveRecord(tx: Tx, now: Date, { id, kept, merged }: Merge): Promise<void> {
  await holdItemsKept(tx)
  await mustSeeAll(tx, [kept, merged])
  await asKeeper(tx, async keeper => {
    await holdCasesOf(keeper, [kept, merged])
    if ((await holdersShown(keeper, [kept, merged])).length > 0)
      throw new Error('Two records are kept apart for somebody from whom one of them is kept.')
    const cases = sql`select id from cases where person_id = ${merged}`
    for (const reference of personReferences)
      if (reference.goes === 'with its case') await move(keeper, reference, merged, kept, sql`case_id in (${cases})`)
    for (const reference of personReferences) {
      if (reference.goes === 'with its case' || reference.goes === 'stays') continue
      const column = sql.ref(reference.column)
      const isMoved =
        typeof reference.goes === 'string' ? sql`true` : sql`${sql.ref(reference.goes.unlessThe)} is distinct from ${kept}::uuid`
      await sql`
        insert into merge_rows (merge_id, table_name, row_id, what)
        select ${id}, ${reference.table}, id, 'moved' from ${sql.table(reference.table)} where ${column} = ${merged} and ${isMoved}
        on conflict do nothing`.execute(keeper)
      await move(keeper, reference, merged, kept, isMoved)
    }
    await rewritePeopleAsKeeper(keeper, [kept, merged])
    await carryFromRecord(keeper, now, kept)
    await carrySectionsOf(keeper, now, kept)
  })
}

/**
 * Takes a move back: what was moved returns, with what was added to those cases since. What has been recorded on the kept record itself
 * meanwhile stays there. `people.merged_into` is cleared before.
 */
export async function moveBack(tx: Tx, { id, kept, merged }: Merge): Promise<void> {
  await mustSeeAll(tx, [kept, merged])
  await asKeeper(tx, async keeper => {
    await holdCasesOf(keeper, [kept, merged])
    const moved = (table: string) => sql`select row_id from merge_rows where merge_id = ${id} and table_name = ${table} and what = 'moved'`
    for (const reference of personReferences)
      if (reference.goes === 'with its case') await move(keeper, reference, kept, merged, sql`case_id in (${moved('cases')})`)
    for (const reference of personReferences)
      if (reference.goes !== 'with its case' && reference.goes !== 'stays')
        await move(keeper, reference, kept, merged, sql`id in (${moved(reference.table)})`)
    await rewritePeopleAsKeeper(keeper, [kept, merged])
  })
}

/** Remembers that a merge made this row, so that undoing it can end it. */
export async function noteMadeByMerge(tx: Tx, mergeId: string, table: string, rowId: string): Promise<void> {
  await asKeeper(tx, keeper =>
    sql`insert into merge_rows (merge_id, table_name, row_id, what) values (${mergeId}, ${table}, ${rowId}, 'made')`.execute(keeper),
  )
}

export type MergeRow = { readonly table: string; readonly id: string; readonly what: 'moved' | 'made' }

/** Which rows a merge moved or made: ids alone, for somebody who reads every one of them. */
export async function rowsOfMerge(tx: Tx, mergeId: string): Promise<readonly MergeRow[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<MergeRow>`
      select table_name as table, row_id as id, what from merge_rows where merge_id = ${mergeId}`.execute(keeper)
    return rows
  })
}

async function mustSeeAll(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (!(await seesEveryCaseOf(tx, personIds))) throw new Error('Records are merged by those who see every case of both.')
}

async function holdersShown(keeper: Tx, [one, other]: readonly [string, string]): Promise<number[]> {
  const people = await factsOfPeople(keeper, [one, other])
  const [mine, theirs] = [people.get(one), people.get(other)]
  if (!mine || !theirs) return []
  const members = shownByMerging(mine, theirs)
  const withheld = [...mine.cases, ...theirs.cases].flatMap(each => each.withheld)
  return sorted(withheld.filter(holder => members.some(member => member.belongsTo.includes(holder))))
}

async function move(keeper: Tx, { table, column }: PersonReference, from: string, to: string, which: RawBuilder<unknown>): Promise<void> {
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from} and ${which}`.execute(keeper)
}
