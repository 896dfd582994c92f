import { describe, expect, test } from 'vitest'
import type { Actor } from '../platform/actor.ts'
import { mayAdminister, mayChangePosts, mayChangeWayIn, mayGive } from './rights.ts'

const admin = (userId: string, administers: number[]) => ({ userId, administers }) as unknown as Actor
const ofAgency7 = admin('a', [7])
const ofAuthority = admin('b', [0, 7, 8])
const worker = admin('c', [])

describe('[E3] whose account somebody may act on', () => {
  test.each([
    [
      'an agency’s administrator, on a user of it',
      ofAgency7,
      { id: 'u', agency: 7, holdsAuthorityRole: false, disabledByAuthority: false, worksFor: [7] },
      true,
    ],
    [
      'an agency’s administrator, on another agency’s user',
      ofAgency7,
      { id: 'u', agency: 8, holdsAuthorityRole: false, disabledByAuthority: false, worksFor: [8] },
      false,
    ],
    [
      'an agency’s administrator, on a colleague with a role of the authority',
      ofAgency7,
      { id: 'u', agency: 7, holdsAuthorityRole: true, disabledByAuthority: false, worksFor: [7] },
      false,
    ],
    [
      'an agency’s administrator, on a user of it whom the authority disabled',
      ofAgency7,
      { id: 'u', agency: 7, holdsAuthorityRole: false, disabledByAuthority: true, worksFor: [7] },
      false,
    ],
    [
      'the authority’s administrator, on anybody',
      ofAuthority,
      { id: 'u', agency: 8, holdsAuthorityRole: true, disabledByAuthority: false, worksFor: [8] },
      true,
    ],
    ['a worker, on nobody', worker, { id: 'u', agency: 7, holdsAuthorityRole: false, disabledByAuthority: false, worksFor: [7] }, false],
    [
      'a worker, not even on themself',
      worker,
      { id: 'c', agency: 7, holdsAuthorityRole: false, disabledByAuthority: false, worksFor: [7] },
      false,
    ],
  ] as const)('%s', (_, actor, user, allowed) => {
    expect(mayAdminister(actor, user)).toBe(allowed)
  })

  test('an agency’s administrator does not change their own posts', () => {
    expect(mayChangePosts(ofAgency7, { id: 'a', agency: 7, holdsAuthorityRole: false, disabledByAuthority: false, worksFor: [7] })).toBe(
      false,
    )
    expect(mayChangePosts(ofAgency7, { id: 'u', agency: 7, holdsAuthorityRole: false, disabledByAuthority: false, worksFor: [7] })).toBe(
      true,
    )
  })
})

describe('[E3] whose way in somebody may change', () => {
  test.each([
    ['a user who works for their agency alone', ofAgency7, [7], true],
    ['a user without a post', ofAgency7, [], true],
    ['a user who works for another agency too', ofAgency7, [7, 8], false],
    ['a user who works for another agency alone', ofAgency7, [8], false],
    ['the authority’s administrator, whoever they work for', ofAuthority, [7, 9], true],
  ] as const)('%s', (_, actor, worksFor, allowed) => {
    expect(mayChangeWayIn(actor, { id: 'u', agency: 7, holdsAuthorityRole: false, disabledByAuthority: false, worksFor })).toBe(allowed)
  })
})

describe('[U28] which roles somebody may give', () => {
  test.each([
    ['an agency’s administrator, a caseworker’s', ofAgency7, { authorityOnly: false, capabilities: ['record'] }, true],
    ['an agency’s administrator, their own kind', ofAgency7, { authorityOnly: false, capabilities: ['manage-users'] }, true],
    ['an agency’s administrator, one that is the authority’s to give', ofAgency7, { authorityOnly: true, capabilities: ['record'] }, false],
    [
      'an agency’s administrator, one that reaches everything, however it is marked',
      ofAgency7,
      { authorityOnly: false, capabilities: ['commission'] },
      false,
    ],
    ['the authority’s administrator, any', ofAuthority, { authorityOnly: true, capabilities: ['manage-authority'] }, true],
  ] as const)('%s', (_, actor, role, allowed) => {
    expect(mayGive(actor, role)).toBe(allowed)
  })
})
