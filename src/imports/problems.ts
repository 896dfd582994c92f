import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import type { FileKind, Import } from './import.ts'
import type { Problem } from './read/row.ts'

export type RowProblem = Problem & { file: FileKind; row: number }

export async function clearProblems(tx: Tx, importId: string): Promise<void> {
  await sql`delete from import_problems where import_id = ${importId}`.execute(tx)
}

export async function addProblems(
  tx: Tx,
  theImport: Pick<Import, 'id' | 'owner' | 'posts'>,
  problems: readonly RowProblem[],
): Promise<void> {
  if (problems.length === 0) return
  const positions = new Map<string, number>()
  const rows = problems.map(({ file, row, severity, field, message }) => {
    const position = (positions.get(`${file} ${row}`) ?? 0) + 1
    positions.set(`${file} ${row}`, position)
    return { file, row, position, severity, field, message }
  })
  await sql`
    insert into import_problems (import_id, owner, posts, file, row_number, position, severity, field, message)
    select ${theImport.id}, ${theImport.owner}, ${theImport.posts}::int[], p.file, p.row, p.position, p.severity, p.field, p.message
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (file text, row int, position int, severity text, field text, message text)`.execute(
    tx,
  )
}

/** Problems of one file from a row on, in the order of the file. */
export async function problemsOf(
  tx: Tx,
  importId: string,
  file: FileKind,
  options: { after?: number; until?: number; limit?: number } = {},
): Promise<RowProblem[]> {
  const { rows } = await sql<RowProblem>`
    select file, row_number as row, severity, field, message from import_problems
    where import_id = ${importId} and file = ${file} and row_number > ${options.after ?? 0} and row_number <= ${options.until ?? 2_147_483_647}
    order by row_number, position limit ${options.limit ?? null}::int`.execute(tx)
  return rows
}

export type ProblemGroup = { file: FileKind; severity: Problem['severity']; field: string; count: number; first: number; example: string }

/** The same kind of trouble in one line each, the most frequent first: what to mend for the greatest effect. */
export async function problemGroups(tx: Tx, importId: string): Promise<ProblemGroup[]> {
  const { rows } = await sql<ProblemGroup>`
    select file, severity, field, count(*)::int as count, min(row_number) as first, (array_agg(message order by row_number))[1] as example
    from import_problems where import_id = ${importId} group by file, severity, field
    order by case severity when 'rejected' then 0 when 'changed' then 1 when 'left-out' then 2 else 3 end, count(*) desc, file, field`.execute(
    tx,
  )
  return rows
}
