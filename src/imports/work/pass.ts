import { createHash } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newDecoding, recordsOf } from '../files/csv.ts'
import { type Counts, type FileKind, type Import, kindsOf, noCounts } from '../import.ts'
import type { KnownKey } from '../keys.ts'
import { addProblems, type RowProblem } from '../problems.ts'
import type { Knowledge } from '../read/knowledge.ts'
import { type Cells, cellsBy, type Problem } from '../read/row.ts'
import type { FileIndex } from './file-index.ts'
import type { Job } from './job.ts'

/** Rows a transaction: large enough that its statements are shared by many rows, small enough that little is done again after a crash. */
export const batchSize = 500

/** One going over the files of an import, to check or to take over: what was seen so far. Old numbers are kept, and no row. */
export type Pass = {
  mode: 'check' | 'run'
  job: Job
  import: Import
  known: Knowledge
  counts: { [kind in FileKind]?: Counts }
  /** By old number: the first row with it, and what it said. */
  seen: { [kind in FileKind]: Map<string, { row: number; hash: string }> }
  /** Rows that do not become anything, by old number: what names them is refused, and told which. */
  dropped: { people: Map<string, Dropped>; cases: Map<string, Dropped> }
  /** By a person's old number: what their cases in the file come to. */
  casesOfPerson: ReadonlyMap<string, CasesOfPerson>
  /** People of the file so far, to find the same one twice. Only of a check. */
  fileIndex: FileIndex
  /** Warnings given already. A worker whom nobody here knows would be the same words on thousands of rows. */
  told: Set<string>
  /** Rows of people who may be duplicates. Only of a check. */
  doubts: Set<number>
  rowsDone: number
  bytesDone: number
  otherLines: number
}

/** `waits`: nothing is wrong with the row, but with the one that it needs. */
export type Dropped = { row: number; why: 'rejected' | 'left-out' | 'waits' }

/** The post that reads a person, by their first case that can be taken over; else the first row to be mended; else all are other teams'. */
export type CasesOfPerson = { post: number } | { waitsFor: number } | 'elsewhere'

/** A row with its number and old number. */
export type Row = { row: number; cells: Cells; key: string; hash: string }

/** What a batch's rows came to. `batch` is one transaction. */
export type TakeRows = (tx: Tx, actor: Actor, rows: readonly Row[]) => Promise<readonly RowProblem[]>

/** Reads a file from its beginning and hands it over in batches, each in a transaction of its own with its problems and the progress. */
export async function overFile(pass: Pass, kind: FileKind, take: TakeRows): Promise<void> {
  const file = pass.import.files[kind]
  if (!file) return
  const columns = pass.import.columns[kind] ?? []
  const decoding = newDecoding(file)
  const before = pass.bytesDone
  let batch: Row[] = []
  const flush = async () => {
    const rows = batch
    batch = []
    pass.rowsDone += rows.length
    pass.bytesDone = before + Math.min(decoding.bytes, file.bytes)
    const progress = { what: kind, done: pass.bytesDone, of: bytesOf(pass.import), rows: pass.rowsDone }
    await pass.job.inBatch(progress, async (tx, actor) => addProblems(tx, pass.import, await take(tx, actor, rows)))
  }
  for await (const { row, cells } of recordsOf(pass.job.work.files, file.key, file, decoding)) {
    const by = cellsBy(columns, cells)
    const hash = hashOf(by)
    batch.push({ row, cells: by, hash, key: by.key ?? '' })
    if (batch.length === batchSize) await flush()
  }
  if (batch.length > 0) await flush()
  pass.bytesDone = before + file.bytes
  pass.otherLines += decoding.otherLines
}

export const bytesOf = (theImport: Import): number => kindsOf(theImport).reduce((sum, kind) => sum + (theImport.files[kind]?.bytes ?? 0), 0)

/** What a row says, in few letters: to tell whether it has changed since it was taken over. */
const hashOf = (cells: Cells): string =>
  createHash('sha1')
    .update(JSON.stringify(Object.entries(cells).sort()))
    .digest('base64url')
    .slice(0, 20)

/** A row's problems as they are kept: a warning in the same words as an earlier one is given once, with the first row that it is true of. */
export const problemsFor =
  (pass: Pass, file: FileKind) =>
  (row: number, problems: readonly Problem[]): RowProblem[] =>
    problems.flatMap(problem => {
      if (problem.severity !== 'warning') return [{ ...problem, file, row }]
      const words = `${file} ${problem.message}`
      if (pass.told.has(words)) return []
      pass.told.add(words)
      return [{ ...problem, file, row }]
    })

/** A row that stands in the file already, or undefined for the first with its number. */
function repeated(pass: Pass, kind: FileKind, { key, row, hash }: Row): Problem | undefined {
  const first = pass.seen[kind].get(key)
  if (key === '' || !first) {
    if (key !== '') pass.seen[kind].set(key, { row, hash })
    return undefined
  }
  if (first.hash === hash)
    return { severity: 'left-out', field: 'key', message: `The same as row ${first.row}: taken over once. Nothing needs to be done` }
  return {
    severity: 'rejected',
    field: 'key',
    message: `Row ${first.row} has the same number and says something else. Only that one is taken over: give this one a number of its own, or leave it out`,
  }
}

const changedSince: Problem = {
  severity: 'changed',
  field: '',
  message: 'Taken over already, and the row has changed since. The record is not written over: make the change there if it is still right',
}

/**
 * What is said of a row that is not new: it stands in the file already, or was taken over before. Counted here. Undefined for a new row.
 * `warnings` of a row that this import took over before it was interrupted are said again.
 */
export function settled(
  pass: Pass,
  kind: FileKind,
  row: Row,
  before: KnownKey | undefined,
  warnings: () => readonly Problem[],
): readonly Problem[] | undefined {
  const counts = countsOf(pass, kind)
  const twice = repeated(pass, kind, row)
  if (twice) {
    counts[twice.severity === 'rejected' ? 'rejected' : 'leftOut']++
    return [twice]
  }
  if (!before) return undefined
  if (before.hash !== row.hash) {
    counts.changed++
    return [changedSince]
  }
  const isOwn = before.importId === pass.import.id
  counts[isOwn ? (before.linked ? 'linked' : 'taken') : 'already']++
  return isOwn ? warnings().filter(problem => problem.severity === 'warning') : []
}

/** Counts a row that does not become anything, and keeps its number: what names it is refused too. A row is rejected when anything in it is to be mended. */
export function drop(pass: Pass, kind: FileKind, row: Row, problems: readonly Problem[]): void {
  const why = problems.some(problem => problem.severity === 'rejected') ? 'rejected' : 'left-out'
  countsOf(pass, kind)[why === 'rejected' ? 'rejected' : 'leftOut']++
  if (kind !== 'notes') pass.dropped[kind].set(row.key, { row: row.row, why })
}

export function countsOf(pass: Pass, kind: FileKind): Counts {
  const counts = pass.counts[kind] ?? noCounts()
  pass.counts[kind] = counts
  return counts
}
