import { describe, expect, test } from 'vitest'
import { keysFor, newCode, newNumber, newPageCode } from './keys.ts'

const keys = keysFor('a secret that is only for tests, and long enough')

describe('the keys of people outside', () => {
  test('are the same however an address or a code is written, and others with another secret', () => {
    expect(keys.mail(' Jago@Example.org ')).toBe(keys.mail('jago@example.org'))
    expect(keys.code('JAGO@example.org', '4821 9037')).toBe(keys.code('jago@example.org', '48219037'))
    expect(keys.code('jago@example.org', '48219037')).not.toBe(keys.code('wella@example.org', '48219037'))
    expect(keysFor('another secret that is only for tests').mail('jago@example.org')).not.toBe(keys.mail('jago@example.org'))
    expect(keys.mail('jago@example.org')).not.toBe(keys.holder('jago@example.org'))
  })

  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::1', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::1', true],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['fe80::1%eth0', 'fe80::2', true],
  ])('%s and %s are counted together: %s', (one, other, together) => {
    expect(keys.address(one) === keys.address(other)).toBe(together)
  })

  test('what was signed comes back, and nothing else does', () => {
    expect(keys.signed(keys.sign('sent R4K7-Q92B'))).toBe('sent R4K7-Q92B')
    for (const forged of ['', '.', 'sent R4K7-Q92B', `${keys.sign('sent R4K7-Q92B')}x`, keys.sign('x').replace('x', 'y')])
      expect(keys.signed(forged)).toBeUndefined()
  })

  test('codes, numbers and addresses of pages are of the length that is told', () => {
    for (let i = 0; i < 50; i++) {
      expect(newCode()).toMatch(/^\d{8}$/)
      expect(newNumber()).toMatch(/^[2-9B-Y]{4}-[2-9B-Y]{4}$/)
      expect(newPageCode()).toMatch(/^[a-z0-9]{8}$/)
    }
  })
})
