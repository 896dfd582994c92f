import ICAL from 'ical.js'
import { sql } from 'kysely'
import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  commissioner,
  reader,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, withhold } from '../access/index.ts'
import { missedRoutes } from '../admin/missed-appointments/missed-appointments.routes.tsx'
import { type Fate, lockCase, noteRoutes, raiseFlag } from '../cases/index.ts'
import { findActor } from '../identity/index.ts'
import { noticeJobs } from '../notifications/index.ts'
import type { londonDate } from '../platform/clock.ts'
import { prepareJobs } from '../platform/jobs.ts'
import { partsOf } from '../platform/plain-date.ts'
import { page } from '../platform/web/answer.ts'
import { calendarOf } from './calendar/feed.ts'
import {
  type ActivitiesParts,
  activitiesRoutes,
  bookHearing,
  type CalendarEntry,
  endAppointments,
  feedRoutes,
  OverdueAlerts,
  openAppointmentsOf,
  remindOfAppointment,
  todayPanel,
  watchVisits,
} from './index.ts'

let database: TestDatabase
let site: Site
let agency: Agency
let team: Team
let otherAgency: Agency
let theCase: Case
let tamsin: User
let piran: User
let leader: User
let readOnly: User
let stranger: User
let partner: User
let now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const at = (text: string) => new Date(text)
/** What another module has in calendars: sessions of a group, by whose they are. */
const sessions = new Map<string, CalendarEntry[]>()
const alsoInCalendar: ActivitiesParts['alsoInCalendar'] = [
  async (_tx, _actor, { workers, from, until }) =>
    workers.flatMap(id => sessions.get(id) ?? []).filter(one => one.endsAt > from && one.startsAt < until),
]

beforeAll(async () => {
  database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  piran = await addUser(database, team, { name: 'Piran Hocking' })
  leader = await addUser(database, team, { name: 'Demelza Vyvyan', may: ['read-records', 'record', 'supervise', 'restrict'] })
  readOnly = await addUser(database, team, { may: reader })
  stranger = await addUser(database, await addTeam(database, agency))
  otherAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, otherAgency))
  theCase = await addCase(database, await addPerson(database, team, { givenName: 'Jago' }), team)
  const frame = {
    personBanner: async (_visit: unknown, id: string) => h('p', null, `Banner of ${id}.`),
    tabs: [],
    findPeople: async () => [{ id: theCase.personId }],
  }
  site = await siteOf(database, clock, routes => {
    activitiesRoutes(routes, { ...frame, origin: 'https://lanyard.example', alsoInCalendar })
    noteRoutes(routes, { ...frame, bookHearing })
    missedRoutes(routes)
    routes.get('/alerts', { may: 'read-records' }, async visit => page('Alerts', h('div', null, await OverdueAlerts(visit))))
    routes.get('/today', { may: 'read-records' }, async visit => page('Today', await todayPanel({ alsoInCalendar })(visit)))
  })
  feedRoutes({
    server: site.server,
    gate: database.gate,
    web: database.web,
    clock,
    actorOf: async userId => {
      const actor = await findActor(database.gate, userId, now)
      return actor && { ...actor, requestId: 'calendar', address: '' }
    },
    origin: 'https://lanyard.example',
    alsoInCalendar,
  })
})
afterAll(async () => {
  await site.close()
  await database.close()
})

const rows = async <T extends object>(text: string, values: unknown[] = []) => (await database.admin.query<T>(text, values)).rows
const dayOf = (name: string, date: string) => {
  const { day, month, year } = partsOf(date as ReturnType<typeof londonDate>)
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
type Booked = { on?: string; time?: string; minutes?: string; kind?: string; worker?: User; more?: Record<string, string> }
const booking = ({ on = '2026-11-24', time = '14:00', minutes = '60', kind = 'one-to-one', worker = tamsin, more = {} }: Booked = {}) => ({
  kind,
  ...dayOf('starts', on),
  'starts-time': time,
  minutes,
  worker: worker.id,
  place: 'Room 2',
  ...more,
})
const ofCase = (id: string) => `/cases/${id}/appointments`
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

describe('making an appointment', () => {
  test('[U23] it stands on the case, in its worker’s calendar and in the day’s panel, and its worker is told', async () => {
    const id = await bookOn(theCase, { on: '2026-11-20', time: '15:00', worker: piran })
    expect((await site.as(tamsin).get(ofCase(theCase.id))).words).toContain('20/11/2026, 15:00 to 16:00')
    expect((await site.as(piran).get('/calendar?view=day')).words).toContain('PENROSE, Jago')
    expect((await site.as(piran).get('/today')).words).toContain('15:00 One-to-one · PENROSE, Jago')
    expect((await site.as(tamsin).get('/today')).words).not.toContain('Jago')
    now = at('2026-11-20T17:00:00Z')
    expect((await site.as(piran).get('/today')).words).toMatch(/15:00 One-to-one · PENROSE, Jago[^.]*Say what came of it/)
    now = at('2026-11-20T09:30:00Z')
    expect(await noticesOf(piran)).toEqual([{ words: 'An appointment has been made for you', href: `${ofCase(theCase.id)}/${id}` }])
    expect(await rows('select action, person_id from audit_events where subject_id = $1', [id])).toContainEqual({
      action: 'appointment-booked',
      person_id: theCase.personId,
    })
  })

  test.each<[string, () => Record<string, string>, string]>([
    ['the past', () => booking({ on: '2026-11-19' }), 'must be in the future'],
    ['a day that is none', () => ({ ...booking(), 'starts-day': '31', 'starts-month': '2' }), 'must be a real date'],
    ['no length', () => booking({ minutes: '' }), 'Enter how long it will take'],
    ['a colleague who may not see the case', () => ({ ...booking(), worker: crypto.randomUUID() }), 'Select who will be there'],
    ['a series without a number', () => booking({ more: { repeat: '1', times: 'some' } }), 'must be a whole number from 2 to 26'],
    [
      '[U11] the hour that the clocks skip in March',
      () => booking({ on: '2027-03-28', time: '01:30' }),
      'the clocks went forward over this hour',
    ],
    [
      '[U11] the hour that happens twice in October',
      () => booking({ on: '2027-10-31', time: '01:30' }),
      'Select whether this was before or after',
    ],
    [
      '[U11] a series that falls into the skipped hour',
      () => booking({ on: '2027-03-21', time: '01:30', more: { repeat: '1', times: '2' } }),
      'does not exist on 28/03/2027',
    ],
  ])('[U16] %s is refused, and everything typed is kept', async (_what, fieldsOf, message) => {
    const refused = await site.as(tamsin).post(`${ofCase(theCase.id)}/new`, { ...fieldsOf(), purpose: 'Words not to be lost' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(message)
    expect(refused.html).toContain('Words not to be lost')
  })

  test('[U11] both hours of the October night can be booked, and are told apart', async () => {
    const own = await newCase()
    for (const [which, instant] of [
      ['first', '2027-10-31T00:30:00Z'],
      ['second', '2027-10-31T01:30:00Z'],
    ] as const) {
      const id = await bookOn(own, { on: '2027-10-31', time: '01:30', minutes: '30', more: { 'starts-which': which } })
      expect(await rows('select starts_at from appointments where id = $1', [id])).toEqual([{ starts_at: at(instant) }])
    }
    const words = (await site.as(tamsin).get(ofCase(own.id))).words
    expect(words).toContain('01:30 (summer time) to 01:00 (winter time)')
    expect(words).toContain('01:30 (winter time) to 02:00')
    const remind = remindOfAppointment({ worker: database.worker, clock, actorOf: userId => actorOf(database, userId) })
    for (const { id } of await rows<{ id: string }>('select id from appointments where case_id = $1', [own.id]))
      await remind({ appointmentId: id, workerId: tamsin.id }, { tryNumber: 1, lastTry: false })
    const reminders = (await noticesOf(tamsin)).map(notice => notice.words)
    for (const which of ['summer', 'winter']) expect(reminders).toContain(`You have an appointment at 01:30 (${which} time)`)
  })

  test('[U23] a series is booked at one time on the clock, and its rest can be cancelled with it', async () => {
    const own = await newCase()
    const id = await bookOn(own, {
      on: '2027-03-22',
      time: '10:00',
      more: { repeat: '1', times: '3', holidays: 'keep', 'holidays-shown': '2027-03-29' },
    })
    const starts = await rows<{ starts_at: Date }>('select starts_at from appointments where case_id = $1 order by 1', [own.id])
    expect(starts.map(row => row.starts_at)).toEqual([at('2027-03-22T10:00Z'), at('2027-03-29T09:00Z'), at('2027-04-05T09:00Z')])
    const cancelled = await site.as(tamsin).post(`${ofCase(own.id)}/${id}/cancel`, { by: 'us', reason: 'Moved away', following: 'yes' })
    expect(cancelled.status).toBe(303)
    expect(await rows(`select 1 from appointments where case_id = $1 and status = 'booked'`, [own.id])).toEqual([])
  })

  test('[U23] of a series that is cancelled each is in the audit, and each worker hears once', async () => {
    const own = await newCase()
    const [one, two] = [await addUser(database, team), await addUser(database, team)]
    const id = await bookOn(own, { on: '2027-02-02', time: '10:00', worker: one, more: { repeat: '1', times: '4' } })
    const series = (await rows<{ id: string }>('select id from appointments where case_id = $1 order by starts_at', [own.id])).map(
      row => row.id,
    )
    for (const later of series.slice(2))
      await site.as(tamsin).post(`${ofCase(own.id)}/${later}/move`, {
        ...booking({ on: later === series[2] ? '2027-02-16' : '2027-02-23', time: '10:00', worker: two, more: { version: '1' } }),
        'despite-clash': 'yes',
      })
    now = at('2026-11-20T09:40:00Z')
    const cancelled = await site.as(tamsin).post(`${ofCase(own.id)}/${id}/cancel`, { by: 'us', reason: 'Moved away', following: 'yes' })
    expect(cancelled.status).toBe(303)
    const audited = await rows<{ subject_id: string }>(
      `select subject_id from audit_events where action = 'appointment-cancelled' and case_id = $1 and person_id = $2 order by id`,
      [own.id, own.personId],
    )
    expect(audited.map(row => row.subject_id).sort()).toEqual([...series].sort())
    await withdrawn()
    const words = 'Appointments of yours have been cancelled'
    // Of what is no more they are told nothing else.
    expect(await noticesOf(one)).toEqual([{ words, href: `${ofCase(own.id)}/${id}` }])
    expect(await noticesOf(two)).toEqual([{ words, href: `${ofCase(own.id)}/${series[2]}` }])
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] a series over bank holidays names them before it is booked, and they can be left out', async () => {
    const own = await newCase()
    const christmas = booking({ on: '2026-12-18', time: '10:00', more: { repeat: '1', times: '4', 'despite-clash': 'yes' } })
    const book = (more: Record<string, string>) => site.as(tamsin).post(`${ofCase(own.id)}/new`, { ...christmas, ...more })
    const asked = await book({})
    expect(asked.status).toBe(422)
    expect(asked.words).toContain('2 of these appointments are on bank holidays 25/12/2026 (Christmas Day), 01/01/2027 (New Year’s Day)')
    expect(asked.words).toContain('Select what to do on bank holidays')
    const shown = /name="holidays-shown" value="([^"]*)"/.exec(asked.html)![1]!
    // An answer about other days is no answer about these.
    expect((await book({ holidays: 'leave-out', 'holidays-shown': '2026-12-25' })).status).toBe(422)
    expect((await book({ holidays: 'leave-out', 'holidays-shown': shown })).status).toBe(303)
    const starts = await rows<{ starts_at: Date }>('select starts_at from appointments where case_id = $1 order by 1', [own.id])
    expect(starts.map(row => row.starts_at)).toEqual([at('2026-12-18T10:00Z'), at('2027-01-08T10:00Z')])
    const all = await book({ ...dayOf('starts', '2026-12-25'), times: '2', holidays: 'leave-out', 'holidays-shown': shown })
    expect([all.status, all.words.includes('All of them are on bank holidays')]).toEqual([422, true])
    // Nobody is asked of one alone, which was chosen for its day.
    expect((await book({ ...dayOf('starts', '2026-12-28'), repeat: '', times: '' })).status).toBe(303)
  })

  test('[U23] one of a series is moved alone or with those after it, by as many days and to the same time on the clock', async () => {
    const own = await newCase()
    const id = await bookOn(own, { on: '2027-03-17', time: '10:00', worker: piran, more: { repeat: '1', times: '4' } })
    const series = await rows<{ id: string }>('select id from appointments where case_id = $1 order by starts_at', [own.id])
    const startsNow = async () =>
      (await rows<{ starts_at: Date }>('select starts_at from appointments where case_id = $1 order by id', [own.id])).map(
        row => row.starts_at,
      )
    const move = (of: string, on: string, time: string, more: Record<string, string>) =>
      site.as(tamsin).post(`${ofCase(own.id)}/${of}/move`, { ...booking({ on, time, worker: piran, more }), 'despite-clash': 'yes' })
    expect((await site.as(tamsin).get(`${ofCase(own.id)}/${id}/move`)).words).toContain('This one and the 3 after it')
    expect((await move(id, '2027-03-16', '09:00', { which: 'one', version: '1' })).status).toBe(303)
    const second = series[1]!.id
    // Two days earlier, the next of them would be on Easter Monday.
    const asked = await move(second, '2027-03-22', '14:00', { which: 'rest', version: '1' })
    expect([asked.status, asked.words.includes('29/03/2027 (Easter Monday)')]).toEqual([422, true])
    const moved = await move(second, '2027-03-22', '14:00', {
      which: 'rest',
      version: '1',
      holidays: 'leave-out',
      'holidays-shown': '2027-03-29',
    })
    expect(moved.status).toBe(303)
    expect(await startsNow()).toEqual([at('2027-03-16T09:00Z'), at('2027-03-22T14:00Z'), at('2027-03-31T09:00Z'), at('2027-04-05T13:00Z')])
    expect((await site.as(tamsin).get(`${ofCase(own.id)}/${series[3]!.id}`)).words).toContain('Moved from 07/04/2027 10:00')
    expect((await noticesOf(piran)).at(-1)?.words).toBe('Appointments of yours have been moved')
    expect(await rows(`select 1 from appointments where case_id = $1 and status <> 'booked'`, [own.id])).toEqual([])
    expect((await site.as(tamsin).get(`${ofCase(own.id)}/${series[3]!.id}/move`)).words).not.toContain('Which to move')
  })

  test('[U23] a clash is said and booked only when it is meant', async () => {
    const [one, two] = [await newCase(), await newCase('Merryn')]
    await bookOn(one, { on: '2026-12-01', time: '10:00' })
    const fields = booking({ on: '2026-12-01', time: '10:30' })
    const warned = await site.as(tamsin).post(`${ofCase(two.id)}/new`, fields)
    expect(warned.status).toBe(422)
    expect(warned.words).toContain('Tamsin Rowe is booked already on 01/12/2026, 10:00 to 11:00: One-to-one.')
    expect((await site.as(tamsin).post(`${ofCase(two.id)}/new`, { ...fields, 'despite-clash': 'yes' })).status).toBe(303)
    const after = await site.as(tamsin).post(`${ofCase(two.id)}/new`, booking({ on: '2026-12-01', time: '11:30' }))
    expect(after.status).toBe(303)
  })

  test('[U23] a clash of the person is said whichever case it is on, to those who may see that case', async () => {
    const person = await addPerson(database, team, { givenName: 'Both' })
    const [one, two] = [await addCase(database, person, team), await addCase(database, person, team)]
    await bookOn(one, { on: '2026-12-03', time: '10:00', worker: piran })
    const fields = booking({ on: '2026-11-26', time: '10:30', more: { repeat: '1', times: '2' } })
    const warned = await site.as(tamsin).post(`${ofCase(two.id)}/new`, fields)
    expect(warned.status).toBe(422)
    expect(warned.words).toContain('This person is booked already on 03/12/2026, 10:00 to 11:00: One-to-one.')
    await as(database, leader, (tx, actor) => withhold(tx, actor, now, { caseId: one.id, holder: tamsin.principal, reason: 'Her wish' }))
    expect((await site.as(tamsin).post(`${ofCase(two.id)}/new`, fields)).status).toBe(303)
  })

  test('a clash with something that the booker may not see is not told of', async () => {
    const hidden = await newCase('Hidden')
    await bookOn(hidden, { on: '2026-12-02', time: '10:00', worker: leader }, leader)
    await as(database, leader, (tx, actor) => withhold(tx, actor, now, { caseId: hidden.id, holder: tamsin.principal, reason: 'Her wish' }))
    const own = await newCase()
    const fields = booking({ on: '2026-12-02', time: '10:00', worker: leader })
    expect((await site.as(tamsin).post(`${ofCase(own.id)}/new`, fields)).status).toBe(303)
  })
})

describe('what becomes of an appointment', () => {
  test('[U23] it is moved with what it was kept, and nobody saves over a change', async () => {
    const own = await newCase()
    const id = await bookOn(own)
    const path = `${ofCase(own.id)}/${id}`
    const moved = await site.as(tamsin).post(`${path}/move`, {
      ...booking({ on: '2026-11-25', time: '09:00', worker: piran }),
      version: '1',
      reason: 'She works on Tuesdays',
    })
    expect(moved.status).toBe(303)
    const shown = (await site.as(tamsin).get(path)).words
    expect(shown).toContain('25 November 2026, 09:00 to 10:00')
    expect(shown).toContain('Moved from 24/11/2026 14:00, Room 2, Tamsin Rowe. She works on Tuesdays')
    const late = await site.as(leader).post(`${path}/move`, { ...booking({ on: '2026-11-26' }), version: '1', reason: 'My words' })
    expect(late.status).toBe(422)
    expect(late.words).toContain('Somebody has changed this appointment')
    expect(late.html).toContain('My words')
    expect((await noticesOf(piran)).at(-1)?.words).toBe('An appointment of yours has been moved')
  })

  test('[U23] it went ahead: a note with its kind, time and length waits to be written', async () => {
    const own = await newCase()
    const id = await bookOn(own, { on: '2026-11-20', time: '10:00', kind: 'visit', minutes: '45' })
    now = at('2026-11-20T10:50:00Z')
    const attended = await site.as(tamsin).post(`${ofCase(own.id)}/${id}/attended`, {})
    expect(attended.location).toBe(`/cases/${own.id}/notes/new`)
    const form = (await site.as(tamsin).get(attended.location!)).html
    expect(form).toContain('<option value="visit" selected>')
    expect(form).toContain('value="10:00"')
    expect(form).toContain('value="45 minutes"')
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] missed once another is offered, missed twice a task is made, and coming once begins anew', async () => {
    const own = await newCase()
    const missed = async (time: string) => {
      const id = await bookOn(own, { on: '2026-11-20', time })
      now = at('2026-11-20T17:00:00Z')
      const saved = await site.as(tamsin).post(`${ofCase(own.id)}/${id}/missed`, { words: 'No word from her' })
      now = at('2026-11-20T09:30:00Z')
      return { id, saved }
    }
    const first = await missed('10:00')
    expect(first.saved.location).toBe(`${ofCase(own.id)}/new?after=${first.id}`)
    const offer = await site.as(tamsin).get(first.saved.location!)
    expect(offer.words).toContain('Offer another appointment')
    const again = await site.as(tamsin).post(first.saved.location!, booking({ on: '2026-11-27' }))
    expect(again.status).toBe(303)
    expect(await rows('select follows from appointments where follows is not null and case_id = $1', [own.id])).toEqual([
      { follows: first.id },
    ])
    await missed('11:00')
    expect(await rows('select title from tasks where case_id = $1', [own.id])).toEqual([
      { title: 'Write about the missed appointments, and try another way to be in touch' },
    ])
    expect(await rows(`select outcome from case_notes where case_id = $1`, [own.id])).toEqual([
      { outcome: 'did-not-attend' },
      { outcome: 'did-not-attend' },
    ])
    const came = await bookOn(own, { on: '2026-11-20', time: '12:00' })
    now = at('2026-11-20T17:00:00Z')
    await site.as(tamsin).post(`${ofCase(own.id)}/${came}/attended`, {})
    now = at('2026-11-20T09:30:00Z')
    expect((await missed('13:00')).saved.location).toContain('?after=')
  })

  test('[U23] what came of it is said from its start on, and before that the page says when', async () => {
    const own = await newCase()
    const id = await bookOn(own, { on: '2026-11-20', time: '10:00' })
    const path = `${ofCase(own.id)}/${id}`
    const early = await site.as(tamsin).get(path)
    expect(early.words).toContain('From 20/11/2026 10:00 on you can say here whether it went ahead or they did not come.')
    expect(early.html).not.toContain(`${path}/missed`)
    expect((await site.as(tamsin).get(`${path}/missed`)).location).toBe(path)
    for (const what of ['attended', 'missed']) expect((await site.as(tamsin).post(`${path}/${what}`, { words: '' })).location).toBe(path)
    // Nor when its case is closed.
    await as(database, tamsin, (tx, actor) => endAppointments(tx, actor, now, own.id, new Map([[`appointment:${id}`, 'done']]), 'Moved'))
    expect(await rows('select status from appointments where id = $1', [id])).toEqual([{ status: 'cancelled' }])
    const begun = await bookOn(own, { on: '2026-11-20', time: '10:00' })
    now = at('2026-11-20T10:00:00Z')
    expect((await site.as(tamsin).get(`${ofCase(own.id)}/${begun}`)).html).toContain(`/${begun}/missed`)
    expect((await site.as(tamsin).post(`${ofCase(own.id)}/${begun}/attended`, {})).location).toContain('/notes/new')
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] an outcome said by mistake is taken back: it is booked again, its note is corrected, its task is cancelled, and it counts no more', async () => {
    const own = await newCase('Came')
    const said = async (time: string, what: 'missed' | 'attended') => {
      const id = await bookOn(own, { on: '2026-11-20', time })
      now = at('2026-11-20T17:00:00Z')
      await site.as(tamsin).post(`${ofCase(own.id)}/${id}/${what}`, { words: 'No word' })
      return `${ofCase(own.id)}/${id}`
    }
    const again = () => {
      now = at('2026-11-20T09:30:00Z')
    }
    await said('10:00', 'missed')
    again()
    const second = await said('11:00', 'missed')
    expect(await rows('select status from tasks where case_id = $1', [own.id])).toEqual([{ status: 'open' }])
    expect((await site.as(piran).get(second)).html).toContain(`${second}/take-back`)
    const unsaid = await site.as(piran).post(`${second}/take-back`, { reason: '' })
    expect([unsaid.status, unsaid.words.includes('Enter why it is taken back')]).toEqual([422, true])
    for (const user of [readOnly, stranger, partner]) {
      expect((await site.as(user).get(`${second}/take-back`)).status).toBe(404)
      expect((await site.as(user).post(`${second}/take-back`, { reason: 'x' })).status).toBe(404)
    }
    // Whoever said it, or another who may write there.
    expect((await site.as(piran).post(`${second}/take-back`, { reason: 'She was in the other room' })).location).toBe(second)
    const shown = (await site.as(tamsin).get(second)).words
    expect(shown).toContain('State Booked')
    expect(shown).toContain('Taken back: Did not attend: No word. She was in the other room')
    expect(await rows('select status from tasks where case_id = $1', [own.id])).toEqual([{ status: 'cancelled' }])
    expect(
      await rows(
        `select n.note_type, n.outcome, n.correction_reason from case_notes n join case_notes o on o.id = n.corrects where n.case_id = $1`,
        [own.id],
      ),
    ).toEqual([{ note_type: 'other', outcome: '', correction_reason: 'She was in the other room' }])
    expect(await rows('select action from audit_events where subject_id = $1 order by at, id', [second.slice(-36)])).toContainEqual({
      action: 'appointment-outcome-taken-back',
    })
    await site.as(tamsin).post(`${second}/attended`, {})
    again()
    const third = await said('12:00', 'missed')
    // The first in a row again: another is offered and no task is made.
    expect(await rows('select 1 from tasks where case_id = $1', [own.id])).toHaveLength(1)
    expect((await site.as(tamsin).post(`${second}/take-back`, { reason: 'Not her' })).status).toBe(303)
    await site.as(tamsin).post(`${third}/take-back`, { reason: 'x' })
    // Nothing to take back of one that is booked.
    expect((await site.as(tamsin).get(`${third}/take-back`)).location).toBe(third)
    again()
  })

  test('[U23] an authority decides what follows for a service of its own, and nobody else does', async () => {
    const youth = await addTeam(database, agency, ['youth-work'])
    const worker = await addUser(database, youth)
    const administrator = await addUser(database, youth, { may: ['manage-settings', 'manage-authority'] })
    const own = await addCase(database, await addPerson(database, youth), youth)
    const miss = async (time: string) => {
      const id = await bookOn(own, { on: '2026-11-20', time, worker }, worker)
      now = at('2026-11-20T17:00:00Z')
      const saved = await site.as(worker).post(`${ofCase(own.id)}/${id}/missed`, { words: '' })
      now = at('2026-11-20T09:30:00Z')
      return saved.location
    }
    const rule = { service: 'youth-work', nth: '1', follows: 'task', words: 'Go and see them', days: '3', source: 'Policy 7' }
    const add = '/settings/missed-appointments/new'
    expect((await site.as(administrator).post(add, rule)).status).toBe(303)
    expect((await site.as(administrator).post(add, rule)).words).toContain('There is a rule for as many already')
    for (const wrong of [{ nth: '0' }, { days: 'soon' }, { follows: '' }, { words: '' }, { service: 'nothing' }]) {
      const refused = await site.as(administrator).post(add, { ...rule, ...wrong })
      expect([refused.status, refused.html.includes('Policy 7')]).toEqual([422, true])
    }
    await miss('10:00')
    expect(await rows('select title, due_on::text from tasks where case_id = $1', [own.id])).toEqual([
      { title: 'Go and see them', due_on: '2026-11-23' },
    ])
    const one = '/settings/missed-appointments/1-youth-work'
    expect((await site.as(administrator).get(one)).html).toContain('value="Go and see them"')
    for (const user of [worker, leader, partner])
      for (const path of ['/settings/missed-appointments', add, one]) expect((await site.as(user).get(path)).status).toBe(404)
    expect((await site.as(worker).post(`${one}/withdraw`, {})).status).toBe(404)
    const changed = await as(database, worker, tx =>
      sql`update attendance_rules set words = '' where service_area = 'youth-work' returning nth`.execute(tx),
    )
    expect(changed.rows).toEqual([])
    expect((await site.as(administrator).post(`${one}/withdraw`, {})).status).toBe(303)
    // Every service's second rule now, which is another task.
    await miss('11:00')
    expect(await rows('select count(*)::int as n from tasks where case_id = $1', [own.id])).toEqual([{ n: 2 }])
  })

  test('what has ended is ended: it is neither moved nor cancelled nor missed, and whoever tries is led to what became of it', async () => {
    const own = await newCase()
    const id = await bookOn(own)
    await site.as(tamsin).post(`${ofCase(own.id)}/${id}/cancel`, { by: 'them', reason: 'Ill' })
    const shown = `${ofCase(own.id)}/${id}`
    for (const path of ['move', 'cancel', 'missed']) expect((await site.as(tamsin).get(`${shown}/${path}`)).location).toBe(shown)
    for (const path of ['move', 'cancel', 'missed', 'attended'])
      expect((await site.as(tamsin).post(`${shown}/${path}`, booking({ more: { by: 'us', reason: 'x' } }))).location).toBe(shown)
    expect((await site.as(tamsin).get(shown)).words).toContain('Cancelled by them')
    expect(await rows('select version from appointments where id = $1', [id])).toEqual([{ version: 2 }])
  })

  test('closing the case asks about it, and ends it as it was decided', async () => {
    const own = await newCase()
    const [kept, dropped] = [await bookOn(own), await bookOn(own, { on: '2026-11-25' })]
    const end = (fates: [string, Fate][]) =>
      as(database, tamsin, (tx, actor) => endAppointments(tx, actor, now, own.id, new Map(fates), 'Moved to Truro'))
    const open = await as(database, tamsin, tx => openAppointmentsOf(tx, own.id))
    expect(open.map(one => one.text)).toEqual(['Appointment: 24/11/2026 14:00', 'Appointment: 25/11/2026 14:00'])
    await end([
      [`appointment:${kept}`, 'stays'],
      [`appointment:${dropped}`, 'dropped'],
      ['task:other', 'dropped'],
    ])
    expect(await rows('select id, status, outcome from appointments where case_id = $1 order by starts_at', [own.id])).toEqual([
      { id: kept, status: 'booked', outcome: '' },
      { id: dropped, status: 'cancelled', outcome: 'The case was closed: Moved to Truro' },
    ])
  })

  test('[U23] its worker is reminded, as long as they may see it, it is theirs and it stands', async () => {
    const own = await newCase()
    const id = await bookOn(own, { on: '2026-11-20', time: '12:00', worker: piran })
    const remind = (workerId: string) =>
      remindOfAppointment({ worker: database.worker, clock, actorOf: userId => actorOf(database, userId) })(
        { appointmentId: id, workerId },
        { tryNumber: 1, lastTry: false },
      )
    const reminders = async () => (await noticesOf(piran)).filter(notice => notice.words.startsWith('You have an appointment'))
    await remind(tamsin.id)
    expect(await reminders()).toEqual([])
    await remind(piran.id)
    expect(await reminders()).toEqual([{ words: 'You have an appointment at 12:00', href: `${ofCase(own.id)}/${id}` }])
    await site.as(tamsin).post(`${ofCase(own.id)}/${id}/cancel`, { by: 'us', reason: 'Ill' })
    await remind(piran.id)
    expect(await reminders()).toHaveLength(1)
  })

  test('[U23] what workers were told of an appointment goes when it is moved or cancelled, and what is told of the change stays', async () => {
    const own = await newCase()
    const worker = await addUser(database, team)
    const words = async () => {
      await withdrawn()
      return (await noticesOf(worker)).map(notice => notice.words)
    }
    const id = await bookOn(own, { on: '2026-11-23', time: '12:00', worker, more: { repeat: '1', times: '2' } })
    const path = `${ofCase(own.id)}/${id}`
    now = at('2026-11-23T11:00:00Z')
    await remindOfAppointment({ worker: database.worker, clock, actorOf: userId => actorOf(database, userId) })(
      { appointmentId: id, workerId: worker.id },
      { tryNumber: 1, lastTry: false },
    )
    expect(await words()).toEqual(['An appointment has been made for you', 'You have an appointment at 12:00'])
    now = at('2026-11-23T11:10:00Z')
    const fields = booking({ on: '2026-11-23', time: '15:00', worker, more: { version: '1' } })
    expect((await site.as(tamsin).post(`${path}/move`, fields)).status).toBe(303)
    expect(await words()).toEqual(['An appointment of yours has been moved'])
    now = at('2026-11-23T11:20:00Z')
    await site.as(tamsin).post(`${path}/cancel`, { by: 'us', reason: 'Ill', following: 'yes' })
    expect(await words()).toEqual(['Appointments of yours have been cancelled'])
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] cancelled appointments to come stand among those to come, in the order of time', async () => {
    const own = await newCase()
    const [passed] = [await bookOn(own, { on: '2026-11-20', time: '10:00' }), await bookOn(own, { on: '2026-11-25', time: '10:00' })]
    const dropped = await bookOn(own, { on: '2026-11-24', time: '10:00' })
    await site.as(tamsin).post(`${ofCase(own.id)}/${dropped}/cancel`, { by: 'them', reason: 'Ill' })
    now = at('2026-11-20T12:00:00Z')
    const before = (await site.as(tamsin).get(ofCase(own.id))).words
    expect(before).toMatch(/To come .*24\/11\/2026.*Cancelled by them Ill.*25\/11\/2026.*Booked.*Say what came of these.*20\/11\/2026/)
    expect(before).not.toContain('Before')
    await site.as(tamsin).post(`${ofCase(own.id)}/${passed}/attended`, {})
    now = at('2026-11-26T12:00:00Z')
    expect((await site.as(tamsin).get(ofCase(own.id))).words).toMatch(/Before .*24\/11\/2026.*Cancelled by them/)
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] the next hearing that a court note tells of is in the calendar', async () => {
    const own = await newCase('Court')
    const next = { ...dayOf('court-next', '2026-12-04'), 'court-next-time': '10:00', 'court-court': 'Truro Crown Court' }
    const fields = { ...dayOf('happened', '2026-11-19'), 'happened-time': '10:00', 'note-type': 'court', text: 'Adjourned.', ...next }
    expect((await site.as(tamsin).post(`/cases/${own.id}/notes/new`, fields)).status).toBe(303)
    expect((await site.as(tamsin).get('/calendar?view=day&on=2026-12-04')).words).toContain(
      '10:00 to 11:00 Court Next hearing PENROSE, Court',
    )
  })
})

describe('who sees appointments', () => {
  test('[U13] other teams, other agencies and forged addresses find nothing; a read-only user changes nothing', async () => {
    const own = await newCase('Secretive')
    const id = await bookOn(own)
    for (const user of [stranger, partner]) {
      for (const path of ['', '/new', `/${id}`, `/${id}/move`, `/${id}/cancel`, `/${id}/missed`, `/${id}/take-back`])
        expect((await site.as(user).get(ofCase(own.id) + path)).status).toBe(404)
      for (const path of ['/new', `/${id}/move`, `/${id}/cancel`, `/${id}/missed`, `/${id}/attended`])
        expect((await site.as(user).post(ofCase(own.id) + path, booking())).status).toBe(404)
      for (const of of ['', '&of=team', `&of=${tamsin.id}`])
        expect((await site.as(user).get(`/calendar?view=list${of}`)).words).not.toContain('Secretive')
    }
    expect((await site.as(readOnly).get(`${ofCase(own.id)}/${id}`)).words).not.toContain('Move it')
    for (const path of ['/new', `/${id}/move`]) expect((await site.as(readOnly).get(ofCase(own.id) + path)).status).toBe(404)
    expect((await site.as(readOnly).post(`${ofCase(own.id)}/${id}/cancel`, { by: 'us', reason: 'x' })).status).toBe(404)
    // An appointment is under its own case alone.
    expect((await site.as(tamsin).get(`${ofCase(theCase.id)}/${id}`)).status).toBe(404)
    for (const query of ['?view=month', '?on=2026-02-31', '?of=%27', '?on=9999-99-99&of=team'])
      expect((await site.as(tamsin).get(`/calendar${query}`)).status).toBe(200)
    expect(site.faults).toEqual([])
  })

  test('[U2] [E5] a share of the appointments opens them alone, a withholding closes them', async () => {
    const guest = await addUser(database, await addTeam(database, otherAgency))
    const own = await newCase('Shared')
    const id = await bookOn(own)
    await as(database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, now, {
        caseId: own.id,
        kind: 'share',
        holder: otherAgency.principal,
        level: 'read',
        parts: ['appointments'],
        purpose: 'joint work',
        lawfulBasis: 'consent',
      }),
    )
    expect((await site.as(guest).get(`${ofCase(own.id)}/${id}`)).words).toContain('24 November 2026')
    expect((await site.as(guest).get(`/cases/${own.id}/notes`)).status).toBe(404)
    expect((await site.as(guest).get(`${ofCase(own.id)}/new`)).status).toBe(404)
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, now, { caseId: own.id, holder: otherAgency.principal, reason: 'Her wish' }),
    )
    expect((await site.as(guest).get(`${ofCase(own.id)}/${id}`)).status).toBe(404)
    const chief = await addUser(database, team, { may: commissioner })
    expect((await site.as(chief).get(`/calendar?view=list&of=${tamsin.id}`)).words).toContain('Shared')
  })
})

test('[U23] what other modules keep a time for stands in calendars too, in a calendar elsewhere without a name, and clashes', async () => {
  const facilitator = await addUser(database, team, { name: 'Jory Bolitho' })
  const session = {
    ...{
      id: crypto.randomUUID(),
      startsAt: at('2026-11-20T18:00Z'),
      endsAt: at('2026-11-20T20:00Z'),
      what: 'Group work',
      about: 'Living well',
    },
    ...{ person: null, contactCare: '', place: 'The hall', workerName: 'Jory Bolitho', state: 'Booked', stateBecause: '' },
    ...{ isOpen: true, isCancelled: false, href: '/groups/1/sessions/2' },
  }
  sessions.set(facilitator.id, [session])
  for (const view of ['day', 'week', 'list'])
    expect((await site.as(facilitator).get(`/calendar?view=${view}`)).words).toContain(
      '18:00 to 20:00 Group work Living well The hall Jory Bolitho',
    )
  expect((await site.as(facilitator).get('/today')).words).toContain('18:00 Group work · Living well')
  expect((await site.as(tamsin).get('/calendar?view=day')).words).not.toContain('Living well')
  const own = await newCase()
  const clash = await site.as(tamsin).post(`${ofCase(own.id)}/new`, booking({ on: '2026-11-20', time: '19:30', worker: facilitator }))
  expect(clash.words).toContain('Jory Bolitho is booked already on 20/11/2026, 18:00 to 20:00: Group work.')
  const made = await site.as(facilitator).post('/calendar/address', { _then: 'make' })
  const { body } = await site.server.inject(/https:\/\/lanyard\.example(\/calendar-feed\/[\w-]{43})/.exec(made.html)![1]!)
  expect(body).toContain('DTSTART:20261120T180000Z')
  expect(body).not.toMatch(/Group|Living|hall|groups/)
})

describe('the calendar elsewhere', () => {
  const addressOf = async (user: User): Promise<string> => {
    const made = await site.as(user).post('/calendar/address', { _then: 'make' })
    return /https:\/\/lanyard\.example(\/calendar-feed\/[\w-]{43})/.exec(made.html)![1]!
  }
  const read = async (path: string) => {
    const reply = await site.server.inject({ method: 'GET', url: path })
    return { status: reply.statusCode, body: reply.body, type: String(reply.headers['content-type']) }
  }

  test('[U23] [U11] holds the times of its worker and names nobody', async () => {
    const worker = await addUser(database, team, { name: 'Kerensa Opie' })
    const own = await newCase('Unnamed')
    const id = await bookOn(own, {
      on: '2027-03-29',
      time: '09:00',
      worker,
      more: { purpose: 'Housing', safety: 'Dog', place: '14 Fore Street' },
    })
    const cancelled = await bookOn(own, { on: '2027-04-05', time: '09:00', worker })
    await site.as(tamsin).post(`${ofCase(own.id)}/${cancelled}/cancel`, { by: 'us', reason: 'x' })
    const feed = await read(await addressOf(worker))
    expect(feed.type).toContain('text/calendar')
    for (const word of ['Unnamed', 'PENROSE', 'Penrose', 'Fore Street', 'Housing', 'Dog', 'One-to-one', 'Kerensa', 'Early'])
      expect(feed.body).not.toContain(word)
    const events = new ICAL.Component(ICAL.parse(feed.body)).getAllSubcomponents('vevent').map(one => new ICAL.Event(one))
    expect(events).toHaveLength(1)
    const [event] = events
    expect(event!.summary).toBe(`Appointment ${id.slice(-6).toUpperCase()}`)
    // Nine o'clock in London on the day after the clocks went forward.
    expect(event!.startDate.toJSDate()).toEqual(at('2027-03-29T08:00:00Z'))
    expect(event!.endDate.toJSDate()).toEqual(at('2027-03-29T09:00:00Z'))
    expect([event!.location, event!.description, event!.organizer]).toEqual([null, null, null])
    expect(feed.body).not.toContain(own.id)
    expect(feed.body).not.toContain(id.slice(0, 8))
  })

  test('[U13] a new address ends the old one; turned off, disabled and made up read the same', async () => {
    const worker = await addUser(database, team)
    const first = await addressOf(worker)
    expect((await read(first)).status).toBe(200)
    expect((await site.as(worker).get('/calendar/address')).html).not.toContain(first.slice(-43))
    expect((await site.as(worker).get('/calendar/address')).words).toContain('last read about')
    const second = await addressOf(worker)
    expect((await read(first)).status).toBe(404)
    expect((await read(second)).status).toBe(200)
    await database.admin.query(`update users set status = 'disabled' where id = $1`, [worker.id])
    const gone = await read(second)
    await database.admin.query(`update users set status = 'active' where id = $1`, [worker.id])
    await site.as(worker).post('/calendar/address', { _then: 'turn-off' })
    for (const reply of [await read(second), await read('/calendar-feed/nonsense'), await read(`/calendar-feed/${'a'.repeat(43)}`)])
      expect(reply).toEqual(gone)
    expect(gone.status).toBe(404)
  })

  test('what its worker may no longer see leaves it, with the same request', async () => {
    const worker = await addUser(database, team)
    const own = await newCase()
    await bookOn(own, { worker })
    const address = await addressOf(worker)
    expect((await read(address)).body).toContain('BEGIN:VEVENT')
    await as(database, tamsin, (tx, actor) => withhold(tx, actor, now, { caseId: own.id, holder: worker.principal, reason: 'Her wish' }))
    expect((await read(address)).body).not.toContain('BEGIN:VEVENT')
  })

  test('nobody reads or makes another’s address', async () => {
    await addressOf(piran)
    const seen = await as(database, tamsin, tx => sql`select user_id from calendar_feeds`.execute(tx))
    expect(seen.rows).not.toContainEqual({ user_id: piran.id })
    await expect(as(database, tamsin, tx => sql`select token_hash from calendar_feeds`.execute(tx))).rejects.toThrow(/permission denied/)
    await expect(
      as(database, tamsin, tx =>
        sql`insert into calendar_feeds (user_id, token_hash, made_at) values (${stranger.id}, 'x', now())`.execute(tx),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('[U11] both hours of the October night are two instants', () => {
    const event = (startsAt: string, endsAt: string) => ({
      id: crypto.randomUUID(),
      startsAt: at(startsAt),
      endsAt: at(endsAt),
    })
    const text = calendarOf([event('2026-10-25T00:30Z', '2026-10-25T01:00Z'), event('2026-10-25T01:30Z', '2026-10-25T02:00Z')], {
      now,
      origin: 'https://x.example',
      secret: 'x',
    })
    expect([...text.matchAll(/DTSTART:(\w+)/g)].map(found => found[1])).toEqual(['20261025T003000Z', '20261025T013000Z'])
  })
})

describe('going on a visit', () => {
  const leave = async (worker: User, more: Record<string, string> = {}, query = '') =>
    site
      .as(worker)
      .post(`/visits/new${query}`, { whereabouts: 'Newlyn, harbour side', ...dayOf('back', '2026-11-20'), 'back-time': '11:00', ...more })
  const outOf = async (worker: User) =>
    (await rows<{ id: string }>('select id from visits_out where user_id = $1 and back_at is null', [worker.id]))[0]?.id
  /** Saves the form of a visit as somebody has opened it. */
  const putOff = async (who: User, id: string, fields: Record<string, string>) => {
    const seen = /name="seen" value="([^"]*)"/.exec((await site.as(who).get(`/visits/${id}`)).html)?.[1] ?? ''
    return site.as(who).post(`/visits/${id}`, { seen, ...fields })
  }
  const watch = () => watchVisits({ worker: database.worker, clock })
  const toldOf = async (user: User) =>
    (await noticesOf(user)).filter(notice => /ha(s|ve) not come back from a visit/.test(notice.words)).length

  test('[U23] what is dangerous is shown before, and the team sees who is out and until when', async () => {
    const worker = await addUser(database, team, { name: 'Morwenna Tully' })
    const own = await newCase('Visited')
    await as(database, worker, async (tx, actor) => {
      const opened = await lockCase(tx, actor, own.id)
      await raiseFlag(tx, actor, now, opened!, { kind: 'violence', label: 'Violence', note: 'Uncle hits out.', reviewOn: null })
    })
    const id = await bookOn(own, { on: '2026-11-20', time: '10:00', kind: 'visit', worker, more: { safety: 'Park by the church.' } })
    const before = await site.as(worker).get(`/visits/new?appointment=${id}`)
    for (const words of ['Before you set out', `Banner of ${own.personId}`, 'Park by the church.', 'Uncle hits out.'])
      expect(before.words).toContain(words)
    expect((await leave(worker, {}, `?appointment=${id}`)).status).toBe(303)
    const board = (await site.as(leader).get('/visits')).words
    expect(board).toContain('Morwenna Tully')
    expect(board).toContain('Newlyn, harbour side')
    expect(board).not.toContain('Visited')
    expect((await site.as(worker).get('/today')).words).toContain('You are out, expected back at 11:00')
    const back = await site.as(worker).post(`/visits/${await outOf(worker)}/back`, {})
    expect(back.location).toBe(`${ofCase(own.id)}/${id}`)
    expect((await site.as(leader).get('/visits')).words).toContain('Back at 09:30')
  })

  test('[U23] not back by then, the leader hears at once, the team a quarter of an hour later, and the board says so', async () => {
    const worker = await addUser(database, team, { name: 'Jenna Pascoe' })
    await leave(worker)
    await watch()
    expect(await toldOf(leader)).toBe(0)
    now = at('2026-11-20T11:00:00Z')
    await watch()
    await watch()
    expect([await toldOf(leader), await toldOf(tamsin), await toldOf(worker)]).toEqual([1, 0, 0])
    now = at('2026-11-20T11:15:00Z')
    await watch()
    expect([await toldOf(leader), await toldOf(tamsin), await toldOf(worker), await toldOf(stranger), await toldOf(partner)]).toEqual([
      2, 1, 0, 0, 0,
    ])
    expect((await site.as(tamsin).get('/visits')).words).toContain('Overdue')
    const id = await outOf(worker)
    const silent = await site.as(tamsin).post(`/visits/${id}/back`, {})
    expect(silent.status).toBe(422)
    expect((await site.as(tamsin).post(`/visits/${id}/back`, { words: 'She rang' })).status).toBe(303)
    now = at('2026-11-20T12:00:00Z')
    await watch()
    expect(await toldOf(leader)).toBe(2)
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] whoever is to look for a colleague finds them above all else of their work, until somebody says that they are back', async () => {
    const duty = await addUser(database, await addTeam(database, agency), { name: 'Duty', may: ['read-records', 'record', 'break-glass'] })
    const worker = await addUser(database, team, { name: 'Merryn Eddy' })
    await leave(worker)
    const id = await outOf(worker)
    const alerts = async (user: User) => (await site.as(user).get('/alerts')).words
    const missed = 'Merryn Eddy has not come back from a visit. Expected back at 11:00. Where: Newlyn, harbour side.'
    expect(await alerts(leader)).not.toContain('Merryn')
    now = at('2026-11-20T11:00:00Z')
    // The leader need not wait for the job that tells them; the team and duty are told in their turn.
    expect(await alerts(leader)).toContain(missed)
    for (const user of [tamsin, duty, worker, stranger, partner]) expect(await alerts(user)).not.toContain('Merryn')
    expect(await alerts(worker)).toContain('You have not said that you are back from a visit.')
    await watch()
    expect(await alerts(duty)).toContain(missed)
    expect((await noticesOf(duty)).at(-1)?.words).toBe('Merryn Eddy has not come back from a visit. Look for them now')
    expect((await site.as(duty).get('/visits')).words).toContain('Merryn Eddy')
    now = at('2026-11-20T11:15:00Z')
    expect(await alerts(tamsin)).toContain(missed)
    const toReader = await site.as(readOnly).get('/alerts')
    expect(toReader.words).toContain('You may not say that they are back: when you hear from them, tell a colleague')
    expect(toReader.html).not.toContain(`/visits/${id}`)
    expect((await site.as(readOnly).get('/visits')).words).toContain('you may not say that somebody is back')
    expect((await site.as(duty).post(`/visits/${id}/back`, { words: 'He rang' })).status).toBe(303)
    for (const user of [leader, duty, tamsin, readOnly]) expect(await alerts(user)).not.toContain('Merryn')
    // Nobody looks for them now: they hear who said so and how they knew, and only they can say that it is not so.
    const words = (await noticesOf(worker)).at(-1)?.words
    expect(words).toMatch(/has said that you are back from your visit$/)
    expect((await site.as(tamsin).get('/visits')).words).toMatch(/Merryn Eddy.*Back at 11:15.*, said .*: He rang/)
    expect((await site.as(tamsin).get('/visits')).html).not.toContain('still-out')
    for (const user of [tamsin, leader, readOnly, stranger, partner])
      expect((await site.as(user).post(`/visits/${id}/still-out`, {})).status).toBe(404)
    expect((await site.as(worker).get('/visits')).words).toContain('I am still out')
    expect((await site.as(worker).post(`/visits/${id}/still-out`, {})).location).toContain(`/visits/${id}`)
    expect(await alerts(leader)).toContain(missed)
    expect((await site.as(worker).post(`/visits/${id}/back`, {})).status).toBe(303)
    expect((await site.as(worker).post(`/visits/${id}/still-out`, {})).status).toBe(404)
    await withdrawn()
    for (const user of [leader, duty]) expect((await noticesOf(user)).filter(one => one.words.startsWith('Merryn'))).toEqual([])
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U23] two go on one visit: both are out, neither is told of themselves, and either says that they are back', async () => {
    const [one, two] = [await addUser(database, team, { name: 'Ebrel Kitto' }), await addUser(database, team, { name: 'Gwenna Roe' })]
    expect((await leave(one, { second: stranger.id })).words).toContain('Select who goes with you')
    expect((await leave(one, { second: readOnly.id })).status).toBe(422)
    expect((await leave(one, { second: two.id })).status).toBe(303)
    expect((await noticesOf(two)).map(notice => notice.words)).toEqual(['Ebrel Kitto has set out on a visit with you'])
    expect((await site.as(one).get('/today')).words).toContain('You are out with Gwenna Roe, expected back at 11:00')
    expect((await site.as(two).get('/today')).words).toContain('You are out with Ebrel Kitto, expected back at 11:00')
    const board = (await site.as(leader).get('/visits')).words
    expect(board).toContain('Ebrel Kitto and Gwenna Roe')
    // Whoever is out with somebody is out.
    expect((await leave(two)).location).toBe('/visits')
    const refused = await leave(piran, { second: two.id })
    expect([refused.status, refused.words.includes('Gwenna Roe is out already')]).toEqual([422, true])
    now = at('2026-11-20T11:20:00Z')
    await watch()
    await watch()
    expect([await toldOf(one), await toldOf(two)]).toEqual([0, 0])
    expect((await noticesOf(leader)).at(-1)?.words).toBe('Ebrel Kitto and Gwenna Roe have not come back from a visit. Look for them now')
    expect((await site.as(two).get('/alerts')).words).not.toContain('Ebrel')
    expect((await site.as(two).post(`/visits/${await outOf(one)}/back`, {})).location).toBe('/visits')
    expect((await site.as(one).get('/today')).words).not.toContain('You are out')
    now = at('2026-11-20T09:30:00Z')
  })

  test('[U13] where somebody hides is told to nobody of the team who may not know it', async () => {
    const worker = await addUser(database, team)
    const own = await newCase('Hiding')
    await database.admin.query(
      `insert into person_addresses (id, person_id, kind, lines, postcode, confidential, recorded_at, readers, editors)
       select gen_random_uuid(), id, 'refuge', '9 Quiet Lane', 'TR19 7AB', true, now(), readers, editors from people where id = $1`,
      [own.personId],
    )
    const id = await bookOn(own, { on: '2026-11-20', time: '10:00', kind: 'visit', worker, more: { place: '9 Quiet Lane, TR19 7AB' } })
    const query = `?appointment=${id}`
    expect((await site.as(worker).get(`/visits/new${query}`)).html).not.toContain('value="9 Quiet Lane')
    for (const whereabouts of ['at 9 quiet lane', 'near tr197ab']) {
      const refused = await leave(worker, { whereabouts }, query)
      expect([refused.status, refused.words.includes('must not tell a confidential address')]).toEqual([422, true])
    }
    // Nor in another order of the words, nor where the visit is said to be to nobody in particular.
    await database.admin.query('update cases set worker_id = $1 where id = $2', [worker.id, own.id])
    for (const [whereabouts, asked] of [
      ['Quiet Lane 9, Newlyn', query],
      ['9 Quiet Lane', ''],
    ] as const)
      expect((await leave(worker, { whereabouts }, asked)).status).toBe(422)
    expect((await leave(worker, { whereabouts: 'The west of Newlyn' }, query)).status).toBe(303)
    const told = { whereabouts: '9 Quiet Lane', ...dayOf('back', '2026-11-20'), 'back-time': '13:00' }
    const refused = await putOff(worker, (await outOf(worker))!, told)
    expect([refused.status, refused.words.includes('must not tell a confidential address')]).toEqual([422, true])
    expect((await site.as(readOnly).get('/visits')).words).not.toContain('Quiet Lane')
    await site.as(worker).post(`/visits/${await outOf(worker)}/back`, {})
  })

  test('two presses at one moment are one visit; a colleague who puts it off says how they know, and the worker is told', async () => {
    const worker = await addUser(database, team)
    await Promise.all([leave(worker), leave(worker)])
    expect(await rows('select 1 from visits_out where user_id = $1', [worker.id])).toHaveLength(1)
    const id = (await outOf(worker))!
    const later = { whereabouts: 'Newlyn', ...dayOf('back', '2026-11-21'), 'back-time': '09:00' }
    const unsaid = await putOff(tamsin, id, later)
    expect([unsaid.status, unsaid.words.includes('Enter how you know that it takes longer')]).toEqual([422, true])
    expect((await putOff(tamsin, id, { ...later, because: 'She rang' })).status).toBe(303)
    expect((await noticesOf(worker)).map(one => one.words)).toContain('Tamsin Rowe has changed when you are expected back')
    expect((await site.as(leader).get('/visits')).words).toContain('09:00 on 21/11/2026')
    await site.as(worker).post(`/visits/${id}/back`, {})
  })

  test('[U23] a page that a colleague left open overwrites neither the time nor the place that the worker has said since', async () => {
    const worker = await addUser(database, team)
    await leave(worker)
    const id = (await outOf(worker))!
    const stale = /name="seen" value="([^"]*)"/.exec((await site.as(tamsin).get(`/visits/${id}`)).html)![1]!
    const own = { whereabouts: 'Sennen Cove', ...dayOf('back', '2026-11-20'), 'back-time': '11:00' }
    const kept = async () => rows('select whereabouts, expected_back_at from visits_out where id = $1', [id])
    expect((await putOff(worker, id, own)).status).toBe(303)
    const theirs = { ...own, whereabouts: 'Newlyn', 'back-time': '17:00', because: 'He said so at nine' }
    for (const seen of [stale, '']) {
      const refused = await site.as(tamsin).post(`/visits/${id}`, { ...theirs, seen })
      expect(refused.status).toBe(422)
      expect(refused.words).toContain('Somebody has changed this since you opened it: expected back at 11:00, Sennen Cove.')
      for (const typed of ['Newlyn', '17:00', 'He said so at nine']) expect(refused.html).toContain(`value="${typed}"`)
    }
    expect(await kept()).toEqual([{ whereabouts: 'Sennen Cove', expected_back_at: at('2026-11-20T11:00:00Z') }])
    // Whoever has looked at it and knows better says so; of a visit that is over nobody is expected back.
    expect((await putOff(tamsin, id, theirs)).status).toBe(303)
    const [opened] = [/name="seen" value="([^"]*)"/.exec((await site.as(tamsin).get(`/visits/${id}`)).html)![1]!]
    await site.as(worker).post(`/visits/${id}/back`, {})
    expect((await site.as(tamsin).post(`/visits/${id}`, { ...theirs, seen: opened })).location).toBe('/visits')
    expect(await kept()).toEqual([{ whereabouts: 'Newlyn', expected_back_at: at('2026-11-20T17:00:00Z') }])
  })

  test('[U23] it takes longer: the time is put off, and counted anew', async () => {
    const worker = await addUser(database, team)
    await leave(worker)
    const id = (await outOf(worker))!
    const later = { whereabouts: 'Penzance station', ...dayOf('back', '2026-11-20'), 'back-time': '13:00' }
    expect((await putOff(worker, id, later)).status).toBe(303)
    const before = await toldOf(leader)
    now = at('2026-11-20T12:00:00Z')
    await watch()
    expect(await toldOf(leader)).toBe(before)
    now = at('2026-11-20T09:30:00Z')
    await site.as(worker).post(`/visits/${id}/back`, {})
  })

  test.each([
    ['a time before now', { 'back-time': '09:00' }, 'must be later than now'],
    ['a week', { 'back-day': '27' }, 'must be within a day'],
    ['no place', { whereabouts: '' }, 'Enter where you will be'],
  ])('[U16] %s is refused', async (_what, more, message) => {
    const worker = await addUser(database, team)
    const refused = await leave(worker, more as Record<string, string>)
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(message)
  })

  test('[U13] another team neither sees who is out nor says that they are back; a reader sees and says nothing', async () => {
    const worker = await addUser(database, team, { name: 'Loveday Angwin' })
    await leave(worker)
    const id = await outOf(worker)
    for (const user of [stranger, partner]) {
      expect((await site.as(user).get('/visits')).words).not.toContain('Loveday')
      expect((await site.as(user).get(`/visits/${id}`)).status).toBe(404)
      expect((await site.as(user).post(`/visits/${id}/back`, { words: 'x' })).status).toBe(404)
    }
    expect((await site.as(readOnly).get('/visits')).words).toContain('Loveday')
    expect((await site.as(readOnly).post(`/visits/${id}/back`, { words: 'x' })).status).toBe(404)
    await expect(
      as(database, tamsin, (tx, actor) =>
        sql`insert into visits_out (id, user_id, team, whereabouts, set_out_at, expected_back_at) values (gen_random_uuid(), ${piran.id}, ${actor.principal}, '', now(), now())`.execute(
          tx,
        ),
      ),
    ).rejects.toThrow(/row-level security/)
    await site.as(worker).post(`/visits/${id}/back`, {})
  })
})

describe('drop-ins and outreach', () => {
  const dropIn = {
    about: 'Wanted a tea and a dry coat.',
    called: 'Blue',
    'age-band': '25-44',
    reason: 'safe',
    'handed-out-clothing': '1',
    ...dayOf('happened', '2026-11-19'),
    'happened-time': '10:00',
  }
  const newDropIn = async () => {
    const saved = await site.as(tamsin).post('/drop-ins/new', dropIn)
    expect(saved.status).toBe(303)
    return saved.location!
  }

  test('[U23] somebody unknown is counted with a few facts and is no person', async () => {
    const people = await rows('select count(*) from people')
    const address = await newDropIn()
    expect(await rows('select count(*) from people')).toEqual(people)
    expect(await rows(`select 1 from person_tokens where token like '%blue%'`)).toEqual([])
    const list = (await site.as(piran).get('/drop-ins')).words
    for (const words of ['Somewhere safe to be 1', '25 to 44 1', 'Clothing or a blanket 1']) expect(list).toContain(words)
    expect(list).toContain('19/11/2026 10:00')
    expect(list).toMatch(/Blue 25 to 44/)
    expect((await site.as(piran).get(address)).words).toContain('Blue')
    for (const user of [stranger, partner]) {
      expect((await site.as(user).get('/drop-ins')).words).toContain('0 drop-ins')
      expect((await site.as(user).get(address)).status).toBe(404)
      expect((await site.as(user).post(`${address}/strike-out`, { because: 'x' })).status).toBe(404)
    }
    expect((await site.as(readOnly).get('/drop-ins/new')).status).toBe(404)
    expect((await site.as(readOnly).post(`${address}/strike-out`, { because: 'x' })).status).toBe(404)
  })

  test('[U23] [U13] whoever comes forward gets it on their record, and a colleague who may not see that sees no more of them', async () => {
    const saved = await site.as(tamsin).post('/drop-ins/new', { ...dropIn, called: 'Jenna', about: 'Wanted a tea, and told of Carn Brea.' })
    const address = saved.location!
    const figures = async (user: User) =>
      /(\d+) drop-ins (\d+) on record since/
        .exec((await site.as(user).get('/drop-ins')).words)
        ?.slice(1)
        .map(Number)
    const [before, onRecord] = (await figures(piran))!
    const breakDowns = async (user: User) => {
      const { words } = await site.as(user).get('/drop-ins')
      return ['Somewhere safe to be', '25 to 44', 'Clothing or a blanket'].map(label =>
        Number(new RegExp(`${label} (\\d+)`).exec(words)?.[1] ?? 0),
      )
    }
    const countedBefore = await breakDowns(piran)
    expect((await site.as(piran).get('/drop-ins')).words).toContain('Jenna')
    const hidden = await addCase(database, await addPerson(database, team, { givenName: 'Forward' }), team)
    await as(database, tamsin, (tx, actor) => withhold(tx, actor, now, { caseId: hidden.id, holder: piran.principal, reason: 'Her wish' }))
    expect((await site.as(tamsin).get(`${address}/link?q=penrose`)).words).toContain('PENROSE, Jago')
    const linked = await site.as(tamsin).post(`${address}/link`, { case: hidden.id })
    expect(linked.location).toContain(`/cases/${hidden.id}/notes/`)
    const note = (await site.as(tamsin).get(linked.location!)).words
    expect(note).toContain('Drop-in, 19/11/2026 10:00')
    expect(note).toContain('Wanted a tea')
    expect(note).toContain('Handed out: Clothing or a blanket 1. Seen by Tamsin Rowe.')
    expect((await site.as(tamsin).get(address)).html).toContain(hidden.id)
    expect((await site.as(tamsin).get('/drop-ins')).words).toMatch(/Jenna.*On record now/)
    expect(await figures(tamsin)).toEqual([before, onRecord! + 1])
    for (const path of [address, `${address}/link`]) expect((await site.as(piran).get(path)).status).toBe(404)
    expect((await site.as(piran).post(`${address}/strike-out`, { because: 'x' })).status).toBe(404)
    const toPiran = await site.as(piran).get('/drop-ins')
    for (const words of [address, 'Jenna', 'Carn Brea', 'On record now']) expect(toPiran.html).not.toContain(words)
    // It still counts, as one of whom nothing has become.
    expect(await figures(piran)).toEqual([before, onRecord])
    // But what is known of her is in no sum: nothing is left when the listed ones are taken from it.
    expect(await breakDowns(tamsin)).toEqual(countedBefore)
    expect(await breakDowns(piran)).toEqual(countedBefore.map(count => count - 1))
    expect(toPiran.words).toContain('are only of those who are on no record, and of those who came forward where you may read their record')
    // Linked once.
    expect((await site.as(tamsin).post(`${address}/link`, { case: hidden.id })).status).toBe(404)
    const elsewhere = await newDropIn()
    const refused = await site.as(piran).post(`${elsewhere}/link?q=penrose`, { case: hidden.id })
    expect([refused.status, refused.words.includes('Select whose record it goes on')]).toEqual([422, true])
  })

  test('what was recorded by mistake is struck out with a reason, kept, and not counted', async () => {
    const address = await newDropIn()
    const before = Number(/(\d+) drop-ins/.exec((await site.as(tamsin).get('/drop-ins')).words)![1])
    const unsaid = await site.as(tamsin).post(`${address}/strike-out`, { because: '' })
    expect([unsaid.status, unsaid.words.includes('Enter why it was recorded by mistake')]).toEqual([422, true])
    await site.as(tamsin).post(`${address}/strike-out`, { because: 'Entered twice' })
    const list = (await site.as(tamsin).get('/drop-ins')).words
    expect(Number(/(\d+) drop-ins/.exec(list)![1])).toBe(before - 1)
    expect(list).toContain('Struck out')
    expect((await site.as(tamsin).get(address)).words).toContain('Struck out: Entered twice')
  })

  test('[U23] outreach counts contacts and things handed out, for the team alone', async () => {
    const round = {
      place: 'Promenade',
      'contact-talk': '3',
      'contact-greeting': '5',
      'handed-out-naloxone': '2',
      ...dayOf('happened', '2026-11-19'),
      'happened-time': '21:00',
    }
    const saved = await site.as(tamsin).post('/outreach/new', round)
    expect((await site.as(piran).get(saved.location!)).words).toContain('A greeting 5, A short talk 3')
    const list = (await site.as(leader).get('/outreach')).words
    for (const words of ['8 contacts', '2 things handed out', 'Naloxone kit 2']) expect(list).toContain(words)
    for (const user of [stranger, partner]) {
      expect((await site.as(user).get('/outreach')).words).not.toContain('Promenade')
      expect((await site.as(user).get(saved.location!)).status).toBe(404)
      expect((await site.as(user).post(`${saved.location}/strike-out`, { because: 'x' })).status).toBe(404)
    }
    const empty = await site
      .as(tamsin)
      .post('/outreach/new', { place: 'Promenade', ...dayOf('happened', '2026-11-19'), 'happened-time': '21:00' })
    expect(empty.status).toBe(422)
    const wrong = await site.as(tamsin).post('/outreach/new', { ...round, 'contact-talk': '-1' })
    expect(wrong.words).toContain('must be whole numbers')
    const wrongDays = await site.as(tamsin).get('/outreach?from=31/02/2026&to=x')
    expect(wrongDays.status).toBe(422)
    for (const words of ['From must be a real date', 'To must be a real date']) expect(wrongDays.words).toContain(words)
    for (const typed of ['31/02/2026', 'x']) expect(wrongDays.html).toContain(`value="${typed}"`)
    const backwards = await site.as(tamsin).get('/outreach?from=20/11/2026&to=19/11/2026')
    expect([backwards.status, backwards.words.includes('To must be on or after From')]).toEqual([422, true])
    expect(site.faults).toEqual([])
  })

  test('counts are of all, and a list that stops before the end says so', async () => {
    const busy = await addTeam(database, agency)
    const worker = await addUser(database, busy)
    const values = [busy.principal, worker.id]
    await database.admin.query(
      `insert into drop_ins (id, team, happened_at, about, reason, handed_out, recorded_at, recorded_by)
       select gen_random_uuid(), $1, '2026-11-19T10:00Z', 'Tea', 'safe', '{"clothing": 2}', now(), $2 from generate_series(1, 1001)`,
      values,
    )
    await database.admin.query(
      `insert into outreach_sessions (id, team, happened_at, place, contacts, handed_out, recorded_at, recorded_by)
       select gen_random_uuid(), $1, '2026-11-19T10:00Z', 'Quay', '{"talk": 3}', '{"naloxone": 1}', now(), $2 from generate_series(1, 1001)`,
      values,
    )
    const cut = 'Only the latest 1,000 are listed. Choose fewer days to see the others.'
    const [dropIns, outreach] = [await site.as(worker).get('/drop-ins'), await site.as(worker).get('/outreach')]
    for (const words of ['1001 drop-ins', 'Somewhere safe to be 1001', 'Not known 1001', 'Clothing or a blanket 2002', cut])
      expect(dropIns.words).toContain(words)
    for (const words of ['1001 rounds', '3003 contacts', 'Naloxone kit 1001', cut]) expect(outreach.words).toContain(words)
    expect((await site.as(tamsin).get('/drop-ins')).words).not.toContain('Only the latest')
    const own = await addCase(database, await addPerson(database, busy), busy)
    await database.admin.query(
      `insert into appointments (id, case_id, kind, worker_id, starts_at, ends_at, created_at, created_by, readers, editors, withheld)
       select gen_random_uuid(), c.id, 'one-to-one', $2, '2026-11-20T14:00Z', '2026-11-20T15:00Z', now(), $2, c.readers, c.editors, c.withheld
       from cases c, generate_series(1, 501) where c.id = $1`,
      [own.id, worker.id],
    )
    expect((await site.as(worker).get('/calendar?view=day')).words).toContain('Only the first 500 are shown')
    await database.admin.query('delete from appointments where case_id = $1', [own.id])
    expect(site.faults).toEqual([])
  })
})
