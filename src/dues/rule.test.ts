import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, asPlainDate, daysBetween, type PlainDate } from '../platform/plain-date.ts'
import { addWorkingDays, calendarWithout, datesOf, dueBy, formOfMoment, type Moments, offsetFrom, workingDayFrom } from './index.ts'
import { aRule } from './testing/rules.ts'

const day = asPlainDate
// Christmas 2026: Friday 25 December, and Monday 28 for a Boxing Day on a Saturday. Easter 2026: 3 and 6 April.
const calendar = calendarWithout(['2026-04-03', '2026-04-06', '2026-12-25', '2026-12-28', '2027-01-01'].map(day))

describe('[F10] working days', () => {
  test.each([
    ['an ordinary week', '2026-11-16', 5, '2026-11-23'],
    ['over a weekend', '2026-11-20', 1, '2026-11-23'],
    ['from a Saturday, which does not count', '2026-11-21', 1, '2026-11-23'],
    ['over Christmas and its substitute day', '2026-12-24', 1, '2026-12-29'],
    ['over Christmas and New Year', '2026-12-23', 5, '2027-01-04'],
    ['over Easter', '2026-04-02', 1, '2026-04-07'],
    ['over the night on which the clocks go forward', '2026-03-27', 2, '2026-03-31'],
    ['over the night on which they go back', '2026-10-23', 2, '2026-10-27'],
    ['none', '2026-11-21', 0, '2026-11-21'],
  ])('%s', (_, from, count, to) => expect(addWorkingDays(calendar, day(from), count)).toBe(to))

  test('one more working day is always later, and always a working day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 200 }), (start, count) => {
        const from = addDays(day('2020-01-01'), start)
        const to = addWorkingDays(calendar, from, count)
        expect(calendar.isWorkingDay(to)).toBe(true)
        expect(daysBetween(from, to)).toBeGreaterThanOrEqual(count)
        expect(addWorkingDays(calendar, from, count + 1) > to).toBe(true)
      }),
    )
  })

  test('a day that is worked on stands; another goes to the next or the one before', () => {
    expect(workingDayFrom(calendar, day('2026-12-24'), 1)).toBe('2026-12-24')
    expect(workingDayFrom(calendar, day('2026-12-25'), 1)).toBe('2026-12-29')
    expect(workingDayFrom(calendar, day('2026-12-28'), -1)).toBe('2026-12-24')
  })
})

describe('[F10] so long after a day', () => {
  test.each([
    ['days', { number: 10, unit: 'days' }, '2026-02-20', '2026-03-02'],
    ['the same day', { number: 0, unit: 'days' }, '2026-02-20', '2026-02-20'],
    ['weeks', { number: 12, unit: 'weeks' }, '2026-01-05', '2026-03-30'],
    ['a month, on the same date', { number: 1, unit: 'months' }, '2026-09-03', '2026-10-03'],
    ['a month from the 31st is the last day of a shorter one', { number: 1, unit: 'months' }, '2026-01-31', '2026-02-28'],
    ['in a leap year', { number: 1, unit: 'months' }, '2028-01-31', '2028-02-29'],
    ['or the first of the month after', { number: 1, unit: 'months', monthEnd: 'next-month' }, '2026-01-31', '2026-03-01'],
    ['from a last day, not to the last day', { number: 1, unit: 'months' }, '2026-02-28', '2026-03-28'],
    ['over the turn of the year', { number: 3, unit: 'months' }, '2026-11-30', '2027-02-28'],
    [
      'a subject access request: a month, and on to a working day',
      { number: 1, unit: 'months', closedDay: 'next-working-day' },
      '2026-11-25',
      '2026-12-29',
    ],
    ['back to the working day before', { number: 1, unit: 'months', closedDay: 'previous-working-day' }, '2026-11-25', '2026-12-24'],
    ['working days need no moving', { number: 15, unit: 'working-days', closedDay: 'next-working-day' }, '2026-12-01', '2026-12-22'],
  ] as const)('%s', (_, offset, from, to) => expect(offsetFrom(aRule(offset), day(from), calendar)).toBe(to))

  test('with a window round it', () => {
    expect(datesOf(aRule({ number: 12, unit: 'weeks', daysBefore: 28, daysAfter: 14 }), day('2026-01-05'), calendar)).toEqual({
      begunOn: '2026-01-05',
      opensOn: '2026-03-02',
      dueOn: '2026-03-30',
      closesOn: '2026-04-13',
    })
  })
})

describe('[F10] what a rule asks for', () => {
  const happened = (...all: [string, string][]): Moments => new Map(all.map(([moment, on]) => [moment, on as PlainDate]))
  const visit = aRule({ settledBy: 'form/visit' })
  const again = aRule({ settledBy: 'form/visit', repeats: true })
  test.each([
    ['nothing before its moment', visit, happened(), null],
    ['so long after it', visit, happened(['accepted', '2026-03-02']), '2026-03-12'],
    ['nothing once it is settled', visit, happened(['accepted', '2026-03-02'], ['form/visit', '2026-03-09']), null],
    ['nothing when it was settled on the same day', visit, happened(['accepted', '2026-03-02'], ['form/visit', '2026-03-02']), null],
    ['again when the moment comes again', visit, happened(['accepted', '2026-05-01'], ['form/visit', '2026-03-09']), '2026-05-11'],
    [
      'from the day it was settled, where it repeats',
      again,
      happened(['accepted', '2026-03-02'], ['form/visit', '2026-03-09']),
      '2026-03-19',
    ],
    [
      'until somebody says that it is done, where nothing else settles it',
      aRule(),
      happened(['accepted', '2026-03-02'], ['done/first-visit', '2026-03-04']),
      null,
    ],
    ['nothing where the service does without it', aRule({ inUse: false }), happened(['accepted', '2026-03-02']), null],
  ])('%s', (_, rule, moments, dueOn) => expect(dueBy(rule, moments, calendar)?.dueOn ?? null).toBe(dueOn))

  test('a moment of a form names the form and the question, or is none', () => {
    expect(formOfMoment('answer/top/date_of_review')).toEqual({ form: 'top', question: 'date_of_review' })
    expect(formOfMoment('form/top')).toEqual({ form: 'top', question: null })
    for (const none of ['accepted', 'answer/top', 'form/', "form/x'--", 'stage/plan']) expect(formOfMoment(none)).toBeUndefined()
  })
})
