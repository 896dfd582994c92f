import { lowerFirst } from './first-letter.ts'
/**
 * A civil date: a day on the calendar with no time and no zone, as the branded text 'YYYY-MM-DD'.
 *
 * It is text from end to end because `new Date('1980-03-31')` is an instant: in London it showed as 30 March for
 * everyone born in British Standard Time. Text in this form also sorts as it should, here and in the database.
 */
export type PlainDate = string & { readonly __plainDate: true }

export type DatePart = 'day' | 'month' | 'year'
export type DateParts = { readonly day: number; readonly month: number; readonly year: number }
export type TypedDate = { readonly day: string; readonly month: string; readonly year: string }

/** A date that could not be read: what to tell the person who typed it, and which boxes to mark. */
export type DateError = { readonly message: string; readonly parts: readonly DatePart[] }
export type DateReading = { readonly ok: true; readonly value: PlainDate } | { readonly ok: false; readonly error: DateError }

/** Makes a date of three numbers. Throws on a day that does not exist: for dates that the program itself makes up. */
export function plainDate(year: number, month: number, day: number): PlainDate {
  if (!isRealDate(year, month, day)) throw new RangeError(`No such date: ${year}-${month}-${day}`)
  return assemble(year, month, day)
}

/** True of text that is a real date in the form 'YYYY-MM-DD'. */
export function isPlainDate(text: unknown): text is PlainDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  return isRealDate(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))
}

/** Takes 'YYYY-MM-DD' from a trusted place (a column, a constant). Throws when it is not a real date. */
export function asPlainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new RangeError('Not a date in the form YYYY-MM-DD')
  return text
}

/**
 * Reads the three boxes of a date input. `label` begins the message: 'Date of birth must be a real date'.
 * Wording: GOV.UK Design System, date input, error messages. Months may be typed as words, as it advises.
 */
export function readDateParts(typed: TypedDate, label = 'Date'): DateReading {
  const day = typed.day.trim()
  const month = typed.month.trim()
  const year = typed.year.trim()
  const missing = (['day', 'month', 'year'] as const).filter(part => typed[part].trim() === '')
  if (missing.length === 3) return refuse(`Enter ${lowerFirst(label)}`, ['day', 'month', 'year'])
  if (missing.length > 0) return refuse(`${label} must include a ${missing.join(' and ')}`, missing)
  if (/^\d{1,3}$/.test(year)) return refuse('Year must include 4 numbers', ['year'])
  const monthNumber = monthFrom(month)
  if (!/^\d{1,2}$/.test(day) || monthNumber === undefined || !/^\d{4}$/.test(year))
    return refuse(`${label} must be a real date`, notNumbers())
  if (!isRealDate(Number(year), monthNumber, Number(day)))
    return refuse(`${label} must be a real date`, wrongParts(Number(day), monthNumber))
  return { ok: true, value: assemble(Number(year), monthNumber, Number(day)) }

  function notNumbers(): DatePart[] {
    const wrong: DatePart[] = []
    if (!/^\d{1,2}$/.test(day)) wrong.push('day')
    if (monthNumber === undefined) wrong.push('month')
    if (!/^\d{4}$/.test(year)) wrong.push('year')
    return wrong
  }
}

/**
 * Reads one piece of text as the British write dates: 31/03/1980, 31.3.1980, 31-03-1980, 31 March 1980, and 1980-03-31.
 * A year of two figures is refused, not guessed: '14' is a child's or a great-grandmother's.
 */
export function parseDateText(text: string, label = 'Date'): DateReading {
  const tidy = text.trim()
  if (tidy === '') return refuse(`Enter ${lowerFirst(label)}`, ['day', 'month', 'year'])
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(tidy)
  if (iso) return readDateParts({ day: iso[3] ?? '', month: iso[2] ?? '', year: iso[1] ?? '' }, label)
  const british = /^(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+([A-Za-z]+|\d{1,2}),?[\s/.-]+(\d{1,4})$/.exec(tidy)
  if (british) return readDateParts({ day: british[1] ?? '', month: british[2] ?? '', year: british[3] ?? '' }, label)
  return refuse(`${label} must be a real date, like 27/03/1980`, ['day', 'month', 'year'])
}

/** The day, month and year as numbers. */
export function partsOf(date: PlainDate): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** '27/03/2026', as tables and banners show it. */
export function formatDate(date: PlainDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
}

/** '27 March 2026', as sentences show it. */
export function formatLongDate(date: PlainDate): string {
  const { day, month, year } = partsOf(date)
  return `${day} ${monthNames[month - 1]} ${year}`
}

/** Earlier is negative, the same day nought, later positive: for `sort`. */
export function compareDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The date so many days on (or back, when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** So many days, each so many weeks after the one before. */
export const everySoManyWeeks = (first: PlainDate, weeks: number, times: number): PlainDate[] =>
  Array.from({ length: times }, (_, index) => addDays(first, index * weeks * 7))

/** The date so many months on; the end of a shorter month stands for a day that it has not got (31 January → 28 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const newYear = Math.floor(count / 12)
  const newMonth = (count % 12) + 1
  return assemble(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from)
}

/**
 * Age in whole years on a day, or undefined before birth. Someone born on 29 February comes of age on 1 March in common
 * years, which is how English law counts (a year is attained at the start of the birthday; there is no 29th to start).
 */
export function ageOn(dateOfBirth: PlainDate, day: PlainDate): number | undefined {
  if (day < dateOfBirth) return undefined
  const born = partsOf(dateOfBirth)
  const on = partsOf(day)
  const hadBirthday = on.month > born.month || (on.month === born.month && on.day >= born.day)
  return on.year - born.year - (hadBirthday ? 0 : 1)
}

/** Monday is 1 and Sunday 7, as ISO 8601 counts. */
export function weekdayOf(date: PlainDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** True of a day that the calendar has. */
export function isRealDate(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

function monthFrom(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const word = text.toLowerCase()
  if (word.length < 3) return undefined
  const found = monthNames.findIndex(name => name.toLowerCase().startsWith(word) || (word === 'sept' && name === 'September'))
  return found < 0 ? undefined : found + 1
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function wrongParts(day: number, month: number): DatePart[] {
  if (month < 1 || month > 12) return day < 1 || day > 31 ? ['day', 'month'] : ['month']
  return ['day']
}

function assemble(year: number, month: number, day: number): PlainDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as PlainDate
}

function dayNumber(date: PlainDate): number {
  const { year, month, day } = partsOf(date)
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  return Math.round(midnight.getTime() / 86_400_000)
}

function fromDayNumber(days: number): PlainDate {
  const midnight = new Date(days * 86_400_000)
  return assemble(midnight.getUTCFullYear(), midnight.getUTCMonth() + 1, midnight.getUTCDate())
}

function refuse(message: string, parts: readonly DatePart[]): DateReading {
  return { ok: false, error: { message, parts } }
}
