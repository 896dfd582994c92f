import { describe, expect, test } from 'vitest'
import { capitalsIn, namesIn, namesOf } from './names-in.ts'

const somebody = (familyName: string, givenName = 'Xanthe') => [{ familyName, givenName }]
const isNamed = (familyName: string, text: string) => namesIn(namesOf(somebody(familyName)), text).length > 0

describe('somebody is named by', () => {
  test.each([
    ['Ng', 'Mrs Ng rang on Sunday'],
    ['Ng', 'Spoke to NG’s sister'],
    ['Ng', 'ng came to the door'],
    ['Li', 'He calls her Li.'],
    ['Do', 'Mr Do was there'],
    ['Do', 'DO, Xen: at home'],
    ['Penrose', 'penrose, again'],
    ['Smith-Nguyen', 'the Nguyen family'],
    ['van der Berg', 'Mr Berg'],
  ])('%s in “%s”', (family, text) => expect(isNamed(family, text)).toBe(true))
})

describe('nobody is named by', () => {
  test.each([
    ['Ng', 'He was angry, ringing all night'],
    ['Li', 'She lives alone'],
    ['Do', 'They do not know'],
    ['May', 'He may come back'],
    ['van der Berg', 'a white van'],
    ['P', 'P is for patience'],
    ['', 'Nothing'],
  ])('%s in “%s”', (family, text) => expect(isNamed(family, text)).toBe(false))
})

test('a street or a place gives somebody away too; a word with which a sentence begins, or letters that stand for a service, do not', () => {
  expect(capitalsIn(['12 Elm Row, near Tregenna Castle', 'Her GP knows. Nobody else in Bodmin does.', undefined, 7])).toEqual([
    'Elm Row',
    'Tregenna Castle',
    'Bodmin',
  ])
  expect(capitalsIn(['The Tregenna estate. Tregenna Castle is near'])).toEqual(['Tregenna', 'Tregenna Castle'])
  expect(capitalsIn([[{ school: 'St Ives' }], 'Li Na', 'Husband'])).toEqual(['St Ives', 'Li Na', 'Husband'])
})
