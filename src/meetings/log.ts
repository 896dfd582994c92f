import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, wordsPart } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { auditItem } from './change-items.ts'
import type { LogKind } from './kind.ts'
import type { Party } from './meeting.ts'

/** What happened about an item, dated, in free words: a complaint, the work on it between meetings. */
export type LogEntry = {
  id: string
  log: string
  what: string
  happenedOn: PlainDate
  toldOn: PlainDate | null
  /** Whose it is, where the actor sees them. */
  party: Pick<Party, 'familyName' | 'givenName' | 'isPlace' | 'postcode'> | null
  agencyName: string
  words: string
  byName: string
  byAgency: string
  recordedAt: Date
  withdrawnAt: Date | null
  isOwn: boolean
}

/** The logs of an item as far as the actor reads them: the latest first. What an entry is, is said in the words of its own log's list. */
export async function logOf(tx: Tx, actor: Actor, itemId: string, logs: readonly Pick<LogKind, 'code' | 'list'>[]): Promise<LogEntry[]> {
  const { rows } = await sql<LogEntry>`
    select e.id, e.log, coalesce(o.label, e.what) as what, e.happened_on as "happenedOn", e.told_on as "toldOn",
      case when p.id is not null then json_build_object('familyName', p.family_name, 'givenName', p.given_name, 'isPlace', p.is_place, 'postcode', p.postcode) end as party,
      coalesce(a.name, '') as "agencyName", e.words, u.name as "byName", b.name as "byAgency", e.recorded_at as "recordedAt", e.withdrawn_at as "withdrawnAt",
      e.recorded_by = ${actor.userId}::uuid as "isOwn"
    from meeting_log_entries e join users u on u.id = e.recorded_by join agencies b on b.principal = u.agency
      left join meeting_parties p on p.id = e.party_id left join agencies a on a.id = e.agency_id
      left join ${listsOf(logs)} on l.log = e.log left join list_options o on o.list = l.list and o.code = e.what and o.service_area = ''
    where e.item_id = ${itemId} order by e.happened_on desc, e.recorded_at desc, e.id desc`.execute(tx)
  return rows
}

/** Which list each log chooses from, as a table `l`: two lists may have a code in common. */
export const listsOf = (logs: readonly Pick<LogKind, 'code' | 'list'>[]): RawBuilder<unknown> =>
  sql`unnest(${logs.map(log => log.code)}::text[], ${logs.map(log => log.list)}::text[]) as l (log, list)`

export type NewLogEntry = {
  log: string
  what: string
  happenedOn: PlainDate
  toldOn: PlainDate | null
  partyId: string | null
  agencyId: string | null
  words: string
  /** Whose row it is: src/meetings/own-rows.ts. */
  own: readonly number[]
}

/** `writer` is who must be able to write it, where that is another than whose it is from then on. */
export async function addToLog(
  tx: Tx,
  actor: Actor,
  now: Date,
  itemId: string,
  entry: NewLogEntry,
  writer: readonly number[] = entry.own,
): Promise<void> {
  const lists = await listsForRowOfItem(tx, itemId, { audience: 'item', part: wordsPart, own: writer, outlasts: true })
  await sql`
    insert into meeting_log_entries (id, item_id, log, what, happened_on, told_on, party_id, agency_id, words, recorded_at, recorded_by, own, readers, editors, withheld)
    values (${uuid()}, ${itemId}, ${entry.log}, ${entry.what}, ${entry.happenedOn}, ${entry.toldOn}, ${entry.partyId}, ${entry.agencyId}, ${entry.words}, ${now}, ${actor.userId},
      ${[...entry.own]}::int[], ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(tx)
  await auditItem(tx, actor, now, 'meeting-log-written', itemId, { log: entry.log })
}
