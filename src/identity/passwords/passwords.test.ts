import { expect, test } from 'vitest'
import { firstPassword, hashPassword, isOutdated, isPassword } from './hashing.ts'
import { passwordFault } from './rules.ts'

const owner = { email: 'rosen.trevithick@porthkerris.example', name: 'Rosen Trevithick' }

test.each([
  ['', 'Enter a new password'],
  ['short words', '12 characters or more'],
  ['x'.repeat(201), '200 characters or fewer'],
  ['ababababababab', 'repeats'],
  ['rosen likes long walks', 'your name'],
  ['I am Trev1th1ck today', 'your name'],
  ['porthkerris harbour wall', 'your email address'],
  ['the Lanyard of the year', '“lanyard”'],
  ['passwordpassword', 'often used'],
  ['P@ssw0rd20262026', 'often used'],
  ['123412341234liverpool', 'often used'],
  ['football1966!!!', 'often used'],
  ['qwertyuiop123456', 'often used'],
  ['qwertyuiopasdf', 'often used'],
  ['1994-12-12 1994a', 'often used'],
])('a new password %j is refused: %s', (password, words) => {
  expect(passwordFault(password, owner)).toContain(words)
})

test.each(['kettle marble spanner', 'correct horse battery staple', 'Gwenver-tide-tables-4', 'ðŋßðæſłøŋĸæ←↓→þ'])(
  'a new password %j will do',
  password => {
    expect(passwordFault(password, owner)).toBeUndefined()
  },
)

test('a hash is argon2id as OWASP asks, knows its password and no other, and nobody’s password is right', async () => {
  const hash = await hashPassword('kettle marble spanner')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(isOutdated(hash)).toBe(false)
  expect(await isPassword('kettle marble spanner', hash)).toBe(true)
  expect(await isPassword('kettle marble spannes', hash)).toBe(false)
  expect(await isPassword('kettle marble spanner', undefined)).toBe(false)
})

test('[S12] a first password is random, long, and would be accepted as a password', () => {
  const many = new Set(Array.from({ length: 200 }, firstPassword))
  expect(many.size).toBe(200)
  for (const one of many) expect(passwordFault(one, owner)).toBeUndefined()
})
