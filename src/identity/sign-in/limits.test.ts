import { describe, expect, test } from 'vitest'
import { type Attempt, mayTry, type Try } from './limits.ts'

const now = new Date('2026-11-20T09:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const stranger: Try = { step: 'password', address: '203.0.113.9', device: null, known: false }
const owner: Try = { step: 'password', address: '198.51.100.1', device: 'laptop', known: true }

/** So many failures, the last a minute ago and one a minute before it. */
const failures = (count: number, of: Try, lastAgo = 0.1): Attempt[] =>
  Array.from({ length: count }, (_, i) => ({ ...of, succeeded: false, at: ago(lastAgo + i / 10) }))
const success = (of: Try, minutesAgo: number): Attempt => ({ ...of, succeeded: true, at: ago(minutesAgo) })

describe('an account is guessed at from somewhere unknown', () => {
  test.each<[string, Attempt[], number | undefined]>([
    ['no failure yet', [], undefined],
    ['four failures', failures(4, stranger), undefined],
    ['the fifth makes one wait a minute', failures(5, stranger), 1],
    ['the sixth two', failures(6, stranger), 2],
    ['the ninth sixteen', failures(9, stranger), 16],
    ['the thirtieth no more than an hour', failures(30, stranger), 60],
    ['a minute after the fifth one may try again', failures(5, stranger, 1.1), undefined],
    ['failures of the day before yesterday are over', failures(9, stranger, 24 * 60 + 5), undefined],
    ['guessing from many addresses is counted together', failures(5, { ...stranger, address: '192.0.2.77' }), 1],
    ['a success from the same kind of place begins again', [...failures(9, stranger, 10), success(stranger, 5)], undefined],
    ['the owner’s own success does not free the guesser', [...failures(9, stranger, 1), success(owner, 0.5)], 16],
    ['a password reset by mail frees everybody', [...failures(9, stranger, 10), success({ ...stranger, step: 'reset' }, 5)], undefined],
    ['wrong codes are counted apart from wrong passwords', failures(9, { ...stranger, step: 'second-factor' }), undefined],
  ])('%s', (_, history, wait) => {
    const decision = mayTry(now, stranger, history, 0)
    if (wait === undefined) return expect(decision).toEqual({ allowed: true })
    expect(decision.allowed).toBe(false)
    if (!decision.allowed) expect((decision.until.getTime() - history[0]!.at.getTime()) / 60_000).toBe(wait)
  })
})

describe('the owner of the account, where they have signed in before', () => {
  test.each<[string, Attempt[], boolean]>([
    ['is not locked out by guesses from elsewhere', failures(50, stranger), true],
    ['is not locked out by failures on another known device', failures(50, { ...owner, device: 'other', address: '192.0.2.1' }), true],
    ['may mistype nine times', failures(9, owner), true],
    ['waits after the tenth', failures(10, owner), false],
    ['waits on the same device at another address too', failures(10, { ...owner, address: '192.0.2.1' }), false],
    [
      'waits at the same address on another device too: a known address is not free guessing',
      failures(10, { ...owner, device: 'other' }),
      false,
    ],
  ])('%s', (_, history, allowed) => {
    expect(mayTry(now, owner, history, 0).allowed).toBe(allowed)
  })

  test('never waits for more than a quarter of an hour', () => {
    const decision = mayTry(now, owner, failures(40, owner, 0), 0)
    expect(decision).toEqual({ allowed: false, because: 'account', until: new Date(now.getTime() + 15 * 60_000) })
  })
})

describe('one address fails at many accounts', () => {
  test.each<[string, Try, number, boolean]>([
    ['fifty accounts: a busy office, let through', stranger, 50, true],
    ['a hundred in an hour: somebody tries one password on everybody', stranger, 100, false],
    ['those who have signed in from there or on this device go on working', owner, 5_000, true],
  ])('%s', (_, attempt, strangersHere, allowed) => {
    const decision = mayTry(now, attempt, [], strangersHere)
    expect(decision.allowed).toBe(allowed)
    if (!decision.allowed) expect(decision.because).toBe('address')
  })
})

test('a guesser who never tires gets fewer than forty tries at an account in a day', () => {
  const history: Attempt[] = []
  const start = now.getTime()
  for (let at = start; at < start + 24 * 3_600_000; at += 10_000) {
    const moment = new Date(at)
    if (mayTry(moment, stranger, history, 0).allowed) history.push({ ...stranger, succeeded: false, at: moment })
  }
  expect(history.length).toBeGreaterThan(5)
  expect(history.length).toBeLessThan(40)
})
