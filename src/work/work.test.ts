import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  commissioner,
  reader,
  type Team,
  type User,
  worker,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { withhold } from '../access/index.ts'
import { fixedClock } from '../platform/clock.ts'
import { workRoutes } from './index.ts'

const clock = fixedClock('2026-11-17T10:00:00Z')
let database: TestDatabase
let site: Site
let council: Agency
let west: Team
let east: Team
let tamsin: User
let perran: User
let leader: User
let student: User
let stranger: User
let otherLeader: User
let boss: User

beforeAll(async () => {
  database = await testDatabase()
  council = await addAgency(database, { kind: 'council', isAuthority: true })
  west = await addTeam(database, council, ['early-help'])
  east = await addTeam(database, council, ['early-help'])
  const provider = await addAgency(database)
  const clinic = await addTeam(database, provider, ['drug-and-alcohol'])
  tamsin = await addUser(database, west, { name: 'Tamsin Rowe' })
  perran = await addUser(database, west, { name: 'Perran Hocking' })
  leader = await addUser(database, west, { name: 'Demelza Vyvyan', may: [...worker, 'supervise'] })
  student = await addUser(database, west, { name: 'Jory Tremayne', may: reader })
  otherLeader = await addUser(database, east, { may: [...worker, 'supervise'] })
  stranger = await addUser(database, clinic, { may: [...worker, 'supervise'] })
  boss = await addUser(database, west, { may: commissioner })
  site = await siteOf(database, clock, routes =>
    workRoutes(routes, {
      alerts: async () => null,
      panels: [async () => h('p', null, 'Today and notices')],
      enqueue: async () => {},
      texting: true,
    }),
  )
})
afterAll(() => site.close())

type Standing = { worker?: User; risk?: string; due?: string; openSince?: string; family?: string; careful?: boolean; allocatedAt?: string }
const riskOrder: Record<string, number> = { high: 0, medium: 1, low: 2, 'not-rated': 3 }

/** An open case of the western team, as the list shows it. */
async function aCase({
  worker,
  risk = 'medium',
  due = 'infinity',
  openSince = '2026-11-02',
  family = 'Angwin',
  careful,
  allocatedAt,
}: Standing = {}): Promise<Case> {
  const person = await addPerson(database, west, { familyName: family })
  if (careful) await database.admin.query(`update people set contact_care = 'Text only' where id = $1`, [person.id])
  const one = await addCase(database, person, west)
  await database.admin.query(
    `insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, due_on, next_step, risk, risk_order, open_since, allocated_at, readers, editors, withheld)
     select id, person_id, reference, service_area, team_id, $2, case when $2::uuid is null then 'with-team' else 'open' end, 'Assessment', $3, 'Visit at home', $4, $5, $6, $7, readers, editors, withheld from cases where id = $1`,
    [one.id, worker?.id ?? null, due, risk, riskOrder[risk], openSince, allocatedAt ?? null],
  )
  return one
}

const teamOf = (team: Team) => `?team=${team.id}%2Fearly-help`

describe('my work', () => {
  test('[U4] begins with what is late, and says risk, safe contact, next step, due and last contact in words', async () => {
    const mine = await addUser(database, west, { name: 'Loveday Angwin' })
    await aCase({ worker: mine, family: 'Later', due: '2026-11-19', risk: 'low' })
    await aCase({ worker: mine, family: 'Sooner', due: '2026-11-14', risk: 'high', careful: true })
    const { words, status } = await site.as(mine).get('/work')
    expect(status).toBe(200)
    expect(words.indexOf('SOONER')).toBeLessThan(words.indexOf('LATER'))
    // On a telephone one thing stands under another: what the day brings comes before every case.
    expect(words.indexOf('overdue')).toBeLessThan(words.indexOf('Today and notices'))
    expect(words.indexOf('Today and notices')).toBeLessThan(words.indexOf('2 cases'))
    for (const said of ['3 days overdue', 'Safe contact rules', 'Visit at home', 'None yet', '2 open cases', '2 cases'])
      expect(words).toContain(said)
    expect((await site.as(mine).get('/work?due=overdue')).words).not.toContain('LATER')
    expect((await site.as(mine).get('/work?risk=low')).words).not.toContain('SOONER')
  })

  test('its figures count what they lead to: with a risk chosen, of that risk alone', async () => {
    const mine = await addUser(database, west)
    await aCase({ worker: mine, due: '2026-11-14', risk: 'high' })
    await aCase({ worker: mine, due: '2026-11-14', risk: 'low' })
    expect((await site.as(mine).get('/work')).words).toMatch(/2 overdue/)
    const { words, html } = await site.as(mine).get('/work?risk=high')
    expect(words).toMatch(/2 open cases.*1 overdue/)
    expect(html).toContain('href="/work?risk=high&amp;due=overdue"')
  })

  test('what is new is what came since the last look on a day before', async () => {
    const mine = await addUser(database, west)
    await aCase({ worker: mine, family: 'Known', allocatedAt: '2026-11-10T09:00:00Z' })
    await aCase({ worker: mine, family: 'Fresh', allocatedAt: '2026-11-16T17:00:00Z' })
    await database.admin.query(`insert into work_visits (user_id, day, last_at) values ($1, '2026-11-16', '2026-11-16T16:00:00Z')`, [
      mine.id,
    ])
    for (const _ of ['the first look', 'the second']) {
      const { words } = await site.as(mine).get('/work?fresh=1')
      expect(words).toContain('FRESH')
      expect(words).not.toContain('KNOWN')
    }
  })

  test('[F9] its columns and filters stand in the address', async () => {
    const mine = await addUser(database, west)
    await aCase({ worker: mine, openSince: '2026-09-01' })
    const { words, html } = await site.as(mine).get('/work?column=open&column=review&open=quarter')
    expect(words).toContain('01/09/2026')
    expect(words).toContain('None planned')
    expect(html).not.toContain('data-label="Next step"')
    expect((await site.as(mine).get('/work?open=more')).words).toContain('Nothing here matches')
  })

  test('shows what somebody has begun to write, to them alone', async () => {
    const mine = await addUser(database, west)
    const one = await aCase({ worker: mine, family: 'Kitto' })
    await database.admin.query(
      `insert into note_drafts (owner, about, case_id, fields, saved_at) values ($1, $2, $2, '{}', '2026-11-17T09:12:00Z')`,
      [mine.principal, one.id],
    )
    const { words, html } = await site.as(mine).get('/work')
    expect(words).toContain('saved 9:12am')
    expect(html).toContain(`/cases/${one.id}/notes/new`)
    expect((await site.as(perran).get('/work')).words).not.toContain('saved 9:12am')
  })

  test('has a button to print it, which script wakes', async () => {
    const mine = await addUser(database, west)
    expect((await site.as(mine).get('/work')).html).toMatch(/data-print[^>]* hidden[^>]*>Print/)
  })

  test('as CSV: every column, formulas made harmless, recorded', async () => {
    const mine = await addUser(database, west)
    await aCase({ worker: mine, family: '=HYPERLINK("x")' })
    const reply = await site.as(mine).get('/work?as=csv')
    expect(reply.headers['content-type']).toContain('text/csv')
    const text = reply.body.toString('utf8')
    expect(text.split('\r\n')).toHaveLength(3)
    expect(text).toContain(`"'=HYPERLINK(""X"")`)
    const { rows } = await database.admin.query(`select detail from audit_events where action = 'caseload-downloaded' and user_id = $1`, [
      mine.id,
    ])
    expect(rows).toEqual([{ detail: { cases: 1 } }])
  })
})

describe('a team’s work', () => {
  let team: Team
  let head: User
  let anna: User
  beforeAll(async () => {
    team = west
    head = leader
    anna = await addUser(database, west, { name: 'Anna Keast' })
    await aCase({ worker: anna, risk: 'high', due: '2026-11-01', openSince: '2025-01-01' })
    await aCase({ worker: anna, risk: 'low' })
    await aCase()
  })

  const lineOf = (html: string, name: string) =>
    [...html.matchAll(/<tr[^>]*>.*?<\/tr>/gs)]
      .map(([row]) => row.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '))
      .find(row => row.includes(name) && row.includes('day')) ?? ''

  test('[U4] by worker: how many, how heavy, what is late, how long; and a picture of it', async () => {
    const { html, words, status } = await site.as(head).get(`/work/team${teamOf(team)}`)
    expect(status).toBe(200)
    expect(lineOf(html, 'Anna Keast')).toMatch(/Anna Keast 2 4 1 High 1 Low 1 .*685 days/)
    expect(html).toContain('<svg viewBox="0 0')
    for (const said of ['without a worker', 'How long cases have been open', 'A year and more']) expect(words).toContain(said)
    expect((await site.as(head).get(`/work/workers/${anna.id}`)).words).toContain('2 cases')
  })

  test('weights are the authority’s: changing them changes the page', async () => {
    const administrator = await addUser(database, west, { may: ['read-records', 'manage-settings', 'manage-authority'] })
    const refused = await site.as(administrator).post('/work/weights', { high: '3', medium: 'two', low: '1', 'not-rated': '101' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Weight of medium risk must be a whole number from 0 to 100')
    expect((await site.as(administrator).post('/work/weights', { high: '5', medium: '2', low: '1', 'not-rated': '2' })).status).toBe(303)
    expect(lineOf((await site.as(head).get(`/work/team${teamOf(team)}`)).html, 'Anna Keast')).toMatch(/Anna Keast 2 6/)
    expect((await site.as(head).post('/work/weights', { high: '9', medium: '2', low: '1', 'not-rated': '2' })).status).toBe(404)
    await database.admin.query(`update risk_weights set weight = 3 where level = 'high'`)
  })

  test('another team’s leader, another agency and a signed-out browser see no count of it', async () => {
    for (const other of [otherLeader, stranger]) {
      expect((await site.as(other).get(`/work/team${teamOf(team)}`)).status).toBe(404)
      expect((await site.as(other).get(`/work/team/cases${teamOf(team)}`)).status).toBe(404)
      for (const address of [`/work/workers/${anna.id}`, `/work/workers/${anna.id}?as=csv`])
        expect((await site.as(other).get(address)).status).toBe(404)
      expect((await site.as(other).get('/work/agency')).words).not.toContain(team.name)
      expect((await site.as(other).get('/work/agency?as=csv')).body.toString()).not.toContain(team.name)
    }
    expect((await site.server.inject({ method: 'GET', url: '/work/team' })).headers.location).toMatch(/^\/sign-in/)
  })

  test('what is withheld from somebody is in no figure, no chart, no list and no file of theirs', async () => {
    const hidden = await aCase({ worker: anna, family: 'Hidden', risk: 'high' })
    const before = await Promise.all([countsOf(head), countsOf(boss)])
    await as(database, head, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId: hidden.id, holder: head.principal, reason: 'Her neighbour' }),
    )
    const after = await Promise.all([countsOf(head), countsOf(boss)])
    expect(after[0]).toEqual(before[0]!.map((count, place) => (place === 3 ? count : count - 1)))
    expect(after[1]).toEqual(before[1])
    expect((await site.as(head).get(`/work/workers/${anna.id}?as=csv`)).body.toString()).not.toContain('HIDDEN')
    expect((await site.as(boss).get(`/work/workers/${anna.id}?as=csv`)).body.toString()).toContain('HIDDEN')
  })

  /** How many cases somebody is shown: of the worker in the team's table, in their list, in the agency's table; and the team's name is there. */
  async function countsOf(user: User): Promise<number[]> {
    const teamPage = await site.as(user).get(`/work/team${teamOf(team)}`)
    const list = await site.as(user).get(`/work/workers/${anna.id}`)
    const agency = await site.as(user).get('/work/agency')
    const ofTeam = new RegExp(`${team.name} early help[^0-9]*(\\d+)`).exec(agency.words)
    return [
      Number(/Anna Keast (\d+)/.exec(lineOf(teamPage.html, 'Anna Keast'))?.[1]),
      Number(/(\d+) cases/.exec(list.words)?.[1]),
      Number(ofTeam?.[1]),
      1,
    ]
  }

  test('somebody who may only read sees it and is offered nothing to change', async () => {
    const { html, status } = await site.as(student).get(`/work/team${teamOf(team)}`)
    expect(status).toBe(200)
    expect(html).not.toContain('<form method="post"')
    expect((await site.as(student).post('/work/weights', { high: '1' })).status).toBe(404)
  })

  test('a forged team, worker or filter is nothing', async () => {
    for (const address of ['/work/team?team=nothing', '/work/workers/nobody', `/work/workers/${crypto.randomUUID()}`])
      expect((await site.as(leader).get(address)).status).toBe(404)
    expect((await site.as(tamsin).get('/work?due=ever&risk=extreme&order=x&column=password&page=-3&open=0')).status).toBe(200)
    expect(site.faults).toEqual([])
  })
})
