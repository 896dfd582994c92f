import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fixedClock,
  formatInstant,
  formatTime,
  londonDate,
  londonTime,
  middayOf,
  type PlainTime,
  parseTimeText,
  sameTimeOn,
  startOfDay,
  systemClock,
  today,
  toInstant,
} from './clock.ts'
import { asPlainDate, everySoManyWeeks } from './plain-date.ts'

const time = (text: string) => text as PlainTime

describe('London by the clock', () => {
  it.each([
    ['2026-03-28T23:59:00Z', '2026-03-28', '23:59'],
    ['2026-03-29T00:59:00Z', '2026-03-29', '00:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '02:00'],
    ['2026-06-30T23:30:00Z', '2026-07-01', '00:30'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '01:30'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '01:30'],
    ['1980-03-30T23:00:00Z', '1980-03-31', '00:00'],
  ])('[U11] at %s it is %s, %s', (instant, date, clockTime) => {
    expect(londonDate(new Date(instant))).toBe(date)
    expect(londonTime(new Date(instant))).toBe(clockTime)
  })

  it('[U11] refuses the hour that does not exist in March', () => {
    expect(toInstant(asPlainDate('2026-03-29'), time('01:30'))).toMatchObject({ ok: false, error: 'time-does-not-exist' })
    expect(toInstant(asPlainDate('2026-03-29'), time('00:59'))).toEqual({ ok: true, value: new Date('2026-03-29T00:59:00Z') })
    expect(toInstant(asPlainDate('2026-03-29'), time('02:00'))).toEqual({ ok: true, value: new Date('2026-03-29T01:00:00Z') })
  })

  it('[U11] tells the two readings of the repeated hour in October apart', () => {
    const day = asPlainDate('2026-10-25')
    const first = new Date('2026-10-25T00:30:00Z')
    const second = new Date('2026-10-25T01:30:00Z')
    expect(toInstant(day, time('01:30'))).toMatchObject({ ok: false, error: 'time-happened-twice', first, second })
    expect(toInstant(day, time('01:30'), 'first')).toEqual({ ok: true, value: first })
    expect(toInstant(day, time('01:30'), 'second')).toEqual({ ok: true, value: second })
    expect(toInstant(day, time('02:00'))).toEqual({ ok: true, value: new Date('2026-10-25T02:00:00Z') })
  })

  it('comes back to the same instant from the date and time that it showed', () => {
    const anyMinute = fc.integer({ min: 0, max: 33_000_000 }).map(minutes => new Date(minutes * 60_000))
    fc.assert(
      fc.property(anyMinute, instant => {
        const reading = toInstant(londonDate(instant), londonTime(instant))
        if (reading.ok) expect(reading.value).toEqual(instant)
        else {
          expect(reading.error).toBe('time-happened-twice')
          if (reading.error === 'time-happened-twice')
            expect([reading.first.getTime(), reading.second.getTime()]).toContain(instant.getTime())
        }
      }),
    )
  })

  it('begins the day at midnight in summer and in winter', () => {
    expect(startOfDay(asPlainDate('2026-07-01'))).toEqual(new Date('2026-06-30T23:00:00Z'))
    expect(startOfDay(asPlainDate('2026-12-01'))).toEqual(new Date('2026-12-01T00:00:00Z'))
  })
})

describe('times of day', () => {
  it.each([
    ['14:30', '14:30'],
    ['14.30', '14:30'],
    ['1430', '14:30'],
    ['9:05', '09:05'],
    ['2:30pm', '14:30'],
    ['2 PM', '14:00'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['24:00', undefined],
    ['13pm', undefined],
    ['9', undefined],
    ['soon', undefined],
  ])('reads %s as %s', (text, expected) => {
    expect(parseTimeText(text)).toBe(expected)
  })

  it.each([
    ['00:00', 'midnight'],
    ['12:00', 'midday'],
    ['00:15', '12:15am'],
    ['09:00', '9am'],
    ['14:30', '2:30pm'],
  ])('shows %s as %s', (text, shown) => {
    expect(formatTime(time(text))).toBe(shown)
  })
})

describe('midday of a day', () => {
  it.each([
    ['2026-01-15', '2026-01-15T12:00:00.000Z'],
    ['2026-07-15', '2026-07-15T11:00:00.000Z'],
    ['2026-03-29', '2026-03-29T11:00:00.000Z'],
    ['2026-10-25', '2026-10-25T12:00:00.000Z'],
  ])('of %s is %s', (day, instant) => {
    expect(middayOf(asPlainDate(day)).toISOString()).toBe(instant)
    expect(formatInstant(middayOf(asPlainDate(day))).slice(-5)).toBe('12:00')
  })
})

describe('clocks', () => {
  it('stands still when fixed', () => {
    const clock = fixedClock('2026-03-29T00:30:00Z')
    expect(clock.now()).toEqual(clock.now())
    expect(today(clock)).toBe('2026-03-29')
    expect(formatInstant(clock.now())).toBe('29/03/2026 00:30')
    expect(() => fixedClock('whenever')).toThrow(RangeError)
  })

  it('goes on otherwise', () => {
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000)
  })
})

describe('[U11] the same time on several days', () => {
  it.each([
    ['every week, over the hour that the clocks leave out in March', '2026-03-15', 1, 4, '01:30', '2026-03-29'],
    ['that hour on the first of them', '2026-03-29', 1, 2, '01:30', '2026-03-29'],
    ['the hour after it', '2026-03-22', 1, 2, '02:00', ['2026-03-22T02:00Z', '2026-03-29T01:00Z']],
    ['past it by a fortnight', '2026-03-22', 2, 2, '01:30', ['2026-03-22T01:30Z', '2026-04-05T00:30Z']],
    [
      'every week, over the hour that happens twice in October',
      '2026-10-18',
      1,
      3,
      '01:30',
      ['2026-10-18T00:30Z', '2026-10-25T00:30Z', '2026-11-01T01:30Z'],
    ],
    ['that hour on the first of them', '2026-10-25', 1, 2, '01:30', ['2026-10-25T00:30Z', '2026-11-01T01:30Z']],
    ['at ten, over both', '2026-10-14', 24, 2, '10:00', ['2026-10-14T09:00Z', '2027-03-31T09:00Z']],
    ['once', '2026-11-20', 1, 1, '14:00', ['2026-11-20T14:00Z']],
  ])('%s', (_what, first, weeks, times, clockTime, expected) => {
    const days = everySoManyWeeks(asPlainDate(first), weeks, times)
    expect(sameTimeOn(days, time(clockTime))).toEqual(
      typeof expected === 'string' ? { ok: false, error: expected } : { ok: true, value: expected.map(one => new Date(one)) },
    )
  })
})
