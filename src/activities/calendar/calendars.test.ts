import ICAL from 'ical.js'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { addUser, as, type User } from '../../../test/factories/world.ts'
import { withhold } from '../../access/index.ts'
import { calendarOf } from '../calendar/feed.ts'
import { at, ofCase, startDiary } from '../testing/diary.ts'

const now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const diary = await startDiary(clock)
const { database, site, team, tamsin, piran, stranger, booking, bookOn, newCase, sessions } = diary
afterAll(() => diary.close())

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
