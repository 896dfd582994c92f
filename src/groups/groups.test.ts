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
  worker as works,
} from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, rewriteCase, withhold } from '../access/index.ts'
import { noteRoutes } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { prepareJobs } from '../platform/jobs.ts'
import { messageRoutes } from '../text-messages/index.ts'
import { groupJobs, groupRoutes, groupsToText, sessionsInCalendars } from './index.ts'

const clock = fixedClock('2026-11-20T16:30:00Z')
let database: TestDatabase
let site: Site
let agency: Agency
let team: Team
let leader: User
let worker: User
let readOnly: User
let partnerAgency: Agency
let partnerTeam: Team
let partner: User

beforeAll(async () => {
  database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  leader = await addUser(database, team, { name: 'Demelza Vyvyan' })
  worker = await addUser(database, team, { name: 'Tamsin Rowe' })
  readOnly = await addUser(database, team, { may: reader })
  partnerAgency = await addAgency(database)
  partnerTeam = await addTeam(database, partnerAgency)
  partner = await addUser(database, partnerTeam, { name: 'Piran Hocking' })
  site = await siteOf(database, clock, routes => {
    const frame = { personBanner: async () => null, tabs: [], findPeople: async () => [], texting: true }
    groupRoutes(routes, frame)
    noteRoutes(routes, { ...frame, bookHearing: async () => {} })
    messageRoutes(routes, groupsToText, async () => [])
  })
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
  await database.close()
})

const newCase = async (givenName: string, of: Team = team, restricted = false): Promise<Case> =>
  addCase(database, await addPerson(database, of, { givenName, familyName: 'Angove' }), of, { restricted })

const idIn = (location: string | undefined) => /\/groups\/([0-9a-f-]{36})/.exec(location ?? '')![1]!

/** A group of the leader's with so many places. */
async function newGroup({ capacity = '2', openTo = 'everyone', name = 'Moving on' } = {}): Promise<string> {
  const saved = await site.as(leader).post(paths.groups.add, { name, capacity, 'open-to': openTo, facilitators: [leader.id] })
  expect([saved.status, saved.status === 303 ? '' : saved.words]).toEqual([303, ''])
  return idIn(saved.location)
}

const week = { 'starts-day': '20', 'starts-month': '11', 'starts-year': '2026', 'starts-time': '2pm', 'ends-time': '4pm', every: '1' }
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

describe('a group', () => {
  test('[U23] is begun with its sessions, booked into, full, and gives the place that comes free to whoever has waited longest', async () => {
    const groupId = await newGroup({ capacity: '1' })
    await addWeeks(groupId)
    const [first, second, third] = [await newCase('Elowen'), await newCase('Jory'), await newCase('Kerra')]
    const place = await book(groupId, first!, worker, 'A seat by the door')
    const waiting = await book(groupId, second!)
    const after = await book(groupId, third!)
    expect([await standingOf(place), await standingOf(waiting), await standingOf(after)]).toEqual(['booked', 'waiting', 'waiting'])
    const page = await site.as(leader).get(paths.groups.show(groupId))
    expect(page.words).toContain('1 of 1 places taken, 2 waiting')
    expect(page.words).toMatch(/ANGOVE, Elowen.*A seat by the door.*Waiting list.*ANGOVE, Jory.*ANGOVE, Kerra/)
    expect(page.words).toContain('Friday 27/11/2026, 2pm to 4pm')

    expect((await end(first!, place)).status).toBe(303)
    await fillPlaces(groupId)
    expect([await standingOf(place), await standingOf(waiting), await standingOf(after)]).toEqual(['ended', 'booked', 'waiting'])
    const told = await database.admin.query(`select words from notices where user_id = $1 and case_id = $2`, [worker.id, second!.id])
    expect(told.rows).toEqual([{ words: 'A place has come free in a group for somebody who was waiting' }])
    const line = await database.admin.query(`select title from timeline_entries where case_id = $1 order by at, id`, [second!.id])
    expect(line.rows.map(row => row.title)).toEqual(['Asked for a place in a group: Moving on', 'Given a place in a group: Moving on'])
    expect((await site.as(worker).get(paths.groups.booking(first!.id, place))).words).toMatch(/Left early.*She works on Fridays now/)
  })

  test('two who take the last place at one moment: one has it, the other waits', async () => {
    const groupId = await newGroup({ capacity: '1' })
    const cases = await Promise.all(['Anna', 'Bryn', 'Cara', 'Denzil'].map(name => newCase(name)))
    const ids = await Promise.all(cases.map(one => book(groupId, one)))
    expect((await Promise.all(ids.map(standingOf))).sort()).toEqual(['booked', 'waiting', 'waiting', 'waiting'])
  })

  test('more places are given to those who wait; a second booking of the same case is refused', async () => {
    const groupId = await newGroup({ capacity: '1' })
    const [one, other] = [await newCase('Morwenna'), await newCase('Nessa')]
    await book(groupId, one)
    const waiting = await book(groupId, other)
    await book(groupId, other)
    const { filled } = ownForm((await site.as(leader).get(paths.groups.edit(groupId))).html, paths.groups.edit(groupId))!
    expect((await site.as(leader).post(paths.groups.edit(groupId), { ...filled, capacity: '2' } as Record<string, string>)).status).toBe(
      303,
    )
    await fillPlaces(groupId)
    expect(await standingOf(waiting)).toBe('booked')
    const { rows } = await database.admin.query('select from group_bookings where group_id = $1', [groupId])
    expect(rows).toHaveLength(2)
  })

  test.each([
    ['nothing', {}, ['Enter what the group is called']],
    [
      'too many places',
      { name: 'Moving on', 'open-to': 'team', capacity: '501' },
      ['Number of places must be a whole number from 1 to 500'],
    ],
    ['words for places', { name: 'Moving on', 'open-to': 'team', capacity: 'eight' }, ['Number of places must be a whole number']],
  ])('with %s is not begun, and what was typed is kept', async (_, fields, messages) => {
    const reply = await site.as(leader).post(paths.groups.add, fields as Record<string, string>)
    expect(reply.status).toBe(422)
    for (const message of messages) expect(reply.words).toContain(message)
    if ('name' in fields) expect(reply.html).toContain('value="Moving on"')
  })

  test('a session that ends before it starts, or on no day, is not added', async () => {
    const groupId = await newGroup()
    const reply = await site
      .as(leader)
      .post(paths.groups.addSessions(groupId), { ...week, 'starts-day': '31', 'ends-time': '1pm', count: '0' })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('The end must be after 2pm')
    expect(reply.words).toContain('Number of sessions must be a whole number from 1 to 60')
  })
})

describe('a group that ends', () => {
  const endGroup = (groupId: string, because = 'The course is complete') => site.as(leader).post(paths.groups.end(groupId), { because })

  test('[U23] with places open says so before, cancels what was still to come, and tells whoever answers for them', async () => {
    const groupId = await newGroup({ capacity: '1' })
    const [held, next] = await addWeeks(groupId)
    const [one, two] = [await newCase('Elowen'), await newCase('Jory')]
    await database.admin.query('update cases set worker_id = $2 where id = any ($1)', [[one.id, two.id], worker.id])
    const place = await book(groupId, one)
    const waiting = await book(groupId, two)
    const before = (await site.as(leader).get(paths.groups.end(groupId))).words
    expect(before).toContain('2 sessions are still to come, the next on Friday 27/11/2026, 2pm to 4pm.')
    expect(before).toContain('2 people are in it or waiting for a place.')
    expect((await endGroup(groupId, '')).words).toContain('Enter why it ends')
    expect((await endGroup(groupId)).status).toBe(303)

    const page = (await site.as(leader).get(paths.groups.show(groupId))).words
    expect(page).toContain('This group has ended. The course is complete What came of it is still to be recorded for 2 people')
    expect((await site.as(leader).get(paths.groups.session(groupId, next!))).words).toMatch(
      /This session is cancelled\. The group has ended\. The course is complete.*1 person is still to be told/,
    )
    expect((await site.as(leader).get(paths.groups.session(groupId, held!))).words).not.toContain('This session is cancelled')
    const told = await database.admin.query('select words from notices where user_id = $1 and href = $2', [
      worker.id,
      paths.groups.show(groupId),
    ])
    expect(told.rows).toEqual([{ words: 'A group has ended: tell whoever you booked, and record what came of it' }])

    // Places stay until what came of them is recorded; the one who waited is given none any more.
    await end(one, place)
    await fillPlaces(groupId)
    expect([await standingOf(place), await standingOf(waiting)]).toEqual(['ended', 'waiting'])
    expect((await site.as(leader).get(paths.groups.show(groupId))).words).toContain('still to be recorded for 1 person:')
  })

  test('takes nobody more, is not ended twice, and is ended by nobody who does not run it', async () => {
    const groupId = await newGroup()
    const outsider = await addUser(database, await addTeam(database, agency))
    expect((await site.as(outsider).post(paths.groups.end(groupId), { because: 'x' })).status).toBe(404)
    await endGroup(groupId)
    expect((await site.as(worker).post(paths.groups.book(groupId, (await newCase('Late')).id), {})).status).toBe(404)
    await endGroup(groupId, 'Once more')
    expect((await site.as(leader).get(paths.groups.show(groupId))).words).toContain('The course is complete')
  })

  test('counts for its leader whom they may not see, without naming them', async () => {
    const groupId = await newGroup()
    const hidden = await newCase('Hidden', partnerTeam)
    await book(groupId, hidden, partner)
    const before = (await site.as(leader).get(paths.groups.end(groupId))).words
    expect(before).toContain('1 more person in it or waiting for a place.')
    expect(before).not.toContain('Hidden')
  })
})

describe('who came', () => {
  test('[U23] [F20] is recorded for several at once, each with a note of their own that shows nobody else', async () => {
    const groupId = await newGroup({ capacity: '4' })
    const [today] = await addWeeks(groupId)
    const [elowen, jory, kerra] = [await newCase('Elowen'), await newCase('Jory'), await newCase('Kerra')]
    const [a, b, c] = [await book(groupId, elowen), await book(groupId, jory), await book(groupId, kerra)]
    const register = paths.groups.register(groupId, today!)
    const everybody = { [`attendance-${a}`]: 'attended', [`attendance-${b}`]: 'late', [`attendance-${c}`]: 'did-not-attend' }

    const named = await site.as(worker).post(register, { ...everybody, shared: 'Elowen spoke of the move.' })
    expect(named.status).toBe(422)
    expect(named.words).toContain('names Elowen')
    expect(named.html).toContain('Elowen spoke of the move.')
    await database.admin.query(
      `insert into person_names (id, person_id, kind, given_name, recorded_at, readers, editors, withheld)
       select gen_random_uuid(), id, 'known-as', 'Wenna', now(), readers, editors, withheld from people where id = $1`,
      [jory.personId],
    )
    for (const [shared, name] of [
      ['Mrs Angove’s bus was late.', 'names Angove'],
      ['Wenna made tea.', 'names Wenna'],
    ] as const)
      expect((await site.as(worker).post(register, { ...everybody, shared })).words).toContain(name)

    const saved = await site.as(worker).post(register, {
      ...everybody,
      shared: 'We spoke of sleep.',
      [`alone-${a}`]: 'She wants help with the landlord.',
      [`reason-${c}`]: 'Her bus did not come',
    })
    expect([saved.status, saved.status === 303 ? '' : saved.words]).toEqual([303, ''])
    const notes = async (theCase: Case) => (await site.as(worker).get(paths.notes.list(theCase.id))).words
    expect(await notes(elowen)).toMatch(/Group work · 2 hours.*Moving on: Sleep.*We spoke of sleep\..*She wants help with the landlord/)
    expect(await notes(jory)).toMatch(/We spoke of sleep\..*Came late/)
    expect(await notes(jory)).not.toContain('landlord')
    expect(await notes(kerra)).toMatch(/did not attend.*Her bus did not come/)
    expect(await notes(kerra)).not.toContain('We spoke of sleep')

    const session = await site.as(worker).get(paths.groups.session(groupId, today!))
    expect(session.words).toMatch(/Elowen.*Attended.*Jory.*Came late.*Kerra.*Did not attend.*Her bus did not come/)
    const audited = await database.admin.query(
      `select person_id from audit_events where action = 'group-attendance-recorded' and case_id = any ($1::uuid[])`,
      [[elowen.id, jory.id, kerra.id]],
    )
    expect(audited.rows).toHaveLength(3)
    expect((await site.as(worker).get(paths.groups.booking(kerra.id, c))).words).toContain('0 of 1 sessions recorded')
  })

  test('whoever a colleague recorded meanwhile is not passed over: nothing is saved, and what was written is given back', async () => {
    const groupId = await newGroup({ capacity: '4' })
    const [today] = await addWeeks(groupId)
    const [jago, kerra] = [await newCase('Jago'), await newCase('Kerra')]
    const [a, b] = [await book(groupId, jago), await book(groupId, kerra)]
    const register = paths.groups.register(groupId, today!)
    expect((await site.as(leader).post(register, { [`attendance-${a}`]: 'late' })).status).toBe(303)
    const typed = {
      shared: 'We spoke of sleep.',
      [`attendance-${a}`]: 'attended',
      [`alone-${a}`]: 'He fears his landlord.',
      [`attendance-${b}`]: 'attended',
    }
    const refused = await site.as(worker).post(register, typed)
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Demelza Vyvyan has recorded ANGOVE, Jago meanwhile: Came late')
    expect(refused.words).toContain('You had selected: Attended.')
    for (const words of ['He fears his landlord.', 'We spoke of sleep.']) expect(refused.html).toContain(words)
    const recorded = () =>
      database.admin.query<{ booking_id: string }>('select booking_id from group_attendances where session_id = $1', [today])
    expect((await recorded()).rows).toEqual([{ booking_id: a }])
    // Marking the others as attended loses it as little.
    expect((await site.as(worker).post(register, { ...typed, _then: 'all-came' })).html).toContain('He fears his landlord.')

    // As the page that was answered posts it, once the words are put elsewhere.
    const { filled } = ownForm(refused.html, register)!
    expect(filled).toMatchObject({ [`alone-${a}`]: 'He fears his landlord.' })
    expect(refused.html).not.toContain(`name="attendance-${a}"`)
    const again = await site.as(worker).post(register, { shared: typed.shared, [`attendance-${b}`]: 'attended', [`alone-${a}`]: '' })
    expect([again.status, again.status === 303 ? '' : again.words]).toEqual([303, ''])
    expect((await recorded()).rows.map(row => row.booking_id).sort()).toEqual([a, b].sort())
  })

  test('once colleagues have recorded everybody, what was written is given back and not lost', async () => {
    const groupId = await newGroup()
    const [today] = await addWeeks(groupId)
    const id = await book(groupId, await newCase('Lamorna'))
    const register = paths.groups.register(groupId, today!)
    await site.as(leader).post(register, { [`attendance-${id}`]: 'attended' })
    for (const typed of [{ shared: 'A long account.' }, { [`alone-${id}`]: 'A long account.' }] as Record<string, string>[]) {
      const refused = await site.as(worker).post(register, typed)
      expect([refused.status, refused.html.includes('A long account.')]).toEqual([422, true])
      expect(refused.words).toContain('recorded')
    }
    expect((await site.as(worker).get(register)).status).toBe(303)
  })

  test('two who record the same session at one moment: one has saved it, the other is told so with what they wrote', async () => {
    const groupId = await newGroup()
    const [today] = await addWeeks(groupId)
    const id = await book(groupId, await newCase('Mabyn'))
    const both = await Promise.all(
      [leader, worker, leader, worker].map(who =>
        site.as(who).post(paths.groups.register(groupId, today!), { [`attendance-${id}`]: 'attended', [`alone-${id}`]: 'Her words.' }),
      ),
    )
    expect(both.map(reply => reply.status).sort()).toEqual([303, 422, 422, 422])
    for (const reply of both.filter(one => one.status === 422)) expect(reply.html).toContain('Her words.')
  })

  test('is corrected by addition: the note stays, with what is right beside it and why', async () => {
    const groupId = await newGroup()
    const [today] = await addWeeks(groupId)
    const theCase = await newCase('Lowenna')
    const id = await book(groupId, theCase)
    await site.as(worker).post(paths.groups.register(groupId, today!), { [`attendance-${id}`]: 'did-not-attend' })
    const address = paths.groups.attendance(theCase.id, id, today!)
    expect((await site.as(worker).post(address, { attendance: 'late' })).words).toContain('Enter why you correct it')
    expect((await site.as(worker).post(address, { attendance: 'late', because: 'She came at three' })).status).toBe(303)
    expect((await site.as(worker).get(paths.groups.booking(theCase.id, id))).words).toContain('1 of 1 sessions recorded')
    const { rows } = await database.admin.query(
      `select attendance, replaced_at is null as holds, corrected_because from group_attendances where booking_id = $1 order by recorded_at, replaced_at nulls last`,
      [id],
    )
    expect(rows.map(row => [row.attendance, row.holds]).sort()).toEqual([
      ['did-not-attend', false],
      ['late', true],
    ])
    expect((await site.as(worker).get(paths.notes.list(theCase.id))).words).toContain('She came at three')
  })

  test('of a session that has not begun, or is cancelled, there is no register', async () => {
    const groupId = await newGroup()
    const [today, next] = await addWeeks(groupId)
    await book(groupId, await newCase('Meraud'))
    expect((await site.as(worker).get(paths.groups.register(groupId, next!))).status).toBe(404)
    expect((await site.as(leader).post(paths.groups.cancelSession(groupId, today!), { because: 'The boiler' })).status).toBe(303)
    expect((await site.as(worker).get(paths.groups.register(groupId, today!))).status).toBe(404)
  })
})

describe('a session that is cancelled', () => {
  test('says whom to tell and how it is safe to, and tells the workers of everybody, seen or not', async () => {
    const groupId = await newGroup()
    const [, next] = await addWeeks(groupId)
    const seen = await newCase('Rosenwyn')
    await book(groupId, seen)
    await book(groupId, await newCase('Senara', partnerTeam), partner)
    await database.admin.query(
      `insert into person_contacts (id, person_id, kind, value, safe_use, note, recorded_at, readers, editors, withheld)
       select gen_random_uuid(), p.id, 'mobile', '+447700900123', 'text-only', 'Ask for the dentist', now(), p.readers, p.editors, p.withheld from people p where p.id = $1
       union all select gen_random_uuid(), p.id, 'telephone', '+441632960686', 'any', null, now(), p.readers, p.editors, p.withheld from people p where p.id = $1`,
      [seen.personId],
    )
    const asked = await site.as(leader).get(paths.groups.cancelSession(groupId, next!))
    expect(asked.words).toContain('These expect it: ANGOVE, Rosenwyn. 1 more person in the group or waiting for a place, on records')
    expect((await site.as(leader).post(paths.groups.cancelSession(groupId, next!), { because: 'The room is flooded' })).status).toBe(303)
    const page = await site.as(leader).get(paths.groups.session(groupId, next!))
    expect(page.words).toMatch(/This session is cancelled\. The room is flooded.*ANGOVE, Rosenwyn.*07700 900123/)
    expect(page.words).not.toContain('Senara')
    expect(page.words).toMatch(/01632 960686 [^:]/)
    const told = await database.admin.query(`select user_id, case_id, words from notices where href = $1`, [
      paths.groups.session(groupId, next!),
    ])
    expect(told.rows.map(row => row.user_id).sort()).toEqual([partner.id, worker.id].sort())
    expect(told.rows.every(row => row.case_id === null && !/Angove|Senara|Rosenwyn/.test(row.words))).toBe(true)
  })
})

describe('who sees whom', () => {
  test('another agency’s person is a number to whoever runs the group, takes a place, and is a name to their own worker alone', async () => {
    const groupId = await newGroup({ capacity: '2' })
    await addWeeks(groupId)
    await book(groupId, await newCase('Tegen'))
    const theirs = await newCase('Ursell', partnerTeam)
    const id = await book(groupId, theirs, partner)
    const page = await site.as(leader).get(paths.groups.show(groupId))
    expect(page.words).toContain('1 more person, on records that are not open to you.')
    expect(page.words).toContain('2 of 2 places taken')
    expect(page.words).not.toContain('Ursell')
    expect(page.html).not.toContain(theirs.id)
    expect((await site.as(partner).get(paths.groups.show(groupId))).words).toContain('Ursell')
    expect((await site.as(partner).get(paths.groups.show(groupId))).words).not.toContain('Tegen')
    expect((await site.as(leader).get(paths.groups.booking(theirs.id, id))).status).toBe(404)
    // The place is taken for the leader too, though they do not see by whom.
    expect(await standingOf(await book(groupId, await newCase('Wenna'), leader))).toBe('waiting')
    // It goes to the next in line when the other agency's worker frees it, who does not see whose turn it is.
    expect((await end(theirs, id, partner)).status).toBe(303)
    await fillPlaces(groupId)
    expect((await site.as(leader).get(paths.groups.show(groupId))).words).toContain('2 of 2 places taken')
  })

  test('somebody whose case is withheld from the reader is in no number that they are shown or held to', async () => {
    const groupId = await newGroup({ capacity: '1' })
    const [session] = await addWeeks(groupId)
    const hidden = await newCase('Zennor')
    await book(groupId, hidden, worker)
    await as(database, worker, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: hidden.id, holder: partnerAgency.principal, reason: 'Her brother works there' }),
    )
    const seen = await site.as(partner).get(paths.groups.show(groupId))
    expect(seen.words).toContain('0 of 1 places taken')
    expect(seen.words).toContain('Nobody is booked yet.')
    expect((await site.as(partner).get(paths.groups.session(groupId, session!))).words).not.toMatch(/Zennor|more pe/)
    expect((await site.as(partner).get(`${paths.groups.list}?view=all`)).words).toContain('0 of 1 places taken')
    const theirs = await newCase('Yvonne', partnerTeam)
    const form = await site.as(partner).get(paths.groups.book(groupId, theirs.id))
    expect(form.words).toContain('0 of 1 places taken')
    // They are given the place that is there for all they may know, and whoever sees both sees that it is one too many.
    expect(await standingOf(await book(groupId, theirs, partner))).toBe('booked')
    expect((await site.as(leader).get(paths.groups.show(groupId))).words).toContain('2 booked, 1 more than there are places')
    expect((await site.as(partner).get(paths.groups.show(groupId))).words).toContain('1 of 1 places taken')
  })

  test('somebody on a restricted case is a number to nobody but the commissioners and those named on it', async () => {
    const groupId = await newGroup({ capacity: '3' })
    const theCase = await newCase('Vivian')
    await as(database, worker, (tx, actor) =>
      grantAccess(tx, actor, clock.now(), { caseId: theCase.id, kind: 'named', holder: worker.principal, level: 'edit' }),
    )
    await book(groupId, theCase, worker)
    await database.admin.query('update cases set restricted = true where id = $1', [theCase.id])
    await as(database, worker, tx => rewriteCase(tx, theCase.id))
    expect((await site.as(leader).get(paths.groups.show(groupId))).words).toContain('0 of 3 places taken')
    expect((await site.as(worker).get(paths.groups.show(groupId))).words).toMatch(/1 of 3 places taken|Vivian/)
    const overseer = await addUser(database, team, { may: commissioner })
    expect((await site.as(overseer).get(paths.groups.show(groupId))).words).toContain('1 of 3 places taken')
    expect((await site.as(overseer).get(paths.groups.show(groupId))).words).not.toContain('Vivian')
  })

  test('a place that somebody hidden has says nothing to who may not see them: nobody waits beside it, and nobody overtakes', async () => {
    const groupId = await newGroup({ capacity: '1', name: 'Quiet hours' })
    const hidden = await newCase('Ailla')
    await book(groupId, hidden, worker)
    const secret = await as(database, worker, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: hidden.id, holder: partner.principal, reason: 'Her brother' }),
    )
    expect(secret).not.toBeNull()
    // The worker sees that it is full; whoever must not see Ailla sees the next one ask, beside a place that is as good as theirs.
    const first = await newCase('Borra')
    const waiting = await book(groupId, first, worker)
    await as(database, worker, (tx, actor) =>
      grantAccess(tx, actor, clock.now(), {
        caseId: first.id,
        kind: 'share',
        holder: partner.principal,
        level: 'read',
        purpose: 'Care',
        lawfulBasis: 'public-task',
      }),
    )
    for (const address of [paths.groups.show(groupId), paths.groups.booking(first.id, waiting)])
      expect((await site.as(partner).get(address)).words).not.toMatch(/waiting/i)
    expect((await site.as(partner).get(`${paths.groups.list}?view=all`)).words).toMatch(
      /Quiet hours .*?1 of 1 places taken or asked for [^,]/,
    )
    const seen = (await site.as(partner).get(paths.groups.show(groupId))).words
    expect(seen).toContain('1 of 1 places taken or asked for')
    expect(seen).toMatch(/Have asked for a place.*ANGOVE, Borra/)
    expect(seen).not.toContain('more person')
    const theirs = await newCase('Colan', partnerTeam)
    const form = await site.as(partner).get(paths.groups.book(groupId, theirs.id))
    expect(form.words).toContain('They go on the list: whoever has asked first has the place.')
    const last = await book(groupId, theirs, partner)
    await fillPlaces(groupId)
    expect([await standingOf(waiting), await standingOf(last)]).toEqual(['waiting', 'waiting'])
  })

  test('whoever is seen nowhere is the same number on the pages of the group, its sessions and their cancelling, beside a place hidden from the reader', async () => {
    const clerk = await addUser(database, partnerTeam, { may: [...works, 'send-texts'] })
    const saved = await site
      .as(clerk)
      .post(paths.groups.add, { name: 'Still hours', capacity: '1', 'open-to': 'everyone', facilitators: [clerk.id] })
    const groupId = idIn(saved.location)
    const when = { ...week, 'starts-day': '27', count: '2' }
    expect((await site.as(clerk).post(paths.groups.addSessions(groupId), when)).status).toBe(303)
    const sessions = await database.admin.query<{ id: string }>('select id from group_sessions where group_id = $1 order by starts_at', [
      groupId,
    ])
    const [session, cancelled] = sessions.rows.map(row => row.id)
    const hidden = await newCase('Ailla')
    await book(groupId, hidden, worker)
    await as(database, worker, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: hidden.id, holder: partnerAgency.principal, reason: 'Her brother' }),
    )
    // On a record that is not open to the clerk, though nothing is withheld from them.
    expect(await standingOf(await book(groupId, await newCase('Borra'), worker))).toBe('waiting')
    const theirs = await newCase('Colan', partnerTeam)
    await book(groupId, theirs, clerk)
    expect((await site.as(clerk).get(paths.groups.cancelSession(groupId, cancelled!))).words).not.toMatch(/Ailla|Borra|2 more/)
    expect((await site.as(clerk).post(paths.groups.cancelSession(groupId, cancelled!), { because: 'The boiler' })).status).toBe(303)
    for (const address of [
      paths.groups.show(groupId),
      paths.groups.session(groupId, session!),
      paths.groups.cancelSession(groupId, session!),
      paths.groups.session(groupId, cancelled!),
      paths.groups.end(groupId),
    ]) {
      const { words } = await site.as(clerk).get(address)
      expect([address, words]).toEqual([address, expect.stringContaining('1 more person')])
      expect(words).not.toMatch(/Ailla|Borra|2 more/)
    }
    // A text is written to those alone who are seen, and says of nobody else that they are there.
    for (const group of [`group|${groupId}`, `session|${session}`, `cancelled-session|${cancelled}`]) {
      const form = await site.as(clerk).get(paths.messages.toGroup(group))
      const composed = await site.as(clerk).post('/messages/new', { group, words: 'Hello' })
      const check = await site.as(clerk).get(composed.location!)
      expect([group, form.status, check.status]).toEqual([group, 200, 200])
      for (const { words } of [form, check]) expect(words).not.toMatch(/Ailla|Borra|more pe|waiting/)
    }
  })

  test('whoever books somebody is warned when the case is withheld from one who runs the group', async () => {
    const groupId = await newGroup()
    const theCase = await newCase('Ysella')
    await as(database, worker, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: theCase.id, holder: leader.principal, reason: 'Her aunt' }),
    )
    const form = await site.as(worker).get(paths.groups.book(groupId, theCase.id))
    expect(form.words).toContain('This case is withheld from Demelza Vyvyan, who runs this group')
  })

  test('a group of one team is not there for another; a read-only user reads and changes nothing; nobody signed out comes in', async () => {
    const groupId = await newGroup({ openTo: 'team' })
    const [today] = await addWeeks(groupId)
    const theCase = await newCase('Talan')
    const id = await book(groupId, theCase)
    for (const address of [
      paths.groups.show(groupId),
      paths.groups.session(groupId, today!),
      paths.groups.choose(groupId),
      paths.groups.edit(groupId),
    ])
      expect([address, (await site.as(partner).get(address)).status]).toEqual([address, 404])
    const theirs = await newCase('Ros', partnerTeam)
    expect((await site.as(partner).post(paths.groups.book(groupId, theirs.id), {})).status).toBe(404)
    expect((await site.as(readOnly).get(paths.groups.show(groupId))).words).toContain('Talan')
    for (const address of [
      paths.groups.edit(groupId),
      paths.groups.end(groupId),
      paths.groups.register(groupId, today!),
      paths.groups.endBooking(theCase.id, id),
    ])
      expect([address, (await site.as(readOnly).post(address, { because: 'x', outcome: 'left' })).status]).toEqual([address, 404])
    expect(await standingOf(id)).toBe('booked')
    expect((await site.server.inject({ method: 'GET', url: paths.groups.show(groupId) })).statusCode).toBe(303)
  })

  test('is given sessions, facilitators and lists by no page of anybody who does not run it, whatever is posted', async () => {
    const groupId = await newGroup({ openTo: 'everyone' })
    const [today, next] = await addWeeks(groupId)
    const elsewhere = await newGroup({ openTo: 'everyone' })
    const colleague = await addUser(database, await addTeam(database, agency))
    const stands = async () =>
      Promise.all(
        ['group_sessions', 'group_facilitators'].map(
          async table => (await database.admin.query(`select * from ${table} where group_id = $1 order by 1, 2`, [groupId])).rows,
        ),
      ).then(async rows => [...rows, (await database.admin.query('select * from groups where id = $1', [groupId])).rows])
    const before = await stands()
    for (const who of [partner, colleague, readOnly]) {
      // They run a group of their own, and say that they run this one.
      const forged = {
        ...week,
        count: '1',
        topic: 'Theirs',
        because: 'Theirs',
        name: 'Theirs',
        'open-to': 'everyone',
        version: '1',
        facilitators: [who.id],
        group_id: groupId,
        run_by: String(who.principal),
      }
      for (const address of [
        paths.groups.addSessions(groupId),
        paths.groups.edit(groupId),
        paths.groups.end(groupId),
        paths.groups.editSession(groupId, next!),
        paths.groups.cancelSession(groupId, today!),
      ]) {
        const reply = await site.as(who).post(address, forged)
        expect([who.name, address, reply.status]).toEqual([who.name, address, 404])
      }
      await site.as(who).post(paths.groups.add, forged)
    }
    // Nor by way of another group that one does run.
    for (const address of [paths.groups.editSession(elsewhere, next!), paths.groups.cancelSession(elsewhere, next!)])
      expect((await site.as(leader).post(address, { because: 'x' })).status).toBe(404)
    expect(await stands()).toEqual(before)
  })

  test('is facilitated by whoever begins it, unless they say otherwise', async () => {
    const { filled } = ownForm((await site.as(leader).get(paths.groups.add)).html, paths.groups.add)!
    expect(filled['facilitators']).toBe(leader.id)
  })

  test('[U23] a session stands in its facilitator’s calendar, for whoever may see the group, and names nobody who comes', async () => {
    const groupId = await newGroup({ openTo: 'team', name: 'Only ours' })
    await addWeeks(groupId)
    await book(groupId, await newCase('Secretive'))
    const wanted = { workers: [leader.id], from: new Date('2026-11-27T00:00Z'), until: new Date('2026-11-28T00:00Z'), limit: 100 }
    const seenBy = async (user: User) =>
      (await as(database, user, (tx, actor) => sessionsInCalendars(tx, actor, wanted))).filter(one => one.about.startsWith('Only ours'))
    const seen = await seenBy(worker)
    expect(seen).toMatchObject([
      {
        what: 'Group work',
        about: 'Only ours: Sleep',
        startsAt: new Date('2026-11-27T14:00Z'),
        workerName: 'Demelza Vyvyan',
        person: null,
      },
    ])
    expect(JSON.stringify(seen)).not.toContain('Secretive')
    expect(await seenBy(partner)).toEqual([])
  })

  test('a session whose attendance is recorded is no longer planned in the calendar', async () => {
    const groupId = await newGroup({ name: 'Recorded by now' })
    const [held] = await addWeeks(groupId, 1)
    const id = await book(groupId, await newCase('Demelza'))
    const wanted = { workers: [leader.id], from: new Date('2026-11-20T00:00Z'), until: new Date('2026-11-21T00:00Z'), limit: 100 }
    const state = async () =>
      (await as(database, leader, (tx, actor) => sessionsInCalendars(tx, actor, wanted))).find(one => one.about.startsWith('Recorded'))
        ?.state
    expect(await state()).toBe('Planned')
    expect((await site.as(leader).post(paths.groups.register(groupId, held!), { [`attendance-${id}`]: 'attended' })).status).toBe(303)
    expect(await state()).toBe('Recorded')
  })

  test('somebody to whom a part of the case is shared sees its groups only if that is the part', async () => {
    const groupId = await newGroup()
    const theCase = await newCase('Jenifer')
    const id = await book(groupId, theCase)
    const share = (parts: string[]) =>
      as(database, worker, (tx, actor) =>
        grantAccess(tx, actor, clock.now(), {
          caseId: theCase.id,
          kind: 'share',
          holder: partner.principal,
          level: 'read',
          parts,
          purpose: 'Care',
          lawfulBasis: 'public-task',
        }),
      )
    await share(['plan'])
    expect((await site.as(partner).get(paths.groups.show(groupId))).words).toContain('1 more person')
    expect((await site.as(partner).get(paths.groups.booking(theCase.id, id))).status).toBe(404)
    await share(['groups'])
    expect((await site.as(partner).get(paths.groups.show(groupId))).words).toContain('Jenifer')
    expect((await site.as(partner).get(paths.groups.booking(theCase.id, id))).status).toBe(200)
    expect((await site.as(partner).post(paths.groups.endBooking(theCase.id, id), { outcome: 'left' })).status).toBe(404)
  })
})
