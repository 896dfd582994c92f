import { type RawBuilder, sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { standsOn } from './carry-withholdings.ts'
import { factsOf } from './meeting-items.ts'

// Somebody who runs a meeting sees each of its items: else nobody could take it, or end what is kept.

/** Whether somebody who runs the meeting would still see an item that were kept from this holder as well. */
export async function isRunStill(tx: Tx, now: Date, itemId: string, holder: number): Promise<boolean> {
  return asKeeper(tx, async keeper => {
    const { running, withholdings } = await factsOf(keeper, itemId)
    return isRunBeside(keeper, now, running, [holder, ...keptOut(withholdings)])
  })
}

type Carried = { holder: number; part: string | null; isByLink: boolean }

/**
 * Of what would be carried to an item, all but what a link alone would shut out the last of those who run it by: what one member, or one agency's record, says
 * takes no case off a meeting. They have read it already. The authority is told instead, which names somebody else; from then on it is kept from them.
 */
export async function leavingWhoeverRuns<C extends Carried>(keeper: Tx, now: Date, itemId: string, carried: readonly C[]): Promise<C[]> {
  const wholeByLink = carried.filter(one => one.isByLink && one.part === null)
  if (wholeByLink.length === 0) return [...carried]
  const { running, withholdings } = await factsOf(keeper, itemId)
  if (await isRunBeside(keeper, now, running, [...keptOut(withholdings), ...keptOut(carried)])) return [...carried]
  const { rows } = await sql<{ holder: number }>`
    select l.holder from unnest(${wholeByLink.map(one => one.holder)}::int[]) as l (holder) where exists (${runnersOf(sql`${running}`, now)} and l.holder = any (${theirs}))`.execute(
    keeper,
  )
  const theyRun = rows.map(row => row.holder)
  return carried.filter(one => !(wholeByLink.includes(one) && theyRun.includes(one.holder)))
}

export type RunByNobody = {
  seriesId: string
  /** From whom it is kept, or has to be. */
  keptFrom: number[]
  /** Whether those who run it still see it, until somebody else is named. */
  isSeen: boolean
}

/**
 * Series in which something waits that nobody who runs them sees, or none may, since it is kept from each of them: somebody else has to be named. Of these
 * items, or of all.
 */
export async function runByNobody(tx: Tx, now: Date, itemIds: readonly string[] | 'all'): Promise<RunByNobody[]> {
  return asKeeper(tx, async keeper => {
    const asked = sql`i.state in ('referred', 'listed', 'sent', 'discussed') and ${itemIds === 'all' ? sql`true` : sql`i.id = any (${[...itemIds]}::uuid[])`}`
    const { rows } = await sql<RunByNobody>`
      select i.series_id as "seriesId", array_agg(distinct w.holder) as "keptFrom", false as "isSeen"
      from meeting_items i join meeting_item_withholdings w on w.item_id = i.id and w.part is null and w.ended_at is null
      where ${asked} and not exists (${runnersBut(
        sql`i.running`,
        sql`array(select x.holder from meeting_item_withholdings x where x.item_id = i.id and x.part is null and x.ended_at is null)`,
        now,
      )})
      group by i.series_id
      union all
      select i.series_id, array_agg(distinct l.holder), true
      from meeting_items i join lateral (${keptByLinks(sql`i.id`)}) l on true
      where ${asked} and ${isNotKeptYet} and exists (${runnersOf(sql`i.running`, now)} and l.holder = any (${theirs}))
      group by i.series_id order by 1, 3`.execute(keeper)
    return rows
  })
}

/** Items of a series that somebody who runs it sees although a link says that they must not: until somebody else runs it. */
export async function seenByLinkAlone(keeper: Tx, seriesId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct i.id from meeting_items i join lateral (${keptByLinks(sql`i.id`)}) l on true
    where i.series_id = ${seriesId} and i.state in ('referred', 'listed', 'sent', 'discussed') and ${isNotKeptYet} order by 1`.execute(
    keeper,
  )
  return rows.map(row => row.id)
}

/** From whom a link says that an item must be kept: they are kept from a case on the record. */
const keptByLinks = (itemId: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select w.holder, w.withheld_at as at, w.withheld_by is null as is_repeated
  from meeting_party_links k join meeting_parties p on p.id = k.party_id and p.replaced_at is null join withholdings w on ${standsOn(sql`k.person_id`)}
  where k.item_id = ${itemId} and k.ended_at is null`
/** Nor was ended there since it was said. */
const isNotKeptYet = sql`not exists (
  select from meeting_item_withholdings x where x.item_id = i.id and x.holder = l.holder and x.part is null
    and (x.ended_at is null or l.is_repeated or l.at < x.ended_at))`

const keptOut = (all: readonly { holder: number; part: string | null }[]): number[] =>
  all.filter(one => one.part === null).map(one => one.holder)

async function isRunBeside(keeper: Tx, now: Date, running: number, kept: readonly number[]): Promise<boolean> {
  const { rows } = await sql`${runnersBut(sql`${running}`, sql`${[...kept]}::int[]`, now)} limit 1`.execute(keeper)
  return rows.length > 0
}

const theirs = sql`array[u.principal, u.agency] || array(select p.agency from posts p where p.user_id = u.id and p.ended_at is null)`
const runnersOf = (running: RawBuilder<unknown>, now: Date): RawBuilder<unknown> => sql`
  select from held_principals h join users u on u.principal = h.holder and u.status <> 'disabled'
  where h.principal = ${running} and h.starts_at <= ${now} and (h.ends_at is null or h.ends_at > ${now})`
const runnersBut = (running: RawBuilder<unknown>, kept: RawBuilder<unknown>, now: Date): RawBuilder<unknown> =>
  sql`${runnersOf(running, now)} and not (${theirs}) && ${kept}`
