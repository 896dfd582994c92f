import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  addAgency,
  addCase,
  addManyUsers,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, withhold } from '../access/index.ts'
import { planRoutes } from '../cases/index.ts'
import { fixedClock, today } from '../platform/clock.ts'
import { doNextFor, endActions, openActionsOf, taskRoutes } from './index.ts'

let database: TestDatabase
let site: Site
let agency: Agency
let team: Team
let theCase: Case
let tamsin: User
let colleague: User
let otherTeam: User
let partnerAgency: Agency
let partner: User
let readOnly: User

const clock = fixedClock('2026-11-20T09:30:00Z')

beforeAll(async () => {
  database = await testDatabase()
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team, { name: 'Piran Hocking' })
  readOnly = await addUser(database, team, { may: reader })
  otherTeam = await addUser(database, await addTeam(database, agency))
  partnerAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, partnerAgency), { name: 'Partner of another agency' })
  theCase = await newCase()
  site = await siteOf(database, clock, routes => {
    const frame = { personBanner: async () => null, tabs: [] }
    taskRoutes(routes, frame)
    planRoutes(routes, frame)
  })
})
afterAll(() => site.close())

const newCase = async () => addCase(database, await addPerson(database, team, { givenName: 'Oksana' }), team)
const at = (of = theCase) => `/cases/${of.id}/tasks`
const due = (day: string, month = '11') => ({ 'due-day': day, 'due-month': month, 'due-year': '2026' })
const idOf = async (title: string): Promise<string> =>
  (await database.admin.query<{ id: string }>('select id from tasks where title = $1', [title])).rows[0]!.id
const add = async (title: string, fields: Record<string, string> = {}, { who = tamsin, to = `${at()}/new` } = {}): Promise<string> => {
  const saved = await site.as(who).post(to, { title, assignee: String(who.principal), ...fields })
  expect(saved.words).not.toContain('There is a problem')
  expect(saved.status).toBe(303)
  return idOf(title)
}

describe('tasks of a case', () => {
  test('[U22] a task is given, seen by the team, overdue in words, and done with who and when', async () => {
    const id = await add('Ring housing about the tenancy', {
      ...due('17'),
      assignee: String(colleague.principal),
      detail: 'Ask for Mrs Bray.',
    })
    const list = await site.as(tamsin).get(at())
    expect(list.words).toContain('1 open task')
    expect(list.words).toMatch(/Ring housing about the tenancy.*3 days overdue.*Piran Hocking/)
    const mine = await site.as(colleague).get('/tasks')
    const listed = await database.admin.query(`select from audit_events where action = 'tasks-listed' and user_id = $1`, [colleague.id])
    expect(listed.rows).toHaveLength(1)
    expect(mine.words).toContain('1 task 1 overdue')
    expect(mine.words).toMatch(/Ring housing.*PENROSE, Oksana/)
    expect((await site.as(tamsin).get('/tasks?view=given')).words).toContain('Ring housing')
    expect((await site.as(colleague).post(`/tasks/${id}/complete`, { outcome: 'She rings back on Monday' })).status).toBe(303)
    const page = await site.as(tamsin).get(`/tasks/${id}`)
    expect(page.words).toMatch(/Done 20\/11\/2026 09:30, Piran Hocking/)
    expect(page.words).toContain('She rings back on Monday')
    const told = await database.admin.query('select title from timeline_entries where source_id = $1 order by id', [id])
    expect(told.rows.map(row => row.title)).toEqual(['Task: Ring housing about the tenancy', 'Task done: Ring housing about the tenancy'])
    const audited = await database.admin.query(
      `select action, person_id from audit_events where subject_id = $1 and action <> 'task-opened' order by id`,
      [id],
    )
    expect(audited.rows).toEqual([
      { action: 'task-added', person_id: theCase.personId },
      { action: 'task-done', person_id: theCase.personId },
    ])
  })

  test('a cancelled task says why; what has ended cannot end again', async () => {
    const id = await add('No longer needed')
    expect((await site.as(tamsin).post(`/tasks/${id}/cancel`, {})).status).toBe(422)
    expect((await site.as(tamsin).post(`/tasks/${id}/cancel`, { reason: 'He moved away' })).status).toBe(303)
    await site.as(colleague).post(`/tasks/${id}/complete`, { outcome: 'Done after all' })
    const page = await site.as(tamsin).get(`/tasks/${id}`)
    expect(page.words).toContain('He moved away')
    expect(page.words).not.toContain('Done after all')
    expect((await site.as(tamsin).get('/tasks?view=ended')).status).toBe(200)
  })

  test('what a task said before is kept, shown on its page and named in the audit', async () => {
    const id = await add('Ring the school', { ...due('24'), detail: 'Ask for Mrs Bray.' })
    const version = /name="version" value="(\d+)"/.exec((await site.as(tamsin).get(`/tasks/${id}/edit`)).html)![1]!
    const change = {
      version,
      title: 'Ring the new school',
      detail: 'Ask for Mrs Bray.',
      assignee: String(colleague.principal),
      ...due('26'),
    }
    expect((await site.as(tamsin).post(`/tasks/${id}/edit`, change)).status).toBe(303)
    const page = await site.as(readOnly).get(`/tasks/${id}`)
    expect(page.words).toMatch(/What changed .*20\/11\/2026 09:30 Tamsin Rowe/)
    expect(page.words).toContain('What is to be done : from “Ring the school” to “Ring the new school”')
    expect(page.words).toContain('Due : from “24/11/2026” to “26/11/2026”')
    expect(page.words).toContain('Who does it : from “Tamsin Rowe” to “Piran Hocking”')
    expect(page.words).not.toContain('Details : from')
    const audited = await database.admin.query(`select detail from audit_events where subject_id = $1 and action = 'task-changed'`, [id])
    expect(audited.rows).toEqual([{ detail: { fields: ['title', 'dueOn', 'assignee'] } }])
    for (const change of [
      sql`update task_changes set before = '{}' where task_id = ${id}`,
      sql`delete from task_changes where task_id = ${id}`,
    ])
      await expect(as(database, tamsin, tx => change.execute(tx))).rejects.toThrow(/permission denied/)
    const { rows } = await as(database, partner, tx => sql`select 1 from task_changes where task_id = ${id}`.execute(tx))
    expect(rows).toEqual([])
  })

  test('every task that has ended can be reached, page by page', async () => {
    const busy = await addUser(database, team)
    await database.admin.query(
      `insert into tasks (id, title, assignee, status, created_at, created_by, closed_at, closed_by, readers, editors)
       select gen_random_uuid(), 'Ended ' || n, $1, 'done', now(), $2, timestamptz '2026-11-01 09:00:00.000123Z' + (n / 2) * interval '1 minute', $2, array[$1::int], array[$1::int]
       from generate_series(1, 120) n`,
      [busy.principal, busy.id],
    )
    const seen: string[] = []
    for (let next: string | undefined = '/tasks?view=ended'; next; ) {
      const page = await site.as(busy).get(next)
      seen.push(...[...page.html.matchAll(/>Ended (\d+)</g)].map(one => one[1]!))
      next = /href="(\/tasks\?view=ended[^"]*after=[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
    expect((await site.as(busy).get('/tasks?view=ended&after=nonsense')).status).toBe(200)
  })

  test('two people changing a task at once are both told', async () => {
    const id = await add('Changed by two')
    const version = /name="version" value="(\d+)"/.exec((await site.as(tamsin).get(`/tasks/${id}/edit`)).html)![1]!
    const change = { assignee: String(tamsin.principal), version }
    expect((await site.as(colleague).post(`/tasks/${id}/edit`, { ...change, title: 'Changed by Piran' })).status).toBe(303)
    const late = await site.as(tamsin).post(`/tasks/${id}/edit`, { ...change, title: 'Changed by Tamsin' })
    expect(late.status).toBe(422)
    expect(late.words).toContain('Theirs: Changed by Piran')
    expect(late.html).toContain('value="Changed by Tamsin"')
  })

  test.each([
    ['nothing to do', { title: '' }, 'Enter what is to be done'],
    ['too many words', { title: 'a'.repeat(201) }, 'must be 200 characters or fewer'],
    ['a day that is none', { 'due-day': '31', 'due-month': '11', 'due-year': '2026' }, 'Date must be a real date'],
    ['somebody who is nobody', { assignee: '999999' }, 'Select somebody who may see this task'],
  ])('[U16] %s is refused, and what was typed is kept', async (_what, fields, message) => {
    const page = await site
      .as(tamsin)
      .post(`${at()}/new`, { title: 'A title', detail: 'Kept words', assignee: String(tamsin.principal), ...fields })
    expect(page.status).toBe(422)
    expect(page.words).toContain(message)
    expect(page.html).toContain('Kept words')
  })

  test('the same form sent twice adds one task', async () => {
    const once = crypto.randomUUID()
    const fields = { title: 'Sent twice', assignee: String(tamsin.principal) }
    await site.as(tamsin).post(`${at()}/new`, fields, { once })
    await site.as(tamsin).post(`${at()}/new`, fields, { once })
    expect((await database.admin.query(`select id from tasks where title = 'Sent twice'`)).rows).toHaveLength(1)
  })

  test('a task can be given to whoever may open it, however many they are and however late they sort', async () => {
    const large = await addTeam(database, await addAgency(database))
    const worker = await addUser(database, large, { name: 'Aaron First' })
    const last = await addManyUsers(database, large, 400)
    const of = await addCase(database, await addPerson(database, large), large)
    expect((await site.as(worker).get(`${at(of)}/new`)).html).toContain(last.name)
    await add('For the last of them', { assignee: String(last.principal) }, { who: worker, to: `${at(of)}/new` })
  })

  test('after a task was given, one stands on the list that it is on', async () => {
    const given = async (to: { principal: number }, title: string) => {
      const { location } = await site.as(tamsin).post('/tasks/new', { title, assignee: String(to.principal) })
      expect((await site.as(tamsin).get(location!)).words).toContain(title)
      return location
    }
    expect(await given(tamsin, 'Mine to do')).toBe('/tasks')
    expect(await given(team, 'Anybody’s to do')).toBe('/tasks?view=team')
    expect(await given(colleague, 'Piran’s to do')).toBe('/tasks?view=given')
  })

  test('a task is offered, and can be given, to nobody who only reads', async () => {
    for (const form of [`${at()}/new`, '/tasks/new']) {
      const { html } = await site.as(tamsin).get(form)
      expect(html).toContain(`value="${colleague.principal}"`)
      expect(html).not.toContain(`value="${readOnly.principal}"`)
      const fields = { title: 'Not theirs to end', assignee: String(readOnly.principal) }
      expect((await site.as(tamsin).post(form, fields)).status).toBe(422)
    }
  })

  test('a task can be given to nobody who could not open it', async () => {
    const page = await site.as(tamsin).post(`${at()}/new`, { title: 'For the partner', assignee: String(partner.principal) })
    expect(page.status).toBe(422)
    expect(page.html).not.toContain('Partner of another agency')
  })
})

describe('what is still open', () => {
  test('[U22] closing a case asks about its open tasks and plan actions', async () => {
    const of = await newCase()
    await add('Still to do', due('25'), { to: `${at(of)}/new` })
    await site.as(tamsin).post(`/cases/${of.id}/plan/needs/new`, { title: 'A home' })
    const need = /plan\/needs\/([0-9a-f-]{36})\/goals/.exec((await site.as(tamsin).get(`/cases/${of.id}/plan`)).html)![1]
    await site.as(tamsin).post(`/cases/${of.id}/plan/needs/${need}/goals/new`, { title: 'A flat' })
    const goal = /plan\/goals\/([0-9a-f-]{36})\/actions/.exec((await site.as(tamsin).get(`/cases/${of.id}/plan`)).html)![1]
    await site
      .as(tamsin)
      .post(`/cases/${of.id}/plan/goals/${goal}/actions/new`, { what: 'View two flats', who: String(tamsin.principal), ...due('24') })
    const open = await as(database, tamsin, tx => openActionsOf(tx, of.id))
    expect(open.map(one => one.text)).toEqual(['Task: Still to do, by 25/11/2026', 'Plan: View two flats, by 24/11/2026'])
    const next = await as(database, tamsin, (tx, actor) => doNextFor(tx, actor, today(clock), 100))
    const mine = next.filter(one => one.text === 'Still to do' || one.text === 'View two flats')
    expect(mine.map(one => [one.text, one.dueOn, one.personName])).toEqual([
      ['View two flats', '2026-11-24', 'PENROSE, Oksana'],
      ['Still to do', '2026-11-25', 'PENROSE, Oksana'],
    ])
    expect((await site.as(tamsin).get('/tasks')).words).toContain('View two flats')
  })
})

describe('closing a case', () => {
  test('[U22] drops what is not needed, says so in each, and shows what stays as of a closed case', async () => {
    const of = await newCase()
    const [moot, done, stays] = [
      await add('Chase the form', due('25'), { to: `${at(of)}/new` }),
      await add('Say goodbye', {}, { to: `${at(of)}/new` }),
      await add('Send a card', due('24', '12'), { to: `${at(of)}/new` }),
    ]
    const fates = new Map([
      [`task:${moot}`, 'dropped'],
      [`task:${done}`, 'done'],
      [`task:${stays}`, 'stays'],
    ] as const)
    const end = (user: User) => as(database, user, (tx, actor) => endActions(tx, actor, clock.now(), of.id, fates, 'Moved to Truro'))
    for (const user of [readOnly, otherTeam, partner]) {
      await end(user).catch(() => undefined)
      expect((await site.as(tamsin).get(`/tasks/${moot}`)).words).toContain('Cancel the task')
    }
    await end(tamsin)
    await database.admin.query(`update cases set status = 'closed' where id = $1`, [of.id])
    expect((await site.as(tamsin).get(`/tasks/${moot}`)).words).toContain('The case was closed: Moved to Truro')
    expect((await site.as(tamsin).get(`/tasks/${done}`)).words).toContain('Done when the case was closed')
    const mine = (await site.as(tamsin).get('/tasks')).words
    expect(mine).not.toContain('Chase the form')
    expect(mine).toMatch(/Send a card.*, closed/)
  })
})

describe('tasks of no case', () => {
  test('are seen by whoever has them and whoever gave them, and by nobody else', async () => {
    const id = await add('Bring the key to the office', { assignee: String(colleague.principal) }, { to: '/tasks/new' })
    for (const user of [tamsin, colleague]) expect((await site.as(user).get(`/tasks/${id}`)).status).toBe(200)
    for (const user of [readOnly, otherTeam, partner]) {
      expect((await site.as(user).get(`/tasks/${id}`)).status).toBe(404)
      expect((await site.as(user).post(`/tasks/${id}/complete`, {})).status).toBe(404)
    }
    const toTeam = await add('Who has an hour on Friday?', { assignee: String(team.principal) }, { to: '/tasks/new' })
    expect((await site.as(colleague).get('/tasks?view=team')).words).toContain('Who has an hour on Friday?')
    expect((await site.as(colleague).post(`/tasks/${toTeam}/complete`, {})).status).toBe(303)
    expect((await site.as(otherTeam).get('/tasks?view=team')).words).not.toContain('Who has an hour on Friday?')
  })

  test('passed on, one is seen by whoever has it now and whoever made it, and no longer by whoever had it', async () => {
    const third = await addUser(database, team, { name: 'Third Person' })
    const id = await add('Collect the parcel', { assignee: String(colleague.principal) }, { to: '/tasks/new' })
    const edit = (title: string, to: User, version: string) => ({ title, assignee: String(to.principal), version })
    const passed = await site.as(colleague).post(`/tasks/${id}/edit`, edit('Collect the parcel', third, '1'))
    expect([passed.status, passed.location]).toEqual([303, '/tasks'])
    for (const user of [tamsin, third]) {
      const page = await site.as(user).get(`/tasks/${id}`)
      expect(page.words).toContain('Who does it : from “Piran Hocking” to “Third Person”')
    }
    expect((await site.as(colleague).get(`/tasks/${id}`)).status).toBe(404)
    expect((await site.as(third).get('/tasks')).words).toContain('Collect the parcel')
    const { rows } = await as(database, colleague, tx => sql`select 1 from task_changes where task_id = ${id}`.execute(tx))
    expect(rows).toEqual([])
    expect((await site.as(third).post(`/tasks/${id}/edit`, edit('Collect the parcel', colleague, '2'))).location).toBe('/tasks')
    expect((await site.as(colleague).get(`/tasks/${id}`)).status).toBe(200)
  })

  test('one about a person shows the name to those alone who may see the person', async () => {
    const person = await addPerson(database, team, { givenName: 'Wella' })
    const id = await add('Ask about Wella', { assignee: String(colleague.principal) }, { to: `/tasks/new?person=${person.id}` })
    expect((await site.as(colleague).get(`/tasks/${id}`)).words).toContain('PENROSE, Wella')
    expect((await site.as(otherTeam).get(`/tasks/new?person=${person.id}`)).status).toBe(404)
    expect((await site.as(tamsin).get('/tasks/new?person=nonsense')).status).toBe(404)
  })
})

describe('who sees tasks', () => {
  test('[U13] another team, another agency, a forged address: not there; a read-only user reads and cannot change', async () => {
    const id = await add('For the team alone')
    for (const user of [otherTeam, partner]) {
      for (const path of [at(), `${at()}/new`, `/tasks/${id}`, `/tasks/${id}/edit`, `/tasks/${id}/cancel`])
        expect((await site.as(user).get(path)).status).toBe(404)
      expect((await site.as(user).post(`/tasks/${id}/complete`, {})).status).toBe(404)
      expect((await site.as(user).post(`${at()}/new`, { title: 'Intruder', assignee: String(user.principal) })).status).toBe(404)
      expect((await as(database, user, tx => sql`select 1 from tasks where id = ${id}`.execute(tx))).rows).toEqual([])
    }
    expect((await site.as(readOnly).get(at())).words).toContain('For the team alone')
    expect((await site.as(readOnly).get(`/tasks/${id}`)).html).not.toContain('<form')
    for (const path of [`${at()}/new`, `/tasks/${id}/edit`, '/tasks/new']) expect((await site.as(readOnly).get(path)).status).toBe(404)
    expect((await site.as(readOnly).post(`/tasks/${id}/complete`, {})).status).toBe(404)
    for (const path of ['/tasks/nonsense', `/tasks/${crypto.randomUUID()}`, '/cases/nonsense/tasks'])
      expect((await site.as(tamsin).get(path)).status).toBe(404)
    for (const path of [
      '/tasks?view=nonsense',
      '/tasks?after=2026-99-99_x',
      `/tasks?after=2026-13-45_${id}`,
      `/tasks?after=infinity_${id}`,
    ])
      expect((await site.as(tamsin).get(path)).status).toBe(200)
    expect(site.faults).toEqual([])
  })

  test('a share of the tasks alone opens them, and a withholding takes even one’s own task away', async () => {
    const of = await newCase()
    const share = {
      caseId: of.id,
      kind: 'share',
      holder: partnerAgency.principal,
      level: 'edit',
      parts: ['tasks'],
      purpose: 'joint work',
      lawfulBasis: 'consent',
    } as const
    await as(database, tamsin, (tx, actor) => grantAccess(tx, actor, clock.now(), share))
    const id = await add('For the partner to do', { assignee: String(partner.principal) }, { to: `${at(of)}/new` })
    expect((await site.as(partner).get('/tasks')).words).toContain('For the partner to do')
    expect((await site.as(partner).get(`/tasks/${id}`)).status).toBe(200)
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: of.id, holder: partnerAgency.principal, reason: 'Her wish' }),
    )
    expect((await site.as(partner).get('/tasks')).words).not.toContain('For the partner to do')
    expect((await site.as(partner).post(`/tasks/${id}/complete`, {})).status).toBe(404)
  })
})
