import { describe, expect, test } from 'vitest'
import type { Actor } from '../platform/actor.ts'
import { capabilitiesForAgencies, isGivenIn, mayAdminister, mayChangePosts, mayChangeRole, mayChangeWayIn, mayGive } from './rights.ts'

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
    ['an agency’s administrator, a caseworker’s', ofAgency7, { authorityOnly: false, capabilities: ['record'], agency: null }, true],
    ['an agency’s administrator, their own kind', ofAgency7, { authorityOnly: false, capabilities: ['manage-users'], agency: null }, true],
    [
      'an agency’s administrator, one that is the authority’s to give',
      ofAgency7,
      { authorityOnly: true, capabilities: ['record'], agency: null },
      false,
    ],
    [
      'an agency’s administrator, one that reaches everything, however it is marked',
      ofAgency7,
      { authorityOnly: false, capabilities: ['commission'], agency: null },
      false,
    ],
    ['an agency’s administrator, one of its own', ofAgency7, { authorityOnly: false, capabilities: ['record'], agency: 7 }, true],
    ['an agency’s administrator, one of another agency’s', ofAgency7, { authorityOnly: false, capabilities: ['record'], agency: 8 }, false],
    ['the authority’s administrator, any', ofAuthority, { authorityOnly: true, capabilities: ['manage-authority'], agency: null }, true],
  ] as const)('%s', (_, actor, role, allowed) => {
    expect(mayGive(actor, role)).toBe(allowed)
  })
})

describe('[E3] which roles somebody may change', () => {
  test.each([
    ['an agency’s administrator, one of its own', ofAgency7, { agency: 7, heldByActor: false }, true],
    ['an agency’s administrator, one that they hold', ofAgency7, { agency: 7, heldByActor: true }, false],
    ['an agency’s administrator, another agency’s', ofAgency7, { agency: 8, heldByActor: false }, false],
    ['an agency’s administrator, the authority’s', ofAgency7, { agency: null, heldByActor: false }, false],
    ['the authority’s administrator, any', ofAuthority, { agency: 8, heldByActor: true }, true],
    ['a worker, none', worker, { agency: 7, heldByActor: false }, false],
  ] as const)('%s', (_, actor, role, allowed) => {
    expect(mayChangeRole(actor, role)).toBe(allowed)
  })

  test('its own hold only what the authority lets agencies give', () => {
    const roles = [
      { agency: null, authorityOnly: false, capabilities: ['record', 'sign'] },
      { agency: null, authorityOnly: true, capabilities: ['merge-people'] },
      { agency: null, authorityOnly: false, capabilities: ['commission', 'import-records'] },
      { agency: 7, authorityOnly: false, capabilities: ['restrict'] },
    ]
    expect(capabilitiesForAgencies(roles)).toEqual(['record', 'sign'])
  })

  test('an agency’s role is given in its own teams', () => {
    const role = { agency: 7, authorityOnly: false, capabilities: [] }
    expect([isGivenIn(role, 7), isGivenIn(role, 8), isGivenIn({ ...role, agency: null }, 8)]).toEqual([true, false, true])
  })
})
