import { h } from 'preact'
import { expect } from 'vitest'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser, type Case, reader, type User } from '../../../test/factories/world.ts'
import { freshDatabase } from '../../../test/harness/database.ts'
import { siteOf } from '../../../test/harness/site.ts'
import { noteRoutes } from '../../cases/index.ts'
import { findActor } from '../../identity/index.ts'
import { noticeJobs } from '../../notifications/index.ts'
import type { Clock, londonDate } from '../../platform/clock.ts'
import { prepareJobs } from '../../platform/jobs.ts'
import { partsOf } from '../../platform/plain-date.ts'
import { page } from '../../platform/web/answer.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { type ActivitiesParts, activitiesRoutes, bookHearing, type CalendarEntry, feedRoutes, OverdueAlerts, todayPanel } from '../index.ts'

export const at = (text: string) => new Date(text)
export const dayOf = (name: string, date: string) => {
  const { day, month, year } = partsOf(date as ReturnType<typeof londonDate>)
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
export type Booked = { on?: string; time?: string; minutes?: string; kind?: string; worker?: User; more?: Record<string, string> }
export const ofCase = (id: string) => `/cases/${id}/appointments`

/** The pages of the diary on a real server and database, with the people of two agencies, and a clock that a test moves. `alsoRoutes` are of modules above. */
export async function startDiary(clock: Clock, alsoRoutes: (routes: Routes) => void = () => {}) {
  /** What another module has in calendars: sessions of a group, by whose they are. */
  const sessions = new Map<string, CalendarEntry[]>()
  const alsoInCalendar: ActivitiesParts['alsoInCalendar'] = [
    async (_tx, _actor, { workers, from, until }) =>
      workers.flatMap(id => sessions.get(id) ?? []).filter(one => one.endsAt > from && one.startsAt < until),
  ]
  const database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  const agency = await addAgency(database)
  const team = await addTeam(database, agency)
  const tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  const piran = await addUser(database, team, { name: 'Piran Hocking' })
  const leader = await addUser(database, team, { name: 'Demelza Vyvyan', may: ['read-records', 'record', 'supervise', 'restrict'] })
  const readOnly = await addUser(database, team, { may: reader })
  const stranger = await addUser(database, await addTeam(database, agency))
  const otherAgency = await addAgency(database)
  const partner = await addUser(database, await addTeam(database, otherAgency))
  const theCase = await addCase(database, await addPerson(database, team, { givenName: 'Jago' }), team)
  const frame = {
    personBanner: async (_visit: unknown, id: string) => h('p', null, `Banner of ${id}.`),
    tabs: [],
    findPeople: async () => [{ id: theCase.personId }],
  }
  const site = await siteOf(database, clock, routes => {
    activitiesRoutes(routes, { ...frame, origin: 'https://lanyard.example', alsoInCalendar })
    noteRoutes(routes, { ...frame, bookHearing })
    alsoRoutes(routes)
    routes.get('/alerts', { may: 'read-records' }, async visit => page('Alerts', h('div', null, await OverdueAlerts(visit))))
    routes.get('/today', { may: 'read-records' }, async visit => page('Today', await todayPanel({ alsoInCalendar })(visit)))
  })
  feedRoutes({
    server: site.server,
    gate: database.gate,
    web: database.web,
    clock,
    actorOf: async userId => {
      const actor = await findActor(database.gate, userId, clock.now())
      return actor && { ...actor, requestId: 'calendar', address: '' }
    },
    origin: 'https://lanyard.example',
    alsoInCalendar,
  })

  const rows = async <T extends object>(text: string, values: unknown[] = []) => (await database.admin.query<T>(text, values)).rows
  const booking = ({
    on = '2026-11-24',
    time = '14:00',
    minutes = '60',
    kind = 'one-to-one',
    worker = tamsin,
    more = {},
  }: Booked = {}) => ({
    kind,
    ...dayOf('starts', on),
    'starts-time': time,
    minutes,
    worker: worker.id,
    place: 'Room 2',
    ...more,
  })
  const bookOn = async (theirs: Case, booked: Booked = {}, who = tamsin): Promise<string> => {
    const saved = await site.as(who).post(`${ofCase(theirs.id)}/new`, { ...booking(booked), 'despite-clash': 'yes' })
    expect([saved.status, saved.words]).toEqual([303, expect.anything()])
    return /appointments\/([0-9a-f-]{36})/.exec(saved.location!)![1]!
  }
  const newCase = async (givenName = 'Wella') => addCase(database, await addPerson(database, team, { givenName }), team)
  /** What the jobs do that take back what is no longer so. */
  const withdrawn = async () => {
    const { jobs } = noticeJobs({ worker: database.worker, clock, actorOf: userId => actorOf(database, userId), origin: '' })
    const waiting = await rows<{ payload: unknown }>(
      `select j.payload from ${database.schema}_jobs._private_jobs j join ${database.schema}_jobs._private_tasks t on t.id = j.task_id where t.identifier = 'withdraw-notices'`,
    )
    for (const { payload } of waiting) await jobs['withdraw-notices']!(payload, { tryNumber: 1, lastTry: false })
  }
  const noticesOf = async (user: User) =>
    rows<{ words: string; href: string }>('select words, href from notices where user_id = $1 order by at, id', [user.id])
  const close = async () => {
    await site.close()
    await database.close()
  }
  return {
    database,
    site,
    agency,
    team,
    otherAgency,
    theCase,
    tamsin,
    piran,
    leader,
    readOnly,
    stranger,
    partner,
    rows,
    booking,
    bookOn,
    newCase,
    withdrawn,
    noticesOf,
    sessions,
    close,
  }
}
