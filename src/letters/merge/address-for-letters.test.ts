import { expect, test } from 'vitest'
import type { Address, Postcode } from '../../people/index.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { addressForLetters, linesThatTellWhere } from './address-for-letters.ts'

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
  const decision = addressForLetters({ addresses: addresses.map(address), deathRecordedAt: null }, today)
  expect(decision.ok ? decision.lines.join(', ') : decision.error).toBe(outcome)
})

test('nothing is posted to somebody who has died', () => {
  expect(addressForLetters({ addresses: [address({})], deathRecordedAt: new Date(0) }, today)).toEqual({ ok: false, error: 'died' })
})

test.each<[string, Partial<Address>, string, number[]]>([
  ['as it is recorded', { confidential: true }, 'Dear you\n1 Fore Street', [2]],
  ['by its postcode, however it is typed', { confidential: true, postcode: 'PK1 2AB' as Postcode }, 'pk12ab', [1]],
  ['of a refuge', { kind: 'refuge' }, 'at 1 FORE STREET, Porthkerris', [1]],
  ['of which nobody makes a secret', {}, '1 Fore Street', []],
  ['where they no longer live', { confidential: true, to: asPlainDate('2026-11-01') }, '1 Fore Street', []],
  ['of which only the town is said', { confidential: true }, 'in Porthkerris', []],
  ['of a flat like many', { confidential: true, lines: 'Flat 2\n9 Quay Lane' }, 'flat 2', []],
])('an address in a text: %s', (_what, where, text, lines) => {
  expect(linesThatTellWhere(text, { addresses: [address(where)] }, today)).toEqual(lines)
})
