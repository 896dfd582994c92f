import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatNhsNumber,
  isNhsNumber,
  isNhsNumberStatus,
  nhsCheckDigit,
  nhsNumberStatuses,
  nhsStatusInShort,
  parseNhsNumber,
} from './nhs-number.ts'

const anyNine = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }).map(digits => digits.join(''))
const anyNumber = anyNine.filter(nine => nhsCheckDigit(nine) !== undefined).map(nine => `${nine}${nhsCheckDigit(nine)}`)

describe('an NHS number', () => {
  it.each([
    ['9000000009', '900 000 0009'],
    ['900 000 0009', '900 000 0009'],
    ['900-000-0009', '900 000 0009'],
    [' 9434765919 ', '943 476 5919'],
    ['9990000018', '999 000 0018'],
  ])('[U11] reads %s and shows %s', (typed, shown) => {
    const reading = parseNhsNumber(typed)
    expect(reading.ok && formatNhsNumber(reading.value)).toBe(shown)
  })

  it.each([
    ['', 'nothing-typed'],
    ['943476591', 'not-ten-digits'],
    ['94347659190', 'not-ten-digits'],
    ['943476591X', 'not-ten-digits'],
    ['9.43477E+09', 'not-ten-digits'],
    ['9434765918', 'check-digit'],
    ['4934765919', 'check-digit'],
  ])('[U16] refuses %s: %s', (typed, error) => {
    expect(parseNhsNumber(typed)).toMatchObject({ ok: false, error })
  })

  it('was never issued where the check comes to ten', () => {
    expect(nhsCheckDigit('999000002')).toBe(6)
    expect(nhsCheckDigit('000000006')).toBeUndefined()
    for (let last = 0; last <= 9; last++) expect(isNhsNumber(`000000006${last}`)).toBe(false)
  })

  it('finds every wrong digit and every two neighbours exchanged', () => {
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
        expect(isNhsNumber(number)).toBe(true)
        const wrong = `${number.slice(0, place)}${(Number(number[place]) + shift) % 10}${number.slice(place + 1)}`
        expect(isNhsNumber(wrong)).toBe(false)
        if (place < 9 && number[place] !== number[place + 1]) {
          expect(isNhsNumber(`${number.slice(0, place)}${number[place + 1]}${number[place]}${number.slice(place + 2)}`)).toBe(false)
        }
      }),
    )
  })

  it('has eight statuses, each with words', () => {
    expect(nhsNumberStatuses.map(status => status.code)).toEqual(['01', '02', '03', '04', '05', '06', '07', '08'])
    expect(isNhsNumberStatus('09')).toBe(false)
    expect(nhsStatusInShort('01')).toBe('traced')
  })
})
