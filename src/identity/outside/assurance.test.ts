import { expect, test } from 'vitest'
import { assuranceOf, isClaimLine, subjectOf } from './assurance.ts'
import { profiles } from './profiles.ts'

const rules = {
  claimsNeeded: ['id_assurance_level=3', 'acr=AAL2_ANY', 'acr=AAL3_ANY'],
  secondFactorClaims: ['acr=AAL2_ANY', 'amr=mfa'],
  phishingResistantClaims: ['acr=AAL3_ANY'],
}

test.each([
  ['strong', { acr: 'AAL3_ANY', id_assurance_level: '3' }, { enough: true, secondFactor: true, phishingResistant: true }],
  ['two factors', { acr: 'AAL2_ANY', id_assurance_level: 3 }, { enough: true, secondFactor: true, phishingResistant: false }],
  ['a password alone', { acr: 'AAL1_USERPASS', id_assurance_level: '3' }, { enough: false, lacking: 'acr' }],
  ['no word of how', { id_assurance_level: '3' }, { enough: false, lacking: 'acr' }],
  [
    'somebody whose identity was not proved',
    { acr: 'AAL3_ANY', id_assurance_level: '1' },
    { enough: false, lacking: 'id_assurance_level' },
  ],
  ['a value hidden in an object', { acr: { AAL3_ANY: true }, id_assurance_level: '3' }, { enough: false, lacking: 'acr' }],
] as const)('[E8] %s', (_, claims, assurance) => {
  expect(assuranceOf(claims, rules)).toEqual(assurance)
})

test('[E8] where nothing is needed, what no line names counts for nothing', () => {
  const open = { ...rules, claimsNeeded: [] }
  expect(assuranceOf({}, open)).toEqual({ enough: true, secondFactor: false, phishingResistant: false })
  expect(assuranceOf({ amr: ['pwd', 'mfa'] }, open)).toEqual({ enough: true, secondFactor: true, phishingResistant: false })
  expect(assuranceOf({ amr: ['pwd'], acr: 'AAL9' }, open)).toEqual({ enough: true, secondFactor: false, phishingResistant: false })
})

test.each([
  [{ sub: 'u1' }, ['sub'], 'u1'],
  [{ tid: 't', oid: 'o' }, ['tid', 'oid'], 't/o'],
  [{ oid: 'o' }, ['tid', 'oid'], undefined],
  [{ sub: '' }, ['sub'], undefined],
  [{ sub: 7 }, ['sub'], undefined],
  [{ sub: 'u1' }, [], undefined],
] as const)('[F14] who %j is by %j: %s', (claims, named, subject) => {
  expect(subjectOf(claims, named)).toBe(subject)
})

test.each([
  ['acr=AAL3_ANY', true],
  ['nhsid:level=3', true],
  ['acr', false],
  ['=x', false],
  ['acr=', false],
  ['acr= x', false],
])('%s is a line of a claim: %s', (line, is) => {
  expect(isClaimLine(line)).toBe(is)
})

test('every profile begins with lines that can be read', () => {
  for (const profile of Object.values(profiles)) {
    for (const line of [...profile.claimsNeeded, ...profile.secondFactorClaims, ...profile.phishingResistantClaims])
      expect(isClaimLine(line)).toBe(true)
    expect(profile.subjectClaims).not.toContain('email')
  }
})
