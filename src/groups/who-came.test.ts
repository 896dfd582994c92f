import { afterAll, describe, expect, test } from 'vitest'
import type { Case } from '../../test/factories/world.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { startGroupWork } from './testing/group-work.ts'

const clock = fixedClock('2026-11-20T16:30:00Z')
const work = await startGroupWork(clock)
const { database, site, leader, worker, partnerTeam, partner, newCase, newGroup, addWeeks, book } = work
afterAll(() => work.close())

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

  test('what was written on a register while its session was cancelled is given back, and nobody is recorded', async () => {
    const groupId = await newGroup()
    const [today] = await addWeeks(groupId)
    const id = await book(groupId, await newCase('Merryn'))
    const register = paths.groups.register(groupId, today!)
    await database.admin.query(
      `update group_sessions set cancelled_at = now(), cancelled_by = $2, cancelled_because = 'Flood' where id = $1`,
      [today, leader.id],
    )
    const typed = { shared: 'A long account.', [`attendance-${id}`]: 'attended', [`alone-${id}`]: 'She was low.' }
    for (const then of ['', 'all-came']) {
      const refused = await site.as(worker).post(register, { ...typed, _then: then })
      for (const words of ['A long account.', 'She was low.', 'You had selected: Attended.']) expect(refused.html).toContain(words)
      if (!then) expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('The session has been cancelled meanwhile')])
    }
    const { rows } = await database.admin.query('select 1 from group_attendances where session_id = $1', [today])
    expect(rows).toEqual([])
    expect((await site.as(worker).get(register)).status).toBe(404)
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
