import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, asPlainDate, daysBetween } from '../platform/plain-date.ts'
import { missedSince, nextAfter, type Repeat, repeatUnits } from './repeat.ts'

const day = asPlainDate
const weekly: Repeat = { every: 1, unit: 'weeks', day: 1, until: null }
const monthly = (on: number, until: string | null = null): Repeat => ({
  every: 1,
  unit: 'months',
  day: on,
  until: until ? day(until) : null,
})

describe('[F10] a task that comes again', () => {
  test.each([
    ['done early: the next as planned', weekly, '2026-11-20', '2026-11-18', '2026-11-27'],
    ['done on its day', weekly, '2026-11-20', '2026-11-20', '2026-11-27'],
    ['done late, before the next', weekly, '2026-11-20', '2026-11-24', '2026-11-27'],
    ['done three weeks late: what was missed is passed over', weekly, '2026-11-20', '2026-12-11', '2026-12-18'],
    ['every 10 days', { ...weekly, every: 10, unit: 'days' }, '2026-12-25', '2026-12-25', '2027-01-04'],
    ['over the night on which the clocks go back', { ...weekly, every: 1, unit: 'days' }, '2026-10-24', '2026-10-24', '2026-10-25'],
    ['on the last day of a shorter month', monthly(31), '2026-01-31', '2026-01-31', '2026-02-28'],
    ['and back on its own day after that', monthly(31), '2026-02-28', '2026-02-28', '2026-03-31'],
    ['the 29th in a leap year', monthly(29), '2028-01-29', '2028-01-29', '2028-02-29'],
    ['over the turn of the year', monthly(30), '2026-12-30', '2026-12-30', '2027-01-30'],
    ['until its last day, and that day too', monthly(1, '2026-12-01'), '2026-11-01', '2026-11-01', '2026-12-01'],
    ['and then no more', monthly(1, '2026-12-01'), '2026-12-01', '2026-12-01', null],
  ] as const)('%s', (_, repeat, dueOn, today, next) => expect(nextAfter(repeat as Repeat, day(dueOn), day(today))).toBe(next))

  test('what was missed is counted and does not pile up', () => {
    expect(missedSince(weekly, day('2026-11-20'), day('2026-11-26'))).toBe(0)
    expect(missedSince(weekly, day('2026-11-20'), day('2026-11-27'))).toBe(1)
    expect(missedSince(weekly, day('2026-11-20'), day('2026-12-11'))).toBe(3)
    expect(missedSince({ ...weekly, until: day('2026-12-01') }, day('2026-11-20'), day('2026-12-11'))).toBe(1)
  })

  test('the next is always after today and after the last, by no more than one step', () => {
    fc.assert(
      fc.property(
        fc.record({ every: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom(...repeatUnits), day: fc.integer({ min: 1, max: 31 }) }),
        fc.integer({ min: 0, max: 1_500 }),
        fc.integer({ min: -60, max: 900 }),
        (often, start, late) => {
          const dueOn = addDays(day('2024-01-01'), start)
          const today = addDays(dueOn, late)
          const next = nextAfter({ ...often, until: null }, dueOn, today)!
          expect(next > dueOn && next > today).toBe(true)
          const longest = often.unit === 'months' ? often.every * 31 + 31 : often.every * (often.unit === 'weeks' ? 7 : 1)
          expect(daysBetween([today, dueOn].sort().at(-1)!, next)).toBeLessThanOrEqual(longest)
        },
      ),
    )
  })
})
