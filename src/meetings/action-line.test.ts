import { describe, expect, test } from 'vitest'
import { asPlainDate } from '../platform/plain-date.ts'
import { isMeant, readActionLine, readWhen, seatMeant, whoAndWhen } from './action-line.ts'

const wednesday = asPlainDate('2026-12-02')

describe('an action typed in one line', () => {
  test.each([
    ['Managed move options @housing fri', { what: 'Managed move options', rest: 'housing fri' }],
    ['Tell the school @children 15/12/2026', { what: 'Tell the school', rest: 'children 15/12/2026' }],
    ['Visit with a colleague', { what: 'Visit with a colleague', rest: '' }],
    ['Write to her at a@b.example @idva mon', { what: 'Write to her at a@b.example', rest: 'idva mon' }],
    ['@idva mon', { what: '', rest: 'idva mon' }],
  ])('%s', (line, read) => expect(readActionLine(line)).toEqual(read))

  test('has a name of as many words as somebody is known by, and after it when', () => {
    expect(whoAndWhen('safe haven in 3 days')).toContainEqual({ who: 'safe haven', when: 'in 3 days' })
    expect(whoAndWhen('police by tomorrow')).toContainEqual({ who: 'police', when: 'tomorrow' })
    expect(whoAndWhen('idva')).toEqual([{ who: 'idva', when: '' }])
  })

  test.each([
    ['wed', '2026-12-09'],
    ['thursday', '2026-12-03'],
    ['today', '2026-12-02'],
    ['in 10 days', '2026-12-12'],
    ['2 weeks', '2026-12-16'],
    ['27/12/2026', '2026-12-27'],
    ['4 jan', '2027-01-04'],
    ['24/12', '2026-12-24'],
  ])('by %s', (text, day) => expect(readWhen(text, wednesday)).toEqual({ ok: true, day }))

  test.each([
    ['', 'Enter by when'],
    ['soon', 'is not a day'],
    ['mondaymorning', 'is not a day'],
    ['31 feb', 'no such day'],
    ['31/02/2026', 'no such day'],
    ['yesterday', 'must be today or later'],
    ['01/11/2026', 'must be today or later'],
  ])('by “%s” is refused for its own reason', (text, message) => {
    const read = readWhen(text, wednesday)
    expect(read.ok ? '' : read.message).toContain(message)
  })
})

test('an agency is meant by the beginning of its name, of a word of it, or of what it is, when it is one alone', () => {
  const seats = [
    { name: 'Porthkerris Police', label: 'Police' },
    { name: 'Kerris Homes', label: 'Housing' },
    { name: 'Safe Haven Porthkerris', label: 'IDVA service' },
  ]
  expect(seatMeant(seats, 'hous')?.name).toBe('Kerris Homes')
  expect(seatMeant(seats, 'idva')?.name).toBe('Safe Haven Porthkerris')
  expect(seatMeant(seats, 'haven porth')?.name).toBe('Safe Haven Porthkerris')
  expect(seatMeant(seats, 'porth')).toBeUndefined()
  expect(seatMeant(seats, '')).toBeUndefined()
  expect([isMeant('Kerensa Lugg', 'kerensa'), isMeant('Kerensa Lugg', 'lugg'), isMeant('Kerensa Lugg', 'ensa')]).toEqual([
    true,
    true,
    false,
  ])
})
