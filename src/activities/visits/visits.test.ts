import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { keepersFor } from '../../../test/factories/addresses.ts'
import { addTeam, addUser, as, type User } from '../../../test/factories/world.ts'
import { lockCase, raiseFlag } from '../../cases/index.ts'
import { watchVisits } from '../index.ts'
import { at, dayOf, ofCase, startDiary } from '../testing/diary.ts'

let now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const diary = await startDiary(clock)
const { database, site, agency, team, tamsin, piran, leader, readOnly, stranger, partner, rows, bookOn, newCase, withdrawn, noticesOf } =
  diary
afterAll(() => diary.close())

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
      `insert into person_addresses (id, person_id, kind, lines, postcode, confidential, recorded_at, named_readers, kept_by, readers, editors)
       select gen_random_uuid(), id, 'refuge', '9 Quiet Lane', 'TR19 7AB', true, now(), ${keepersFor(team)}, readers, editors from people where id = $1`,
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
