import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { actorOf, addCase, addPerson, addTeam, addUser, as } from '../../../test/factories/world.ts'
import { missedRoutes } from '../../admin/missed-appointments/missed-appointments.routes.tsx'
import type { Fate } from '../../cases/index.ts'
import { endAppointments, openAppointmentsOf, remindOfAppointment } from '../index.ts'
import { at, dayOf, ofCase, startDiary } from '../testing/diary.ts'

let now = new Date('2026-11-20T09:30:00Z')
const clock = { now: () => now }
const diary = await startDiary(clock, missedRoutes)
const {
  database,
  site,
  agency,
  team,
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
} = diary
afterAll(() => diary.close())

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
