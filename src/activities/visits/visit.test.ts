import { describe, expect, test } from 'vitest'
import { toTellNow } from './visit.ts'

const expectedBackAt = new Date('2026-11-20T15:00Z')
const minutesLater = (minutes: number) => new Date(expectedBackAt.getTime() + minutes * 60_000)

describe('[U23] a worker who is not back', () => {
  test.each([
    ['is not missed before the time', 0, null, -1, undefined],
    ['is told of to the leaders at the time', 0, null, 0, 'leaders'],
    ['is not told of twice at once', 1, 0, 5, undefined],
    ['is told of to the whole team a quarter of an hour later', 1, 0, 15, 'team'],
    ['is left there for half an hour', 2, 15, 44, undefined],
    ['and then told of to the leaders again', 2, 15, 45, 'leaders'],
    ['again and again', 5, 135, 165, 'leaders'],
    ['for a day', 9, 24 * 60, 24 * 60 + 31, undefined],
  ] as const)('%s', (_what, told, toldAfter, now, whom) => {
    const visit = { backAt: null, expectedBackAt, told, toldAt: toldAfter === null ? null : minutesLater(toldAfter) }
    expect(toTellNow(visit, minutesLater(now))).toBe(whom)
  })

  test('is missed anew when the time that they put off to has come as well', () => {
    expect(toTellNow({ backAt: null, expectedBackAt, told: 3, toldAt: minutesLater(-60) }, minutesLater(0))).toBe('leaders')
  })

  test('is told of no more once somebody has said that they are back', () => {
    expect(toTellNow({ backAt: minutesLater(1), expectedBackAt, told: 0, toldAt: null }, minutesLater(5))).toBeUndefined()
  })
})
