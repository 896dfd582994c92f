import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  ageOn,
  asPlainDate,
  compareDates,
  daysBetween,
  formatDate,
  formatLongDate,
  isPlainDate,
  parseDateText,
  partsOf,
  plainDate,
  readDateParts,
  weekdayOf,
} from './plain-date.ts'

const anyDate = fc.integer({ min: -40_000, max: 60_000 }).map(days => addDays(asPlainDate('1970-01-01'), days))

describe('reading the three boxes of a date', () => {
  it.each([
    ['31', '2', '1980', 'Date of birth must be a real date', ['day']],
    ['29', '02', '2023', 'Date of birth must be a real date', ['day']],
    ['29', '02', '1900', 'Date of birth must be a real date', ['day']],
    ['1', '13', '1980', 'Date of birth must be a real date', ['month']],
    ['32', '13', '1980', 'Date of birth must be a real date', ['day', 'month']],
    ['0', '1', '1980', 'Date of birth must be a real date', ['day']],
    ['x', '1', '1980', 'Date of birth must be a real date', ['day']],
    ['1', '1', '80', 'Year must include 4 numbers', ['year']],
    ['', '1', '1980', 'Date of birth must include a day', ['day']],
    ['', '', '1980', 'Date of birth must include a day and month', ['day', 'month']],
    ['', ' ', '', 'Enter date of birth', ['day', 'month', 'year']],
  ])('[U11] refuses %s/%s/%s and says: %s', (day, month, year, message, parts) => {
    expect(readDateParts({ day, month, year }, 'Date of birth')).toEqual({ ok: false, error: { message, parts } })
  })

  it.each([
    ['29', '2', '2024', '2024-02-29'],
    ['29', '2', '2000', '2000-02-29'],
    ['1', 'Sept', '1999', '1999-09-01'],
    [' 7 ', 'march', '2026 ', '2026-03-07'],
  ])('takes %s/%s/%s as %s', (day, month, year, date) => {
    expect(readDateParts({ day, month, year })).toEqual({ ok: true, value: date })
  })
})

describe('reading a date from one piece of text', () => {
  it.each([
    ['31/03/1980', '1980-03-31'],
    ['1/3/1980', '1980-03-01'],
    ['31.3.1980', '1980-03-31'],
    ['31 March 1980', '1980-03-31'],
    ['31st Mar 1980', '1980-03-31'],
    ['1980-03-31', '1980-03-31'],
  ])('[U11] reads %s as %s', (text, date) => {
    expect(parseDateText(text)).toEqual({ ok: true, value: date })
  })

  it.each(['31/02/1980', '03/31/1980', '31/3/80', 'yesterday', '31/03', ''])('refuses %s', text => {
    expect(parseDateText(text).ok).toBe(false)
  })

  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(anyDate, date => {
        expect(parseDateText(formatDate(date))).toEqual({ ok: true, value: date })
        expect(parseDateText(formatLongDate(date))).toEqual({ ok: true, value: date })
      }),
    )
  })
})

describe('reckoning with dates', () => {
  it('shows dates as the British write them', () => {
    expect(formatDate(plainDate(2026, 3, 27))).toBe('27/03/2026')
    expect(formatLongDate(plainDate(2026, 3, 7))).toBe('7 March 2026')
  })

  it.each([
    ['2014-06-03', '2026-06-02', 11],
    ['2014-06-03', '2026-06-03', 12],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2026-05-01', '2026-05-01', 0],
    ['2026-05-02', '2026-05-01', undefined],
  ])('born %s, on %s, is %s', (born, on, age) => {
    expect(ageOn(asPlainDate(born), asPlainDate(on))).toBe(age)
  })

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-11-15', 3, '2027-02-15'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %i months is %s', (date, months, then) => {
    expect(addMonths(asPlainDate(date), months)).toBe(then)
  })

  it('knows the day of the week', () => {
    expect(weekdayOf(asPlainDate('2026-11-20'))).toBe(5)
    expect(weekdayOf(asPlainDate('1969-12-28'))).toBe(7)
  })

  it('adds days and takes them away again, in the order of the calendar', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const then = addDays(date, days)
        expect(isPlainDate(then)).toBe(true)
        expect(daysBetween(date, then)).toBe(days)
        expect(Math.sign(compareDates(then, date))).toBe(Math.sign(days))
        expect(plainDate(partsOf(then).year, partsOf(then).month, partsOf(then).day)).toBe(then)
      }),
    )
  })

  it('refuses to make up a day that does not exist', () => {
    expect(() => plainDate(2026, 2, 29)).toThrow(RangeError)
    expect(() => asPlainDate('2026-2-3')).toThrow(RangeError)
  })
})
