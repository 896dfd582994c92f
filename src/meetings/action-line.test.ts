import { describe, expect, test } from 'vitest'
import { asPlainDate } from '../platform/plain-date.ts'
import { readActionLine, readWhen, whomMeant } from './action-line.ts'

const wednesday = asPlainDate('2026-12-02')
const police = { seat: 'police', workerId: null, names: ['Porthkerris Police', 'Police'] }
const homes = { seat: 'homes', workerId: null, names: ['Kerris Homes', 'Housing'] }
const haven = { seat: 'haven', workerId: null, names: ['Safe Haven Porthkerris', 'IDVA service'] }
const kerensa = { seat: 'haven', workerId: 'kerensa', names: ['Kerensa Lugg'] }
const all = [police, homes, haven, kerensa]

describe('an action typed in one line', () => {
  test.each([
    ['Managed move options @housing fri', { what: 'Managed move options', who: 'housing', when: 'fri', due: '2026-12-04' }],
    ['TecSOS phone @police by tomorrow', { what: 'TecSOS phone', who: 'police', when: 'tomorrow', due: '2026-12-03' }],
    ['Tell the school @children 15/12/2026', { what: 'Tell the school', who: 'children', when: '15/12/2026', due: '2026-12-15' }],
    ['Visit with a colleague', { what: 'Visit with a colleague', who: '', when: '', due: undefined }],
    ['Write to her at a@b.example @idva mon', { what: 'Write to her at a@b.example', who: 'idva', when: 'mon', due: '2026-12-07' }],
    ['Ring @idva', { what: 'Ring', who: 'idva', when: '', due: undefined }],
    ['Visit with @safe haven in 3 days', { what: 'Visit with', who: 'safe haven', when: 'in 3 days', due: '2026-12-05' }],
    ['Ring her @kerensa lugg 31 feb', { what: 'Ring her', who: 'kerensa lugg', when: '31 feb', due: undefined }],
  ])('%s', (line, read) => expect(readActionLine(line, wednesday, who => whomMeant(all, who) !== undefined)).toEqual(read))

  test.each([
    ['wed', '2026-12-09'],
    ['thursday', '2026-12-03'],
    ['today', '2026-12-02'],
    ['yesterday', '2026-12-01'],
    ['in 10 days', '2026-12-12'],
    ['2 weeks', '2026-12-16'],
    ['31/02/2026', undefined],
    ['soon', undefined],
  ])('by %s', (text, day) => expect(readWhen(text, wednesday)).toBe(day))
})

test('an agency is meant by the beginning of its name, of a word of it, or of what it is, when it is one alone; or somebody who sits for it', () => {
  expect(whomMeant(all, 'hous')).toBe(homes)
  expect(whomMeant(all, 'idva')).toBe(haven)
  expect(whomMeant(all, 'haven porth')).toBe(haven)
  expect(whomMeant(all, 'porth')).toBeUndefined()
  expect(whomMeant(all, 'ker')).toBe(homes)
  expect(whomMeant(all, 'kerensa')).toBe(kerensa)
  expect(whomMeant(all, '')).toBeUndefined()
})
