import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asPlainDate, type PlainDate } from '../platform/plain-date.ts'
import { clientIdFromSequence } from './client-id.ts'
import type { Telephone } from './contact.ts'
import { type Likeness, likelyFrom, matchOf, sureFrom, whereToLook } from './matching.ts'
import { datesNear, slipBetween } from './near-dates.ts'
import type { NhsNumber } from './nhs-number.ts'
import type { Postcode } from './postcode.ts'
import { tokensOf } from './tokens.ts'

const nhs = (digits: string) => digits as NhsNumber
const who = (given: string | null, family: string | null, dateOfBirth: string | null, more: Partial<Likeness> = {}): Likeness => ({
  names: [{ given, family }],
  dateOfBirth: dateOfBirth === null ? null : asPlainDate(dateOfBirth),
  ...more,
})
const jago = who('Jago', 'Penrose', '2014-06-03')

describe('dates of birth that are one slip apart', () => {
  it.each([
    ['1980-03-31', '1980-03-31', 'same'],
    ['1980-03-31', '1980-04-01', 'day-out'],
    ['1980-05-07', '1980-07-05', 'day-and-month-swapped'],
    ['1980-05-17', '1980-06-17', 'month-out'],
    ['1980-05-17', '1981-05-17', 'year-out'],
    ['1980-05-12', '1980-05-21', 'digits-swapped'],
    ['1978-05-17', '1987-05-17', 'digits-swapped'],
    ['1978-05-17', '1988-05-17', 'one-digit'],
    ['1980-05-17', '1980-05-27', undefined],
    ['1980-01-31', '1980-02-29', undefined],
  ])('%s and %s: %s', (a, b, slip) => {
    expect(slipBetween(asPlainDate(a), asPlainDate(b))).toBe(slip)
    expect(slipBetween(asPlainDate(b), asPlainDate(a))).toBe(slip)
  })

  it('are few and real', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), days => {
        const near = datesNear(addDays('1920-01-01' as PlainDate, days))
        expect(near.size).toBeLessThanOrEqual(13)
        for (const date of near.keys()) expect(() => asPlainDate(date)).not.toThrow()
      }),
    )
  })
})

describe('people who may be one', () => {
  it.each([
    [
      who('A', 'B', null, { nhsNumber: nhs('9994326163') }),
      who('C', 'D', null, { nhsNumber: nhs('9994326163') }),
      100,
      ['Same NHS number'],
    ],
    [
      who('A', 'B', null, { externalIds: [{ system: 'Mosaic', value: 'M-12' }] }),
      who('C', 'D', null, { externalIds: [{ system: 'Mosaic', value: 'm12' }] }),
      sureFrom,
      ['Same Mosaic number'],
    ],
    [jago, who('Jago', 'Penrose', '2014-06-03'), 94, ['Same name and the date of birth is the same']],
    [jago, who('Jago', 'Penroze', '2014-06-04'), 68, ['Sounds the same and the date of birth is one day out']],
    [jago, who('Jago', 'Penrose', '2014-03-06'), 74, ['Same name and the date of birth has day and month the other way round']],
    [jago, who('J', 'Penrose', '2014-06-03'), 76, ['Same surname and first initial and the date of birth is the same']],
    [jago, who('Penrose', 'Jago', '2014-06-03'), 86, ['First name and surname are the other way round and the date of birth is the same']],
    [jago, who('Wella', 'Penrose', '2014-06-03'), 50, ['Same surname, another first name, and the date of birth is the same']],
    [jago, who('Jago', 'Hart', '2014-06-03'), 60, ['Same first name, another surname, and the date of birth is the same']],
    [
      who('Jago', 'Penrose', null, { postcodes: ['TR18 4QA' as Postcode] }),
      who('Jago', 'Penrose', '2014-06-03', { postcodes: ['TR18 4QA' as Postcode] }),
      69,
      ['Same name and the postcode is the same'],
    ],
    [
      who('Jago', 'Penrose', null, { telephones: ['+447700900123' as Telephone] }),
      who('Jago', 'Penrose', null, { telephones: ['+447700900123' as Telephone] }),
      69,
      ['Same name and the telephone number is the same'],
    ],
    [who('Suharto', null, '1990-01-01'), who('Suharto', null, '1990-01-01'), 88, ['Same name and the date of birth is the same']],
    [who('Олена', 'Шевченко', '1990-01-01'), who('Олена', 'Шевченко', '1990-01-01'), 94, ['Same name and the date of birth is the same']],
  ])('[F11] %j and %j score %i: %j', (a, b, score, reasons) => {
    expect(matchOf(a, b)).toEqual({ score, reasons })
    expect(matchOf(b, a)?.score).toBe(score)
  })

  it.each([
    [jago, who('Jago', 'Penrose', '1984-06-13')],
    [jago, who('Jago', 'Penrose', null)],
    [jago, who('Wella', 'Hart', '2014-06-03')],
    [jago, who('Wella', 'Penrose', '2014-06-04')],
    [
      who('Ann', 'Penrose', '2014-06-03', { nhsNumber: nhs('9994326163'), nhsTraced: true }),
      who('Amy', 'Penrose', '2014-06-03', { nhsNumber: nhs('9990000018'), nhsTraced: true }),
    ],
  ])('but not %j and %j', (a, b) => {
    expect(matchOf(a, b)).toBeUndefined()
  })

  it('are found by an alias too', () => {
    const known: Likeness = { ...jago, names: [...jago.names, { given: 'Jay', family: 'Hart' }] }
    expect(matchOf(known, who('Jay', 'Hart', '2014-06-03'))?.score).toBe(94)
  })

  it('are looked for wherever they could match by name and date', () => {
    const names = fc.constantFrom('Penrose', 'Penroze', 'Hart', 'Шевченко', 'Smith-Jones', 'Smyth')
    const dates = fc.constantFrom('2014-06-03', '2014-03-06', '2014-06-04', '2015-06-03')
    const anyone = fc.tuple(names, names, dates).map(([given, family, date]) => who(given, family, date))
    fc.assert(
      fc.property(anyone, anyone, (typed, onRecord) => {
        const match = matchOf(typed, onRecord)
        if (!match || match.score < likelyFrom) return
        const tokens = new Set(
          tokensOf({
            names: onRecord.names,
            dateOfBirth: onRecord.dateOfBirth,
            expectedDate: null,
            clientId: clientIdFromSequence(1),
            nhsNumber: null,
            postcodes: [],
            telephones: [],
            externalIds: [],
          }),
        )
        const found = whereToLook(typed).some(
          look =>
            look.anyOf.some(token => tokens.has(token)) && (look.andAnyOf.length === 0 || look.andAnyOf.some(token => tokens.has(token))),
        )
        expect(found).toBe(true)
      }),
    )
  })
})
