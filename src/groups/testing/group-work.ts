import { expect } from 'vitest'
import {
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  type Case,
  reader,
  type Team,
  type User,
} from '../../../test/factories/world.ts'
import { freshDatabase } from '../../../test/harness/database.ts'
import { siteOf } from '../../../test/harness/site.ts'
import { noteRoutes } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Clock } from '../../platform/clock.ts'
import { prepareJobs } from '../../platform/jobs.ts'
import { messageRoutes } from '../../text-messages/index.ts'
import { groupJobs, groupRoutes, groupsToText } from '../index.ts'

export const idIn = (location: string | undefined) => /\/groups\/([0-9a-f-]{36})/.exec(location ?? '')![1]!
export const week = {
  'starts-day': '20',
  'starts-month': '11',
  'starts-year': '2026',
  'starts-time': '2pm',
  'ends-time': '4pm',
  every: '1',
}

/** The pages of groups on a real server and database, with the people of two agencies. */
export async function startGroupWork(clock: Clock) {
  const database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  const agency = await addAgency(database)
  const team = await addTeam(database, agency)
  const leader = await addUser(database, team, { name: 'Demelza Vyvyan' })
  const worker = await addUser(database, team, { name: 'Tamsin Rowe' })
  const readOnly = await addUser(database, team, { may: reader })
  const partnerAgency = await addAgency(database)
  const partnerTeam = await addTeam(database, partnerAgency)
  const partner = await addUser(database, partnerTeam, { name: 'Piran Hocking' })
  const site = await siteOf(database, clock, routes => {
    const frame = { personBanner: async () => null, tabs: [], findPeople: async () => [], texting: true }
    groupRoutes(routes, frame)
    noteRoutes(routes, { ...frame, bookHearing: async () => {} })
    messageRoutes(routes, groupsToText, async () => [])
  })

  const newCase = async (givenName: string, of: Team = team, restricted = false): Promise<Case> =>
    addCase(database, await addPerson(database, of, { givenName, familyName: 'Angove' }), of, { restricted })

  /** A group of the leader's with so many places. */
  async function newGroup({ capacity = '2', openTo = 'everyone', name = 'Moving on' } = {}): Promise<string> {
    const saved = await site.as(leader).post(paths.groups.add, { name, capacity, 'open-to': openTo, facilitators: [leader.id] })
    expect([saved.status, saved.status === 303 ? '' : saved.words]).toEqual([303, ''])
    return idIn(saved.location)
  }

  /** Its sessions: the first was today at two. */
  async function addWeeks(groupId: string, count = 3): Promise<string[]> {
    expect((await site.as(leader).post(paths.groups.addSessions(groupId), { ...week, count: String(count), topic: 'Sleep' })).status).toBe(
      303,
    )
    const { rows } = await database.admin.query<{ id: string }>('select id from group_sessions where group_id = $1 order by starts_at', [
      groupId,
    ])
    return rows.map(row => row.id)
  }

  async function book(groupId: string, theCase: Case, who: User = worker, needs = ''): Promise<string> {
    const saved = await site.as(who).post(paths.groups.book(groupId, theCase.id), { needs })
    expect([saved.status, saved.status === 303 ? '' : saved.words]).toEqual([303, ''])
    const { rows } = await database.admin.query<{ id: string }>(
      `select id from group_bookings where group_id = $1 and case_id = $2 and status <> 'ended'`,
      [groupId, theCase.id],
    )
    return rows[0]!.id
  }

  const standingOf = async (bookingId: string) =>
    (await database.admin.query<{ status: string }>('select status from group_bookings where id = $1', [bookingId])).rows[0]!.status

  /** What the queue does behind the pages. */
  const fillPlaces = (groupId: string) =>
    groupJobs({ database: database.worker, clock, actorOf: userId => actorOf(database, userId) })['fill-places']({ groupId })

  const end = (theCase: Case, bookingId: string, who = worker) =>
    site.as(who).post(paths.groups.endBooking(theCase.id, bookingId), { outcome: 'left', words: 'She works on Fridays now' })

  const close = async () => {
    expect(site.faults).toEqual([])
    await site.close()
    await database.close()
  }
  return {
    database,
    site,
    agency,
    team,
    leader,
    worker,
    readOnly,
    partnerAgency,
    partnerTeam,
    partner,
    newCase,
    newGroup,
    addWeeks,
    book,
    standingOf,
    fillPlaces,
    end,
    close,
  }
}
