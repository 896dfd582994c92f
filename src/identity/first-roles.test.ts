import { expect, test } from 'vitest'
import { firstRoles } from './index.ts'

test('[E8] as delivered, whoever signs in from another agency, opens records in an emergency, decides who reads them or administers needs a second factor', () => {
  const needs = firstRoles.filter(role => role.factorNeeded !== 'none').map(role => role.name)
  expect(needs).toEqual(expect.arrayContaining(['Partner officer', 'Team leader', 'Duty officer', 'Agency administrator', 'Commissioner']))
  const reaching = ['break-glass', 'restrict', 'go-on-without-consent', 'manage-users', 'manage-authority', 'commission']
  for (const role of firstRoles.filter(one => one.capabilities.some(capability => reaching.includes(capability)))) {
    expect([role.name, role.factorNeeded]).toEqual([role.name, 'any'])
  }
})
