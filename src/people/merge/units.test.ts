import { describe, expect, test } from 'vitest'
import { asPlainDate } from '../../platform/plain-date.ts'
import type { Person } from '../person.ts'
import { choicesBetween, columnsTaken } from './units.ts'

const nothing = {
  given: null,
  family: null,
  pronouns: null,
  dateOfBirth: null,
  expectedDate: null,
  sex: null,
  gender: null,
  genderSameAsRegistered: null,
  nhsNumber: null,
  nhsNumberStatus: null,
  ethnicCategory: null,
  language: null,
  interpreter: null,
  communicationNeeds: [],
  needsNote: null,
  gpName: null,
  gpPractice: null,
  gpPracticeCode: null,
  diedOn: null,
  deathRecordedAt: null,
  deathRecordedBy: null,
  deathNote: null,
}
const person = (more: Partial<Record<keyof Person, unknown>>): Person => ({ ...nothing, ...more }) as unknown as Person
const all = new Set(['name', 'birth', 'nhs', 'language', 'gp', 'death'])

describe('[U27] two records of one person, field by field', () => {
  test('nothing is asked of what both say, or what the merged one does not know', () => {
    expect(choicesBetween(person({ family: 'Penrose', gpName: 'Dr Tonkin' }), person({ family: 'Penrose' }))).toEqual([])
  })

  test('the kept one’s word stands unless it has none', () => {
    const choices = choicesBetween(person({ family: 'Penrose' }), person({ family: 'Penros', language: 'uk' }))
    expect(choices.map(one => [one.unit.key, one.usual])).toEqual([
      ['name', 'kept'],
      ['language', 'merged'],
    ])
  })

  test('[P15] the kept one’s NHS number stands, whatever is chosen; where it has none the other’s comes with how far it was traced', () => {
    const [mine, theirs] = [
      { nhsNumber: '9994326163', nhsNumberStatus: '01' },
      { nhsNumber: '9990000018', nhsNumberStatus: '02' },
    ]
    expect(columnsTaken(person(mine), person(theirs), all)).toEqual({})
    expect(columnsTaken(person({}), person(theirs), all)).toEqual({
      nhs_number: { before: null, after: '9990000018' },
      nhs_number_status: { before: null, after: '02' },
    })
  })

  test('a death that either knows of is not lost', () => {
    const died = { diedOn: asPlainDate('2026-01-02'), deathRecordedAt: new Date('2026-01-03T10:00:00Z'), deathRecordedBy: 'Tamsin Rowe' }
    expect(Object.keys(columnsTaken(person({}), person(died), new Set()))).toEqual(['died_on', 'death_recorded_at', 'death_recorded_by'])
    expect(columnsTaken(person(died), person({}), all)).toEqual({})
  })

  test('a date of birth replaces the date that a child was expected', () => {
    const born = person({ dateOfBirth: asPlainDate('2026-05-01') })
    const expected = person({ expectedDate: asPlainDate('2026-05-09') })
    expect(columnsTaken(expected, born, new Set(['birth']))).toEqual({
      date_of_birth: { before: null, after: '2026-05-01' },
      expected_date: { before: '2026-05-09', after: null },
    })
  })
})
