import { expect, test } from 'vitest'
import { leavesEnough } from '../account/own-factors.tsx'
import { mostNeeded } from '../second-factor/needed.ts'
import { stageOf } from './stages.ts'

const nothing = {
  begunWith: 'password',
  hasAuthenticator: false,
  hasPasskey: false,
  secondFactorAt: null,
  secondFactor: null,
  phishingResistant: false,
  mustChangePassword: false,
  factorNeeded: 'none',
  termsToAccept: null,
} as const
const at = new Date('2026-11-20T09:00:00Z')
const byApp = { hasAuthenticator: true, secondFactorAt: at, secondFactor: 'authenticator' } as const
const byKey = { hasPasskey: true, secondFactorAt: at, secondFactor: 'passkey', phishingResistant: true } as const
const terms = { agencyId: 'a', agencyName: 'A', version: 1 }

test.each([
  ['a password, where nothing more is needed', {}, undefined],
  ['an app set up, its code not given', { hasAuthenticator: true }, 'code'],
  ['a key set up, not used', { hasPasskey: true }, 'passkey'],
  ['a key and an app, neither given: the safer is asked first', { hasPasskey: true, hasAuthenticator: true }, 'passkey'],
  ['a first password, and a second factor to be given before it is changed', { hasAuthenticator: true, mustChangePassword: true }, 'code'],
  ['a first password', { mustChangePassword: true }, 'new-password'],
  ['a first password that was not used to come in', { mustChangePassword: true, begunWith: 'provider' }, undefined],
  ['any factor needed, none there', { factorNeeded: 'any' }, 'authenticator'],
  ['any factor needed, a code given', { factorNeeded: 'any', ...byApp }, undefined],
  ['any factor needed, given elsewhere', { factorNeeded: 'any', secondFactorAt: at, secondFactor: 'provider' }, undefined],
  ['a key needed, none there', { factorNeeded: 'phishing-resistant' }, 'new-passkey'],
  ['a key needed, a code given, no key there', { factorNeeded: 'phishing-resistant', ...byApp }, 'new-passkey'],
  ['a key needed, a code given, a key there', { factorNeeded: 'phishing-resistant', ...byApp, hasPasskey: true }, 'passkey'],
  ['a key needed and used', { factorNeeded: 'phishing-resistant', ...byKey }, undefined],
  [
    'a key needed and lost, a recovery code given',
    { factorNeeded: 'phishing-resistant', hasPasskey: true, secondFactorAt: at, secondFactor: 'recovery-code' },
    'new-passkey',
  ],
  [
    'a key needed, the provider knows of one',
    { factorNeeded: 'phishing-resistant', secondFactorAt: at, secondFactor: 'provider', phishingResistant: true },
    undefined,
  ],
  ['terms to accept, last of all', { ...byKey, termsToAccept: terms }, 'terms'],
  ['terms to accept, a key to be set up', { factorNeeded: 'phishing-resistant', termsToAccept: terms }, 'new-passkey'],
] as const)('[E8] %s', (_, given, stage) => {
  expect(stageOf({ ...nothing, ...given })).toBe(stage)
})

test('[E8] of several roles the one that asks for most decides', () => {
  expect(mostNeeded([])).toBe('none')
  expect(mostNeeded(['none', 'any'])).toBe('any')
  expect(mostNeeded(['phishing-resistant', 'any', 'none'])).toBe('phishing-resistant')
})

test.each([
  ['none', false, 0, true],
  ['any', false, 0, false],
  ['any', true, 0, true],
  ['any', false, 1, true],
  ['phishing-resistant', true, 0, false],
  ['phishing-resistant', false, 1, true],
] as const)('[E8] where %s is needed, an app (%s) and %i keys are enough: %s', (needed, app, passkeys, enough) => {
  expect(leavesEnough(needed, { authenticator: app, passkeys })).toBe(enough)
})
