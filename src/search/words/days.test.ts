import { describe, expect, it } from 'vitest'
import { asPlainDate } from '../../platform/plain-date.ts'
import { readDays } from './days.ts'

const today = asPlainDate('2026-11-20') // a Friday

describe('days as people say them', () => {
  it.each([
    ['', undefined, undefined],
    ['27/03/2026', '2026-03-27', '2026-03-27'],
    ['27 March 2026', '2026-03-27', '2026-03-27'],
    ['on 27 March 2026', '2026-03-27', '2026-03-27'],
    ['March 2026', '2026-03-01', '2026-03-31'],
    ['in feb 2024', '2024-02-01', '2024-02-29'],
    ['03/2026', '2026-03-01', '2026-03-31'],
    ['March', '2026-03-01', '2026-03-31'],
    ['December', '2025-12-01', '2025-12-31'],
    ['2025', '2025-01-01', '2025-12-31'],
    ['today', '2026-11-20', '2026-11-20'],
    ['Yesterday', '2026-11-19', '2026-11-19'],
    ['this week', '2026-11-16', '2026-11-22'],
    ['last week', '2026-11-09', '2026-11-15'],
    ['last month', '2026-10-01', '2026-10-31'],
    ['this year', '2026-01-01', '2026-12-31'],
    ['last 3 months', '2026-08-20', '2026-11-20'],
    ['the last two weeks', '2026-11-06', '2026-11-20'],
    ['past 10 days', '2026-11-10', '2026-11-20'],
    ['since 1 June 2026', '2026-06-01', undefined],
    ['after June 2026', '2026-07-01', undefined],
    ['before April 2026', undefined, '2026-03-31'],
    ['until 3 April 2026', undefined, '2026-04-03'],
    ['1 March 2026 to 3 April 2026', '2026-03-01', '2026-04-03'],
    ['from March 2026 to April 2026', '2026-03-01', '2026-04-30'],
    ['between 2024 and 2025', '2024-01-01', '2025-12-31'],
  ])('“%s” is %s to %s', (typed, from, to) => {
    expect(readDays(typed, today)).toEqual({ ok: true, value: { ...(from ? { from } : {}), ...(to ? { to } : {}) } })
  })

  it.each(['31/02/2026', 'soon', 'since never', '29 February 2023', '4 April 2026 to 3 April 2026', '13/2026'])(
    '“%s” is not one',
    typed => {
      expect(readDays(typed, today).ok).toBe(false)
    },
  )
})
