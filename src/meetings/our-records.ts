import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdItemsKept, listsForRowOfItem, listsOfTwo } from '../access/index.ts'
import { agenciesInWhich } from '../platform/acting-at.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { auditItem } from './change-items.ts'
import type { OfItem } from './frame.tsx'
import type { Party } from './meeting.ts'

// Whose record somebody in an item is, as each agency says of its own: one says nothing to another (decision 25).

export type AgencyToLinkFor = { agency: number; name: string }

/** For which agencies the actor may say whose record somebody in an item is: for which they sit there, run it or have referred it, and record. */
export async function agenciesToLinkFor(
  tx: Tx,
  actor: Actor,
  { item, series }: Pick<OfItem, 'item' | 'series'>,
): Promise<AgencyToLinkFor[]> {
  const { rows } = await sql<AgencyToLinkFor>`
    select a.principal as agency, a.name from agencies a
    where a.principal = any (${agenciesInWhich(actor, 'record')}::int[]) and (${series.runs} and a.principal = ${actor.agency}
      or exists (select from meeting_seats s where s.id = any (${[...series.seats]}::uuid[]) and s.agency_id = a.id)
      or exists (select from meeting_items i where i.id = ${item.id} and i.referred_by = ${actor.userId}::uuid and i.referring_agency = a.id))
    order by a.principal <> ${actor.agency}, a.name`.execute(tx)
  return rows
}

/**
 * Says for an agency whose record somebody in an item is; null: nobody's. What the agency said before ends, as far as the actor sees it. Holds the item
 * and the person, so that of two who say so at once the later stands, under lists that still hold. Row-level security lets nobody who may not read both.
 */
export async function linkRecord(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id: partyId, itemId, part }: Pick<Party, 'id' | 'itemId' | 'part'>,
  agency: number,
  personId: string | null,
): Promise<void> {
  await holdItemsKept(tx)
  const item = await listsForRowOfItem(tx, itemId, { audience: 'referrer', part })
  const standing = sql`party_id = ${partyId} and agency = ${agency} and ended_at is null`
  const ended = await sql`
    update meeting_party_links set ended_at = ${now}, ended_by = ${actor.userId}
    where ${standing} and person_id is distinct from ${personId}::uuid`.execute(tx)
  if (personId) {
    const { own: person } = await listsOfTwo(tx, personId, null)
    // Whoever reads it may end it again: so its editors are its readers.
    const linked = await sql`
      insert into meeting_party_links (id, party_id, item_id, part, agency, person_id, linked_at, linked_by, readers, editors, withheld,
        other_readers, other_editors, other_withheld, named_readers)
      select ${uuid()}, ${partyId}, ${itemId}, ${part}, ${agency}, ${personId}, ${now}, ${actor.userId}, ${item.readers}::int[], ${item.readers}::int[],
        ${item.withheld}::int[], ${person.readers}::int[], ${person.editors}::int[], ${person.withheld}::int[], array[${agency}::int]
      where not exists (select from meeting_party_links where ${standing} and person_id = ${personId})`.execute(tx)
    if (linked.numAffectedRows === 1n) await auditItem(tx, actor, now, 'meeting-party-linked', itemId, { partyId })
  } else if (ended.numAffectedRows !== 0n) await auditItem(tx, actor, now, 'meeting-party-unlinked', itemId, { partyId })
}

export type MeetingOfPerson = { itemId: string; reference: string; seriesName: string; meetingAt: Date | null }

/** Where a person is talked about, by the links that the actor reads. */
export async function meetingsOfPerson(tx: Tx, personId: string): Promise<MeetingOfPerson[]> {
  const { rows } = await sql<MeetingOfPerson>`
    select i.id as "itemId", i.reference, z.name as "seriesName", m.starts_at as "meetingAt"
    from meeting_items i join meeting_series z on z.id = i.series_id left join meetings m on m.id = i.meeting_id
    where i.state not in ('draft', 'withdrawn') and i.id in (
      select l.item_id from meeting_party_links l join meeting_parties p on p.id = l.party_id and p.replaced_at is null
      where l.person_id = ${personId} and l.ended_at is null)
    order by m.starts_at desc nulls first, i.id`.execute(tx)
  return rows
}
