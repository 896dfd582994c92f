import type { PlainDate } from '../../platform/plain-date.ts'
import { fields } from '../columns/fields.ts'
import type { FileKind } from '../import.ts'
import { type Reading, readOldDate, shown } from './dates.ts'

export type Severity = 'rejected' | 'left-out' | 'changed' | 'warning'
/** What is wrong with a row and how to mend it, or what was done about it. */
export type Problem = { severity: Severity; field: string; message: string }

/** A row under the names of its fields, without the space around; fields that the file has not got are ''. */
export type Cells = { readonly [field: string]: string }

/** The row by field, as the columns were chosen. */
export function cellsBy(columns: readonly string[], cells: readonly string[]): Cells {
  const by: { [field: string]: string } = {}
  for (const [place, field] of columns.entries()) {
    // Non-breaking spaces come along from web pages; text is kept in NFC so that é is found however it was written.
    // An apostrophe in front of a sign was put there so that no spreadsheet takes the cell for a formula.
    if (field !== '')
      by[field] = (cells[place] ?? '')
        .replace(/^'(?=[=+\-@\t])/, '')
        .replaceAll('\r\n', '\n')
        .replace(/\r|[\u00a0\u2007\u202f]/g, found => (found === '\r' ? '\n' : ' '))
        .normalize('NFC')
        .trim()
  }
  return by
}

/** Reads one row field by field, keeping what is wrong. */
export type RowReader = {
  readonly problems: Problem[]
  text(field: string): string
  date(field: string): PlainDate | null
  reject(field: string, message: string): void
  warn(field: string, message: string): void
  isRejected(): boolean
}

export function rowReader(kind: FileKind, cells: Cells): RowReader {
  const problems: Problem[] = []
  const of = (name: string) => fields[kind].find(one => one.field === name)
  const label = (name: string) => of(name)?.label ?? name
  const reject = (field: string, message: string) => void problems.push({ severity: 'rejected', field, message })
  for (const one of fields[kind]) {
    const value = cells[one.field] ?? ''
    const length = value.length > one.longest ? [...value].length : 0
    if (length > one.longest)
      reject(
        one.field,
        `${one.label} must be ${number(one.longest)} characters or fewer: it has ${number(length)}. Shorten it, or move some of it elsewhere`,
      )
    if (one.required && value === '') reject(one.field, `${one.label} must not be empty`)
  }
  return {
    problems,
    text: name => cells[name] ?? '',
    date(name) {
      const text = cells[name] ?? ''
      if (text === '') return null
      const reading: Reading<PlainDate> = readOldDate(text, label(name))
      if (reading.ok) return reading.value
      reject(name, reading.message)
      return null
    },
    reject,
    warn: (field, message) => void problems.push({ severity: 'warning', field, message }),
    isRejected: () => problems.some(problem => problem.severity === 'rejected'),
  }
}

/** Words by which systems say that they do not know. */
export const isNotKnown = (text: string): boolean =>
  /^(u|nk|n\/k|n\.k\.|not known|unknown|not recorded|not stated|none|n\/a|na|tbc|tba|\?+|-+|\.+)$/i.test(text.trim())

export const quoted = shown

const number = (count: number): string => count.toLocaleString('en-GB')
