import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  asSystem,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { grantAccess, joinMeeting, leaveMeeting, newMeetingPrincipal, withhold } from './index.ts'

let database: TestDatabase
let team: Team
let worker: User
let police: Agency
let guest: User
let meeting: number

beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  worker = await addUser(database, team)
  police = await addAgency(database)
  guest = await addUser(database, await addTeam(database, police))
  meeting = await asSystem(database, newMeetingPrincipal)
})

const day = (number: number) => new Date(Date.UTC(2026, 10, number, 9))
const held = async () =>
  (
    await database.admin.query('select starts_at, ends_at from held_principals where principal = $1 and holder = $2', [
      meeting,
      guest.principal,
    ])
  ).rows

describe('members of a meeting', () => {
  test('hold it from when they joined until they leave; back again, from then, and joining twice changes nothing', async () => {
    await asSystem(database, tx => joinMeeting(tx, day(1), meeting, guest.principal))
    await asSystem(database, tx => joinMeeting(tx, day(2), meeting, guest.principal))
    expect(await held()).toEqual([{ starts_at: day(1), ends_at: null }])
    await asSystem(database, tx => leaveMeeting(tx, day(3), meeting, guest.principal))
    expect(await held()).toEqual([{ starts_at: day(1), ends_at: day(3) }])
    await asSystem(database, tx => joinMeeting(tx, day(5), meeting, guest.principal))
    expect(await held()).toEqual([{ starts_at: day(5), ends_at: null }])
  })

  test.each(['one', 'all'])('who are hidden from a person through the meeting are no longer when they leave: %s', async whoLeaves => {
    await asSystem(database, tx => joinMeeting(tx, day(6), meeting, guest.principal))
    const theCase = await addCase(database, await addPerson(database, team), team)
    const share = { caseId: theCase.id, kind: 'share', holder: meeting, level: 'read', purpose: 'MARAC', lawfulBasis: 'law' } as const
    await as(database, worker, (tx, actor) => grantAccess(tx, actor, day(6), share))
    await as(database, worker, (tx, actor) =>
      withhold(tx, actor, day(6), { caseId: theCase.id, holder: police.principal, reason: 'For safety' }),
    )
    const hiddenFrom = async () =>
      (await database.admin.query<{ withheld: number[] }>('select withheld from people where id = $1', [theCase.personId])).rows[0]!
        .withheld
    expect(await hiddenFrom()).toContain(guest.principal)
    await asSystem(database, tx => leaveMeeting(tx, day(7), meeting, whoLeaves === 'one' ? guest.principal : undefined))
    expect(await hiddenFrom()).not.toContain(guest.principal)
    await asSystem(database, tx => joinMeeting(tx, day(8), meeting, guest.principal))
    expect(await hiddenFrom()).toContain(guest.principal)
  })
})
