import { afterAll, describe, expect, test } from 'vitest'
import {
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type Team,
  type User,
  worker as works,
} from '../../test/factories/world.ts'
import { withhold } from '../access/index.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { startGroupWork } from './testing/group-work.ts'

// A Friday; the session is on the next.
const clock = fixedClock('2026-11-20T10:30:00Z')
const work = await startGroupWork(clock)
const { database, site, team, leader, newGroup } = work
const sender = await addUser(database, team, { name: 'Tamsin Rowe', may: [...works, 'send-texts'] })
afterAll(() => work.close())

let numbers = 0
async function someone(givenName: string, of: Team = team, mobile = true): Promise<Case> {
  const person = await addPerson(database, of, { givenName, familyName: 'Angove' })
  if (mobile)
    await database.admin.query(
      `insert into person_contacts (id, person_id, kind, value, recorded_at, safe_use, leave_message, safe_days, readers, editors, withheld)
       select gen_random_uuid(), id, 'mobile', $2, $3, 'any', true, '{}', readers, editors, withheld from people where id = $1`,
      [person.id, `+447700900${String(numbers++).padStart(3, '0')}`, clock.now()],
    )
  return addCase(database, person, of)
}

type Meeting = { groupId: string; sessionId: string }
async function meeting(...cases: Case[]): Promise<Meeting> {
  const groupId = await newGroup({ capacity: '9' })
  const when = { 'starts-day': '27', 'starts-month': '11', 'starts-year': '2026', 'starts-time': '2pm', 'ends-time': '4pm', every: '1' }
  await site.as(leader).post(paths.groups.addSessions(groupId), { ...when, count: '1', topic: 'Sleep' })
  for (const one of cases) expect((await site.as(leader).post(paths.groups.book(groupId, one.id), {})).status).toBe(303)
  const { rows } = await database.admin.query<{ id: string }>('select id from group_sessions where group_id = $1', [groupId])
  return { groupId, sessionId: rows[0]!.id }
}
const cancel = ({ groupId, sessionId }: Meeting) =>
  site.as(leader).post(paths.groups.cancelSession(groupId, sessionId), { because: 'The hall is flooded' })
const sessionPage = async (user: User, { groupId, sessionId }: Meeting) =>
  (await site.as(user).get(paths.groups.session(groupId, sessionId))).words
/** The check before a text to these is sent. */
async function check(user: User, group: string, words: string): Promise<string> {
  const { status, location, words: refused } = await site.as(user).post('/messages/new', { group, words })
  return status === 303 ? (await site.as(user).get(location!)).words : `${status} ${refused}`
}

describe('[U7] [U23] the people of a group', () => {
  test('are texted at once from its page: who gets it, who is left out and why, before anything is sent', async () => {
    const { groupId } = await meeting(await someone('Elowen'), await someone('Jory'), await someone('Kerra', team, false))
    const { html } = await site.as(sender).get(paths.groups.show(groupId))
    const href = /href="(\/messages\/new\?group=group[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    expect((await site.as(sender).get(href!)).words).toContain('Everybody in Moving on')
    const words = await check(sender, `group|${groupId}`, 'Hello ((first name)), bring a coat.')
    expect(words).toContain('Goes to 2 people')
    expect(words).toMatch(/Hello Elowen, bring a coat\..*Hello Jory, bring a coat\..*Who is left out.*ANGOVE, Kerra.*No mobile number/)
  })

  test('are those alone whom the sender may see', async () => {
    const hidden = await someone('Hidden')
    const partnerTeam = await addTeam(database, await addAgency(database))
    const partner = await addUser(database, partnerTeam, { may: [...works, 'send-texts'] })
    const { groupId } = await meeting(await someone('Elowen'), hidden)
    await as(database, leader, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: hidden.id, holder: sender.principal, reason: 'Related' }),
    )
    expect(await check(sender, `group|${groupId}`, 'Hello')).toMatch(/^(?!.*Hidden).*Goes to 1 person/)
    expect(await check(partner, `group|${groupId}`, 'Hello')).toMatch(/^(?!.*(Elowen|Hidden)).*Goes to Nobody/)
    expect((await site.as(partner).get(paths.groups.show(groupId))).words).not.toContain('Text everybody')
  })

  test('are texted by nobody without the right, of a group that is not open to them, or that is none', async () => {
    const { groupId } = await meeting(await someone('Elowen'))
    expect((await site.as(leader).get(paths.groups.show(groupId))).words).not.toContain('Text everybody')
    await database.admin.query(`update groups set open_to = 'team' where id = $1`, [groupId])
    const stranger = await addUser(database, await addTeam(database, team.agency), { may: [...works, 'send-texts'] })
    for (const group of [`group|${groupId}`, 'group|none', `session|${groupId}`])
      expect([group, await check(stranger, group, 'Hello')]).toEqual([group, expect.stringMatching(/^422.*Select who it is for/)])
  })
})

describe('[U7] [U23] whoever is expected at a session', () => {
  test('is reminded of its day and time', async () => {
    const { sessionId } = await meeting(await someone('Elowen'))
    const form = await site.as(sender).get(paths.messages.toGroup(`session|${sessionId}`))
    expect(form.words).toContain('Whoever comes to Moving on, Friday 27/11/2026, 2pm to 4pm')
    expect(await check(sender, `session|${sessionId}`, 'See you ((appointment day)) at ((appointment time)).')).toContain(
      'See you Friday 27 November at 2pm.',
    )
  })

  test('and is cancelled, is told of that and reminded of nothing', async () => {
    const where = await meeting(await someone('Elowen'))
    await cancel(where)
    expect(await check(sender, `session|${where.sessionId}`, 'Hello')).toMatch(/^422/)
    expect(await sessionPage(sender, where)).toContain('Text those not told yet')
    const form = await site.as(sender).get(paths.messages.toGroup(`cancelled-session|${where.sessionId}`))
    expect(form.words).toContain('What was planned for ((appointment day)) at ((appointment time)) will not take place')
    expect(form.words).not.toContain('A reminder')
    expect(await check(sender, `cancelled-session|${where.sessionId}`, 'Not on ((appointment day)).')).toContain(
      'Not on Friday 27 November.',
    )
  })
})

describe('[U23] who has been told that a session is cancelled', () => {
  const tell = (user: User, { groupId, sessionId }: Meeting, told: string[]) =>
    site.as(user).post(paths.groups.told(groupId, sessionId), { told })
  const bookingOf = async (one: Case) =>
    (await database.admin.query<{ id: string }>('select id from group_bookings where case_id = $1', [one.id])).rows[0]!.id

  test('is ticked, with by whom and when; and is texted no more', async () => {
    const [elowen, jory] = [await someone('Elowen'), await someone('Jory')]
    const where = await meeting(elowen, jory)
    await cancel(where)
    expect(await sessionPage(sender, where)).toContain('2 people are still to be told.')
    expect((await tell(sender, where, [await bookingOf(elowen)])).status).toBe(303)
    const page = await sessionPage(leader, where)
    expect(page).toContain('1 person is still to be told.')
    expect(page).toContain('Tamsin Rowe, 20/11/2026')
    expect(await check(sender, `cancelled-session|${where.sessionId}`, 'Hello')).toMatch(/^(?!.*Elowen).*Goes to 1 person.*Jory/)
    // Ringing twice keeps who was first.
    await tell(leader, where, [await bookingOf(elowen)])
    expect(await sessionPage(leader, where)).not.toContain('Demelza Vyvyan, 20/11/2026')
    const audited = await database.admin.query(`select from audit_events where case_id = $1 and action = 'group-cancellation-told'`, [
      elowen.id,
    ])
    expect(audited.rowCount).toBe(1)
  })

  test('is taken back where it was not so', async () => {
    const elowen = await someone('Elowen')
    const where = await meeting(elowen)
    await cancel(where)
    await tell(sender, where, [await bookingOf(elowen)])
    expect(await sessionPage(leader, where)).toContain('Everybody here has been told.')
    const undone = await site.as(leader).post(paths.groups.notTold(where.groupId, where.sessionId), { booking: await bookingOf(elowen) })
    expect(undone.status).toBe(303)
    expect(await sessionPage(leader, where)).toContain('1 person is still to be told.')
    await tell(leader, where, [await bookingOf(elowen)])
    expect(await sessionPage(leader, where)).toContain('Demelza Vyvyan, 20/11/2026')
  })

  test('is not ticked by those who may not change the case, of a session that is held, or with nobody ticked', async () => {
    const elowen = await someone('Elowen')
    const where = await meeting(elowen)
    const booking = await bookingOf(elowen)
    expect((await tell(leader, where, [booking])).status).toBe(404)
    await cancel(where)
    const readOnly = await addUser(database, team, { may: reader })
    const partner = await addUser(database, await addTeam(database, await addAgency(database)))
    expect((await tell(readOnly, where, [booking])).status).toBe(404)
    await tell(partner, where, [booking])
    await tell(leader, where, [])
    expect((await site.as(partner).post(paths.groups.notTold(where.groupId, where.sessionId), { booking })).status).toBe(404)
    expect(await sessionPage(readOnly, where)).toMatch(/1 person is still to be told\..*Not yet/)
    expect(await sessionPage(partner, where)).toContain('Nobody whom you may see was expected.')
    const { rowCount } = await database.admin.query('select from group_session_tellings where booking_id = $1', [booking])
    expect(rowCount).toBe(0)
  })
})
