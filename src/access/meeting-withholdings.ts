import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { holdItemsKept } from './hold.ts'
import { mustDecide, rewriteItem, rewriteItemAsKeeper } from './meeting-items.ts'
import { goesWithInSql, wordsPart } from './meeting-lists.ts'

export type NewItemWithholding = {
  itemId: string
  /** Principal of an agency or a user. */
  holder: number
  /** Null: the whole item. */
  part: string | null
  reason: string
}

/** Keeps an item, or one part of it, from an agency or a user, whatever they sit in (M1e). Throws unless the actor decides who sees the item. */
export async function withholdItem(tx: Tx, actor: Actor, now: Date, withholding: NewItemWithholding): Promise<string> {
  await holdItemsKept(tx)
  await mustDecide(tx, actor, withholding.itemId)
  const id = uuid()
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ kind: string }>`select kind from principals where id = ${withholding.holder}`.execute(keeper)
    if (rows[0]?.kind !== 'agency' && rows[0]?.kind !== 'user') throw new Error('An item is withheld from an agency or from a user.')
    await keep(keeper, actor, now, { id, ...withholding })
    await rewriteItemAsKeeper(keeper, withholding.itemId)
  })
  return id
}

/**
 * Keeps from somebody who is named to run a series what is kept there from whoever names them: who must not see a case does not choose who does. Whoever sees it,
 * reads that and ends it. Answers of which items.
 */
export async function keepFromWhomTheyName(tx: Tx, actor: Actor, now: Date, seriesId: string, named: number): Promise<string[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string }>`
      select i.id from meeting_items i where i.series_id = ${seriesId} and i.state not in ('draft', 'closed')
        and exists (select from meeting_item_withholdings w where w.item_id = i.id and w.part is null and w.ended_at is null
          and w.holder = any (${[...actor.principals]}::int[]))
        and not exists (select from meeting_item_withholdings w where w.item_id = i.id and w.part is null and w.ended_at is null and w.holder = ${named})
      order by 1`.execute(keeper)
    for (const { id } of rows) {
      await sql`
        insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_at, readers, editors)
        values (${uuid()}, ${id}, null, ${named}, ${namedByThem}, ${now}, '{}', '{}')`.execute(keeper)
      await rewriteItemAsKeeper(keeper, id)
    }
    return rows.map(row => row.id)
  })
}
const namedByThem = 'They were named to run the meeting by somebody who must not see this case. End it if they may'

/** Keeps an item that the actor reads from themself: they have a conflict of interest. Those who run it can end that. Throws where they do not read it. */
export async function keepFromSelf(tx: Tx, actor: Actor, now: Date, itemId: string, reason: string): Promise<void> {
  await holdItemsKept(tx)
  const { rows } = await sql`select from meeting_items where id = ${itemId}`.execute(tx)
  if (rows.length === 0) throw new Error('Whoever has a conflict of interest reads the item.')
  await asKeeper(tx, async keeper => {
    await keep(keeper, actor, now, { id: uuid(), itemId, part: null, holder: actor.principal, reason })
    await rewriteItemAsKeeper(keeper, itemId)
  })
}

/** Ends that at once. Not by anybody whom it keeps out: to them it is not there. */
export async function endItemWithholding(
  tx: Tx,
  actor: Actor,
  now: Date,
  withholdingId: string,
  reason: string,
): Promise<Result<string, 'not-there'>> {
  if (!isId(withholdingId)) return no('not-there')
  const { rows } = await sql<{ itemId: string }>`
    update meeting_item_withholdings set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = ${reason} where id = ${withholdingId} and ended_at is null
    returning item_id as "itemId"`.execute(tx)
  const itemId = rows[0]?.itemId
  if (!itemId) return no('not-there')
  await rewriteItem(tx, itemId)
  return ok(itemId)
}

/** The parts of an item that are kept from the actor: so that nothing asks them for what they could not write. That they are is not theirs to be told. */
export async function partsKeptFrom(tx: Tx, actor: Actor, itemId: string): Promise<string[]> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ part: string }>`
      select distinct part from meeting_item_withholdings
      where item_id = ${itemId} and part is not null and ended_at is null and holder = any (${[...actor.principals]}::int[])`.execute(
      keeper,
    )
    return rows.map(row => row.part)
  })
}

/** The same of several items, by item: those of which no part is kept from the actor are not among them. */
export async function partsKeptOfItems(tx: Tx, actor: Actor, itemIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (itemIds.length === 0) return new Map()
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string; parts: string[] }>`
      select item_id as id, array_agg(distinct part) as parts from meeting_item_withholdings
      where item_id = any (${[...new Set(itemIds)]}::uuid[]) and part is not null and ended_at is null and holder = any (${[...actor.principals]}::int[])
      group by item_id`.execute(keeper)
    return new Map(rows.map(row => [row.id, row.parts]))
  })
}

/**
 * Whether what their own seat writes of a part is kept from the actor: free words are from whoever is named and not from their agency, another part from
 * both.
 */
export async function isOwnKeptFrom(tx: Tx, actor: Actor, itemId: string, part: string): Promise<boolean> {
  const holders = part === wordsPart ? [actor.principal] : [...actor.principals]
  return asKeeper(tx, async keeper => {
    const { rows } = await sql`
      select from meeting_item_withholdings
      where item_id = ${itemId} and ${goesWithInSql(sql`part`, sql`${part}::text`)} and ended_at is null and holder = any (${holders}::int[]) limit 1`.execute(
      keeper,
    )
    return rows.length > 0
  })
}

/** Of these items, those that are kept from the actor as a whole: so that nothing else tells them that there is one. */
export async function itemsKeptFrom(tx: Tx, actor: Actor, itemIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (itemIds.length === 0) return new Set()
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string }>`
      select distinct item_id as id from meeting_item_withholdings
      where item_id = any (${[...new Set(itemIds)]}::uuid[]) and part is null and ended_at is null and holder = any (${[...actor.principals]}::int[])`.execute(
      keeper,
    )
    return new Set(rows.map(row => row.id))
  })
}

/** Of these items, those of which somebody whom they are about is kept from the actor, or the whole: who that is must not be told by another item either. */
export async function itemsWithSomebodyKeptFrom(tx: Tx, actor: Actor, itemIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (itemIds.length === 0) return new Set()
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string }>`
      select distinct w.item_id as id from meeting_item_withholdings w
      where w.item_id = any (${[...new Set(itemIds)]}::uuid[]) and w.ended_at is null and w.holder = any (${[...actor.principals]}::int[])
        and (w.part is null or exists (select from meeting_parties p where p.item_id = w.item_id and ${goesWithInSql(sql`w.part`, sql`p.part`)}))`.execute(
      keeper,
    )
    return new Set(rows.map(row => row.id))
  })
}

/** Its lists are written by the rewriting that follows: until then the row is read by nobody. */
async function keep(
  keeper: Tx,
  actor: Actor,
  now: Date,
  { id, itemId, part, holder, reason }: NewItemWithholding & { id: string },
): Promise<void> {
  await sql`
    insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_by, withheld_at, readers, editors)
    values (${id}, ${itemId}, ${part}, ${holder}, ${reason}, ${actor.userId}, ${now}, '{}', '{}')`.execute(keeper)
}
