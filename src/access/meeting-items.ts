import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type ProtectedTable, protectedTables } from '../../db/protected-tables.ts'
import { type Actor, asKeeper, isForReading } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Lists } from './lists.ts'
import { rewriteConversationsOfItem } from './meeting-conversations.ts'
import { audiences, type ItemFacts, listsForItemRow, type RowOfItem, seatsOf, withheldOf, wordsPart } from './meeting-lists.ts'

type ItemTable = Extract<ProtectedTable, { of: 'meeting item' }>
const itemTables = protectedTables.filter((table): table is ItemTable => table.of === 'meeting item')

/** The lists that a new item begins with: a draft is its referrer's alone. */
export const listsForNewItem = (actor: Actor): Lists => ({ readers: [actor.principal], editors: [actor.principal], withheld: [] })

/**
 * The lists for a new row of an item. Holds the item until the transaction ends, so that they still hold when the row is written: beside a
 * withholding it would otherwise keep the lists of before.
 */
export async function listsForRowOfItem(tx: Tx, itemId: string, row: RowOfItem): Promise<Lists> {
  return asKeeper(tx, async keeper => {
    if (!isForReading(tx)) await sql`select id from meeting_items where id = ${itemId} for no key update`.execute(keeper)
    return listsForItemRow(await factsOf(keeper, itemId), row)
  })
}

/** The seats that an item is for now, by principal: whom to ask about it. Only for somebody who may change the item. */
export async function seatsOfItem(tx: Tx, itemId: string): Promise<number[]> {
  await mustChange(tx, itemId)
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

export type NewItemWithholding = {
  itemId: string
  /** Principal of an agency or a user. */
  holder: number
  /** Null: the whole item. */
  part: string | null
  reason: string
}

/** Keeps an item, or one part of it, from an agency or a user, whatever they sit in (M1e). Throws unless the actor may change the item. */
export async function withholdItem(tx: Tx, actor: Actor, now: Date, { itemId, holder, part, reason }: NewItemWithholding): Promise<string> {
  await mustChange(tx, itemId)
  const id = uuid()
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ kind: string }>`select kind from principals where id = ${holder}`.execute(keeper)
    if (rows[0]?.kind !== 'agency' && rows[0]?.kind !== 'user') throw new Error('An item is withheld from an agency or from a user.')
    await sql`
      insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_by, withheld_at, readers, editors)
      values (${id}, ${itemId}, ${part}, ${holder}, ${reason}, ${actor.userId}, ${now}, '{}', '{}')`.execute(keeper)
    await rewriteItemAsKeeper(keeper, itemId)
  })
  return id
}

/** Keeps an item that the actor reads from themself: they have a conflict of interest. Those who run it can end that. Throws where they do not read it. */
export async function keepFromSelf(tx: Tx, actor: Actor, now: Date, itemId: string, reason: string): Promise<void> {
  const { rows } = await sql`select from meeting_items where id = ${itemId}`.execute(tx)
  if (rows.length === 0) throw new Error('Whoever has a conflict of interest reads the item.')
  await asKeeper(tx, async keeper => {
    await sql`
      insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_by, withheld_at, readers, editors)
      values (${uuid()}, ${itemId}, null, ${actor.principal}, ${reason}, ${actor.userId}, ${now}, '{}', '{}')`.execute(keeper)
    await rewriteItemAsKeeper(keeper, itemId)
  })
}

/**
 * Keeps an item from whom earlier ones about the same people are kept, in the same parts, but for those that `except` names: also what keeps the actor
 * out, which they cannot be asked about. Throws unless the actor may change the item and sees the earlier ones.
 */
export async function repeatWithholdings(
  tx: Tx,
  actor: Actor,
  now: Date,
  { itemId, earlier, except }: { itemId: string; earlier: readonly string[]; except: readonly string[] },
): Promise<void> {
  if (earlier.length === 0) return
  await mustChange(tx, itemId)
  const { rows: seen } = await sql`select from meeting_items where id = any (${[...earlier]}::uuid[])`.execute(tx)
  if (seen.length !== new Set(earlier).size) throw new Error('Withholdings are repeated of items that are seen.')
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ part: string | null; holder: number; reason: string }>`
      select distinct on (w.part, w.holder) w.part, w.holder, w.reason from meeting_item_withholdings w
      where w.item_id = any (${[...earlier]}::uuid[]) and w.ended_at is null and not w.id = any (${[...except]}::uuid[])
        and not exists (select from meeting_item_withholdings there
          where there.item_id = ${itemId} and there.ended_at is null and there.holder = w.holder and there.part is not distinct from w.part)
      order by w.part, w.holder, w.withheld_at desc`.execute(keeper)
    for (const { part, holder, reason } of rows)
      await sql`
        insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_by, withheld_at, readers, editors)
        values (${uuid()}, ${itemId}, ${part}, ${holder}, ${reason}, ${actor.userId}, ${now}, '{}', '{}')`.execute(keeper)
    await rewriteItemAsKeeper(keeper, itemId)
  })
}

/** Whether somebody who runs the meeting would still see an item that were kept from this holder as well: else nobody could take it, or end that. */
export async function isRunStill(tx: Tx, now: Date, itemId: string, holder: number): Promise<boolean> {
  const { running, withholdings } = await asKeeper(tx, keeper => factsOf(keeper, itemId))
  const kept = [holder, ...withholdings.filter(one => one.part === null).map(one => one.holder)]
  const { rows } = await sql`
    select from held_principals h join users u on u.principal = h.holder and u.status <> 'disabled'
    where h.principal = ${running} and h.starts_at <= ${now} and (h.ends_at is null or h.ends_at > ${now})
      and not (array[u.principal, u.agency] || array(select p.agency from posts p where p.user_id = u.id and p.ended_at is null)) && ${kept}::int[]
    limit 1`.execute(tx)
  return rows.length > 0
}

/** Ends that at once. Not by anybody whom it keeps out: to them it is not there. */
export async function endItemWithholding(
  tx: Tx,
  actor: Actor,
  now: Date,
  withholdingId: string,
  reason = '',
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

/**
 * Opens what agencies have submitted on this item to everybody who reads it: its papers go round. The keeper opens it without having read it. Throws
 * unless the actor may change the item.
 */
export async function circulateResearch(tx: Tx, itemId: string): Promise<void> {
  await mustChange(tx, itemId)
  await asKeeper(tx, keeper => openSubmitted(keeper, itemId))
}

/** The same for research that comes in once the papers have gone round, by the agency whose own it is. */
export async function circulateOwnResearch(tx: Tx, researchId: string): Promise<void> {
  const { rows } = await sql<{ itemId: string }>`
    select item_id as "itemId" from meeting_research where id = ${researchId} for update`.execute(tx)
  if (!rows[0]) throw new Error('Research goes round by whoever may change it.')
  await asKeeper(tx, keeper => openSubmitted(keeper, rows[0]!.itemId, researchId))
}

/** Opens the notes and decisions of an item at one meeting to everybody who reads it: its minutes go round. Throws unless the actor may change it. */
export async function circulateEntries(tx: Tx, itemId: string, meetingId: string): Promise<void> {
  await mustChange(tx, itemId)
  await asKeeper(tx, async keeper => {
    await sql`update meeting_entries set audience = 'item' where item_id = ${itemId} and meeting_id = ${meetingId}`.execute(keeper)
    await rewriteItemAsKeeper(keeper, itemId)
  })
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

/**
 * Whether what their own seat writes of a part is kept from the actor: free words are from whoever is named and not from their agency, another part from
 * both.
 */
export async function isOwnKeptFrom(tx: Tx, actor: Actor, itemId: string, part: string): Promise<boolean> {
  const holders = part === wordsPart ? [actor.principal] : [...actor.principals]
  return asKeeper(tx, async keeper => {
    const { rows } = await sql`
      select from meeting_item_withholdings
      where item_id = ${itemId} and part = ${part} and ended_at is null and holder = any (${holders}::int[]) limit 1`.execute(keeper)
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

async function openSubmitted(keeper: Tx, itemId: string, only: string | null = null): Promise<void> {
  const submitted = sql`select id from meeting_research where item_id = ${itemId} and state in ('submitted', 'nothing-held') and (${only}::uuid is null or id = ${only})`
  // Of each section the words last submitted, and nothing of what is still being written or has been taken out again.
  await sql`
    update meeting_answers v set audience = case when v.submitted_at is null or exists (
        select from meeting_answers later where later.research_id = v.research_id and later.section = v.section and later.submitted_at is not null
          and later.revision > v.revision) then 'own' else 'item' end
    where v.research_id in (${submitted})`.execute(keeper)
  await sql`update meeting_research set audience = 'item' where id in (${submitted})`.execute(keeper)
  await rewriteItemAsKeeper(keeper, itemId)
}

async function mustChange(tx: Tx, itemId: string): Promise<void> {
  const { rows } = await sql`select id from meeting_items where id = ${itemId} for update`.execute(tx)
  if (rows.length === 0) throw new Error('Who sees an item is decided by those who may change it.')
}

async function rewriteItemAsKeeper(keeper: Tx, itemId: string): Promise<void> {
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
  const withheld = part
    ? sql`coalesce((select array_agg(distinct w.holder order by w.holder) from withholdings w where w.part is null or (w.part = ${part} and not (w.part = ${wordsPart} and ${theirs}))), '{}')`
    : table.ofWithholdings
      ? sql`coalesce((select array_agg(distinct one order by one) from unnest(${withheldOf(facts)}::int[] || t.holder) as each (one)), '{}')`
      : sql`${withheldOf(facts)}::int[]`
  return sql`${sql.ref(`${table.table}_written`)} as (
    update ${sql.table(table.table)} t set readers = ${together('readers')}, editors = ${together('editors')}, withheld = ${withheld}
    from lists l where t.${sql.ref(table.key)} = ${itemId}::uuid and l.audience = ${audience} and l.outlasts = ${sql.lit(table.own?.outlasts ?? false)})`
}

async function factsOf(keeper: Tx, itemId: string): Promise<ItemFacts> {
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
