import { describe, expect, test } from 'vitest'
import { asPlainDate } from '../platform/plain-date.ts'
import { readActionLine, readWhen, seatMeant } from './action-line.ts'

const wednesday = asPlainDate('2026-12-02')

describe('an action typed in one line', () => {
  test.each([
    ['Managed move options @housing fri', { what: 'Managed move options', who: 'housing', due: '2026-12-04' }],
    ['TecSOS phone @police by tomorrow', { what: 'TecSOS phone', who: 'police', due: '2026-12-03' }],
    ['Tell the school @children 15/12/2026', { what: 'Tell the school', who: 'children', due: '2026-12-15' }],
    ['Visit with a colleague', { what: 'Visit with a colleague', who: '', due: undefined }],
    ['Write to her at a@b.example @idva mon', { what: 'Write to her at a@b.example', who: 'idva', due: '2026-12-07' }],
    ['Ring @idva', { what: 'Ring', who: 'idva', due: undefined }],
  ])('%s', (line, read) => expect(readActionLine(line, wednesday)).toEqual(read))

  test.each([
    ['wed', '2026-12-09'],
    ['thursday', '2026-12-03'],
    ['today', '2026-12-02'],
    ['in 10 days', '2026-12-12'],
    ['2 weeks', '2026-12-16'],
    ['31/02/2026', undefined],
    ['soon', undefined],
  ])('by %s', (text, day) => expect(readWhen(text, wednesday)).toBe(day))
})

test('an agency is meant by the beginning of its name or of what it is, when it is one alone', () => {
  const seats = [
    { name: 'Porthkerris Police', label: 'Police' },
    { name: 'Kerris Homes', label: 'Housing' },
    { name: 'Safe Haven Porthkerris', label: 'IDVA service' },
  ]
  expect(seatMeant(seats, 'hous')?.name).toBe('Kerris Homes')
  expect(seatMeant(seats, 'idva')?.name).toBe('Safe Haven Porthkerris')
  expect(seatMeant(seats, 'porth')).toBeUndefined()
  expect(seatMeant(seats, '')).toBeUndefined()
})
