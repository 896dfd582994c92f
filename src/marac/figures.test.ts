import { describe, expect, test } from 'vitest'
import { figuresOf, type Heard, quarterOf } from '../meetings/figures.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { marac } from './marac.ts'

const heard = (some: Partial<Heard>): Heard => ({
  meetingIds: ['a'],
  isRepeat: false,
  category: 'POL',
  criteria: [],
  measures: [],
  people: {},
  ...some,
})
const countOf = (all: readonly { code: string; count: number }[], code: string) => all.find(one => one.code === code)?.count
const rateOf = (all: readonly { code: string; value: number | null }[], code: string) => all.find(one => one.code === code)?.value

describe('the quarterly return', () => {
  const quarter = [
    heard({ isRepeat: true, people: { child: 2, victim: 1 } }),
    heard({ meetingIds: ['b'], category: 'IDVA', criteria: [], measures: ['male', 'disability'] }),
    heard({ meetingIds: ['b'], category: 'HOU', criteria: [], measures: ['minoritised'], people: { child: 1 } }),
    heard({ meetingIds: ['b'], category: 'no longer one' }),
  ]
  const { counts, byAgency, rates } = figuresOf(marac, quarter, 8_000)

  test.each([
    ['meetings', 2],
    ['cases', 4],
    ['child', 3],
    ['repeats', 1],
    ['male', 1],
    ['disability', 1],
    ['lgbt', 0],
    ['victim-16-17', 0],
  ])('counts %s', (code, count) => expect(countOf(counts, code)).toBe(count))

  test('counts referrals of each agency, and what it does not know as another', () =>
    expect([countOf(byAgency, 'POL'), countOf(byAgency, 'IDVA'), countOf(byAgency, 'HOU'), countOf(byAgency, 'OTH')]).toEqual([1, 1, 1, 1]))

  test.each([
    ['repeat-rate', 25],
    ['partner-rate', 75],
    ['male-rate', 25],
    ['per-10000', 5],
  ])('works out %s', (code, value) => expect(rateOf(rates, code)).toBe(value))

  test('has no rate of nothing, nor of a population that nobody has said', () => {
    expect(rateOf(figuresOf(marac, [], 8_000).rates, 'repeat-rate')).toBeNull()
    expect(rateOf(figuresOf(marac, quarter, null).rates, 'per-10000')).toBeNull()
  })

  test.each([
    ['2026-12-02', '', '2026-4', '2026-10-01', '2027-01-01', '2026-01-01'],
    ['2026-01-31', '', '2026-1', '2026-01-01', '2026-04-01', '2025-04-01'],
    ['2026-12-02', '2025-2', '2025-2', '2025-04-01', '2025-07-01', '2024-07-01'],
    ['2026-12-02', 'nonsense', '2026-4', '2026-10-01', '2027-01-01', '2026-01-01'],
  ])('of %s, asked for “%s”, is %s', (day, asked, key, from, to, yearFrom) =>
    expect(quarterOf(asPlainDate(day), asked)).toMatchObject({ key, from, to, yearFrom }),
  )
})
