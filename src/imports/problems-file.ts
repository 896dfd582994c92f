import { Readable } from 'node:stream'
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
    // The mark in front tells spreadsheets that it is UTF-8.
    yield `\uFEFF${line(['Row', 'What is wrong and how to mend it', ...file!.headings])}`
    for await (const { row, cells } of recordsOf(files, file!.key, file!)) {
      const found = byRow.get(row)
      if (found)
        yield line([String(row), found.map(problem => `${severityWords[problem.severity]}: ${problem.message}.`).join(' '), ...cells])
      if (row >= last) break
    }
  }
  return Readable.from(lines())
}

const severityWords = { rejected: 'Rejected', changed: 'Not written over', 'left-out': 'Left out', warning: 'To know' } as const

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection). Reading a file takes the apostrophe off again. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
