import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../platform/plain-date.ts'
import { periodOf } from './period.ts'

const today = '2026-11-20' as PlainDate

describe('the part of the calendar that the address asks for', () => {
  test('is the week from Monday when it says nothing, or nonsense', () => {
    for (const [view, on] of [
      [null, null],
      ['week', '2026-11-22'],
      ['month', 'yesterday'],
      ['', '2026-02-31'],
      ['week', '9999-12-31'],
    ] as const)
      expect(periodOf(view, on, today).title).toBe('16/11/2026 to 22/11/2026')
  })

  test('is one day, or four weeks from a day', () => {
    expect(periodOf('day', '2026-11-25', today)).toMatchObject({ title: '25 November 2026', earlier: '2026-11-24', later: '2026-11-26' })
    expect(periodOf('list', '2026-11-25', today)).toMatchObject({ title: '25/11/2026 to 22/12/2026', later: '2026-12-23' })
  })

  test('[U11] has days of 23 and of 25 hours', () => {
    const hours = (on: string) => {
      const { from, until } = periodOf('day', on, today)
      return (until.getTime() - from.getTime()) / 3_600_000
    }
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-20')]).toEqual([23, 25, 24])
  })
})
