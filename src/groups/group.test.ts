import { describe, expect, test } from 'vitest'
import type { PlainTime } from '../platform/clock.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { seriesOf } from './change-sessions.ts'
import { isExpected, othersInWords, placesInWords, standingFor } from './group.ts'
import { whenInWords } from './words.tsx'

describe('a place', () => {
  test.each([
    ['is there', 8, { booked: 7, waiting: 0 }, 'booked'],
    ['is not there', 8, { booked: 8, waiting: 0 }, 'waiting'],
    ['is kept for whoever waits already', 8, { booked: 7, waiting: 1 }, 'waiting'],
    ['is there for more than wait', 8, { booked: 6, waiting: 1 }, 'booked'],
    ['is always there where there is no limit', null, { booked: 400, waiting: 0 }, 'booked'],
  ])('%s', (_, capacity, places, expected) => {
    expect(standingFor(capacity, places)).toBe(expected)
  })

  test.each([
    [8, { booked: 6, waiting: 0 }, '6 of 8 places taken'],
    [8, { booked: 8, waiting: 2 }, '8 of 8 places taken, 2 waiting'],
    [8, { booked: 9, waiting: 0 }, '9 booked, 1 more than there are places'],
    [1, { booked: 0, waiting: 1 }, '1 of 1 places taken or asked for'],
    [2, { booked: 1, waiting: 3 }, '2 of 2 places taken or asked for, 2 waiting'],
    [null, { booked: 3, waiting: 0 }, '3 booked'],
  ])('of %s: %o', (capacity, places, words) => {
    expect(placesInWords(capacity, places)).toBe(words)
  })

  test('nobody is ever said to wait beside a place that is free', () => {
    for (let booked = 0; booked < 4; booked++)
      for (let waiting = 0; waiting < 4; waiting++) {
        const words = placesInWords(2, { booked, waiting })
        if (words.includes('waiting')) expect(words).toMatch(/^2 of 2|more than there are places/)
      }
  })

  test('others are a number, and nothing where there are none', () => {
    expect([othersInWords(8, 7), othersInWords(8, 5), othersInWords(8, 8)]).toEqual(['1 more person', '3 more people', undefined])
  })
})

describe('somebody is expected', () => {
  const session = { startsAt: new Date('2026-11-10T14:00Z'), endsAt: new Date('2026-11-10T16:00Z') }
  test.each([
    ['with a place', 'booked', '2026-11-01T09:00Z', null, true],
    ['who was booked afterwards and has a place: they may have come all the same', 'booked', '2026-11-11T09:00Z', null, true],
    ['not who had left', 'ended', '2026-11-01T09:00Z', '2026-11-09T09:00Z', false],
    ['who left since', 'ended', '2026-11-01T09:00Z', '2026-11-12T09:00Z', true],
    ['not who had a place only later', 'ended', '2026-11-11T09:00Z', '2026-11-12T09:00Z', false],
    ['not who never had a place', 'waiting', null, null, false],
  ] as const)('%s', (_, status, placedAt, endedAt, expected) => {
    const booking = { status, placedAt: placedAt ? new Date(placedAt) : null, endedAt: endedAt ? new Date(endedAt) : null }
    expect(isExpected(booking, session)).toBe(expected)
  })
})

describe('a series', () => {
  const series = (day: string, time: string, count: number) => seriesOf(asPlainDate(day), time as PlainTime, 120, 1, count)

  test('keeps its time on the clock over both changes', () => {
    const autumn = series('2026-10-20', '14:00', 2)
    expect(autumn.ok && autumn.value.map(one => one.startsAt.toISOString())).toEqual([
      '2026-10-20T13:00:00.000Z',
      '2026-10-27T14:00:00.000Z',
    ])
    expect(autumn.ok && autumn.value.map(whenInWords)).toEqual(['Tuesday 20/10/2026, 2pm to 4pm', 'Tuesday 27/10/2026, 2pm to 4pm'])
    const spring = series('2026-03-24', '14:00', 2)
    expect(spring.ok && spring.value.map(one => one.startsAt.toISOString())).toEqual([
      '2026-03-24T14:00:00.000Z',
      '2026-03-31T13:00:00.000Z',
    ])
  })

  test('a night shelter’s hour that the clocks skip is refused, with its day', () => {
    const skipped = series('2026-03-22', '01:30', 2)
    expect(skipped).toEqual({ ok: false, error: expect.stringContaining('29/03/2026') })
  })

  test('over the hour that happens twice it begins at the first of the two, and lasts as long', () => {
    const twice = series('2026-10-18', '01:30', 2)
    expect(twice.ok && twice.value.map(one => [one.startsAt, one.endsAt].map(each => each.toISOString()))).toEqual([
      ['2026-10-18T00:30:00.000Z', '2026-10-18T02:30:00.000Z'],
      ['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000Z'],
    ])
  })
})
