import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../platform/plain-date.ts'
import { clientIdFromSequence } from './client-id.ts'
import type { Telephone } from './contact.ts'
import type { NhsNumber } from './nhs-number.ts'
import type { Postcode } from './postcode.ts'
import { afterPrefix, externalIdToken, type Findable, tokensOf } from './tokens.ts'

const jago: Findable = {
  names: [
    { given: 'Jago', family: 'Penrose' },
    { given: 'Jay', family: 'Penrose-Hart' },
  ],
  dateOfBirth: '2014-06-03' as PlainDate,
  expectedDate: null,
  clientId: clientIdFromSequence(1),
  nhsNumber: '9994326163' as NhsNumber,
  postcodes: ['TR18 4QA' as Postcode],
  telephones: ['+447700900123' as Telephone],
  externalIds: [{ system: 'Mosaic', value: 'MOS/00123' }],
}

describe('the tokens of a person', () => {
  it('[U17] hold every way to find them', () => {
    const tokens = tokensOf(jago)
    for (const token of [
      'njago',
      'npenrose',
      'njay',
      'nhart',
      'npenrosehart',
      'sPNRS',
      'd2014-06-03',
      'h9994326163',
      'pTR18 4QA',
      't07700900123',
      'imos00123',
    ])
      expect(tokens).toContain(token)
    expect(tokens).toContain(`c${jago.clientId}`)
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  it('hold the due date of a child not yet born', () => {
    const tokens = tokensOf({ ...jago, dateOfBirth: null, expectedDate: '2026-12-01' as PlainDate })
    expect(tokens).toContain('x2026-12-01')
    expect(tokens.some(token => token.startsWith('d'))).toBe(false)
  })

  it('keep names in any script', () => {
    const tokens = tokensOf({ ...jago, names: [{ given: 'Олена', family: 'Шевченко' }] })
    expect(tokens).toContain('nшевченко')
    expect(tokens.some(token => token.startsWith('s'))).toBe(false)
  })

  it('stay short, however long the name', () => {
    const tokens = tokensOf({ ...jago, names: [{ given: null, family: 'a'.repeat(100) }] })
    expect(Math.max(...tokens.map(token => token.length))).toBeLessThan(62)
  })

  it('know where the beginnings of a word end', () => {
    expect('npenrose' >= 'npen' && 'npenrose' < afterPrefix('npen')).toBe(true)
    expect('npeo' < afterPrefix('npen')).toBe(false)
    expect(externalIdToken('--')).toBeUndefined()
  })
})
