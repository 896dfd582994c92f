import { expect, test } from 'vitest'
import type { Address } from '../../people/index.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { addressForLetters } from './address-for-letters.ts'

const today = asPlainDate('2026-11-20')
const address = (more: Partial<Address>): Address => ({
  id: 'a',
  kind: 'home',
  lines: '1 Fore Street',
  town: 'Porthkerris',
  postcode: null,
  uprn: null,
  from: null,
  to: null,
  confidential: false,
  note: null,
  namedReaders: null,
  keptBy: null,
  recordedAt: new Date(0),
  version: 1,
  ...more,
})
const forLetters = address({ kind: 'correspondence', lines: 'c/o 9 Quay Lane' })

test.each<[string, Partial<Address>[], string]>([
  ['the home', [{}], '1 Fore Street, Porthkerris'],
  ['the address for letters before the home', [{}, forLetters], 'c/o 9 Quay Lane, Porthkerris'],
  ['a confidential home', [{ confidential: true }], 'confidential'],
  ['a confidential home with an address for letters', [{ confidential: true }, forLetters], 'c/o 9 Quay Lane, Porthkerris'],
  ['a refuge', [{ kind: 'refuge' }], 'refuge'],
  ['the home that they fled for a refuge', [{}, { kind: 'refuge' }], 'refuge'],
  ['the home that they fled for a confidential refuge', [{}, { kind: 'refuge', confidential: true }], 'confidential'],
  ['a dated home beside a confidential one without a date', [{ from: asPlainDate('2026-01-01') }, { confidential: true }], 'confidential'],
  ['a home beside a confidential address for letters alone', [{}, { ...forLetters, confidential: true }], 'confidential'],
  [
    'the address for letters of somebody in a refuge',
    [{}, { kind: 'refuge', confidential: true }, forLetters],
    'c/o 9 Quay Lane, Porthkerris',
  ],
  ['the home of somebody who has left the refuge', [{}, { kind: 'refuge', to: asPlainDate('2026-11-01') }], '1 Fore Street, Porthkerris'],
  ['no fixed abode', [{ kind: 'no-fixed-abode' }], 'no-fixed-abode'],
  ['a home that they have left', [{ to: asPlainDate('2026-11-01') }], 'no-address'],
  ['an address without lines', [{ lines: null, town: null }], 'no-address'],
  ['none', [], 'no-address'],
])('a letter goes to %s', (_what, addresses, outcome) => {
  const decision = addressForLetters({ addresses: addresses.map(address), deathRecordedAt: null, addressSecretUntil: null }, today)
  expect(decision.ok ? decision.lines.join(', ') : decision.error).toBe(outcome)
})

test('nothing is posted to somebody who has died', () => {
  expect(addressForLetters({ addresses: [address({})], deathRecordedAt: new Date(0), addressSecretUntil: null }, today)).toEqual({
    ok: false,
    error: 'died',
  })
})

const secretUntil = (until: string, ...addresses: Partial<Address>[]) =>
  addressForLetters({ addresses: addresses.map(address), deathRecordedAt: null, addressSecretUntil: asPlainDate(until) }, today)

test('nothing is posted to the home of somebody of whom another service knows a secret address, but to an address for letters', () => {
  expect(secretUntil('9999-12-31', {})).toEqual({ ok: false, error: 'confidential' })
  expect(secretUntil('2026-11-20', {})).toEqual({ ok: false, error: 'confidential' })
  expect(secretUntil('9999-12-31', {}, forLetters).ok).toBe(true)
  expect(secretUntil('2026-11-19', {}).ok).toBe(true)
})
