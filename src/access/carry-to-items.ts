import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { standsOn } from './carry-withholdings.ts'
import { holdItemsKept } from './hold.ts'
import { rewriteItemAsKeeper } from './meeting-items.ts'
import { goesWith, wholePart, wordsPart } from './meeting-lists.ts'
import { leavingWhoeverRuns, seenByLinkAlone } from './who-runs-items.ts'

/** Somebody whom an item is about, as they are told from others: all that the keeper reads of them. */
export type Named = { role: string; familyName: string; givenName: string; bornOn: PlainDate | null; isPlace: boolean }
/** Whether two may be one and the same; `isOfKind`, whether meetings of one kind speak of them. */
export type IsSame = (one: Named, other: Named, isOfKind: boolean) => boolean

/**
 * Not the reason of the other: that may be for those of another meeting or of a service alone, or of one who is kept from it. Nor that there is another, or
 * whether it is an item or a case on record: whoever runs one meeting does not learn here that somebody is spoken of in another.
 */
const because = 'They must not hear of somebody whom it is about. Ask before you end it: somebody’s safety may hang on it'

/**
 * Keeps an item from everybody from whom another about the same people is kept (M1e), whichever meeting hears that and whenever it did, whole or the same
 * part of it; and the whole of it from everybody from whom a case of somebody is withheld who is linked to their record (E5). Whoever acts need not know of it
 * for it to hold, and it holds for them too; those who run the meeting and are not kept out read it, and end it where it does not apply. Asked
 * before anybody may read the item by being referred, corrected or linked.
 *
 * Not again what was ended on this item, unless somebody has kept another one from them since. And what waits to be triaged not from whoever sent it: they
 * know what they wrote, and that it was gone at once would tell them of another (`spared`). Answers from whom the whole of it is kept.
 */
export async function carryToItem(tx: Tx, now: Date, itemId: string, isSame: IsSame): Promise<readonly number[]> {
  await holdItemsKept(tx)
  return asKeeper(tx, async keeper => {
    await carry(keeper, now, itemId, isSame)
    const { rows } = await sql<{ holder: number }>`
      select distinct holder from meeting_item_withholdings where item_id = ${itemId} and part is null and ended_at is null order by 1`.execute(
      keeper,
    )
    return rows.map(row => row.holder)
  })
}

/** The same the other way about, once an item is kept from somebody: of the others about the same people, those that are open. Answers which are kept from more than before. */
export async function carryFromItem(tx: Tx, now: Date, itemId: string, isSame: IsSame): Promise<readonly string[]> {
  await holdItemsKept(tx)
  return asKeeper(tx, async keeper => {
    const pairs = await sameElsewhere(keeper, itemId, isSame, sql`other.state not in ('draft', 'closed')`)
    const kept: string[] = []
    for (const id of [...new Set(pairs.map(pair => pair.itemId))].sort()) if (await carry(keeper, now, id, isSame)) kept.push(id)
    return kept
  })
}

/** The same, once a case of this person is withheld from somebody or their record has become another's, of what is open and linked to it. */
export async function carryFromRecord(keeper: Tx, now: Date, personId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct i.id from meeting_party_links l join meeting_items i on i.id = l.item_id
    where l.person_id = ${personId} and l.ended_at is null and i.state not in ('draft', 'closed') order by 1`.execute(keeper)
  // Who is the same is said by the link alone.
  for (const { id } of rows) await carry(keeper, now, id, () => false)
}

/** From whom an item that waits to be triaged will be kept by that once it is on an agenda: whoever sent it, who are spared until then. */
export async function keptOnceTriaged(
  tx: Tx,
  itemId: string,
  isSame: IsSame,
): Promise<{ holder: number; holderName: string; part: string | null; reason: string }[]> {
  return asKeeper(tx, async keeper => {
    const spared = await sparedOf(keeper, itemId)
    const fresh = (await notSettled(keeper, itemId, await wishesFor(keeper, itemId, isSame))).filter(wish => spared.includes(wish.holder))
    const { rows } = await sql<{ principal: number; name: string }>`
      select principal, name from agencies where principal = any (${spared}::int[])
      union select principal, name from users where principal = any (${spared}::int[])`.execute(keeper)
    const nameOf = (holder: number) => rows.find(row => row.principal === holder)?.name ?? ''
    return fresh.map(({ holder, part }) => ({ holder, holderName: nameOf(holder), part, reason: because }))
  })
}

/** What waited for somebody else to run a series, once they do: what a link says is kept from those whom it concerns. */
export async function keepOnceRunByOthers(tx: Tx, now: Date, seriesId: string): Promise<void> {
  await holdItemsKept(tx)
  await asKeeper(tx, async keeper => {
    for (const id of await seenByLinkAlone(keeper, seriesId)) await carry(keeper, now, id, () => false)
  })
}

/**
 * Keeps those whom a corrected referral names now from whomever somebody is kept whom it no longer names: of one whose day of birth was put right, say, nobody
 * can tell that they are who they were. Whoever corrects need not know of it; those who run the meeting end it where it does not apply.
 */
export async function carryToReplacing(tx: Tx, now: Date, itemId: string, gone: readonly string[], come: readonly string[]): Promise<void> {
  if (gone.length === 0 || come.length === 0) return
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<Wish>`
      select holder, part, withheld_at as at, withheld_by is null as "isRepeated", false as "isByLink" from meeting_item_withholdings
      where item_id = ${itemId} and part = any (${[...gone]}::text[]) and ended_at is null`.execute(keeper)
    const replacing = (part: string | null) => come.filter(one => wholePart(one) === wholePart(part ?? ''))
    await keepAs(
      keeper,
      now,
      itemId,
      rows.flatMap(row => replacing(row.part).map(part => ({ ...row, part }))),
    )
  })
}

type Wish = { holder: number; part: string | null; at: Date; isRepeated: boolean; isByLink: boolean }

const carry = async (keeper: Tx, now: Date, itemId: string, isSame: IsSame): Promise<boolean> =>
  keepAs(keeper, now, itemId, await wishesFor(keeper, itemId, isSame))

async function wishesFor(keeper: Tx, itemId: string, isSame: IsSame): Promise<Wish[]> {
  const isKept = sql`exists (select from meeting_item_withholdings w where w.item_id = other.id and w.ended_at is null)`
  const pairs = await sameElsewhere(keeper, itemId, isSame, isKept)
  const { rows } = await sql<Omit<Wish, 'isByLink'> & { itemId: string }>`
    select w.item_id as "itemId", w.holder, w.part, w.withheld_at as at, w.withheld_by is null as "isRepeated"
    from meeting_item_withholdings w join meeting_items i on i.id = w.item_id
    where w.item_id = any (${pairs.map(pair => pair.itemId)}::uuid[]) and w.ended_at is null and ${isDecided}`.execute(keeper)
  const wishes = pairs.flatMap(pair =>
    rows
      .filter(row => row.itemId === pair.itemId)
      .flatMap(row => partsHere(pair, row.part).map((part): Wish => ({ ...row, part, isByLink: pair.isByLink }))),
  )
  return [...wishes, ...(await onRecords(keeper, itemId))]
}

/**
 * What spreads to others is what those who run a meeting have decided, or have triaged: a referral that names somebody would otherwise take them off the
 * agendas of whomever its referrer likes.
 */
const isDecided = sql`(i.triaged_at is not null and i.state not in ('returned', 'withdrawn')
  or exists (select from meeting_members m where m.series_id = i.series_id and m.seat_id is null and m.user_id = w.withheld_by))`

async function onRecords(keeper: Tx, itemId: string): Promise<Wish[]> {
  const { rows } = await sql<Wish>`
    select w.holder, null as part, w.withheld_at as at, w.withheld_by is null as "isRepeated", true as "isByLink"
    from meeting_party_links l join meeting_parties p on p.id = l.party_id and p.replaced_at is null join withholdings w on ${standsOn(sql`l.person_id`)}
    where l.item_id = ${itemId} and l.ended_at is null`.execute(keeper)
  return rows
}

type Pair = {
  itemId: string
  isOfKind: boolean
  isLinked: boolean
  isByLink: boolean
  mine: Named & { part: string }
  theirs: Named & { part: string }
}

/** Who in this item may be who in others. */
async function sameElsewhere(keeper: Tx, itemId: string, isSame: IsSame, which: RawBuilder<unknown>): Promise<Pair[]> {
  const named = (one: string) => {
    const column = (name: string) => sql.ref(`${one}.${name}`)
    return sql`json_build_object('part', ${column('part')}, 'role', ${column('role')}, 'familyName', ${column('family_name')},
      'givenName', ${column('given_name')}, 'bornOn', ${column('born_on')}, 'isPlace', ${column('is_place')})`
  }
  // Whichever agencies have: that a record of somebody's is the same is told to nobody by this, and who must be kept out is not left to who knows of it.
  const isLinked = sql`exists (select from meeting_party_links a join meeting_party_links b on b.person_id = a.person_id
    where a.party_id = p.id and b.party_id = q.id and a.ended_at is null and b.ended_at is null)`
  const { rows } = await sql<Omit<Pair, 'isByLink'>>`
    select other.id as "itemId", k.kind = s.kind as "isOfKind", ${isLinked} as "isLinked", ${named('p')} as mine, ${named('q')} as theirs
    from meeting_parties p
      join meeting_items item on item.id = p.item_id join meeting_series k on k.id = item.series_id
      join meeting_parties q on q.item_id <> p.item_id
        and (${isLinked} or q.born_on = p.born_on or q.born_on is null or p.born_on is null)
      join meeting_items other on other.id = q.item_id join meeting_series s on s.id = other.series_id
    where p.item_id = ${itemId} and p.replaced_at is null and q.replaced_at is null and ${which}`.execute(keeper)
  return rows.flatMap(pair => {
    const isByLink = !isSame(pair.mine, pair.theirs, pair.isOfKind)
    return pair.isLinked || !isByLink ? [{ ...pair, isByLink }] : []
  })
}

/**
 * What is kept here of what is kept there. The same part, and the part of the person who has changed sides: whoever suffered it may now be said to have done
 * it. Parts of another kind of meeting are others: whoever must not hear of somebody there does not hear of them here. Who is a part by themself is so in
 * their own item alone: what is kept of them there is kept of them here. A place carries itself alone: two households may have it.
 */
function partsHere({ isOfKind, mine, theirs }: Pair, part: string | null): (string | null)[] {
  if (mine.isPlace) return isOfKind && part === theirs.part ? [part] : []
  if (part === null || part === wordsPart) return [part]
  const isOfOne = part !== wholePart(part)
  const isTheirs = isOfOne ? part === theirs.part : goesWith(part, theirs.part)
  if (!isOfKind) return isTheirs ? [null] : []
  if (isOfOne) return isTheirs ? [mine.part] : []
  return isTheirs && wholePart(mine.part) !== part ? [part, mine.part] : [part]
}

/** All but what is settled here already, whoever is spared, and the last who run it where only a link says so. Answers whether any is new. */
async function keepAs(keeper: Tx, now: Date, itemId: string, wishes: readonly Wish[]): Promise<boolean> {
  const spared = await sparedOf(keeper, itemId)
  const settled = (await notSettled(keeper, itemId, wishes)).filter(wish => !spared.includes(wish.holder))
  const fresh = await leavingWhoeverRuns(keeper, now, itemId, settled)
  for (const { holder, part } of fresh)
    await sql`
      insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_at, readers, editors)
      values (${uuid()}, ${itemId}, ${part}, ${holder}, ${because}, ${now}, '{}', '{}')`.execute(keeper)
  if (fresh.length > 0) await rewriteItemAsKeeper(keeper, itemId)
  return fresh.length > 0
}

/** Each once: what is not kept here yet, and was not ended here since it was last said elsewhere. */
async function notSettled(keeper: Tx, itemId: string, wishes: readonly Wish[]): Promise<Wish[]> {
  const { rows: here } = await sql<{ holder: number; part: string | null; endedAt: Date | null }>`
    select holder, part, ended_at as "endedAt" from meeting_item_withholdings where item_id = ${itemId}`.execute(keeper)
  return [...Map.groupBy(wishes, wish => `${wish.holder} ${wish.part ?? ''}`).values()].flatMap(same => {
    const [first] = same as [Wish]
    const settled = here.filter(one => one.holder === first.holder && one.part === first.part)
    const isSettled = settled.some(({ endedAt }) => !endedAt || same.every(wish => wish.isRepeated || wish.at < endedAt))
    return isSettled ? [] : [{ ...first, isByLink: same.every(wish => wish.isByLink) }]
  })
}

/**
 * From whom an item that waits to be triaged is not kept yet: whoever referred it, and their agency unless somebody of it runs the meeting, who would read it
 * there. Nobody else of that agency does before it is on an agenda.
 */
async function sparedOf(keeper: Tx, itemId: string): Promise<number[]> {
  const { rows } = await sql<{ principal: number }>`
    select i.referrer as principal from meeting_items i
    where i.id = ${itemId} and i.state in ('referred', 'returned', 'withdrawn')
    union
    select a.principal from meeting_items i join agencies a on a.id = i.referring_agency
    where i.id = ${itemId} and i.state in ('referred', 'returned', 'withdrawn') and not exists (
      select from held_principals h join users r on r.principal = h.holder
      where h.principal = i.running and h.ends_at is null
        and (r.agency = a.principal or exists (select from posts o where o.user_id = r.id and o.ended_at is null and o.agency = a.principal)))`.execute(
    keeper,
  )
  return rows.map(row => row.principal)
}
