import { sql } from 'kysely'
import { hideRemoved, rowsOfCasesIn } from '../../access/index.ts'
import { auditAll } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

/** What somebody's work leaves on a case. A case that was taken over begins with none of it but notes. */
const tablesOfWork = [
  'plans',
  'documents',
  'tasks',
  'appointments',
  'group_bookings',
  'programme_courses',
  'answer_sets',
  'case_flags',
  'reviews',
  'withholdings',
]

/** A case as it was when it was taken over. */
export type KnownCase = {
  readonly caseId: string
  readonly version: number
  readonly takenOverAt: Date /** Notes taken over with it. */
  readonly notes: number
}

/**
 * Which of these cases have been worked on since they were taken over: anything happened to them, anything was added, or they were shared.
 * Counts what the actor may not read as well, so that a colleague's restricted note keeps a case; and answers no more than that.
 */
export async function casesWorkedOn(tx: Tx, cases: readonly KnownCase[]): Promise<ReadonlySet<string>> {
  if (cases.length === 0) return new Set()
  const ids = cases.map(one => one.caseId)
  const work = await rowsOfCasesIn(tx, ids, tablesOfWork)
  const notes = await rowsOfCasesIn(tx, ids, ['case_notes'])
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${ids}::uuid[], ${cases.map(one => one.version)}::int[], ${cases.map(one => one.takenOverAt)}::timestamptz[]) as k (id, version, taken_over_at)
      join cases c on c.id = k.id and c.version = k.version and c.removed_at is null
    where not exists (select from access_grants g where g.case_id = c.id and g.granted_at > k.taken_over_at)`.execute(tx)
  const untouched = new Set(rows.map(row => row.id))
  const isWorkedOn = ({ caseId, notes: taken }: KnownCase) =>
    !untouched.has(caseId) || (work.get(caseId) ?? 0) > 0 || (notes.get(caseId) ?? 0) > taken
  return new Set(cases.filter(isWorkedOn).map(one => one.caseId))
}

/**
 * Takes cases out of sight: nobody reads or finds them or anything on them from now on. Nothing is deleted. Only those that the actor may
 * change; answers which. People are marked by their own module, before this; `personIds` are those who were.
 */
export async function removeCases(
  tx: Tx,
  actor: Actor,
  now: Date,
  removal: { readonly caseIds: readonly string[]; readonly personIds: readonly string[]; readonly because: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; personId: string }>`
    update cases set removed_at = ${now} where id = any (${[...removal.caseIds]}::uuid[]) and removed_at is null returning id, person_id as "personId"`.execute(
    tx,
  )
  await auditAll(
    tx,
    actor,
    now,
    rows.map(row => ({
      action: 'case-removed',
      subject: { type: 'case', id: row.id },
      personId: row.personId,
      caseId: row.id,
      detail: { because: removal.because },
    })),
  )
  const caseIds = rows.map(row => row.id)
  await hideRemoved(tx, { caseIds, personIds: removal.personIds })
  return caseIds
}
