import { sql } from 'kysely'
import { rowsOfMerge } from '../access/index.ts'
import { type CaseSummary, caseSummariesOf } from '../cases/index.ts'
import { fieldsBack, type MergeOnRecord, type PersonRecord } from '../people/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { standingOn } from './standing.ts'

/** What undoing a merge would do: which cases go back, and what has come to the kept record since and stays. */
export type Undoing = {
  readonly goBack: readonly CaseSummary[]
  readonly stay: readonly CaseSummary[]
  /** What was recorded about the person since, in words with their number: '2 addresses'. */
  readonly recordedSince: readonly string[]
  readonly fieldsBack: readonly string[]
  readonly fieldsStay: readonly string[]
}

const tables = [
  ['person_names', 'other name', 'other names'],
  ['person_addresses', 'address', 'addresses'],
  ['person_contacts', 'contact', 'contacts'],
  ['person_identifiers', 'number of another system', 'numbers of other systems'],
  ['person_alerts', 'alert', 'alerts', 'resolved_at'],
  ['relationships', 'relationship', 'relationships'],
  ['person_professionals', 'professional', 'professionals'],
  ['household_members', 'entry of a household', 'entries of a household'],
] as const

export async function undoingOf(tx: Tx, actor: Actor, kept: PersonRecord, merge: MergeOnRecord): Promise<Undoing> {
  const rows = await rowsOfMerge(tx, merge.id)
  const known = new Set(rows.map(row => row.id))
  const cases = await caseSummariesOf(tx, actor, [kept.id])
  const recordedSince: string[] = []
  for (const [table, one, many, ended = 'ended_at'] of tables) {
    const { rows: since } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where person_id = ${kept.id} and ${sql.ref(ended)} is null and recorded_at >= ${merge.mergedAt}`.execute(
      tx,
    )
    const count = since.filter(row => !known.has(row.id)).length
    if (count > 0) recordedSince.push(count === 1 ? `1 ${one}` : `${count} ${many}`)
  }
  const fields = fieldsBack(kept, merge.fields)
  const titles = (some: typeof fields) => [...new Set(some.map(field => field.title))]
  return {
    goBack: cases.filter(one => known.has(one.id)),
    stay: cases.filter(one => !known.has(one.id)),
    recordedSince,
    fieldsBack: titles(fields.filter(field => !field.isChangedSince)),
    fieldsStay: titles(fields.filter(field => field.isChangedSince)),
  }
}

/** Whether the actor may take back a merge that stands. */
export async function mayUndo(tx: Tx, actor: Actor, kept: PersonRecord, merge: MergeOnRecord): Promise<boolean> {
  if (merge.undoneAt !== null || (await standingOn(tx, actor, [kept])) !== 'merge') return false
  return keepsSightOfBoth(tx, actor, merge)
}

/**
 * Whether the actor will still see both records once they are two again: somebody who sees a record no more cannot answer for it. A
 * commissioner does; anybody else by a case of each that they may change, or by having registered a record that has none.
 */
async function keepsSightOfBoth(tx: Tx, actor: Actor, merge: MergeOnRecord): Promise<boolean> {
  if (may(actor, 'commission')) return true
  const moved = (await rowsOfMerge(tx, merge.id)).filter(row => row.table === 'cases' && row.what === 'moved').map(row => row.id)
  const { rows } = await sql<{ id: string; mine: boolean }>`
    select id, editors && ${[...actor.writePrincipals]}::int[] as mine from cases where person_id = ${merge.keptId} and removed_at is null`.execute(
    tx,
  )
  for (const [personId, cases] of [
    [merge.mergedId, rows.filter(row => moved.includes(row.id))],
    [merge.keptId, rows.filter(row => !moved.includes(row.id))],
  ] as const) {
    if (cases.some(one => one.mine)) continue
    if (cases.length > 0) return false
    const registered =
      await sql`select from people where id = ${personId} and registered_by = any (${[...actor.writePrincipals]}::int[])`.execute(tx)
    if (registered.rows.length === 0) return false
  }
  return true
}
