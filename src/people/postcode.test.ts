import { describe, expect, it } from 'vitest'
import { isPseudoPostcode, noFixedAbode, outwardOf, type Postcode, parsePostcode } from './postcode.ts'

describe('a postcode', () => {
  it.each([
    ['TR1 3AY', 'TR1 3AY'],
    ['tr13ay', 'TR1 3AY'],
    [' tr18  4qa ', 'TR18 4QA'],
    ['PL31 2QN', 'PL31 2QN'],
    ['EC1A 1BB', 'EC1A 1BB'],
    ['W1A 0AX', 'W1A 0AX'],
    ['M1 1AE', 'M1 1AE'],
    ['DN55 1PT', 'DN55 1PT'],
    ['GIR 0AA', 'GIR 0AA'],
    ['zz993vz', 'ZZ99 3VZ'],
    ['ZZ99 3WZ', 'ZZ99 3WZ'],
    ['bfpo57', 'BFPO 57'],
    ['BFPO 1234', 'BFPO 1234'],
  ])('[U11] reads %s as %s', (typed, postcode) => {
    expect(parsePostcode(typed)).toEqual({ ok: true, value: postcode })
  })

  it.each(['', 'QV1 1AA', 'AB1 2CI', 'TR1', '3AY', 'TR1 3A', 'BFPO 0', 'BFPO', 'T', '12345', 'EC1A 1B8'])('[U16] refuses %s', typed => {
    expect(parsePostcode(typed).ok).toBe(false)
  })

  it('knows its outward part and what stands for no place', () => {
    expect(outwardOf('TR18 4QA' as Postcode)).toBe('TR18')
    expect(isPseudoPostcode(noFixedAbode)).toBe(true)
    expect(isPseudoPostcode('TR18 4QA' as Postcode)).toBe(false)
  })
})
