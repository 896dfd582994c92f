import { afterAll, describe, expect, test } from 'vitest'
import { addTeam, addUser } from '../../test/factories/world.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { startGroupWork, week } from './testing/group-work.ts'

const clock = fixedClock('2026-11-20T16:30:00Z')
const work = await startGroupWork(clock)
const { database, site, agency, leader, worker, partnerTeam, partner, newCase, newGroup, addWeeks, book, standingOf, fillPlaces, end } =
  work
afterAll(() => work.close())

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
