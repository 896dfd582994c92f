import { expect, test } from 'vitest'
import { addDays, asPlainDate } from '../platform/plain-date.ts'
import { ageBands, openedWithin } from './ageing.ts'

const today = asPlainDate('2026-11-17')

test('every age in days is in exactly one band', () => {
  for (let days = 0; days <= 800; days++) {
    const opened = addDays(today, -days)
    const bands = ageBands.filter(({ key }) => {
      const { notBefore, notAfter } = openedWithin(key, today)
      return opened <= notAfter && (notBefore === null || opened >= notBefore)
    })
    expect(
      bands.map(band => band.words),
      `${days} days`,
    ).toHaveLength(1)
  }
})

test.each([
  [0, 'Under 4 weeks'],
  [27, 'Under 4 weeks'],
  [28, '4 weeks to 3 months'],
  [90, '4 weeks to 3 months'],
  [91, '3 to 6 months'],
  [364, '6 months to a year'],
  [365, 'A year and more'],
])('a case that has been open for %i days is in "%s"', (days, words) => {
  const opened = addDays(today, -days)
  const band = ageBands.find(({ key }) => {
    const { notBefore, notAfter } = openedWithin(key, today)
    return opened <= notAfter && (notBefore === null || opened >= notBefore)
  })
  expect(band?.words).toBe(words)
})
