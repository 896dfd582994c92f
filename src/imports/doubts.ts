import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import type { Import } from './import.ts'

/** Who somebody in the file may be: a person on record, or an earlier row. */
export type Candidate = {
  personId?: string
  row?: number
  key?: string /** Who an earlier row is. */
  name?: string
  score: number
  reasons: readonly string[]
}
/** What is shown of the row itself. */
export type ShownPerson = { name: string; dateOfBirth: string; nhsNumber: string; address: string; key: string }
export type Decision = 'same' | 'new' | 'leave-out'
export type Doubt = {
  row: number
  key: string
  shown: ShownPerson
  candidates: Candidate[]
  best: number
  decision: Decision | null
  /** `person:<id>` or `row:<number>` when the decision is `same`. */
  chosen: string | null
  decidedBy: string | null
}
export type NewDoubt = Pick<Doubt, 'row' | 'key' | 'shown' | 'candidates'>

/** The name by which a candidate is chosen. */
export const candidateName = (one: Candidate): string => (one.personId ? `person:${one.personId}` : `row:${one.row}`)

/** Adds doubts, keeping what was decided about the same row at an earlier check. */
export async function addDoubts(tx: Tx, theImport: Pick<Import, 'id' | 'owner' | 'posts'>, doubts: readonly NewDoubt[]): Promise<void> {
  if (doubts.length === 0) return
  const rows = doubts.map(one => ({ ...one, best: one.candidates[0]?.score ?? 0 }))
  await sql`
    insert into import_doubts (import_id, owner, posts, row_number, external_key, shown, candidates, best)
    select ${theImport.id}, ${theImport.owner}, ${theImport.posts}::int[], d.row, d.key, d.shown, d.candidates, d.best
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (row int, key text, shown jsonb, candidates jsonb, best int)
    on conflict (import_id, row_number) do update set
      external_key = excluded.external_key, shown = excluded.shown, candidates = excluded.candidates, best = excluded.best`.execute(tx)
}

/** Before a check, which finds them again. What was decided stays until the check is at its end. */
export async function clearUndecided(tx: Tx, importId: string): Promise<void> {
  await sql`delete from import_doubts where import_id = ${importId} and decision is null`.execute(tx)
}

/** At the end of a check: forgets rows that are no doubt any more, and asks again about those whose chosen person is no longer likely. */
export async function keepDoubts(tx: Tx, importId: string, found: ReadonlySet<number>): Promise<void> {
  await sql`delete from import_doubts where import_id = ${importId} and not row_number = any (${[...found]}::int[])`.execute(tx)
  const lost = (await doubtsOf(tx, importId)).filter(
    one => one.decision === 'same' && !one.candidates.some(candidate => candidateName(candidate) === one.chosen),
  )
  await sql`
    update import_doubts set decision = null, chosen = null, decided_by = null, decided_at = null
    where import_id = ${importId} and row_number = any (${lost.map(one => one.row)}::int[])`.execute(tx)
}

export async function doubtsOf(
  tx: Tx,
  importId: string,
  options: { undecidedOnly?: boolean; rows?: readonly number[]; after?: number; limit?: number } = {},
): Promise<Doubt[]> {
  const { rows } = await sql<Doubt>`
    select row_number as row, external_key as key, shown, candidates, best, decision, chosen, decided_by as "decidedBy" from import_doubts
    where import_id = ${importId} and row_number > ${options.after ?? 0}
      and (${options.undecidedOnly ?? false} = false or decision is null)
      and (${options.rows === undefined} or row_number = any (${[...(options.rows ?? [])]}::int[]))
    order by row_number limit ${options.limit ?? null}::int`.execute(tx)
  return rows
}

export async function countDoubts(tx: Tx, importId: string): Promise<{ all: number; undecided: number }> {
  const { rows } = await sql<{ all: number; undecided: number }>`
    select count(*)::int as "all", count(*) filter (where decision is null)::int as undecided from import_doubts where import_id = ${importId}`.execute(
    tx,
  )
  return rows[0] ?? { all: 0, undecided: 0 }
}

export type Decided = { row: number; decision: Decision; chosen: string | null }

export async function decide(tx: Tx, importId: string, by: string, now: Date, decisions: readonly Decided[]): Promise<void> {
  if (decisions.length === 0) return
  await sql`
    update import_doubts d set decision = g.decision, chosen = g.chosen, decided_by = ${by}, decided_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) as g (row int, decision text, chosen text)
    where d.import_id = ${importId} and d.row_number = g.row`.execute(tx)
}
