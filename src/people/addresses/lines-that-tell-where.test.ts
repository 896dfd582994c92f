import { expect, test } from 'vitest'
import { asPlainDate } from '../../platform/plain-date.ts'
import type { Address } from '../person.ts'
import type { Postcode } from '../postcode.ts'
import { linesThatTellWhere } from './lines-that-tell-where.ts'

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
const safeHouse: Partial<Address> = { kind: 'refuge', lines: 'Safe House 7 Hidden Lane' }
const rectory: Partial<Address> = { confidential: true, lines: 'The Old Rectory\nChurch Lane' }

test.each<[string, Partial<Address>, string, number[]]>([
  ['as it is recorded', { confidential: true }, 'Dear you\n1 Fore Street', [2]],
  ['by its postcode, however it is typed', { confidential: true, postcode: 'PK1 2AB' as Postcode }, 'pk12ab', [1]],
  ['of a refuge', { kind: 'refuge' }, 'at 1 FORE STREET, Porthkerris', [1]],
  ['of which nobody makes a secret', {}, '1 Fore Street', []],
  ['where they no longer live', { confidential: true, to: asPlainDate('2026-11-01') }, '1 Fore Street', []],
  ['of which only the town is said', { confidential: true }, 'in Porthkerris', []],
  ['by a part that holds the number', safeHouse, 'Meet me at\n7 Hidden Lane', [2]],
  ['by the number and one word', safeHouse, 'at 7, Hidden', [1]],
  ['by the name of the house', safeHouse, 'your room in the Safe House', [1]],
  ['across the ends of lines', safeHouse, 'You are at 7 **Hidden\nLane** now', [1]],
  ['with marks that are not recorded', { ...safeHouse, lines: '7 Hidden Lane' }, 'x7-Hídden_LANE', [1]],
  ['without a number', rectory, 'Dear you\n\nat The Old Rectory, Church Lane', [3]],
  ['by a house name without its article', rectory, 'at Old Rectory', [1]],
  ['by its lane', rectory, 'a door in Church Lane', [1]],
  ['by a name of one word with the town', { confidential: true, lines: 'Chygwyn' }, 'Chygwyn, Porthkerris', [1]],
  ['with the number in a line of its own', { confidential: true, lines: '7\nElm Row' }, '7 Elm Row', [1]],
  ['of which only words like any other are said', rectory, 'the old lane by the church in Porthkerris', []],
  ['of which another house of the lane is said', safeHouse, 'our office at 9 Hidden Lane', []],
  ['of a unit like many', { confidential: true, lines: "Room 12, St Piran's" }, 'come to room 12', []],
  ['in another order', { confidential: true, lines: '2 Net Loft' }, 'Net Loft 2, St Ives', [1]],
  ['of a flat like many', { confidential: true, lines: 'Flat 2\n9 Quay Lane' }, 'flat 2', []],
])('an address in a text: %s', (_what, where, text, lines) => {
  expect(linesThatTellWhere(text, { addresses: [address(where)] }, today)).toEqual(lines)
})
