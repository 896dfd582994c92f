import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import type { Counts } from '../../cases/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'

/** Somebody who came in and is not on record, or stays anonymous: a few facts for those who saw them. Not a person, and in no search. */
export type DropIn = {
  id: string
  teamName: string
  happenedAt: Date
  minutes: number | null
  place: string
  called: string
  /** Codes of the lists age-band, drop-in-gender and drop-in-reason; empty where it is not known. */
  ageBand: string
  gender: string
  reason: string
  about: string
  handedOut: Counts
  recordedAt: Date
  recordedBy: string
  linkedAt: Date | null
  /** The note on the record of whoever came forward. Whoever may not see it does not see the drop-in either. */
  note: { id: string; caseId: string } | null
  struckOutAt: Date | null
  struckOutBecause: string
}

export type NewDropIn = Pick<DropIn, 'minutes' | 'place' | 'called' | 'ageBand' | 'gender' | 'reason' | 'about' | 'handedOut'> & {
  team: number
  happenedAt: Date
}

/** The drop-ins of the actor's teams between two instants, the latest first. */
export async function dropInsOf(tx: Tx, { from, until, limit }: { from: Date; until: Date; limit: number }): Promise<DropIn[]> {
  const { rows } = await sql<Row>`${columns} and d.happened_at >= ${from} and d.happened_at < ${until}
    order by d.happened_at desc, d.id desc limit ${limit}`.execute(tx)
  return rows.map(fromRow)
}

export type DropInTallies = { dropIns: number; onRecord: number; reasons: Counts; ages: Counts; handedOut: Counts }

/**
 * How many there were, of all whom the actor's teams saw. Reasons, ages and what was handed out are only of those that the actor may read: what is
 * left when the listed ones are taken from a sum over all would tell of somebody whose record is closed to them. Struck out ones count no more.
 * Reasons and ages are by their codes, empty where it is not known.
 */
export async function dropInTallies(tx: Tx, { from, until }: { from: Date; until: Date }): Promise<DropInTallies> {
  const { rows } = await sql<DropInTallies>`
    with counted as (
      select d.reason, d.age_band, d.handed_out, n.id, d.note_id is null or n.id is not null as shown from drop_ins d left join case_notes n on n.id = d.note_id
      where d.happened_at >= ${from} and d.happened_at < ${until} and d.struck_out_at is null)
    select (select count(*)::int from counted) as "dropIns", (select count(id)::int from counted) as "onRecord",
      coalesce((select jsonb_object_agg(code, n) from (select reason as code, count(*) as n from counted where shown group by 1) as x), '{}') as reasons,
      coalesce((select jsonb_object_agg(code, n) from (select age_band as code, count(*) as n from counted where shown group by 1) as x), '{}') as ages,
      coalesce((select jsonb_object_agg(code, n) from (
        select key as code, sum(value::int) as n from counted, jsonb_each_text(handed_out) where shown group by 1) as x), '{}') as "handedOut"`.execute(
    tx,
  )
  const [tallies] = rows
  if (!tallies) throw new Error('Counting answered nothing.')
  return tallies
}

export async function findDropIn(tx: Tx, id: string): Promise<DropIn | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${columns} and d.id = ${id}`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

export async function addDropIn(tx: Tx, actor: Actor, now: Date, dropIn: NewDropIn): Promise<string> {
  if (!actor.userId) throw new Error('A drop-in is recorded by a user.')
  const id = uuid()
  await tx
    .insertInto('drop_ins')
    .values({
      id,
      team: dropIn.team,
      happened_at: dropIn.happenedAt,
      minutes: dropIn.minutes,
      place: dropIn.place,
      called: dropIn.called,
      age_band: dropIn.ageBand,
      gender: dropIn.gender,
      reason: dropIn.reason,
      about: dropIn.about,
      handed_out: JSON.stringify(dropIn.handedOut),
      recorded_at: now,
      recorded_by: actor.userId,
    })
    .execute()
  await audit(tx, actor, now, { action: 'drop-in-recorded', subject: { type: 'drop-in', id } })
  return id
}

/** Whoever it was has come forward: it is a note on their record now. False when somebody has linked it or struck it out already. */
export async function linkDropIn(
  tx: Tx,
  actor: Actor,
  now: Date,
  id: string,
  { noteId, caseId, personId }: { noteId: string; caseId: string; personId: string },
): Promise<boolean> {
  const linked = await tx
    .updateTable('drop_ins')
    .set({ linked_at: now, linked_by: actor.userId, note_id: noteId })
    .where('id', '=', id)
    .where('linked_at', 'is', null)
    .where('struck_out_at', 'is', null)
    .executeTakeFirst()
  if (linked.numUpdatedRows !== 1n) return false
  await audit(tx, actor, now, { action: 'drop-in-linked', subject: { type: 'drop-in', id }, personId, caseId })
  return true
}

/** It was recorded by mistake: it is kept, and counts no more. */
export async function strikeOutDropIn(tx: Tx, actor: Actor, now: Date, id: string, because: string): Promise<void> {
  const struck = await tx
    .updateTable('drop_ins')
    .set({ struck_out_at: now, struck_out_by: actor.userId, struck_out_because: because })
    .where('id', '=', id)
    .where('struck_out_at', 'is', null)
    .executeTakeFirst()
  if (struck.numUpdatedRows === 1n) await audit(tx, actor, now, { action: 'drop-in-struck-out', subject: { type: 'drop-in', id } })
}

type Row = Omit<DropIn, 'note'> & { noteId: string | null; caseId: string | null }
const fromRow = ({ noteId, caseId, ...row }: Row): DropIn => ({ ...row, note: noteId && caseId ? { id: noteId, caseId } : null })

// The note comes by its own row, under its own lists. Of whoever came forward the drop-in is a part of their record: a colleague who may not read
// the note there sees the drop-in no more, so that nobody learns that "Jenna" has a record.
const columns = sql`
  select d.id, t.name as "teamName", d.happened_at as "happenedAt", d.minutes, d.place, d.called, d.age_band as "ageBand", d.gender, d.reason, d.about,
    d.handed_out as "handedOut", d.recorded_at as "recordedAt", u.name as "recordedBy", d.linked_at as "linkedAt", n.id as "noteId", n.case_id as "caseId",
    d.struck_out_at as "struckOutAt", d.struck_out_because as "struckOutBecause"
  from drop_ins d join teams t on t.principal = d.team join users u on u.id = d.recorded_by left join case_notes n on n.id = d.note_id
  where (d.note_id is null or n.id is not null)`
