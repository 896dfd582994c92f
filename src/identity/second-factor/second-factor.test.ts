import { randomBytes } from 'node:crypto'
import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { enrolmentOf, newSecret, seal, stepOfCode, unseal } from './totp.ts'

// RFC 6238 appendix B, SHA-1, cut to six digits: its secret is "12345678901234567890".
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code of RFC 6238 at second %i is %s', (second, code) => {
  const now = new Date(second * 1000)
  expect(stepOfCode(rfcSecret, code, now)).toBe(Math.floor(second / 30))
  expect(stepOfCode(rfcSecret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(Math.floor(second / 30))
  expect(stepOfCode(rfcSecret, code, new Date((second + 30) * 1000))).toBe(Math.floor(second / 30))
  expect(stepOfCode(rfcSecret, code, new Date((second + 90) * 1000))).toBeUndefined()
})

test.each(['', '12345', '1234567', 'abcdef', '287082; drop'])('%j is no code', code => {
  expect(stepOfCode(rfcSecret, code, new Date(59_000))).toBeUndefined()
})

test('what an authenticator reads off the screen gives the codes that are accepted', async () => {
  const secret = newSecret()
  const { uri, svg, typed } = await enrolmentOf(secret, { issuer: 'Lanyard', account: 'rosen@porthkerris.example' })
  expect(uri).toMatch(/^otpauth:\/\/totp\/Lanyard:rosen%40porthkerris\.example\?/)
  expect(svg).toMatch(/^<svg /)
  // The content policy allows no style from the page.
  expect(svg).not.toContain('style')
  expect(typed.replaceAll(' ', '').toUpperCase()).toBe(secret)
  const now = new Date('2026-11-20T09:00:00Z')
  expect(stepOfCode(secret, new TOTP({ secret }).generate({ timestamp: now.getTime() }), now)).toBeDefined()
})

test('a sealed secret opens only with its key and for its user', () => {
  const [key, other] = [randomBytes(32), randomBytes(32)]
  const sealed = seal(key, 'user-1', rfcSecret)
  expect(sealed).not.toContain(rfcSecret)
  expect(unseal(key, 'user-1', sealed)).toBe(rfcSecret)
  expect(() => unseal(other, 'user-1', sealed)).toThrow()
  expect(() => unseal(key, 'user-2', sealed)).toThrow()
  expect(() => unseal(key, 'user-1', sealed.slice(0, -2))).toThrow()
})

test('ten recovery codes, all different, known however they are typed', () => {
  const codes = newRecoveryCodes()
  const key = randomBytes(32)
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
    expect(hashOfRecoveryCode(key, 'u', ` ${code.toUpperCase().replace('-', ' ').replaceAll('0', 'O')} `)).toBe(
      hashOfRecoveryCode(key, 'u', code),
    )
  }
})
