import { afterAll, describe, expect, test } from 'vitest'
import { actorOf, addCase, addPerson, addUser, as } from '../../../test/factories/world.ts'
import { withhold } from '../../access/index.ts'
import { remindOfAppointment } from '../index.ts'
import { at, dayOf, ofCase, startDiary } from '../testing/diary.ts'

let now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const diary = await startDiary(clock)
const { database, site, team, theCase, tamsin, piran, leader, rows, booking, bookOn, newCase, withdrawn, noticesOf } = diary
afterAll(() => diary.close())

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
