import { describe, expect, test } from 'vitest'
import { nothingMore } from '../../test/factories/relationships.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { inWords, isCurrent, isDangerous, type Relationship, sideOf, turned } from './relationship.ts'
import type { Term, Terms } from './terms.ts'

const term = (code: string, more: Partial<Term>): [string, Term] => [
  code,
  {
    code,
    what: 'kind',
    label: code,
    labelWoman: null,
    labelMan: null,
    inverse: code,
    inverseWoman: null,
    inverseMan: null,
    shape: 'other',
    generations: 0,
    danger: false,
    archived: false,
    ...more,
  },
]
const terms: Terms = new Map([
  term('parent', {
    label: 'Parent',
    labelWoman: 'Mother',
    labelMan: 'Father',
    inverse: 'Child',
    inverseWoman: 'Daughter',
    inverseMan: 'Son',
  }),
  term('sibling', { label: 'Brother or sister', labelWoman: 'Sister', inverse: 'Brother or sister', inverseMan: 'Brother' }),
  term('alleged-perpetrator', { label: 'Alleged perpetrator', inverse: 'Alleged victim', danger: true }),
  term('next-of-kin', { what: 'legal-role', label: 'Next of kin', inverse: 'This person is their next of kin' }),
  term('no-contact', { what: 'warning', label: 'Must not be contacted', inverse: 'This person must not be contacted about them' }),
])
const relationship = (more: Partial<Relationship> = {}): Relationship => ({
  id: 'r',
  personId: 'jago',
  otherId: 'oksana',
  version: 1,
  kind: 'parent',
  ...nothingMore,
  ...more,
})
const told = (one: Relationship, personId: string, gender: string | null) => inWords(sideOf(one, personId)!, terms, gender)

describe('[U30] a relationship', () => {
  test.each<[Partial<Relationship>, string, string | null, string]>([
    [{}, 'jago', 'woman', 'Mother'],
    [{}, 'jago', 'man', 'Father'],
    [{}, 'jago', 'non-binary', 'Parent'],
    [{}, 'jago', null, 'Parent'],
    [{}, 'oksana', 'boy', 'Son'],
    [{}, 'oksana', null, 'Child'],
    [{ kindBack: true }, 'jago', 'girl', 'Daughter'],
    [{ kindBack: true }, 'oksana', 'man', 'Father'],
    [{ kind: 'sibling' }, 'jago', 'woman', 'Sister'],
    [{ kind: 'sibling' }, 'oksana', 'man', 'Brother'],
    [{ kind: 'gone-from-the-list' }, 'jago', null, 'Known to each other'],
  ])('%j on the page of %s, of a %s, reads %s', (stated, page, gender, words) => {
    expect(told(relationship(stated), page, gender).kind).toBe(words)
  })

  test('tells legal roles and warnings from both sides', () => {
    const one = relationship({ legalRoles: ['next-of-kin'], warnings: ['no-contact'] })
    expect(told(one, 'jago', null)).toMatchObject({ roles: ['Next of kin'], warnings: ['Must not be contacted'] })
    expect(told(one, 'oksana', null)).toMatchObject({
      roles: ['This person is their next of kin'],
      warnings: ['This person must not be contacted about them'],
    })
  })

  test('that is told of on one side is not there on the other', () => {
    expect(sideOf(relationship({ oneSided: true }), 'oksana')).toBeUndefined()
    expect(sideOf(relationship({ oneSided: true }), 'jago')).toBeDefined()
    expect(sideOf(relationship(), 'somebody else')).toBeUndefined()
  })

  test('turned round twice is the same', () => {
    const one = relationship({ legalRoles: ['next-of-kin'], warningsBack: ['no-contact'] })
    expect(turned(turned(one))).toEqual(one)
  })

  test.each([
    [null, null, true],
    ['2026-01-01', null, true],
    ['2026-11-20', '2026-11-20', true],
    [null, '2026-11-19', false],
    ['2026-11-21', null, false],
  ] as const)('from %s to %s is current on 20 November: %s', (from, to, current) => {
    const day = (text: string | null) => (text === null ? null : asPlainDate(text))
    expect(isCurrent({ from: day(from), to: day(to) }, asPlainDate('2026-11-20'))).toBe(current)
  })

  test('is dangerous by its kind or by what it warns of, from either side', () => {
    expect(isDangerous(relationship(), terms)).toBe(false)
    expect(isDangerous(relationship({ kind: 'alleged-perpetrator' }), terms)).toBe(true)
    expect(isDangerous(relationship({ warningsBack: ['no-contact'] }), terms)).toBe(true)
  })
})
