import { describe, expect, it } from 'vitest'
import { clientIdFromSequence, formatClientId } from '../people/index.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { registerLink } from './register-link.ts'
import { understand } from './understand.ts'

const today = asPlainDate('2026-11-20')
/** The firm alternatives of each term, as 'beginning npen' or 'whole d1980-03-31'. */
const firm = (text: string) =>
  understand(text, today).terms.map(term => term.alternatives.filter(each => each.firm).map(each => `${each.match} ${each.token}`))
const id = clientIdFromSequence(41)

describe('what was typed into the one box', () => {
  it.each([
    ['pen', [['beginning npen']]],
    [
      'Jago Penrose',
      [
        ['beginning njago', 'whole ijago'],
        ['beginning npenrose', 'whole ipenrose'],
      ],
    ],
    [
      'PENROSE, Jago',
      [
        ['beginning npenrose', 'whole ipenrose'],
        ['beginning njago', 'whole ijago'],
      ],
    ],
    ["O'Brien", [['beginning nobrien', 'whole iobrien']]],
    ['mac donald', [['beginning nmacdonald', 'beginning ndonald']]],
    [
      'Smith-Jones',
      [
        ['beginning nsmith', 'whole ismith'],
        ['beginning njones', 'whole ijones'],
      ],
    ],
    ['Шевч', [['beginning nшевч', 'whole iшевч']]],
    ['31/03/1980', [['whole d1980-03-31', 'whole x1980-03-31']]],
    ['3 June 2014', [['whole d2014-06-03', 'whole x2014-06-03']]],
    ['03.06.14', [['whole d2014-06-03', 'whole x2014-06-03']]],
    ['3/6/54', [['whole d1954-06-03', 'whole x1954-06-03']]],
    ['03062014', [['beginning h03062014', 'beginning t03062014', 'beginning i03062014', 'whole d2014-06-03', 'whole x2014-06-03']]],
    ['999 432 6163', [['whole h9994326163', 'beginning i9994326163']]],
    ['07700 900123', [['whole t07700900123', 'beginning i07700900123']]],
    ['+44 7700 900 123', [['whole t07700900123', 'beginning i447700900123']]],
    ['TR18 4QA', [['whole pTR18 4QA']]],
    ['tr184qa', [['whole pTR18 4QA']]],
    ['tr18', [['beginning pTR18 ', 'beginning itr18']]],
    ['tr18 4', [['beginning pTR18 4']]],
    ['MOS/00123', [['beginning imos00123']]],
    ['1980', [['beginning d1980', 'beginning i1980']]],
    [`LY ${formatClientId(id)}`, [[`whole c${id}`]]],
    [formatClientId(id).toLowerCase(), [[`whole c${id}`]]],
    ['', []],
    ['   ,  ', []],
  ])('[U17] “%s” is understood as %j', (text, terms) => {
    expect(firm(text)).toEqual(terms)
  })

  it('[U17] takes a name and a date of birth together, in any order', () => {
    expect(firm('penrose 03/06/2014')).toEqual(firm('03/06/2014 penrose'))
    expect(firm('penrose 03/06/2014')).toHaveLength(2)
  })

  it('[U17] reaches for what sounds alike and for dates a slip away, after what was typed', () => {
    const [name, date] = understand('03/06/2014 Penroze', today).terms.toReversed()
    expect(name?.alternatives.filter(each => !each.firm).map(each => each.token)).toContain('sPNRS')
    expect(date?.alternatives.filter(each => !each.firm).map(each => each.token)).toContain('d2014-06-04')
    expect(date?.alternatives.filter(each => !each.firm).map(each => each.token)).toContain('d2014-03-06')
  })

  it('[U16] says when a date cannot be', () => {
    const understood = understand('penrose 31/02/1980', today)
    expect(understood.problems).toEqual(['31/02/1980 is not a real date, so it was left out'])
  })

  it('stops at more than anybody types', () => {
    expect(understand('a '.repeat(500), today).terms.length).toBeLessThanOrEqual(6)
  })
})

describe('registering whoever was not found', () => {
  it.each([
    [
      'jago penrose 03/06/2014',
      { given: 'Jago', family: 'Penrose', 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': '2014' },
    ],
    ['Penrose, Jago', { given: 'Jago', family: 'Penrose' }],
    ['penrose TR18 4QA', { family: 'Penrose', postcode: 'TR18 4QA' }],
    ['999 432 6163', { nhsNumber: '999 432 6163' }],
    ['Mary Jane McDonald', { given: 'Mary Jane', family: 'McDonald' }],
  ])('“%s” fills %j', (text, boxes) => {
    const address = new URL(registerLink(text, understand(text, today).terms), 'http://localhost')
    expect(address.pathname).toBe('/people/new')
    expect(Object.fromEntries(address.searchParams)).toEqual(boxes)
  })
})
