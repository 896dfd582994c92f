import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addCase, addPerson, addTeam, addUser, as, type Case, reader, type Team, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, withhold } from '../access/index.ts'
import { findTask, taskRoutes } from './index.ts'

/** Tasks that come again, wait for one another, are taken from a team, or are done many at once. */
let database: TestDatabase
let site: Site
let team: Team
let theCase: Case
let tamsin: User
let piran: User
let readOnly: User
let stranger: User
const clock = { at: new Date('2026-11-20T09:30:00Z'), now: () => clock.at }
const today = (iso: string) => {
  clock.at = new Date(iso)
}

beforeAll(async () => {
  database = await testDatabase()
  const agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  piran = await addUser(database, team, { name: 'Piran Hocking' })
  readOnly = await addUser(database, team, { may: reader })
  stranger = await addUser(database, await addTeam(database, agency))
  theCase = await newCase()
  site = await siteOf(database, clock, routes => taskRoutes(routes, { personBanner: async () => null, tabs: [] }))
})
afterAll(() => site.close())

const newCase = async () => addCase(database, await addPerson(database, team, { givenName: 'Oksana' }), team)
const on = (name: string, iso: string) => {
  const [year, month, day] = iso.split('-')
  return { [`${name}-day`]: day!, [`${name}-month`]: month!, [`${name}-year`]: year! }
}
async function add(title: string, fields: Record<string, string> = {}, { of = theCase, who = tamsin } = {}): Promise<string> {
  const saved = await site.as(who).post(`/cases/${of.id}/tasks/new`, { title, assignee: String(who.principal), ...fields })
  expect(saved.words).not.toContain('There is a problem')
  return (await rowsOf(title)).at(-1)!.id
}
type Row = { id: string; due: string | null; status: string; assignee: number }
const rowsOf = async (title: string): Promise<Row[]> =>
  (await database.admin.query('select id, due_on::text as due, status, assignee from tasks where title = $1 order by id', [title])).rows
const done = (id: string, who = tamsin, outcome = '') => site.as(who).post(`/tasks/${id}/complete`, { outcome })

describe('a task that comes again', () => {
  test('[F10] the next is made when one is done, on its own day, and there is never more than one', async () => {
    today('2026-11-20T09:30:00Z')
    const id = await add('Ring every fortnight', { ...on('due', '2026-11-20'), 'repeat-unit': 'weeks', 'repeat-every': '2' })
    expect((await site.as(tamsin).get(`/tasks/${id}`)).words).toContain('every 2 weeks')
    await done(id)
    expect((await rowsOf('Ring every fortnight')).map(row => [row.due, row.status])).toEqual([
      ['2026-11-20', 'done'],
      ['2026-12-04', 'open'],
    ])
    // Nobody came to it for seven weeks.
    today('2027-01-25T09:30:00Z')
    const second = (await rowsOf('Ring every fortnight')).at(-1)!
    expect((await site.as(tamsin).get(`/tasks/${second.id}`)).words).toContain('It has fallen due again 3 times since')
    await done(second.id)
    expect((await rowsOf('Ring every fortnight')).map(row => [row.due, row.status])).toEqual([
      ['2026-11-20', 'done'],
      ['2026-12-04', 'done'],
      ['2027-01-29', 'open'],
    ])
  })

  test('it ends with its last day, or when somebody says so; one can be left out', async () => {
    today('2026-11-20T09:30:00Z')
    const few = await add('Twice only', {
      ...on('due', '2026-11-20'),
      'repeat-unit': 'days',
      'repeat-every': '7',
      ...on('until', '2026-11-27'),
    })
    await done(few)
    await done((await rowsOf('Twice only')).at(-1)!.id)
    expect((await rowsOf('Twice only')).map(row => row.due)).toEqual(['2026-11-20', '2026-11-27'])

    const monthly = await add('Rent', { ...on('due', '2027-01-31'), 'repeat-unit': 'months', 'repeat-every': '1' })
    await site.as(tamsin).post(`/tasks/${monthly}/cancel`, { reason: 'Paid ahead', series: 'this' })
    const february = (await rowsOf('Rent')).at(-1)!
    expect(february.due).toBe('2027-02-28')
    await done(february.id)
    const march = (await rowsOf('Rent')).at(-1)!
    expect(march.due).toBe('2027-03-31')
    await site.as(tamsin).post(`/tasks/${march.id}/cancel`, { reason: 'He moved', series: 'all' })
    expect(await rowsOf('Rent')).toHaveLength(3)
  })

  test('without a first day, a number or a known unit it is refused, with everything kept', async () => {
    const post = (fields: Record<string, string>) =>
      site.as(tamsin).post(`/cases/${theCase.id}/tasks/new`, { title: 'Kept words', assignee: String(tamsin.principal), ...fields })
    for (const [fields, message] of [
      [{ 'repeat-unit': 'weeks', 'repeat-every': '1' }, 'Enter the first day'],
      [{ 'repeat-unit': 'weeks', ...on('due', '2026-11-20') }, 'Enter after how many weeks'],
      [{ 'repeat-unit': 'weeks', 'repeat-every': '0', ...on('due', '2026-11-20') }, 'a whole number from 1 to 400'],
      [{ 'repeat-unit': 'years', 'repeat-every': '1', ...on('due', '2026-11-20') }, 'Select how it comes again'],
      [{ remind: 'x' }, 'The reminder must be a whole number'],
    ] as const) {
      const reply = await post(fields as Record<string, string>)
      expect(reply.status).toBe(422)
      expect(reply.words).toContain(message)
      expect(reply.html).toContain('Kept words')
    }
  })
})

describe('a task that waits', () => {
  test('[F10] it is due so many days after another is done, and waits again when that is undone', async () => {
    today('2026-11-20T09:30:00Z')
    const of = await newCase()
    const first = await add('Send the referral', {}, { of })
    const second = await add('Ask what came of it', { after: `task:${first}`, 'after-days': '10' }, { of })
    expect((await site.as(tamsin).get(`/tasks/${second}`)).words).toMatch(/Waits for Send the referral due 10 days after/)
    expect((await site.as(tamsin).get(`/cases/${of.id}/tasks`)).words).toMatch(/Ask what came of it.*Waits/)
    // Neither waits for the other in a circle.
    expect((await site.as(tamsin).get(`/tasks/${first}/edit`)).html).not.toContain(`task:${second}`)
    await done(first, piran, 'Sent by email')
    expect((await rowsOf('Ask what came of it'))[0]!.due).toBe('2026-11-30')
    expect((await site.as(tamsin).get(`/tasks/${second}`)).words).toMatch(/Due : from “no date” to “30\/11\/2026”/)
    const undone = await site.as(piran).post(`/tasks/${first}/undo`, {})
    expect(undone.status).toBe(303)
    expect((await rowsOf('Ask what came of it'))[0]!.due).toBeNull()
    const page = await site.as(tamsin).get(`/tasks/${first}`)
    expect(page.words).toMatch(/What came of it : from “Sent by email” to “nothing”/)
    expect(page.words).toContain('Who does it')
    // Cancelled, what waited for it is not forgotten.
    await site.as(tamsin).post(`/tasks/${first}/cancel`, { reason: 'Sent by somebody else' })
    expect((await rowsOf('Ask what came of it'))[0]!.due).toBe('2026-11-30')
  })
})

describe('taking back that a task was done', () => {
  test('within a day, with the next of a series; not once that has been touched', async () => {
    today('2026-11-20T09:30:00Z')
    const id = await add('Weekly call', { ...on('due', '2026-11-20'), 'repeat-unit': 'weeks', 'repeat-every': '1' })
    await done(id)
    await site.as(tamsin).post(`/tasks/${id}/undo`, {})
    expect((await rowsOf('Weekly call')).map(row => row.status)).toEqual(['open', 'cancelled'])
    await done(id)
    expect((await rowsOf('Weekly call')).map(row => row.status)).toEqual(['done', 'cancelled', 'open'])
    await done((await rowsOf('Weekly call')).at(-1)!.id)
    await site.as(tamsin).post(`/tasks/${id}/undo`, {})
    expect((await rowsOf('Weekly call'))[0]!.status).toBe('done')
  })

  test('not after a day, and not by a reader or a stranger', async () => {
    today('2026-11-20T09:30:00Z')
    const id = await add('Done for good')
    await done(id)
    expect((await site.as(readOnly).post(`/tasks/${id}/undo`, {})).status).toBe(404)
    expect((await site.as(stranger).post(`/tasks/${id}/undo`, {})).status).toBe(404)
    expect((await site.as(tamsin).get(`/tasks/${id}`)).words).toContain('open it again')
    today('2026-11-21T09:31:00Z')
    expect((await site.as(tamsin).get(`/tasks/${id}`)).words).not.toContain('open it again')
    await site.as(tamsin).post(`/tasks/${id}/undo`, {})
    expect((await rowsOf('Done for good'))[0]!.status).toBe('done')
  })
})

describe('a task of a team', () => {
  test('[F10] somebody takes it, the others see who has it, and it can be given back; the second to ask is told', async () => {
    today('2026-11-20T09:30:00Z')
    const id = await add('For whoever is in', { assignee: String(team.principal) })
    expect((await site.as(piran).get('/tasks?view=team')).words).toContain('For whoever is in')
    expect((await site.as(readOnly).post(`/tasks/${id}/take`, {})).status).toBe(404)
    await site.as(piran).post(`/tasks/${id}/take`, {})
    await site.as(tamsin).post(`/tasks/${id}/take`, {})
    expect((await rowsOf('For whoever is in'))[0]!.assignee).toBe(piran.principal)
    expect((await site.as(tamsin).get(`/tasks/${id}`)).words).toMatch(/Piran Hocking Taken from /)
    expect((await site.as(piran).get('/tasks')).words).toContain('For whoever is in')
    await site.as(tamsin).post(`/tasks/${id}/put-back`, {})
    expect((await rowsOf('For whoever is in'))[0]!.assignee).toBe(piran.principal)
    await site.as(piran).post(`/tasks/${id}/put-back`, {})
    expect((await rowsOf('For whoever is in'))[0]!.assignee).toBe(team.principal)
  })

  test('one of no case is still seen by its team when somebody has taken it', async () => {
    const saved = await site.as(tamsin).post('/tasks/new', { title: 'Water the plants', assignee: String(team.principal) })
    expect(saved.status).toBe(303)
    const { id } = (await rowsOf('Water the plants'))[0]!
    await site.as(piran).post(`/tasks/${id}/take`, {})
    expect((await site.as(readOnly).get(`/tasks/${id}`)).words).toContain('Piran Hocking')
    expect((await site.as(stranger).get(`/tasks/${id}`)).status).toBe(404)
  })

  test('what comes again is the team’s again', async () => {
    const id = await add('Check the inbox', {
      assignee: String(team.principal),
      ...on('due', '2026-11-20'),
      'repeat-unit': 'days',
      'repeat-every': '1',
    })
    await site.as(piran).post(`/tasks/${id}/take`, {})
    await done(id, piran)
    expect((await rowsOf('Check the inbox')).map(row => row.assignee)).toEqual([piran.principal, team.principal])
  })
})

describe('many at once', () => {
  test('[F10] chosen on the list, shown, and each done with an audit of its own', async () => {
    today('2026-11-20T09:30:00Z')
    const ids = [await add('Bulk one', on('due', '2026-11-19')), await add('Bulk two', on('due', '2026-11-19')), await add('Bulk three')]
    const list = await site.as(tamsin).get('/tasks?due=overdue')
    expect(list.html).toContain('action="/tasks/bulk"')
    expect(list.words).not.toContain('Bulk three')
    const chosen = ids.map(id => `task=${id}`).join('&')
    expect((await site.as(tamsin).get(`/tasks/bulk?do=done&${chosen}`)).words).toContain('Mark 3 tasks as done')
    const told = await database.admin.query(`select from audit_events where action = 'tasks-listed' and subject_id = any ($1)`, [ids])
    expect(told.rows).toHaveLength(3)
    await done(ids[2]!)
    const moved = await site
      .as(tamsin)
      .post('/tasks/bulk', { do: 're-date', task: ids, ...on('due', '2026-11-27'), from: '/tasks?due=overdue' })
    expect(moved.location).toBe('/tasks?due=overdue')
    expect((await Promise.all(['Bulk one', 'Bulk two', 'Bulk three'].map(rowsOf))).map(rows => rows[0]!.due)).toEqual([
      '2026-11-27',
      '2026-11-27',
      null,
    ])
    await site.as(tamsin).post('/tasks/bulk', { do: 'done', task: ids, outcome: 'All at the meeting', from: 'https://elsewhere.example' })
    const { rows } = await database.admin.query(
      `select subject_id from audit_events where action = 'task-done' and subject_id = any ($1)`,
      [ids],
    )
    expect(rows).toHaveLength(3)
  })

  test('[U13] what somebody may not change is left as it is, whatever is posted', async () => {
    const id = await add('Not yours')
    for (const who of [readOnly, stranger]) {
      const reply = await site.as(who).post('/tasks/bulk', { do: 'done', task: [id] })
      expect([303, 404]).toContain(reply.status)
    }
    expect((await rowsOf('Not yours'))[0]!.status).toBe('open')
    expect((await site.as(stranger).get(`/tasks/bulk?do=done&task=${id}`)).location).toBe('/tasks')
  })
})

describe('lists', () => {
  test('[F10] narrowed by the address, and taken away as CSV, recorded', async () => {
    today('2026-11-20T09:30:00Z')
    const who = await addUser(database, team, { name: 'Kerensa Lugg' })
    for (const [title, day] of [
      ['Late', '2026-11-19'],
      ['Now', '2026-11-20'],
      ['Soon', '2026-11-26'],
      ['Far', '2026-12-26'],
    ] as const)
      await add(title, on('due', day), { who })
    await add('=cmd|calc', {}, { who })
    const words = async (due: string) => (await site.as(who).get(`/tasks?due=${due}`)).words
    expect(await words('overdue')).toMatch(/Late/)
    expect(await words('overdue')).not.toMatch(/ Soon /)
    expect(await words('week')).toMatch(/Now .*Soon/)
    expect(await words('none')).toContain('=cmd|calc')
    const csv = await site.as(who).get('/tasks?as=csv')
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body.toString()).toMatch(/Late,,19\/11\/2026,Kerensa Lugg,"PENROSE, Oksana"/)
    expect(csv.body.toString()).toContain(`'=cmd|calc`)
    const { rows } = await database.admin.query(`select detail from audit_events where action = 'tasks-downloaded' and user_id = $1`, [
      who.id,
    ])
    expect(rows).toEqual([{ detail: { view: 'mine', tasks: 5 } }])
  })

  test('[U4] whoever allocates sees what colleagues have to do, as far as they may see it', async () => {
    const leader = await addUser(database, team, { may: ['read-records', 'record', 'manage-allocation'] })
    await add('A colleague’s own', {}, { who: piran })
    const hidden = await newCase()
    await add('Hidden from the leader', {}, { who: piran, of: hidden })
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: hidden.id, holder: leader.principal, reason: 'Related' }),
    )
    const list = (await site.as(leader).get('/tasks?view=colleagues')).words
    expect(list).toContain('A colleague’s own')
    expect(list).not.toContain('Hidden from the leader')
    expect((await site.as(leader).get('/tasks?view=colleagues&as=csv')).body.toString()).not.toContain('Hidden from the leader')
    const caseworker = await addUser(database, team, { may: ['read-records', 'record'] })
    expect((await site.as(caseworker).get('/tasks?view=colleagues')).words).not.toContain('A colleague’s own')
  })

  test('[E5] a partner is offered all of their colleagues, from whomever it is kept; what they give to such a one is told to its worker alone', async () => {
    const elsewhere = await addTeam(database, await addAgency(database))
    const [partner, kept] = [await addUser(database, elsewhere), await addUser(database, elsewhere, { name: 'Wella Goldsworthy' })]
    const of = await newCase()
    await database.admin.query('update cases set worker_id = $2 where id = $1', [of.id, tamsin.id])
    await as(database, tamsin, async (tx, actor) => {
      const share = { caseId: of.id, kind: 'share', holder: elsewhere.agency.principal, level: 'edit', lawfulBasis: 'law' } as const
      await grantAccess(tx, actor, clock.now(), { ...share, purpose: 'Joint work' })
      await withhold(tx, actor, clock.now(), { caseId: of.id, holder: kept.principal, reason: 'Her brother' })
    })
    const form = `/cases/${of.id}/tasks/new`
    expect((await site.as(partner).get(form)).words).toContain(kept.name)
    expect((await site.as(tamsin).get(form)).words).not.toContain(kept.name)
    const id = await add('Given in vain', { assignee: String(kept.principal) }, { of, who: partner })
    expect([(await site.as(kept).get(`/tasks/${id}`)).status, (await site.as(kept).get('/tasks')).words.includes('Given in vain')]).toEqual(
      [404, false],
    )
    const { rows } = await database.admin.query<{ user: string; words: string }>(
      `select user_id as user, words from notices where case_id = $1 order by at`,
      [of.id],
    )
    expect(rows).toEqual([{ user: tamsin.id, words: expect.stringContaining('give it to somebody else') }])
  })

  test('[U13] a share of the notes alone shows no task; one of the tasks shows them and no list of dates', async () => {
    const partner = await addUser(database, await addTeam(database, await addAgency(database)))
    const of = await newCase()
    const id = await add('Of a shared case', {}, { of })
    const share = (parts: string[]) =>
      as(database, tamsin, (tx, actor) =>
        grantAccess(tx, actor, clock.now(), {
          caseId: of.id,
          kind: 'share',
          holder: partner.principal,
          level: 'edit',
          parts,
          purpose: 'To help',
          lawfulBasis: 'Public task',
        }),
      )
    await share(['notes'])
    expect((await site.as(partner).get(`/tasks/${id}`)).status).toBe(404)
    await share(['tasks'])
    expect((await site.as(partner).get(`/tasks/${id}`)).status).toBe(200)
    expect((await done(id, partner, 'By the partner')).status).toBe(303)
    expect(await as(database, tamsin, async (tx, actor) => (await findTask(tx, actor, id))?.outcome)).toBe('By the partner')
  })
})
