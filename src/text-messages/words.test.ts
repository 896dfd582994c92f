import { describe, expect, test } from 'vitest'
import { appointmentInWords, faultIn, fieldsIn, fill } from './words.ts'

describe('the words of a text', () => {
  test('are filled in, however a field is spaced or set', () => {
    expect(fill('Hello (( First  Name )), ring ((call back)).', { 'first name': 'Oksana', 'call back': '01632 960112' })).toEqual({
      ok: true,
      words: 'Hello Oksana, ring 01632 960112.',
    })
  })
  test('that need something which is not known are not sent with a gap', () => {
    expect(fill('Hello ((first name))', { 'first name': null })).toEqual({ ok: false, missing: 'first name' })
    expect(fill('Hello ((first name))', { 'first name': ' ' })).toEqual({ ok: false, missing: 'first name' })
  })
  test('take nothing from what is filled in: a name cannot open another field', () => {
    expect(fill('Hello ((first name))', { 'first name': '((call back))', 'call back': '1' })).toEqual({
      ok: true,
      words: 'Hello ((call back))',
    })
  })

  test.each([
    ['', 'any', 'Enter the words of the text'],
    ['   ', 'any', 'Enter the words of the text'],
    ['a'.repeat(919), 'any', 'The words must be 918 characters or fewer'],
    ['About your ((service))', 'any', '((service)) is no field that can be filled in. Use ((first name)), ((your name)) or ((call back))'],
    ['On ((appointment day))', 'any', '((appointment day)) is only for reminders of appointments, to people who have one'],
    ['On ((appointment day))', 'appointment', undefined],
    ['Please ring ((your name))', 'any', undefined],
  ] as const)('%j, for %s: %s', (words, purpose, fault) => expect(faultIn(words, purpose)).toBe(fault))

  test('name each of their fields once', () => expect(fieldsIn('((a)) ((A)) ((b c))')).toEqual(['a', 'b c']))
})

test.each([
  [['2026-11-24T14:30Z'], 'Tuesday 24 November', '2:30pm'],
  [['2026-11-24T10:00Z', '2026-11-24T14:00Z'], 'Tuesday 24 November', '10am and 2pm'],
  [['2026-11-24T10:00Z', '2026-11-24T12:00Z', '2026-11-24T14:00Z'], 'Tuesday 24 November', '10am, midday and 2pm'],
  [['2026-10-25T00:30Z'], 'Sunday 25 October', '1:30am (summer time)'],
  [['2026-10-25T00:30Z', '2026-10-25T01:30Z'], 'Sunday 25 October', '1:30am (summer time) and 1:30am (winter time)'],
])('[U11] appointments at %j are on %s at %s', (starts, day, time) => {
  const [first, ...later] = starts.map(start => new Date(start))
  expect(appointmentInWords(first!, ...later)).toEqual({ 'appointment day': day, 'appointment time': time })
})
