import { expect, test } from 'vitest'
import { asPlainDate } from '../../platform/plain-date.ts'
import { look } from './last-visit.ts'

const at = (text: string) => new Date(text)
const tuesday = asPlainDate('2026-11-17')
const monday = asPlainDate('2026-11-16')

test('the first look of all has nothing before it, and is remembered', () => {
  const now = at('2026-11-17T09:00:00Z')
  expect(look(undefined, now)).toEqual({ since: null, remember: { day: tuesday, lastAt: now, beforeAt: null } })
})

test('the first look of a day counts from the last look of a day before', () => {
  const now = at('2026-11-17T09:00:00Z')
  const yesterday = at('2026-11-16T16:40:00Z')
  expect(look({ day: monday, lastAt: yesterday, beforeAt: at('2026-11-13T10:00:00Z') }, now)).toEqual({
    since: yesterday,
    remember: { day: tuesday, lastAt: now, beforeAt: yesterday },
  })
})

test('later looks of the day keep counting from the day before, and move the end of today on', () => {
  const now = at('2026-11-17T15:00:00Z')
  const yesterday = at('2026-11-16T16:40:00Z')
  expect(look({ day: tuesday, lastAt: at('2026-11-17T09:00:00Z'), beforeAt: yesterday }, now)).toEqual({
    since: yesterday,
    remember: { day: tuesday, lastAt: now, beforeAt: yesterday },
  })
})

test('looks within five minutes are one', () => {
  const known = { day: tuesday, lastAt: at('2026-11-17T15:00:00Z'), beforeAt: null }
  expect(look(known, at('2026-11-17T15:04:00Z'))).toEqual({ since: null, remember: undefined })
})

test('a day begins at midnight in London', () => {
  // 23:30 UTC on 16 July is 00:30 on the 17th in London.
  const known = { day: asPlainDate('2026-07-16'), lastAt: at('2026-07-16T22:30:00Z'), beforeAt: null }
  expect(look(known, at('2026-07-16T23:30:00Z')).since).toEqual(known.lastAt)
})
