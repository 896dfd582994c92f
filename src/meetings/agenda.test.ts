import { expect, test } from 'vitest'
import { inNewOrder } from './agenda.ts'

const given = (...places: number[]) =>
  inNewOrder(places.map((place, n) => ({ place, name: 'abcd'[n]! })))
    .map(one => one.name)
    .join('')

test('an item that is given another place takes it, and the others keep their order around it', () => {
  expect(given(1, 2, 3, 4)).toBe('abcd')
  expect(given(1, 2, 3, 1)).toBe('dabc')
  expect(given(1, 2, 2, 4)).toBe('acbd')
  expect(given(4, 2, 3, 4)).toBe('bcda')
  expect(given(4, 3, 2, 1)).toBe('dcba')
})
