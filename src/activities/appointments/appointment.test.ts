import { describe, expect, test } from 'vitest'
import { readInstant, typedFrom, typedInstant } from '../../cases/index.ts'
import { timeInWords } from '../../platform/clock.ts'
import type { FieldError } from '../../ui/index.ts'
import { type AttendanceRule, overlap, referenceOf, repeated, ruleFor, spanInWords } from './appointment.ts'

const at = (text: string) => new Date(text)

describe('[U11] times across the change of the clocks', () => {
  test.each([
    ['an hour in winter', '2026-11-20T14:00Z', '2026-11-20T15:00Z', '14:00 to 15:00'],
    ['an hour in summer', '2026-06-20T13:00Z', '2026-06-20T14:00Z', '14:00 to 15:00'],
    ['two hours into the hour that happens twice', '2026-10-24T23:30Z', '2026-10-25T01:30Z', '00:30 to 01:30 (winter time)'],
    ['an hour within it', '2026-10-25T00:30Z', '2026-10-25T01:30Z', '01:30 (summer time) to 01:30 (winter time)'],
    ['an hour over the one that is skipped', '2026-03-29T00:30Z', '2026-03-29T01:30Z', '00:30 to 02:30'],
    ['over midnight', '2026-11-20T23:30Z', '2026-11-21T00:30Z', '23:30 to 21/11/2026 00:30'],
  ])('%s', (_what, from, to, words) => {
    expect(spanInWords(at(from), at(to))).toBe(words)
  })

  test.each([
    ['2026-10-25T00:30:00Z', '01:30 (summer time)'],
    ['2026-10-25T00:30:41Z', '01:30 (summer time)'],
    ['2026-10-25T01:30:00Z', '01:30 (winter time)'],
    ['2026-10-25T01:30:41Z', '01:30 (winter time)'],
    ['2026-10-25T02:00:00Z', '02:00'],
    ['2026-03-29T01:00:00Z', '02:00'],
  ])('%s is %s', (instant, words) => {
    expect(timeInWords(at(instant))).toBe(words)
    const typed = typedFrom(typedInstant('starts', at(instant)))
    const errors: FieldError[] = []
    const minute = new Date(Math.floor(at(instant).getTime() / 60_000) * 60_000)
    expect([readInstant(typed, 'starts', { date: 'Date', time: 'Time' }, errors), errors]).toEqual([minute, []])
  })

  test('a weekly appointment stays at its time on the clock in spring and in autumn', () => {
    expect(repeated(at('2026-03-23T10:00Z'), 1, 3)).toEqual({
      ok: true,
      value: [at('2026-03-23T10:00Z'), at('2026-03-30T09:00Z'), at('2026-04-06T09:00Z')],
    })
    expect(repeated(at('2026-10-14T09:00Z'), 2, 2)).toEqual({ ok: true, value: [at('2026-10-14T09:00Z'), at('2026-10-28T10:00Z')] })
  })

  test('a series that would fall into the skipped hour is refused with its day', () => {
    expect(repeated(at('2026-03-22T01:30Z'), 1, 2)).toEqual({ ok: false, error: '2026-03-29' })
  })
})

describe('missed appointments', () => {
  const rule = (serviceArea: string, nth: number): AttendanceRule => ({ serviceArea, nth, follows: 'task', days: 0, words: '' })
  const rules = [rule('', 1), rule('', 2), rule('drug-and-alcohol', 1), rule('drug-and-alcohol', 4)]
  test.each([
    ['early-help', 1, 1],
    ['early-help', 2, 2],
    ['early-help', 9, 2],
    ['drug-and-alcohol', 3, 1],
    ['drug-and-alcohol', 4, 4],
  ])('of %s, %d in a row lead to rule %d', (service, missed, nth) => {
    expect(ruleFor(rules, service, missed)?.nth).toBe(nth)
  })
  test('lead to nothing where there is no rule', () => {
    expect(ruleFor([], 'early-help', 1)).toBeUndefined()
  })
})

test('two appointments clash when they share a moment', () => {
  const span = (from: string, to: string) => ({ startsAt: at(`2026-11-20T${from}Z`), endsAt: at(`2026-11-20T${to}Z`) })
  expect(overlap(span('10:00', '11:00'), span('10:59', '12:00'))).toBe(true)
  expect(overlap(span('10:00', '11:00'), span('11:00', '12:00'))).toBe(false)
  expect(overlap(span('10:00', '12:00'), span('10:30', '11:00'))).toBe(true)
})

test('a reference is short and says nothing', () => {
  expect(referenceOf('01a2205d-3626-7760-8a27-014131b21f14')).toBe('B21F14')
})
