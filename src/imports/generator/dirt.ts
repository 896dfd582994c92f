import type { Random } from './random.ts'

/** One row of a file before it is written, by column name. */
export type Row = Record<string, string>

/**
 * What years of typing, spreadsheets and half-finished migrations do to a row. Changes the row in place and says what it did, so
 * that a test can tell whether an import noticed.
 */
export function soil(random: Random, row: Row, file: 'people' | 'cases' | 'notes'): string[] {
  const done: string[] = []
  for (const [name, percent, columns, change] of dirt) {
    if (!random.chance(percent)) continue
    const present = columns.filter(column => row[column] !== undefined && row[column] !== '')
    if (present.length === 0) continue
    const column = random.pick(present)
    const before = row[column] ?? ''
    const after = change(before, random)
    if (after === before) continue
    row[column] = after
    done.push(`${file}: ${name} in ${column}`)
  }
  return done
}

type Dirt = readonly [name: string, percent: number, columns: readonly string[], change: (value: string, random: Random) => string]

const dates = ['date_of_birth', 'referral_date', 'closed_date', 'note_date']

const dirt: readonly Dirt[] = [
  [
    'a date that does not exist',
    0.6,
    dates,
    (value, random) => `${random.pick(['31/02', '30/02', '31/04', '31/09', '00/01'])}${value.slice(5)}`,
  ],
  ['29 February in a common year', 0.2, dates, value => `29/02/${commonYear(value)}${value.slice(10)}`],
  ['day and month swapped', 1.2, dates, value => `${value.slice(3, 5)}/${value.slice(0, 2)}${value.slice(5)}`],
  [
    'an American date in words',
    0.3,
    dates,
    value => `${monthWords[Number(value.slice(3, 5)) - 1] ?? 'Jan'} ${value.slice(0, 2)} ${value.slice(6, 10)}`,
  ],
  ['a year of two figures', 0.8, dates, value => `${value.slice(0, 6)}${value.slice(8)}`],
  ["a spreadsheet's day number", 0.4, dates, spreadsheetDay],
  ['not a date', 0.3, dates, (_, random) => random.pick(['unknown', 'N/K', '??/??/1980', '01/01/1900', '-'])],
  ['a number as a spreadsheet writes it', 0.9, ['nhs_number', 'mobile', 'telephone'], asSpreadsheetNumber],
  ['a leading nought lost', 1.5, ['mobile', 'telephone'], value => value.replaceAll(' ', '').replace(/^0/, '')],
  [
    'a figure of the NHS number wrong',
    0.6,
    ['nhs_number'],
    (value, random) => `${value.slice(0, 5)}${random.between(0, 9)}${value.slice(6)}`,
  ],
  ['spaces around', 4, ['surname', 'forename', 'postcode', 'service', 'status', 'worker', 'record_id'], value => ` ${value}  `],
  ['two spaces or a tab within', 1, ['surname', 'address', 'worker', 'note_text'], value => value.replace(' ', ' \t')],
  ['everything in capitals', 1.5, ['surname', 'forename'], value => value.toUpperCase()],
  ['no surname', 0.8, ['surname'], () => ''],
  ['a placeholder for a name', 0.3, ['surname', 'forename'], (_, random) => random.pick(['XXX', 'UNKNOWN', 'Baby', '?', 'N/A', 'TEST'])],
  ['surname and forename in one', 0.4, ['surname'], (value, random) => `${value}, ${random.pick(['Mr', 'Mrs', 'Miss'])}`],
  [
    'an unknown code',
    1,
    ['ethnicity', 'sex', 'service', 'status', 'risk', 'language'],
    (_, random) => random.pick(['U', '9', 'NK', 'W1', 'Other', 'tbc']),
  ],
  [
    'a postcode that is not one',
    0.8,
    ['postcode'],
    (value, random) => random.pick([value.slice(0, 4), value.replaceAll(' ', 'O'), 'TR', 'as above']),
  ],
  ['text that is too long', 0.15, ['surname', 'address', 'reason', 'referral_source'], value => `${value} `.repeat(120)],
  ['quotes and new lines', 2.5, ['note_text'], value => `${value}\r\n"${value.slice(0, 40)}," she said.\n\n- one\n- two`],
  ['a very long note', 0.05, ['note_text'], value => `${value} `.repeat(900)],
  [
    'marks of Windows',
    3,
    ['note_text', 'forename', 'surname', 'address'],
    value => value.replace(/'/g, '\u2019').replace(/"(.*?)"/g, '\u201c$1\u201d'),
  ],
  ['a formula', 0.1, ['note_text', 'surname'], value => `=HYPERLINK("http://example.org","${value.slice(0, 10).replaceAll('"', '')}")`],
  ['a code that leads nowhere', 0.4, ['record_id', 'case_id'], value => `${value}X`],
]

const monthWords = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function commonYear(value: string): string {
  const year = Number(value.slice(6, 10))
  return String(year % 4 === 0 ? year - 1 : year)
}

// Spreadsheets count days from 30 December 1899.
function spreadsheetDay(value: string): string {
  const found = /^(\d{2})\/(\d{2})\/(\d{4})/.exec(value)
  if (!found) return value
  return String(Math.round(Date.UTC(Number(found[3]), Number(found[2]) - 1, Number(found[1])) / 86_400_000) + 25_569)
}

function asSpreadsheetNumber(value: string): string {
  const digits = value.replaceAll(' ', '')
  return /^\d{10,}$/.test(digits)
    ? `${(Number(digits) / 10 ** (digits.replace(/^0/, '').length - 1)).toFixed(5)}E+${String(digits.replace(/^0/, '').length - 1).padStart(2, '0')}`
    : value
}
