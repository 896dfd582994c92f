import { afterAll, describe, expect, test } from 'vitest'
import { addTeam, addUser, as, commissioner, type User, worker as works } from '../../test/factories/world.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { grantAccess, rewriteCase, withhold } from '../access/index.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { sessionsInCalendars } from './index.ts'
import { idIn, startGroupWork, week } from './testing/group-work.ts'

const clock = fixedClock('2026-11-20T16:30:00Z')
const work = await startGroupWork(clock)
const {
  database,
  site,
  agency,
  team,
  leader,
  worker,
  readOnly,
  partnerAgency,
  partnerTeam,
  partner,
  newCase,
  newGroup,
  addWeeks,
  book,
  standingOf,
  fillPlaces,
  end,
} = work
afterAll(() => work.close())

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
