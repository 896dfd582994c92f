import { type RawBuilder, sql } from 'kysely'
import { itemsWithSomebodyKeptFrom, partsKeptOfItems, wordsPart } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Item, Party } from './meeting.ts'

const itemColumns = (actor: Actor): RawBuilder<unknown> => sql`
  i.id, i.series_id as "seriesId", i.meeting_id as "meetingId", m.starts_at as "meetingAt", i.reference, i.state, i.position, i.minutes,
  i.referred_by as "referredBy", u.name as "referredByName", a.name as "referringAgency", i.referring_category as "referringCategory", i.referred_at as "referredAt",
  i.invited, i.score, i.band, i.criteria, i.is_repeat as "isRepeat", i.repeat_of as "repeatOf", i.triage_words as "triageWords",
  i.discussed_at as "discussedAt", i.closed_at as "closedAt", i.ended_as as "endedAs", i.papers_circulated_at as "papersCirculatedAt", i.minutes_circulated_at as "minutesCirculatedAt",
  (select max(v.saved_at) from meeting_answers v where v.item_id = i.id and v.research_id is null and v.audience = 'referrer'
    and v.saved_at > i.referred_at and v.saved_at is distinct from i.withdrawn_at) as "correctedAt", i.withdrawn_at as "withdrawnAt", i.version, i.withheld,
  i.editors && ${[...actor.writePrincipals]}::int[] and (i.state = 'draft' or i.running = any (${[...actor.writePrincipals]}::int[])) as "mayEdit",
  i.state in ('draft', 'referred') and i.referrer = any (${[...actor.writePrincipals]}::int[]) as "mayCorrect",
  i.referrer = any (${[...actor.principals]}::int[]) as "isFollowed", i.referred_by = ${actor.userId}::uuid as "isOwnReferral"`

const itemTables = sql`
  meeting_items i join users u on u.id = i.referred_by join agencies a on a.id = i.referring_agency left join meetings m on m.id = i.meeting_id`

async function items(tx: Tx, actor: Actor, where: RawBuilder<unknown>): Promise<Item[]> {
  const { rows } = await sql<Item>`select ${itemColumns(actor)} from ${itemTables} where ${where}`.execute(tx)
  // To whomever the earlier item is kept from, that this is a repeat would say that there was one; to whomever a victim in one of them is, who that is.
  const kept = await itemsWithSomebodyKeptFrom(
    tx,
    actor,
    rows.flatMap(one => (one.repeatOf ? [one.id, one.repeatOf] : [])),
  )
  // How grave it is and by which criteria it came are answers that go with the free words: who must not read what happened does not learn its kind.
  const parts = await partsKeptOfItems(
    tx,
    actor,
    rows.map(one => one.id),
  )
  return rows.map(one => ({
    ...one,
    ...(one.repeatOf && (kept.has(one.id) || kept.has(one.repeatOf)) ? { isRepeat: false, repeatOf: null } : {}),
    ...(parts.get(one.id)?.includes(wordsPart) ? { score: null, band: '', criteria: [] } : {}),
  }))
}

/** One item, as far as the actor may see it. */
export async function findItem(tx: Tx, actor: Actor, itemId: string): Promise<Item | undefined> {
  if (!isId(itemId)) return undefined
  return (await items(tx, actor, sql`i.id = ${itemId}`))[0]
}

/** The agenda of a date, in its order, as the actor sees it: what is kept from them leaves no gap, since places are counted anew. */
export const agendaOf = (tx: Tx, actor: Actor, meetingId: string): Promise<Item[]> =>
  items(tx, actor, sql`i.meeting_id = ${meetingId} order by i.position, i.referred_at, i.id`)

/** The same with what has gone on to a further date since: what was said of it there stands in that date's minutes, what agencies knew in its papers. */
export const itemsAt = (tx: Tx, actor: Actor, meetingId: string): Promise<Item[]> =>
  items(
    tx,
    actor,
    sql`(i.meeting_id = ${meetingId} or exists (select from meeting_entries e where e.item_id = i.id and e.meeting_id = ${meetingId})
      or exists (select from meeting_research r where r.item_id = i.id and r.meeting_id = ${meetingId}))
      order by i.position, i.referred_at, i.id`,
  )

/** What is left over on dates of a series that have been held or were cancelled, the first date first. Read by where it stands, however many dates there were. */
export const unfinishedItems = (tx: Tx, actor: Actor, seriesId: string): Promise<Item[]> =>
  items(
    tx,
    actor,
    sql`i.series_id = ${seriesId} and i.state in ('listed', 'sent') and m.state in ('held', 'cancelled') order by m.starts_at, i.position, i.id`,
  )

/** What was talked about at dates of a series before then, and is still open to its members. */
export const itemsToClose = (tx: Tx, actor: Actor, seriesId: string, before: Date): Promise<Item[]> =>
  items(
    tx,
    actor,
    sql`i.series_id = ${seriesId} and i.state = 'discussed' and m.state in ('held', 'cancelled') and m.starts_at < ${before}
      order by m.starts_at, i.position, i.id`,
  )

/** What has been referred to a series and waits to be triaged, the longest first. */
export const waitingItems = (tx: Tx, actor: Actor, seriesId: string): Promise<Item[]> =>
  items(tx, actor, sql`i.series_id = ${seriesId} and i.state = 'referred' order by i.referred_at, i.id`)

/** What a series works with now, as far as the actor reads it: on an agenda to come, or talked about and not closed. What they only referred is not among it. */
export async function openItemsOf(tx: Tx, actor: Actor, seriesId: string): Promise<Item[]> {
  const all = await items(
    tx,
    actor,
    sql`i.series_id = ${seriesId} and i.state in ('listed', 'sent', 'discussed') order by i.referred_at, i.id`,
  )
  const { rows } = await sql<{ principal: number }>`
    select principal from meeting_seats where series_id = ${seriesId} and ended_at is null and principal = any (${[...actor.principals]}::int[])`.execute(
    tx,
  )
  const seats = rows.map(row => row.principal)
  return all.filter(one => one.mayEdit || seats.some(seat => one.invited === null || one.invited.includes(seat)))
}

/** What was taken back before it was triaged, the latest first. */
export const withdrawnItems = (tx: Tx, actor: Actor, seriesId: string): Promise<Item[]> =>
  items(tx, actor, sql`i.series_id = ${seriesId} and i.state = 'withdrawn' order by i.withdrawn_at desc, i.id limit 20`)

/** What the actor has referred themself, the latest first. */
export const ownReferrals = (tx: Tx, actor: Actor): Promise<Item[]> =>
  items(tx, actor, sql`i.referred_by = ${actor.userId}::uuid order by i.created_at desc, i.id limit 50`)

/** What was heard since then and is open to the actor, the latest first. */
export const heardSince = (tx: Tx, actor: Actor, since: Date): Promise<Item[]> =>
  items(tx, actor, sql`i.state = 'discussed' and i.discussed_at >= ${since} order by i.discussed_at desc, i.id`)

/** Whom items are about, by item. Somebody's record is named to whoever may see it in their own right, of the agency that says so, and to nobody else. */
export async function partiesOf(tx: Tx, itemIds: readonly string[]): Promise<ReadonlyMap<string, readonly Party[]>> {
  if (itemIds.length === 0) return new Map()
  const { rows } = await sql<Party>`
    select p.id, p.item_id as "itemId", p.part, p.role, p.family_name as "familyName", p.given_name as "givenName", p.born_on as "bornOn", p.is_place as "isPlace",
      p.postcode, p.about, s.stage,
      coalesce((select json_agg(distinct jsonb_build_object('agency', l.agency, 'agencyName', a.name, 'personId', k.id))
        from meeting_party_links l join people k on k.id = l.person_id join agencies a on a.principal = l.agency
        where l.party_id = p.id and l.ended_at is null), '[]') as records
    from meeting_parties p
      left join lateral (
        select json_build_object('label', coalesce(o.label, m.stage), 'givenOn', m.given_on::text, 'until', m.until::text) as stage
        from meeting_stage_moves m left join list_options o on o.list = m.list and o.code = m.stage and o.service_area = ''
        where m.party_id = p.id and m.withdrawn_at is null order by m.given_on desc, m.recorded_at desc, m.id desc limit 1) s on true
    where p.item_id = any (${[...itemIds]}::uuid[]) and p.replaced_at is null order by p.position, p.id`.execute(tx)
  const parties = new Map<string, Party[]>()
  for (const party of rows) parties.set(party.itemId, [...(parties.get(party.itemId) ?? []), party])
  return parties
}

export type Withholding = {
  id: string
  part: string | null
  holder: number
  holderName: string
  reason: string
  /** Null: the keeper, as another item about the same people is kept from them. */
  by: string | null
  at: Date
  endedAt: Date | null
  endedBy: string | null
  endedReason: string
}

/** From whom an item, or a part of it, is kept, for those who run it; never one that keeps the actor out. */
export const withholdingsOf = async (tx: Tx, itemId: string): Promise<Withholding[]> =>
  (await allWithholdingsOf(tx, itemId)).filter(one => !one.endedAt)

/** The same with those that have ended: who ended them, and why, stands. */
export async function allWithholdingsOf(tx: Tx, itemId: string): Promise<Withholding[]> {
  const { rows } = await sql<Withholding>`
    select w.id, w.part, w.holder, coalesce(a.name, u.name) as "holderName", w.reason, y.name as by, w.withheld_at as at,
      w.ended_at as "endedAt", e.name as "endedBy", w.ended_reason as "endedReason"
    from meeting_item_withholdings w left join agencies a on a.principal = w.holder left join users u on u.principal = w.holder left join users y on y.id = w.withheld_by
      left join users e on e.id = w.ended_by
    where w.item_id = ${itemId} order by w.withheld_at, w.id`.execute(tx)
  return rows
}

/** Whether two rows of people in items, as they are named now, are one somebody: by a record that the actor's agency has linked with both, or by name and date of birth. */
export function isSameSomebody(one: string, other: string): RawBuilder<unknown> {
  const column = (name: string) => [sql.ref(`${one}.${name}`), sql.ref(`${other}.${name}`)] as const
  const isSame = (name: string) =>
    sql.join(
      column(name).map(ref => sql`lower(${ref})`),
      sql` = `,
    )
  const [id, otherId] = column('id')
  const [born, otherBorn] = column('born_on')
  const named = sql.join(
    column('replaced_at').map(ref => sql`${ref} is null`),
    sql` and `,
  )
  return sql`(${named} and (exists (
      select from meeting_party_links a join meeting_party_links b on b.person_id = a.person_id
      where a.party_id = ${id} and b.party_id = ${otherId} and a.ended_at is null and b.ended_at is null)
    or ${isSame('family_name')} and ${isSame('given_name')} and (${born} = ${otherBorn} or ${born} is null or ${otherBorn} is null)))`
}

/**
 * Earlier items of the series about the same people in these roles, as far as the actor may see them: by their record where the actor's agency has linked
 * both, else by name and date of birth. The latest first.
 */
export async function earlierItems(
  tx: Tx,
  actor: Actor,
  item: Pick<Item, 'id' | 'seriesId'>,
  roles: readonly string[],
  since: Date,
  anchor: 'referral' | 'meeting',
): Promise<Item[]> {
  const sameParty = (role: string) => sql`exists (
    select from meeting_parties mine join meeting_parties theirs on theirs.item_id = i.id and theirs.role = ${role}
    where mine.item_id = ${item.id} and mine.role = ${role} and ${isSameSomebody('mine', 'theirs')})`
  return itemsSince(tx, actor, item, since, anchor, sql.join(roles.map(sameParty), sql` and `))
}

/** Items of the series in that time about somebody born on the same day as somebody in this one, in these roles: who may be the same, to be looked at. */
export async function itemsOfSameBirth(
  tx: Tx,
  actor: Actor,
  item: Pick<Item, 'id' | 'seriesId'>,
  roles: readonly string[],
  since: Date,
  anchor: 'referral' | 'meeting',
): Promise<Item[]> {
  const born = sql`exists (
    select from meeting_parties mine join meeting_parties theirs on theirs.item_id = i.id and theirs.role = mine.role
    where mine.item_id = ${item.id} and mine.role = any (${[...roles]}::text[]) and mine.replaced_at is null and theirs.replaced_at is null
      and (mine.born_on = theirs.born_on or lower(mine.family_name) = lower(theirs.family_name)))`
  return itemsSince(tx, actor, item, since, anchor, born)
}

/** Other items of the series since then that had their place on an agenda and are like this one, the latest first. */
function itemsSince(
  tx: Tx,
  actor: Actor,
  item: Pick<Item, 'id' | 'seriesId'>,
  since: Date,
  anchor: 'referral' | 'meeting',
  alike: RawBuilder<unknown>,
): Promise<Item[]> {
  const when = anchor === 'referral' ? sql`i.referred_at` : sql`m.starts_at`
  return items(
    tx,
    actor,
    sql`i.series_id = ${item.seriesId} and i.id <> ${item.id} and i.state in ('listed', 'sent', 'discussed', 'closed') and ${when} >= ${since}
      and ${alike} order by ${when} desc, i.id`,
  )
}
