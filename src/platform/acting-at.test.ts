import { describe, expect, test } from 'vitest'
import { actingAt, capabilitiesFor, teamsInWhich } from './acting-at.ts'
import { may, type Post, theSystem, triagedBy } from './actor.ts'
import type { Capability } from './capabilities.ts'

const [council, harbour] = [1, 2]
const post = (agency: number, teamId: string, serviceArea: string | null, ...capabilities: Capability[]): Post => ({
  teamId,
  teamName: teamId,
  serviceArea,
  postPrincipal: serviceArea === null ? null : teamId.length,
  agency,
  agencyName: `${agency}`,
  capabilities: new Set(capabilities),
})
const holding = (...posts: Post[]) => ({
  ...theSystem('Lowenna Uren'),
  agency: harbour,
  posts,
  capabilities: new Set(posts.flatMap(one => [...one.capabilities])),
})
const place = (agency: number, teamId: string, serviceArea = 'early-help') => ({ agency, teamId, serviceArea })

describe('[E3] what somebody may do at a record', () => {
  const caseworker = post(council, 'west', 'early-help', 'read-records', 'record')
  const lowenna = holding(caseworker, post(harbour, 'recovery', 'drugs', 'record', 'manage-allocation', 'restrict'))

  test('is what their post there allows, and not what another agency lets them do', () => {
    expect(may(actingAt(lowenna, [place(council, 'west')]), 'manage-allocation')).toBe(false)
    expect(may(actingAt(lowenna, [place(council, 'west')]), 'record')).toBe(true)
    expect(may(actingAt(lowenna, [place(harbour, 'recovery', 'drugs')]), 'manage-allocation')).toBe(true)
  })

  test('is not what they do in another team of the same agency, nor in another service of the same team', () => {
    const both = holding(caseworker, post(council, 'east', 'early-help', 'restrict'), post(council, 'west', 'housing', 'supervise'))
    const there = actingAt(both, [place(council, 'west')])
    expect([may(there, 'restrict'), may(there, 'supervise')]).toEqual([false, false])
    expect(may(actingAt(both, [place(council, 'west', 'housing')]), 'supervise')).toBe(true)
  })

  test('of an agency in none of whose teams with it they work, is what their posts in that agency allow', () =>
    expect(may(actingAt(lowenna, [place(harbour, 'another team')]), 'restrict')).toBe(true))

  test('is more by a post of no service in the same agency alone, and by what the authority gives everywhere', () => {
    const administers = (agency: number) => holding(caseworker, post(agency, 'office', null, 'restrict'))
    expect(may(actingAt(administers(council), [place(council, 'west')]), 'restrict')).toBe(true)
    expect(may(actingAt(administers(harbour), [place(council, 'west')]), 'restrict')).toBe(false)
    const commissioner = holding(caseworker, post(harbour, 'office', null, 'commission', 'break-glass'))
    expect(may(actingAt(commissioner, [place(council, 'west')]), 'break-glass')).toBe(true)
  })

  test('at what was shared with them, is what they may do at all', () => {
    const police = place(3, 'desk')
    expect(actingAt(lowenna, [police])).toBe(lowenna)
    expect(actingAt(lowenna, [])).toBe(lowenna)
  })

  test('at somebody with whom several of their teams work, is what one of these allows', () => {
    const there = actingAt(lowenna, [place(council, 'west'), place(harbour, 'recovery', 'drugs')])
    expect([may(there, 'read-records'), may(there, 'restrict')]).toEqual([true, true])
  })

  test('of an agency for which they sit in a meeting, is what any of their posts in it allows, and nothing without one', () => {
    const seat = (agency: number) => ({ agency, teamId: null, serviceArea: null })
    expect(may(actingAt(lowenna, [seat(harbour)]), 'restrict')).toBe(true)
    expect(may(actingAt(lowenna, [seat(council)]), 'restrict')).toBe(false)
    expect(capabilitiesFor(lowenna.posts, council)).toEqual(new Set(['read-records', 'record']))
    expect(capabilitiesFor(lowenna.posts, 3)).toEqual(new Set())
    const commissioner = holding(caseworker, post(harbour, 'office', null, 'commission'))
    expect(capabilitiesFor(commissioner.posts, council)).toEqual(new Set(['read-records', 'record', 'commission']))
    expect(capabilitiesFor(commissioner.posts, 3)).toEqual(new Set())
  })

  test('stands in the audit of the agency in whose post they act', () => {
    expect(actingAt(lowenna, [place(council, 'west')]).actsFor).toBe(council)
    expect(actingAt(lowenna, [place(harbour, 'recovery', 'drugs')]).actsFor).toBeUndefined()
    expect(actingAt(lowenna, [place(council, 'west'), place(harbour, 'recovery', 'drugs')]).actsFor).toBeUndefined()
  })

  test('decides on the referrals of the team in which the post itself does', () => {
    expect(triagedBy(lowenna)).toEqual(['recovery'.length])
    expect(triagedBy(holding(post(council, 'west', 'early-help', 'manage-allocation')))).toEqual([])
    expect(teamsInWhich(lowenna, 'manage-allocation')).toEqual(['recovery'])
  })
})
