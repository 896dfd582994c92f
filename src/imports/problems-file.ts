import { Readable } from 'node:stream'
import { csvLine, csvMark } from '../platform/csv.ts'
import type { Files } from '../platform/files.ts'
import { recordsOf } from './files/csv.ts'
import type { FileKind, Import } from './import.ts'
import type { RowProblem } from './problems.ts'

/**
 * The rows of a file that are to be mended, as CSV: the number of the row, what is wrong and how to mend it, and the row as it was. It can
 * be mended there and imported: the two columns in front are left out by themselves. Read from the kept file as it is sent.
 */
export function problemsFile(files: Files, theImport: Import, kind: FileKind, problems: readonly RowProblem[]): Readable {
  const file = theImport.files[kind]
  if (!file) throw new Error('This import has no such file.')
  // A row that was taken over with a warning, or left out, needs no mending.
  const byRow = new Map(
    [...Map.groupBy(problems, problem => problem.row)].filter(([, found]) =>
      found.some(one => one.severity === 'rejected' || one.severity === 'changed'),
    ),
  )
  const last = Math.max(0, ...byRow.keys())
  async function* lines() {
    yield csvMark + csvLine(['Row', 'What is wrong and how to mend it', ...file!.headings])
    for await (const { row, cells } of recordsOf(files, file!.key, file!)) {
      const found = byRow.get(row)
      if (found)
        yield csvLine([String(row), found.map(problem => `${severityWords[problem.severity]}: ${problem.message}.`).join(' '), ...cells])
      if (row >= last) break
    }
  }
  return Readable.from(lines())
}

const severityWords = { rejected: 'Rejected', changed: 'Not written over', 'left-out': 'Left out', warning: 'To know' } as const
