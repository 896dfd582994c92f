import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import {
  endItemWithholding,
  listsForNewItem,
  mustBeThereStill,
  type NewItemWithholding,
  rewriteItem,
  withholdItem,
} from '../access/index.ts'
import { audit, auditAll } from '../audit/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { agenciesInWhich } from '../platform/acting-at.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Item, Series } from './meeting.ts'

/**
 * Begins a referral: a draft, seen by its referrer alone. It is made by an agency in which a post of theirs lets them: `by`, where it does, else one that
 * sits in the series, else the one that they are of.
 */
export async function beginReferral(
  tx: Tx,
  actor: Actor,
  now: Date,
  series: Pick<Series, 'id' | 'running' | 'itemMinutes'>,
  by: number | null = null,
): Promise<string> {
  const id = uuid()
  const { readers, editors, withheld } = listsForNewItem(actor)
  await mustBeThereStill(tx, actor, [actor.principal])
  await sql`
    insert into meeting_items (id, series_id, running, reference, state, minutes, referrer, referred_by, referring_agency, referring_category, created_at, readers, editors, withheld)
    select ${id}, ${series.id}, ${series.running}, ${referenceIn(now)}, 'draft', ${series.itemMinutes}, ${actor.principal}, ${actor.userId}, a.id,
      coalesce(s.category, ''), ${now}, ${readers}::int[], ${editors}::int[], ${withheld}::int[]
    from agencies a left join meeting_seats s on s.series_id = ${series.id} and s.agency_id = a.id and s.ended_at is null
    where a.principal = any (${agenciesInWhich(actor, 'record')}::int[])
    order by a.principal is distinct from ${by}::int, s.id is null, a.principal <> ${actor.agency}, a.name limit 1`.execute(tx)
  await auditItem(tx, actor, now, 'meeting-referral-begun', id)
  return id
}

/** '26/48213': made up at random, so that a number that somebody does not see says nothing of how many there are. */
const referenceIn = (now: Date): string => `${londonDate(now).slice(2, 4)}/${randomInt(10_000, 100_000)}`

type Kept = Pick<NewItemWithholding, 'holder' | 'part' | 'reason'>
/** From whom it is kept as another about the same people is; who are let in after all, by what keeps it from them, and why. */
type KeptInTriage = { from: readonly Kept[]; letIn: readonly (Kept & { ids: readonly string[] })[]; because: string }
export type Triage =
  | {
      decision: 'accept'
      meetingId: string
      invited: readonly number[] | null
      isRepeat: boolean
      repeatOf: string | null
      words: string
      kept?: KeptInTriage
    }
  | { decision: 'return'; words: string }

/** Puts a referral on to an agenda, or sends it back with the reason: as whoever triages has read it, and not as it has been corrected since. */
export async function triageItem(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Item,
  triage: Triage,
): Promise<Result<void, 'changed-meanwhile' | 'no-such-date'>> {
  if (triage.decision === 'return') {
    const returned = await sql`
      update meeting_items set state = 'returned', triaged_at = ${now}, triaged_by = ${actor.userId}, triage_words = ${triage.words}, version = version + 1
      where id = ${item.id} and state = 'referred' and version = ${item.version}`.execute(tx)
    if (returned.numAffectedRows !== 1n) return no('changed-meanwhile')
  } else {
    const meeting = await sql<{ next: number; isSent: boolean }>`
      select m.state <> 'planned' as "isSent", (select coalesce(max(position), 0) + 1 from meeting_items i where i.meeting_id = m.id) as next
      from meetings m where m.id = ${triage.meetingId} and m.series_id = ${item.seriesId} and m.state in ('planned', 'sent', 'open')`.execute(
      tx,
    )
    if (!meeting.rows[0]) return no('no-such-date')
    const accepted = await sql`
      update meeting_items set state = 'listed', meeting_id = ${triage.meetingId}, position = ${meeting.rows[0].next}, invited = ${triage.invited ? [...triage.invited] : null}::int[],
        is_repeat = ${triage.isRepeat}, repeat_of = ${triage.repeatOf}, triaged_at = ${now}, triaged_by = ${actor.userId}, triage_words = ${triage.words}, version = version + 1
      where id = ${item.id} and state = 'referred' and version = ${item.version}`.execute(tx)
    if (accepted.numAffectedRows !== 1n) return no('changed-meanwhile')
    if (triage.kept) await settleKept(tx, actor, now, item, triage.kept)
    // It has been on an agenda before, of a date that was cancelled: what its agencies answered then goes with it.
    await sql`
      update meeting_research r set meeting_id = ${triage.meetingId} from meetings m
      where r.item_id = ${item.id} and m.id = r.meeting_id and m.state = 'cancelled'
        and not exists (select from meeting_research there where there.item_id = r.item_id and there.meeting_id = ${triage.meetingId} and there.seat_id = r.seat_id)`.execute(
      tx,
    )
  }
  await rewriteItem(tx, item.id)
  await auditItem(tx, actor, now, triage.decision === 'return' ? 'meeting-referral-returned' : 'meeting-item-listed', item.id)
  await tellReferrer(
    tx,
    actor,
    now,
    item,
    triage.decision === 'return'
      ? 'A referral of yours to a meeting has been sent back'
      : 'A referral of yours is on the agenda of a meeting',
  )
  return ok(undefined)
}

/** That somebody is let in, and why, stands: also of one from whom it was not kept before it was said. */
async function settleKept(tx: Tx, actor: Actor, now: Date, item: Item, { from, letIn, because }: KeptInTriage): Promise<void> {
  const keep = ({ holder, part, reason }: Kept) => withholdItem(tx, actor, now, { itemId: item.id, holder, part, reason })
  for (const one of from) await keep(one)
  for (const one of letIn)
    for (const id of one.ids.length > 0 ? one.ids : [await keep(one)]) await endItemWithholding(tx, actor, now, id, because)
}

/** Tells whoever referred, but whoever does it themself. */
export async function tellReferrer(tx: Tx, actor: Actor, now: Date, item: Item, words: string): Promise<void> {
  await tellUsers(tx, now, {
    to: item.referredBy === actor.userId ? [] : [item.referredBy],
    kind: 'meeting',
    words,
    href: paths.meetings.item(item.id),
    meetingItemId: item.id,
  })
}

/**
 * What is done to an item stands in the audit under the item and under no person: who may read a person's audit must not learn there that a meeting
 * speaks of them (decision 25).
 */
export const auditItem = (tx: Tx, actor: Actor, now: Date, action: string, id: string, detail?: Record<string, unknown>): Promise<void> =>
  audit(tx, actor, now, { action, subject: { type: 'meeting-item', id }, ...(detail ? { detail } : {}) })

/** The same for a page that shows several: each was seen. */
export const auditItems = (tx: Tx, actor: Actor, now: Date, action: string, items: readonly Pick<Item, 'id'>[]): Promise<void> =>
  auditAll(
    tx,
    actor,
    now,
    items.map(({ id }) => ({ action, subject: { type: 'meeting-item', id } })),
  )
