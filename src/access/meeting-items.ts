import { type RawBuilder, sql } from 'kysely'
import { type ProtectedTable, protectedTables } from '../../db/protected-tables.ts'
import { type Actor, asKeeper, isForReading } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { mustBeThereStillAsKeeper } from './left-meanwhile.ts'
import type { Lists } from './lists.ts'
import { rewriteConversationsOfItem } from './meeting-conversations.ts'
import {
  audiences,
  goesWithInSql,
  type ItemFacts,
  listsForItemRow,
  type RowOfItem,
  seatsOf,
  withheldOf,
  wordsPart,
} from './meeting-lists.ts'

type ItemTable = Extract<ProtectedTable, { of: 'meeting item' }>
const itemTables = protectedTables.filter((table): table is ItemTable => table.of === 'meeting item')

/** The lists that a new item begins with: a draft is its referrer's alone. */
export const listsForNewItem = (actor: Actor): Lists => ({ readers: [actor.principal], editors: [actor.principal], withheld: [] })

/**
 * The lists for a new row of an item. Holds the item until the transaction ends, so that they still hold when the row is written: beside a
 * withholding it would otherwise keep the lists of before. Throws where it would be the own row of somebody who is leaving an agency at this moment.
 */
export async function listsForRowOfItem(tx: Tx, itemId: string, row: RowOfItem): Promise<Lists> {
  return asKeeper(tx, async keeper => {
    if (!isForReading(tx)) {
      await holdItemAsKeeper(keeper, itemId)
      if (row.own?.length) await mustBeThereStillAsKeeper(keeper, null, row.own)
    }
    return listsForItemRow(await factsOf(keeper, itemId), row)
  })
}

/**
 * Holds an item until the transaction ends, for whoever changes something of it whose readers follow from more than the item: whose own an action is, say,
 * which somebody else may be changing. To be read after this.
 */
export async function holdItem(tx: Tx, itemId: string): Promise<void> {
  await asKeeper(tx, keeper => holdItemAsKeeper(keeper, itemId))
}

export async function holdItemAsKeeper(keeper: Tx, itemId: string): Promise<void> {
  await sql`select id from meeting_items where id = ${itemId} for no key update`.execute(keeper)
}

/** The seats that an item is for now, by principal: whom to ask about it. Only for somebody who decides who sees the item. */
export async function seatsOfItem(tx: Tx, actor: Actor, itemId: string): Promise<number[]> {
  await mustDecide(tx, actor, itemId)
  return asKeeper(tx, async keeper => seatsOf(await factsOf(keeper, itemId)))
}

/** Writes who may see an item on to every row of it and of what is said about it: after anything that decides it has changed, in the same transaction. */
export async function rewriteItem(tx: Tx, itemId: string): Promise<void> {
  await asKeeper(tx, keeper => rewriteItemAsKeeper(keeper, itemId))
}

/** The same for every item of a series, after somebody has come to sit in it or has left. */
export async function rewriteItemsOfSeries(tx: Tx, seriesId: string): Promise<void> {
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string }>`select id from meeting_items where series_id = ${seriesId} order by id`.execute(keeper)
    for (const { id } of rows) await rewriteItemAsKeeper(keeper, id)
  })
}

/**
 * Throws unless the actor says who sees the item: whoever runs it, and of a draft its referrer. Its row is then held until the transaction ends. Whoever
 * corrects what waits to be triaged says nothing of that.
 */
export async function mustDecide(tx: Tx, actor: Actor, itemId: string): Promise<void> {
  const { rows } = await sql`
    select id from meeting_items where id = ${itemId} and (state = 'draft' or running = any (${[...actor.writePrincipals]}::int[])) for update`.execute(
    tx,
  )
  if (rows.length === 0) throw new Error('Who sees an item is decided by those who run it.')
}

/** `rewriteItem` within a change that the keeper makes already. */
export async function rewriteItemAsKeeper(keeper: Tx, itemId: string): Promise<void> {
  await sql`select id from meeting_items where id = ${itemId} for update`.execute(keeper)
  const facts = await factsOf(keeper, itemId)
  const lists = [true, false].flatMap(outlasts =>
    audiences.map(audience => ({
      audience,
      outlasts,
      ...listsForItemRow(facts, { audience }),
      // Whether a row's own principals count as well.
      own: outlasts || facts.state === 'sent' || facts.state === 'discussed',
    })),
  )
  const column = (which: 'readers' | 'editors') => sql`${lists.map(one => `{${one[which].join(',')}}`)}::text[]`
  await sql`
    with lists as materialized (
      select audience, outlasts, counts, readers::int[] as readers, editors::int[] as editors
      from unnest(${lists.map(one => one.audience)}::text[], ${lists.map(one => one.outlasts)}::bool[], ${lists.map(one => one.own)}::bool[],
        ${column('readers')}, ${column('editors')}) as l (audience, outlasts, counts, readers, editors)
    ), seats as materialized (
      select * from unnest(${facts.seats.map(one => one.principal)}::int[], ${facts.seats.map(one => one.agency)}::int[]) as s (principal, agency)
    ), withholdings as materialized (
      select * from unnest(${facts.withholdings.map(one => one.holder)}::int[], ${facts.withholdings.map(one => one.part)}::text[]) as w (holder, part)
    ), ${sql.join(itemTables.map(table => updateOf(table, itemId, facts)))}
    select 1`.execute(keeper)
  await rewriteConversationsOfItem(keeper, itemId, facts)
  for (const id of await repeatedIn(keeper, itemId)) await rewriteItemAsKeeper(keeper, id)
}

/** Other items in which something of this one is repeated that is withheld here from somebody, and not there yet. */
async function repeatedIn(keeper: Tx, itemId: string): Promise<string[]> {
  const found: string[] = []
  for (const { table, key, carriedFrom } of itemTables) {
    if (!carriedFrom) continue
    const { rows } = await sql<{ id: string }>`
      select distinct t.${sql.ref(key)} as id from ${sql.table(table)} t join ${sql.table(table)} source on source.id = t.${sql.ref(carriedFrom)}
      where source.${sql.ref(key)} = ${itemId}::uuid and not t.withheld @> source.withheld order by 1`.execute(keeper)
    found.push(...rows.map(row => row.id))
  }
  return found
}

function updateOf(table: ItemTable, itemId: string, facts: ItemFacts): RawBuilder<unknown> {
  const audience = table.audience ? sql`t.audience` : sql.lit(table.ofWithholdings ? 'running' : table.referrerToo ? 'referrer' : 'item')
  const invited = facts.invited && [...facts.invited]
  const counted = table.own?.outlasts
    ? sql`t.own`
    : sql`array(select one from unnest(t.own) one where ${invited}::int[] is null or one = any (${invited}::int[]))`
  const own = table.own ? sql`case when l.counts then ${counted} else '{}' end` : sql`'{}'::int[]`
  const together = (column: string) =>
    sql`coalesce((select array_agg(distinct one order by one) from unnest(l.${sql.ref(column)} || ${own}) as each (one)), '{}')`
  const part = table.part === 'part' ? sql`t.part` : table.part ? sql.lit(wordsPart) : undefined
  const theirs = table.own ? sql`exists (select from seats s where s.agency = w.holder and s.principal = any (t.own))` : sql`false`
  // That one person is kept from somebody tells whomever they are kept from as well that there is one more.
  const withheldFromPerson = sql`case when t.part like '%:%' then array(select w.holder from withholdings w where ${goesWithInSql(sql`w.part`, sql`t.part`)}) end`
  const here = part
    ? sql`coalesce((select array_agg(distinct w.holder order by w.holder) from withholdings w where w.part is null or (${goesWithInSql(sql`w.part`, part)} and not (w.part = ${wordsPart} and ${theirs}))), '{}')`
    : table.ofWithholdings
      ? sql`coalesce((select array_agg(distinct one order by one) from unnest(${withheldOf(facts)}::int[] || t.holder || ${withheldFromPerson}) as each (one)), '{}')`
      : sql`${withheldOf(facts)}::int[]`
  const withheld = table.carriedFrom
    ? sql`array(select distinct one from unnest(${here} || coalesce((select source.withheld from ${sql.table(table.table)} source
        where source.id = t.${sql.ref(table.carriedFrom)}), '{}')) as each (one) order by one)`
    : here
  const editors = together(table.readersWrite ? 'readers' : 'editors')
  return sql`${sql.ref(`${table.table}_written`)} as (
    update ${sql.table(table.table)} t set readers = ${together('readers')}, editors = ${editors}, withheld = ${withheld}
    from lists l where t.${sql.ref(table.key)} = ${itemId}::uuid and l.audience = ${audience} and l.outlasts = ${sql.lit(table.own?.outlasts ?? false)})`
}

/** What decides who may see an item, as the keeper reads it. */
export async function factsOf(keeper: Tx, itemId: string): Promise<ItemFacts> {
  const { rows } = await sql<ItemFacts>`
    select i.state, i.running, i.referrer, i.invited,
      coalesce((select json_agg(json_build_object('principal', s.principal, 'agency', s.agency))
        from meeting_seats s where s.series_id = i.series_id and s.ended_at is null), '[]') as seats,
      coalesce((select json_agg(json_build_object('holder', w.holder, 'part', w.part))
        from meeting_item_withholdings w where w.item_id = i.id and w.ended_at is null), '[]') as withholdings
    from meeting_items i where i.id = ${itemId}`.execute(keeper)
  if (!rows[0]) throw new Error(`Item ${itemId} is not there.`)
  return rows[0]
}
