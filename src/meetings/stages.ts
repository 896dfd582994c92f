import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { auditItem } from './change-items.ts'
import { isSameSomebody } from './items.queries.ts'
import type { Item, Party } from './meeting.ts'

/** A step that was taken with somebody in an item, such as a warning. Where they stand is the latest that was not taken back. */
export type StageMove = {
  id: string
  partyId: string
  label: string
  reason: string
  givenOn: PlainDate
  until: PlainDate | null
  agencyName: string
  byName: string
  recordedAt: Date
  withdrawnAt: Date | null
  withdrawnBy: string
  /** Whether the actor recorded it. */
  isOwn: boolean
}

/** Every step with everybody in an item, as far as the actor sees them: the latest first. */
export async function stageMovesOf(tx: Tx, actor: Actor, itemId: string): Promise<StageMove[]> {
  const { rows } = await sql<StageMove>`
    select m.id, m.party_id as "partyId", coalesce(o.label, m.stage) as label, coalesce(r.label, m.reason) as reason, m.given_on as "givenOn", m.until,
      coalesce(a.name, '') as "agencyName", u.name as "byName", m.recorded_at as "recordedAt", m.withdrawn_at as "withdrawnAt", coalesce(w.name, '') as "withdrawnBy",
      m.recorded_by = ${actor.userId}::uuid as "isOwn"
    from meeting_stage_moves m join users u on u.id = m.recorded_by left join users w on w.id = m.withdrawn_by left join agencies a on a.id = m.agency_id
      left join list_options o on o.list = m.list and o.code = m.stage and o.service_area = ''
      left join list_options r on r.list = m.reasons and r.code = m.reason and r.service_area = ''
    where m.item_id = ${itemId} order by m.given_on desc, m.recorded_at desc, m.id desc`.execute(tx)
  return rows
}

export type NewMove = {
  party: Pick<Party, 'id' | 'part'>
  list: string
  stage: string
  reasons: string
  reason: string
  givenOn: PlainDate
  until: PlainDate | null
  agencyId: string | null
  /** Whose row it is: src/meetings/own-rows.ts. */
  own: readonly number[]
  /** The step of an earlier case that it repeats, and from whom that one is withheld. */
  from?: { id: string; withheld: readonly number[] }
}

/** `writer` is who must be able to write it, where that is another than whose it is from then on. */
export async function recordMove(
  tx: Tx,
  actor: Actor,
  now: Date,
  item: Pick<Item, 'id'>,
  move: NewMove,
  writer: readonly number[] = move.own,
): Promise<void> {
  const { party, own, from } = move
  const lists = await listsForRowOfItem(tx, item.id, { audience: 'item', part: party.part, own: writer, outlasts: true })
  await sql`
    insert into meeting_stage_moves (id, item_id, party_id, part, list, stage, reasons, reason, given_on, until, agency_id, carried_from, recorded_at, recorded_by, own, readers, editors, withheld)
    values (${uuid()}, ${item.id}, ${party.id}, ${party.part}, ${move.list}, ${move.stage}, ${move.reasons}, ${move.reason}, ${move.givenOn}, ${move.until}, ${move.agencyId},
      ${from?.id ?? null}, ${now}, ${actor.userId}, ${[...own]}::int[], ${lists.readers}::int[], ${lists.editors}::int[],
      ${[...new Set([...lists.withheld, ...(from?.withheld ?? [])])].sort((a, b) => a - b)}::int[])`.execute(tx)
  await auditItem(tx, actor, now, 'meeting-stage-recorded', item.id, { partyId: party.id, stage: move.stage })
}

/**
 * A case that repeats another begins where its people stood there: the standing step of each goes along, and the history stays with the earlier case.
 * Somebody is the same by their record, or by name and date of birth. It tells of the earlier case: so it stays withheld as it is there, whoever is let in
 * here.
 */
export async function carryStages(tx: Tx, actor: Actor, now: Date, itemId: string, earlierId: string): Promise<void> {
  const { rows } = await sql<Omit<NewMove, 'party' | 'own'> & { partyId: string; part: string }>`
    select distinct on (p.id) p.id as "partyId", p.part, json_build_object('id', m.id, 'withheld', m.withheld) as from, m.list, m.stage, m.reasons, m.reason, m.given_on as "givenOn", m.until, m.agency_id as "agencyId"
    from meeting_parties p join meeting_parties q on q.item_id = ${earlierId} and q.role = p.role
      join meeting_stage_moves m on m.party_id = q.id and m.withdrawn_at is null
    where p.item_id = ${itemId} and ${isSameSomebody('p', 'q')}
    order by p.id, m.given_on desc, m.recorded_at desc, m.id desc`.execute(tx)
  for (const { partyId, part, ...move } of rows) {
    const there = await sql`
      select from meeting_stage_moves where party_id = ${partyId} and stage = ${move.stage} and given_on = ${move.givenOn}`.execute(tx)
    if (there.rows.length === 0) await recordMove(tx, actor, now, { id: itemId }, { ...move, party: { id: partyId, part }, own: [] })
  }
}
