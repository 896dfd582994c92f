import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import type { Counts } from '../../cases/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'

/** One round of outreach: where and when, how many people were met in what way, what was handed out. It names nobody. */
export type Outreach = {
  id: string
  teamName: string
  happenedAt: Date
  minutes: number | null
  place: string
  wentWith: string
  about: string
  /** By codes of the list outreach-contact. */
  contacts: Counts
  /** By codes of the list handed-out. */
  handedOut: Counts
  recordedBy: string
  struckOutAt: Date | null
  struckOutBecause: string
}

export type NewOutreach = Pick<Outreach, 'happenedAt' | 'minutes' | 'place' | 'wentWith' | 'about' | 'contacts' | 'handedOut'> & {
  team: number
}

/** The rounds of the actor's teams between two instants, the latest first. */
export async function outreachOf(tx: Tx, { from, until, limit }: { from: Date; until: Date; limit: number }): Promise<Outreach[]> {
  const { rows } = await sql<Outreach>`${columns} where o.happened_at >= ${from} and o.happened_at < ${until}
    order by o.happened_at desc, o.id desc limit ${limit}`.execute(tx)
  return rows
}

export type OutreachTallies = { rounds: number; contacts: Counts; handedOut: Counts }

/** What they come to, of all rounds that are not struck out. */
export async function outreachTallies(tx: Tx, { from, until }: { from: Date; until: Date }): Promise<OutreachTallies> {
  const { rows } = await sql<OutreachTallies>`
    with counted as (
      select o.contacts, o.handed_out from outreach_sessions o
      where o.happened_at >= ${from} and o.happened_at < ${until} and o.struck_out_at is null)
    select (select count(*)::int from counted) as rounds,
      coalesce((select jsonb_object_agg(code, n) from (
        select key as code, sum(value::int) as n from counted, jsonb_each_text(contacts) group by 1) as x), '{}') as contacts,
      coalesce((select jsonb_object_agg(code, n) from (
        select key as code, sum(value::int) as n from counted, jsonb_each_text(handed_out) group by 1) as x), '{}') as "handedOut"`.execute(
    tx,
  )
  const [tallies] = rows
  if (!tallies) throw new Error('Counting answered nothing.')
  return tallies
}

export async function findOutreach(tx: Tx, id: string): Promise<Outreach | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Outreach>`${columns} where o.id = ${id}`.execute(tx)
  return rows[0]
}

export async function addOutreach(tx: Tx, actor: Actor, now: Date, round: NewOutreach): Promise<string> {
  if (!actor.userId) throw new Error('Outreach is recorded by a user.')
  const id = uuid()
  await tx
    .insertInto('outreach_sessions')
    .values({
      id,
      team: round.team,
      happened_at: round.happenedAt,
      minutes: round.minutes,
      place: round.place,
      went_with: round.wentWith,
      about: round.about,
      contacts: JSON.stringify(round.contacts),
      handed_out: JSON.stringify(round.handedOut),
      recorded_at: now,
      recorded_by: actor.userId,
    })
    .execute()
  await audit(tx, actor, now, { action: 'outreach-recorded', subject: { type: 'outreach', id } })
  return id
}

/** It was recorded by mistake: it is kept, and counts no more. */
export async function strikeOutOutreach(tx: Tx, actor: Actor, now: Date, id: string, because: string): Promise<void> {
  const struck = await tx
    .updateTable('outreach_sessions')
    .set({ struck_out_at: now, struck_out_by: actor.userId, struck_out_because: because })
    .where('id', '=', id)
    .where('struck_out_at', 'is', null)
    .executeTakeFirst()
  if (struck.numUpdatedRows === 1n) await audit(tx, actor, now, { action: 'outreach-struck-out', subject: { type: 'outreach', id } })
}

const columns = sql`
  select o.id, t.name as "teamName", o.happened_at as "happenedAt", o.minutes, o.place, o.went_with as "wentWith", o.about, o.contacts,
    o.handed_out as "handedOut", u.name as "recordedBy", o.struck_out_at as "struckOutAt", o.struck_out_because as "struckOutBecause"
  from outreach_sessions o join teams t on t.principal = o.team join users u on u.id = o.recorded_by`
