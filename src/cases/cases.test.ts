import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  actorOf,
  addAgency,
  addPerson,
  addTeam,
  addUser,
  as,
  commissioner,
  type Person,
  reader,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, withhold } from '../access/index.ts'
import { asActor } from '../platform/actor.ts'
import { fixedClock } from '../platform/clock.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { no } from '../platform/result.ts'
import { workRoutes } from '../work/index.ts'
import { actionRoutes } from './action-page.tsx'
import { record } from './events.ts'
import {
  allocate,
  type CasesParts,
  caseSummariesOf,
  casesRoutes,
  type EmergencyOpening,
  involvementsOf,
  lockCase,
  type OpenAction,
  timelineOf,
} from './index.ts'
import { readFilters } from './timeline/routes.tsx'

const clock = fixedClock('2026-11-17T10:00:00Z')
const today = { day: '17', month: '11', year: '2026' }
const date = (name: string, { day, month, year } = today) => ({ [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year })

let database: TestDatabase
let site: Site
let council: Agency
let west: Team
let east: Team
let clinic: Team
let tamsin: User
let petroc: User
let onlooker: User
let nurse: User
let boss: User
let emergencies: EmergencyOpening[]
const openActions = new Map<string, OpenAction[]>()
let ended: Parameters<CasesParts['endActions']>[]

beforeAll(async () => {
  database = await testDatabase()
  council = await addAgency(database, { kind: 'council', isAuthority: true })
  west = await addTeam(database, council, ['early-help'])
  east = await addTeam(database, council, ['early-help'])
  const provider = await addAgency(database)
  clinic = await addTeam(database, provider, ['drug-and-alcohol'])
  tamsin = await addUser(database, west, { name: 'Tamsin Rowe' })
  petroc = await addUser(database, west, { name: 'Petroc Hocking' })
  onlooker = await addUser(database, west, { may: reader })
  nurse = await addUser(database, clinic, { name: 'Nessa Bray' })
  boss = await addUser(database, west, { may: commissioner })
  emergencies = []
  ended = []
  const parts: CasesParts = {
    personBanner: async () => null,
    tabs: [],
    panels: [],
    sidePanels: [],
    openActionsOf: async (_tx, caseId) => openActions.get(caseId) ?? [],
    endActions: async (...asked) => void ended.push(asked),
    tellOwner: async (_tx, _actor, _now, opened) => void emergencies.push(opened),
  }
  site = await siteOf(database, clock, routes => {
    casesRoutes(routes, parts)
    // A rule that says no after something has been written.
    actionRoutes<object, { level: 'high' }, 'never'>(routes, parts, {
      name: 'refused',
      may: 'record',
      moves: ['risk-rated'],
      title: 'Refused',
      button: 'Refused',
      look: async () => ({}),
      Fields: () => h('p', null),
      read: () => ({ level: 'high' }),
      inWords: () => [],
      act: async ({ tx, actor }, theCase, { level }) => {
        await record(
          tx,
          actor,
          clock.now(),
          theCase,
          { kind: 'risk-rated', data: { level } },
          { part: 'risk', kind: 'risk', title: 'Rated' },
        )
        return no('never')
      },
      refusals: { never: { field: 'level', message: 'That never goes' } },
      done: () => 'Done',
    })
    workRoutes(routes, { alerts: async () => null, panels: [], enqueue: async () => {}, texting: false })
  })
})
afterAll(() => site.close())

/** The version that a page of the case was opened at, from the page itself. */
async function versionOf(user: User, path: string): Promise<string> {
  const page = await site.as(user).get(path)
  return /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? 'none'
}

async function act(user: User, caseId: string, name: string, fields: Record<string, string | string[]>, version?: string) {
  const path = `/cases/${caseId}/${name}`
  return site.as(user).post(path, { version: version ?? (await versionOf(user, path)), ...fields })
}

const referral = (team: Team, more: Record<string, string> = {}) => ({
  team: `${team.id}/${Object.keys(team.posts)[0]}`,
  ...date('received'),
  source: 'school',
  'referrer-name': 'Mrs J Bray',
  'referrer-contact': '01632 960 480',
  reason: 'Uncle back in the home since the weekend.',
  urgency: 'routine',
  consent: 'given',
  'consent-how': 'by telephone',
  ...date('consent-on'),
  ...more,
})

async function refer(by: User, person: Person, team: Team, more: Record<string, string> = {}): Promise<string> {
  const reply = await site.as(by).post(`/people/${person.id}/refer`, referral(team, more))
  if (reply.status !== 303) throw new Error(`${reply.status} ${reply.words} ${site.faults}`)
  return reply.location!.replace('/cases/', '')
}

async function openCase(person?: Person): Promise<{ caseId: string; person: Person }> {
  const someone = person ?? (await addPerson(database, west))
  const caseId = await refer(tamsin, someone, west)
  await act(tamsin, caseId, 'triage', { decision: 'accept', note: '', ...date('decided') })
  await act(tamsin, caseId, 'allocate', { to: 'worker', worker: tamsin.id, ...date('from'), reason: '', 'hand-over': '' })
  await site.as(tamsin).post(`/cases/${caseId}/start`, {})
  return { caseId, person: someone }
}

const rowOf = async (caseId: string) => (await database.admin.query('select * from cases where id = $1', [caseId])).rows[0]

test('[U22] a worker takes a person from referral to closure', async () => {
  const person = await addPerson(database, west)
  const caseId = await refer(tamsin, person, west)
  expect((await site.as(tamsin).get(`/cases/${caseId}`)).words).toContain('Decide on the referral')

  expect((await act(tamsin, caseId, 'triage', { decision: 'accept', note: 'Within criteria', ...date('decided') })).status).toBe(303)
  expect(
    (await act(tamsin, caseId, 'allocate', { to: 'worker', worker: tamsin.id, ...date('from'), reason: '', 'hand-over': '' })).status,
  ).toBe(303)
  expect((await site.as(tamsin).post(`/cases/${caseId}/start`, {})).status).toBe(303)
  expect((await act(tamsin, caseId, 'risk', { level: 'medium', reason: 'Shouting at home', ...date('rated') })).status).toBe(303)
  expect(
    (
      await act(tamsin, caseId, 'flags/new', {
        kind: 'safe-contact',
        note: 'Only after 15:45',
        ...date('review', { day: '', month: '', year: '' }),
      })
    ).status,
  ).toBe(303)
  const held = {
    ...date('held'),
    present: 'Jago and his mother',
    summary: 'It goes better.',
    outcome: 'go-on',
    ...date('next', { day: '1', month: '12', year: '2026' }),
  }
  expect((await act(tamsin, caseId, 'hold-review', held)).status).toBe(303)
  const page = await site.as(tamsin).get(`/cases/${caseId}`)
  expect(page.words).toContain('Medium risk')
  expect(page.words).toContain('Safe contact rules')
  expect(page.words).toContain('Hold the review')

  const closing = { ...date('closed'), reason: 'work-done', outcome: 'met', summary: 'All settled at home.' }
  expect((await act(tamsin, caseId, 'close', closing)).status).toBe(303)
  const closed = await site.as(tamsin).get(`/cases/${caseId}`)
  expect(closed.words).toContain('Closed on 17/11/2026: The work is done. What was hoped for was reached.')
  expect(await rowOf(caseId)).toMatchObject({ status: 'closed', closed_on: expect.anything() })
  expect(site.faults).toEqual([])
  const kinds = await database.admin.query('select kind from case_events where case_id = $1 order by position', [caseId])
  expect(kinds.rows.map(row => row.kind)).toEqual([
    'referred',
    'accepted',
    'worker-allocated',
    'work-started',
    'risk-rated',
    'flag-raised',
    'review-held',
    'review-scheduled',
    'closed',
  ])
})

test('[E4] a referral that lacks something, such as why it goes without consent, keeps everything that was typed and says what to do', async () => {
  const person = await addPerson(database, west)
  const reply = await site.as(tamsin).post(`/people/${person.id}/refer`, {
    ...referral(west, {
      asks: 'other',
      source: '',
      reason: 'Uncle & <b>violence</b>',
      consent: 'not-asked',
      ...date('received', { day: '31', month: '2', year: '2026' }),
    }),
  })
  expect(reply.status).toBe(422)
  expect(reply.words).toContain('There is a problem')
  expect(reply.words).toContain('Select who asked')
  expect(reply.words).toContain('Date of the referral must be a real date')
  expect(reply.words).toContain('Enter why you refer without their agreement')
  expect(reply.html).toContain('Uncle &amp; &lt;b>violence&lt;/b>')
  expect(reply.html).toContain('<title>Error: Refer to a team</title>')
  const none = await database.admin.query('select from cases where person_id = $1', [person.id])
  expect(none.rowCount).toBe(0)
})

describe('a referral to another agency’s team', () => {
  let person: Person
  let caseId: string
  beforeAll(async () => {
    person = await addPerson(database, west)
    caseId = await refer(tamsin, person, clinic)
  })

  test('is theirs to decide, and the referrer follows it without seeing more', async () => {
    expect((await site.as(nurse).get(`/cases/${caseId}/triage`)).status).toBe(200)
    const followed = await site.as(tamsin).get(`/cases/${caseId}`)
    expect(followed.status).toBe(200)
    expect(followed.words).toContain('You see the parts of this case that are shared with you')
    expect(followed.words).toContain('Uncle back in the home')
    expect((await site.as(tamsin).get(`/cases/${caseId}/triage`)).status).toBe(404)
    expect((await site.as(tamsin).get(`/cases/${caseId}/history`)).status).toBe(404)
    expect((await site.as(await addUser(database, east)).get(`/cases/${caseId}`)).status).toBe(404)
  })

  test('shows the referrer that it was accepted, and nothing of the risk', async () => {
    await act(nurse, caseId, 'triage', { decision: 'accept', note: 'We will ring on Monday', ...date('decided') })
    await act(nurse, caseId, 'risk', { level: 'high', reason: 'Found with needles', ...date('rated') })
    const followed = await site.as(tamsin).get(`/cases/${caseId}`)
    expect(followed.words).toContain('Referral accepted')
    expect(followed.words).toContain('We will ring on Monday')
    expect(followed.words).not.toContain('needles')
    expect(followed.words).not.toContain('High')
    const [summary] = await as(database, tamsin, (tx, actor) => caseSummariesOf(tx, actor, [person.id]))
    expect(summary).toMatchObject({ whole: false, risk: 'not-rated' })
  })
})

describe('triage', () => {
  test('declines with a reason, and can be decided again', async () => {
    const caseId = await refer(tamsin, await addPerson(database, west), west)
    const nothing = await act(tamsin, caseId, 'triage', { decision: 'decline', note: 'Sorry', ...date('decided') })
    expect(nothing.status).toBe(422)
    expect(nothing.words).toContain('Select why you decline')
    expect(nothing.html).toContain('Sorry')
    await act(tamsin, caseId, 'triage', { decision: 'decline', 'decline-reason': 'no-place', note: '', ...date('decided') })
    expect((await site.as(tamsin).get(`/cases/${caseId}`)).words).toContain('Declined: No place in the service')
    expect((await act(tamsin, caseId, 'reopen', { reason: 'A place came free' })).status).toBe(303)
    expect(await rowOf(caseId)).toMatchObject({ status: 'referred', closed_on: null })
  })

  test('passes a referral on: the other team sees it, and one’s own no longer', async () => {
    const caseId = await refer(tamsin, await addPerson(database, west), west)
    const reply = await act(tamsin, caseId, 'triage', {
      decision: 'reroute',
      team: `${clinic.id}/drug-and-alcohol`,
      note: 'It is about drinking',
      ...date('decided'),
    })
    expect([reply.status, reply.location]).toEqual([303, '/referrals'])
    expect((await site.as(tamsin).get(`/cases/${caseId}`)).status).toBe(404)
    expect((await site.as(nurse).get(`/cases/${caseId}/triage`)).status).toBe(200)
    expect(await rowOf(caseId)).toMatchObject({ status: 'referred', service_area: 'drug-and-alcohol', team_id: clinic.id })
  })
})

test('[U5] a case changes hands with a reason, and the history says who had it when', async () => {
  const { caseId } = await openCase()
  const without = await act(tamsin, caseId, 'allocate', {
    to: 'worker',
    worker: petroc.id,
    ...date('from'),
    reason: '',
    'hand-over': 'Ring before visiting',
  })
  expect(without.status).toBe(422)
  expect(without.words).toContain('Enter why the case changes hands')
  expect(without.words).toContain('Ring before visiting')
  await act(tamsin, caseId, 'allocate', {
    to: 'worker',
    worker: petroc.id,
    ...date('from'),
    reason: 'Tamsin goes on leave',
    'hand-over': 'Ring before visiting',
  })
  const page = await site.as(petroc).get(`/cases/${caseId}`)
  expect(page.words).toContain('Handed over from Tamsin Rowe to Petroc Hocking')
  expect(page.words).toContain('Ring before visiting')
  const history = await site.as(petroc).get(`/cases/${caseId}/history`)
  expect(history.words).toMatch(/Petroc Hocking .* Now .*Tamsin goes on leave.*Tamsin Rowe .* 17\/11\/2026/)
  const grants = await database.admin.query(
    `select holder from access_grants where case_id = $1 and kind = 'allocation' and ended_at is null`,
    [caseId],
  )
  expect(grants.rows).toEqual([{ holder: petroc.principal }])
})

test('[E5] a case is not allocated to somebody from whom it is withheld', async () => {
  const { caseId } = await openCase()
  expect((await site.as(tamsin).get(`/cases/${caseId}/allocate`)).html).toContain(petroc.id)
  await as(database, tamsin, (tx, actor) =>
    withhold(tx, actor, clock.now(), { caseId, holder: petroc.principal, reason: 'They are related' }),
  )
  expect((await site.as(tamsin).get(`/cases/${caseId}/allocate`)).html).not.toContain(petroc.id)
  const to = { to: 'worker', worker: petroc.id, ...date('from'), reason: 'Leave', 'hand-over': '' }
  expect((await act(tamsin, caseId, 'allocate', to)).words).toContain('Select the worker')
  await as(database, tamsin, async (tx, actor) => {
    const wish = {
      to: { teamId: west.id, userId: petroc.id, principal: petroc.principal, name: petroc.name },
      fromOn: asPlainDate('2026-11-17'),
    }
    const theCase = (await lockCase(tx, actor, caseId))!
    expect(await allocate(tx, actor, clock.now(), theCase, { ...wish, reason: 'Leave', handOver: '' })).toEqual({
      ok: false,
      error: 'withheld',
    })
  })
  expect(await rowOf(caseId)).toMatchObject({ worker_id: tamsin.id })
})

test('[E3] whoever sees a person for a limited time alone does not refer them, which would open them to a team for good', async () => {
  const { caseId, person } = await openCase()
  const share = (ends: { startsAt?: Date; endsAt?: Date }) =>
    as(database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, clock.now(), {
        caseId,
        kind: 'share',
        holder: nurse.principal,
        level: 'read',
        parts: ['risk'],
        purpose: 'A meeting',
        lawfulBasis: 'Consent',
        ...ends,
      }),
    )
  const path = `/people/${person.id}/refer`
  expect((await site.as(nurse).get(path)).status).toBe(404)
  await share({ startsAt: new Date('2020-01-01'), endsAt: new Date('2120-01-01') })
  expect((await site.as(nurse).get(path)).words).toContain('Ask the service that holds the case')
  expect((await site.as(nurse).post(path, referral(clinic))).words).toContain('Ask the service that holds the case')
  expect((await database.admin.query('select from cases where person_id = $1', [person.id])).rowCount).toBe(1)
  // A share that lasts can be ended at any moment: their own team's case would not end with it. Another team's people decide for themselves.
  await share({})
  expect((await site.as(nurse).get(path)).words).toContain('a case of your own team would outlast that')
  expect((await site.as(nurse).post(path, referral(clinic))).status).toBe(422)
  expect((await database.admin.query('select from cases where person_id = $1', [person.id])).rowCount).toBe(1)
  expect((await site.as(nurse).post(path, referral(east))).status).toBe(303)
  expect(site.faults).toEqual([])
})

test('[U5] a case handed to another team is theirs alone', async () => {
  const { caseId } = await openCase()
  const reply = await act(tamsin, caseId, 'allocate', {
    to: 'team',
    team: east.id,
    ...date('from'),
    reason: 'The family moved',
    'hand-over': '',
  })
  expect([reply.status, site.faults]).toEqual([303, []])
  expect((await site.as(tamsin).get(`/cases/${caseId}`)).status).toBe(404)
  const eastern = await addUser(database, east)
  expect((await site.as(eastern).get(`/cases/${caseId}`)).words).toContain('Choose a worker')
  expect(await rowOf(caseId)).toMatchObject({ status: 'with-team', worker_id: null })
})

test('[U24] risk is raised with a reason; the first level and every one since stay readable', async () => {
  const { caseId } = await openCase()
  const unsaid = await act(tamsin, caseId, 'risk', { level: 'high', reason: '', ...date('rated') })
  expect(unsaid.status).toBe(422)
  expect(unsaid.words).toContain('Enter why')
  await act(tamsin, caseId, 'risk', { level: 'medium', reason: 'Shouting', ...date('rated') })
  await act(tamsin, caseId, 'risk', { level: 'high', reason: 'Uncle back in the home', ...date('rated') })
  const page = await site.as(tamsin).get(`/cases/${caseId}`)
  expect(page.words).toMatch(/High risk.*Uncle back in the home.*At the beginning: Medium/)
  expect(page.words).toContain('Risk raised from medium to high')
  const history = await site.as(tamsin).get(`/cases/${caseId}/history`)
  expect(history.words).toMatch(/High .*Uncle back in the home.*Medium At the beginning.*Shouting/)
})

describe('flags and alerts', () => {
  test('a flag is raised, looked at again and resolved, each with a reason', async () => {
    const { caseId } = await openCase()
    await act(tamsin, caseId, 'flags/new', {
      kind: 'self-harm',
      note: 'Said so on Friday',
      ...date('review', { day: '24', month: '11', year: '2026' }),
    })
    const page = await site.as(tamsin).get(`/cases/${caseId}`)
    const path = /href="(\/cases\/[^"]+\/flags\/[0-9a-f-]{36})"/.exec(page.html)?.[1] ?? ''
    expect((await site.as(onlooker).get(path)).status).toBe(404)
    expect((await site.as(tamsin).post(path, { outcome: 'resolve', reason: '' })).status).toBe(422)
    expect(
      (
        await site
          .as(tamsin)
          .post(path, { outcome: 'keep', reason: 'Still low', ...date('review', { day: '1', month: '12', year: '2026' }) })
      ).status,
    ).toBe(303)
    expect((await site.as(tamsin).post(path, { outcome: 'resolve', reason: 'Safe since' })).status).toBe(303)
    expect((await site.as(tamsin).get(path)).status).toBe(404)
    expect((await site.as(tamsin).get(`/cases/${caseId}/history`)).words).toContain('Safe since')
  })

  test('an alert on a person is seen by every service that works with them', async () => {
    const person = await addPerson(database, west)
    await openCase(person)
    const theirs = await refer(tamsin, person, clinic)
    await act(nurse, theirs, 'triage', { decision: 'accept', note: '', ...date('decided') })
    const reply = await site
      .as(nurse)
      .post(`/people/${person.id}/alerts/new`, { kind: 'not-alone', note: 'Dog', ...date('review', { day: '', month: '', year: '' }) })
    expect([reply.status, reply.location]).toEqual([303, `/people/${person.id}`])
    const { rows } = await asActor(database.web, await actorOf(database, tamsin.id), 'read', async tx => ({
      rows: await tx.selectFrom('person_alerts').select('kind').where('person_id', '=', person.id).execute(),
    }))
    expect(rows).toEqual([{ kind: 'not-alone' }])
    expect((await site.as(onlooker).post(`/people/${person.id}/alerts/new`, { kind: 'not-alone' })).status).toBe(404)
  })
})

describe('closing', () => {
  const closing = { ...date('closed'), reason: 'work-done', outcome: 'partly', summary: 'Moved on.' }

  test('asks what becomes of each thing that is open, and why it is not done', async () => {
    const { caseId } = await openCase()
    openActions.set(caseId, [
      { key: 'task:1', text: 'Ring housing about the tenancy' },
      { key: 'plan:2', text: 'View two flats' },
    ])
    const fresh = await site.as(tamsin).get(`/cases/${caseId}/close`)
    expect(fresh.words).toContain('2 things are still to be done')
    expect([...fresh.html.matchAll(/value="(\w+)" checked/g)].map(found => found[1])).toEqual([])
    const refused = await act(tamsin, caseId, 'close', { ...closing, 'fate-task:1': 'done', 'fate-plan:2': 'dropped' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Enter why it is not done')
    expect(refused.words).toContain('Moved on.')
    const unseen = await act(tamsin, caseId, 'close', { ...closing, 'fate-task:1': 'done' })
    expect(unseen.status).toBe(422)
    expect(unseen.words).toContain('Select what becomes of “View two flats”')
    const said = { ...closing, 'fate-task:1': 'done', 'fate-plan:2': 'dropped', 'open-because': 'Has a flat' }
    expect((await act(tamsin, caseId, 'close', said)).status).toBe(303)
    const [, , , whose, fates, because] = ended.find(asked => asked[3] === caseId)!
    expect([whose, [...fates], because]).toEqual([
      caseId,
      [
        ['task:1', 'done'],
        ['plan:2', 'dropped'],
      ],
      'Has a flat',
    ])
    expect((await site.as(tamsin).get(`/cases/${caseId}/history`)).words).toContain('1 not done: Has a flat')
  })

  test('takes the case off every list of work, and opening it again brings it back to its team', async () => {
    const { caseId, person } = await openCase()
    const reference = (await rowOf(caseId)).reference
    expect((await site.as(tamsin).get('/work')).words).toContain(reference)
    await act(tamsin, caseId, 'close', closing)
    expect((await site.as(tamsin).get('/work')).words).not.toContain(reference)
    expect((await site.as(tamsin).get(`/cases/${caseId}/risk`)).location).toBe(`/cases/${caseId}`)
    expect((await act(tamsin, caseId, 'reopen', { reason: 'It started again' }, '5')).status).toBe(303)
    const listed = await site.as(petroc).get(`/work/team/cases?team=${west.id}%2Fearly-help&stage=allocation`)
    expect(listed.words).toContain(reference)
    const [involvement] = (await database.admin.query('select closed_on from involvements where case_id = $1', [caseId])).rows
    expect(involvement.closed_on).toBeNull()
    expect(person.id).toBeTruthy()
  })
})

test('who was later sees what changed meanwhile beside what they typed, and loses nothing', async () => {
  const { caseId } = await openCase()
  const opened = await versionOf(tamsin, `/cases/${caseId}/risk`)
  await act(petroc, caseId, 'risk', { level: 'low', reason: 'Quiet week', ...date('rated') })
  const stale = await act(tamsin, caseId, 'risk', { level: 'high', reason: 'He was in the house', ...date('rated') }, opened)
  expect(stale.status).toBe(422)
  expect(stale.words).toContain('This changed while you were writing')
  expect(stale.words).toContain('Risk rated low')
  expect(stale.words).toContain('Petroc Hocking')
  expect(stale.words).toContain('Why: He was in the house')
  const fresh = /name="version" value="(\d+)"/.exec(stale.html)?.[1] ?? ''
  expect((await act(tamsin, caseId, 'risk', { level: 'high', reason: 'He was in the house', ...date('rated') }, fresh)).status).toBe(303)
})

test('what was written before a rule says no is not there, and the page with the no is in the audit', async () => {
  const { caseId } = await openCase()
  const before = await rowOf(caseId)
  const opened = async () =>
    (await database.admin.query(`select from audit_events where case_id = $1 and action = 'case-opened'`, [caseId])).rowCount!
  const seen = await opened()
  const reply = await site.as(tamsin).post(`/cases/${caseId}/refused`, { version: String(before.version) })
  expect([reply.status, reply.words.includes('That never goes'), site.faults]).toEqual([422, true, []])
  expect(await rowOf(caseId)).toEqual(before)
  expect((await database.admin.query(`select from case_events where case_id = $1 and kind = 'risk-rated'`, [caseId])).rowCount).toBe(0)
  expect(await opened()).toBe(seen + 1)
})

test('a filter of the timeline is one that there is', () => {
  const kindOf = (kind: string) => readFilters(new URLSearchParams({ kind })).filters.kind
  expect(['risk', 'toString', '__proto__', ''].map(kindOf)).toEqual(['risk', undefined, undefined, undefined])
})

test('the same form posted twice is saved once', async () => {
  const { caseId } = await openCase()
  const version = await versionOf(tamsin, `/cases/${caseId}/risk`)
  const once = crypto.randomUUID()
  const fields = { version, level: 'high', reason: 'Once', ...date('rated') }
  await site.as(tamsin).post(`/cases/${caseId}/risk`, fields, { once })
  expect((await site.as(tamsin).post(`/cases/${caseId}/risk`, fields, { once })).status).toBe(303)
  expect((await database.admin.query(`select from risk_levels where case_id = $1`, [caseId])).rowCount).toBe(1)
})

describe('who may not', () => {
  test('a read-only user reads the case and is offered nothing that changes it', async () => {
    const { caseId } = await openCase()
    const page = await site.as(onlooker).get(`/cases/${caseId}`)
    expect(page.status).toBe(200)
    expect(page.words).not.toContain('Close the case')
    expect(page.words).not.toContain('Raise a flag')
    for (const name of [
      'risk',
      'close',
      'allocate',
      'flags/new',
      'hold-review',
      'restrict',
      'reopen',
      'triage',
      'plan-review',
      'unrestrict',
    ]) {
      expect((await site.as(onlooker).get(`/cases/${caseId}/${name}`)).status, name).toBe(404)
      expect((await site.as(onlooker).post(`/cases/${caseId}/${name}`, {})).status, name).toBe(404)
    }
    expect((await site.as(onlooker).post(`/cases/${caseId}/start`, {})).status).toBe(404)
  })

  test('[U13] another team, another agency and made-up ids find nothing', async () => {
    const { caseId, person } = await openCase()
    const eastern = await addUser(database, east)
    for (const user of [eastern, nurse]) {
      for (const path of [
        `/cases/${caseId}`,
        `/cases/${caseId}/history`,
        `/cases/${caseId}/risk`,
        `/people/${person.id}/timeline`,
        `/people/${person.id}/refer`,
      ]) {
        expect((await site.as(user).get(path)).status, path).toBe(404)
      }
    }
    for (const path of [
      '/cases/nonsense',
      `/cases/${crypto.randomUUID()}`,
      "/cases/' or 1=1",
      '/people/x/timeline',
      `/cases/${caseId}/flags/${crypto.randomUUID()}`,
    ]) {
      expect((await site.as(tamsin).get(encodeURI(path))).status, path).toBe(404)
    }
    expect(site.faults).toEqual([])
  })

  test('[E5] an agency from which the case is withheld does not see that it exists', async () => {
    const person = await addPerson(database, west)
    const { caseId } = await openCase(person)
    const actor = await actorOf(database, tamsin.id)
    await asActor(database.web, actor, 'write', tx =>
      withhold(tx, actor, clock.now(), { caseId, holder: clinic.agency.principal, reason: 'The mother’s wish' }),
    )
    await refer(tamsin, person, clinic)
    expect(await as(database, nurse, tx => involvementsOf(tx, person.id))).toEqual([])
    expect((await site.as(nurse).get(`/cases/${caseId}/break-glass`)).status).toBe(404)
  })
})

test('[E7] another agency with the right sees that a service is involved and whom to ring, and no more', async () => {
  const person = await addPerson(database, west)
  await openCase(person)
  await refer(tamsin, person, clinic)
  const involved = await as(database, nurse, tx => involvementsOf(tx, person.id))
  expect(involved).toMatchObject([{ serviceName: 'early help', teamName: west.name, telephone: '01632 960 100', closedOn: null }])
  // A worker is named of an episode alone: its co-ordinator is who is rung.
  expect(involved[0]).toMatchObject({ coordinatorName: null, isEpisode: false })
  expect(Object.keys(involved[0]!).sort()).toEqual([
    'agencyName',
    'assessedOn',
    'caseId',
    'closedOn',
    'coordinatorName',
    'isEpisode',
    'isReadable',
    'openedOn',
    'outOfHoursTelephone',
    'serviceName',
    'teamName',
    'telephone',
  ])
  const timeline = await as(database, nurse, tx => timelineOf(tx, { personId: person.id }))
  expect(timeline.lines.every(line => line.serviceArea === 'drug-and-alcohol')).toBe(true)
})

describe('a restricted case', () => {
  let caseId: string
  let person: Person
  beforeAll(async () => {
    const opened = await openCase()
    caseId = opened.caseId
    person = opened.person
    const reply = await act(tamsin, caseId, 'restrict', { named: [petroc.id], others: '', reason: 'He is a colleague’s son' })
    expect([reply.status, site.faults]).toEqual([303, []])
  })

  test('is read by those named and by its worker, and by no one else', async () => {
    expect((await site.as(tamsin).get(`/cases/${caseId}`)).words).toContain('Restricted')
    expect((await site.as(petroc).get(`/cases/${caseId}`)).status).toBe(200)
    for (const user of [onlooker, boss, nurse, await addUser(database, west)])
      expect((await site.as(user).get(`/cases/${caseId}`)).status).toBe(404)
    expect((await site.as(petroc).get(`/cases/${caseId}`)).words).toContain('Only those named')
  })

  test('[F3] opens in an emergency with a reason, for one person, and its owner is told', async () => {
    expect((await site.as(nurse).get(`/cases/${caseId}/break-glass`)).status).toBe(404)
    const [line] = await as(database, boss, tx => involvementsOf(tx, person.id))
    expect(line?.caseId).toBe(caseId)
    expect((await site.as(boss).get(`/cases/${caseId}/break-glass`)).words).toContain('for 4 hours')
    const unsaid = await site.as(boss).post(`/cases/${caseId}/break-glass`, { reason: ' ' })
    expect([unsaid.status, unsaid.words.includes('Enter what the emergency is')]).toEqual([422, true])
    const opened = await site.as(boss).post(`/cases/${caseId}/break-glass`, { reason: 'Missing since midnight' })
    expect([opened.status, site.faults]).toEqual([303, []])
    expect(emergencies.at(-1)).toMatchObject({
      caseId,
      workerId: tamsin.id,
      restricted: true,
      teamId: west.id,
      reason: 'Missing since midnight',
      endsAt: new Date('2026-11-17T14:00:00Z'),
    })
    const seenAt = async (now: Date) => {
      const actor = await actorOf(database, boss.id, now)
      return asActor(database.web, actor, 'read', tx => caseSummariesOf(tx, actor, [person.id]))
    }
    expect((await seenAt(clock.now())).length).toBe(1)
    const later = new Date('2026-11-17T14:00:01Z')
    expect((await seenAt(later)).length).toBe(0)
    expect((await site.as(petroc).get(`/cases/${caseId}`)).words).toContain('Missing since midnight')
    const audited = await database.admin.query(`select from audit_events where case_id = $1 and action = 'case-opened-in-emergency'`, [
      caseId,
    ])
    expect(audited.rowCount).toBe(1)
  })

  test('[F3] an emergency that is sent three times at once opens the case once', async () => {
    const other = await openCase()
    await act(tamsin, other.caseId, 'restrict', { named: [petroc.id], others: '', reason: 'He is a colleague’s son' })
    const path = `/cases/${other.caseId}/break-glass`
    const replies = await Promise.all([1, 2, 3].map(() => site.as(boss).post(path, { reason: 'Missing since midnight' })))
    expect([replies.map(reply => reply.status), site.faults]).toEqual([[303, 303, 303], []])
    const grants = await database.admin.query(`select from access_grants where case_id = $1 and kind = 'break-glass'`, [other.caseId])
    expect(grants.rowCount).toBe(1)
    expect(emergencies.filter(one => one.caseId === other.caseId)).toHaveLength(1)
  })

  test('says beforehand who could still open it in an emergency, and that nobody else can', async () => {
    const other = await openCase()
    const asked = (await site.as(tamsin).get(`/cases/${other.caseId}/restrict`)).words
    expect(asked).toContain(`can open it, with a reason and for a few hours: ${boss.name}, ${council.name}`)
    expect(asked).toContain('duty officers do not learn that it is there')
    const actor = await actorOf(database, tamsin.id)
    await asActor(database.web, actor, 'write', tx =>
      withhold(tx, actor, clock.now(), { caseId: other.caseId, holder: boss.principal, reason: 'He is her brother' }),
    )
    expect((await site.as(tamsin).get(`/cases/${other.caseId}/restrict`)).words).toContain('In an emergency nobody else can open it')
  })

  test('is opened to its team again by those who hold it', async () => {
    expect((await act(petroc, caseId, 'unrestrict', { reason: 'The colleague has left' })).status).toBe(303)
    expect((await site.as(onlooker).get(`/cases/${caseId}`)).status).toBe(200)
    expect(await rowOf(caseId)).toMatchObject({ restricted: false })
  })

  test('must name somebody who is there', async () => {
    const other = await openCase()
    const reply = await act(tamsin, other.caseId, 'restrict', { named: [], others: 'nobody@porthkerris.example', reason: 'Because' })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('Nobody here has the address nobody@porthkerris.example')
  })
})

test('[U9] every read and every change is in the audit', async () => {
  const { caseId, person } = await openCase()
  await site.as(onlooker).get(`/cases/${caseId}`)
  await site.as(tamsin).get(`/people/${person.id}/timeline`)
  const { rows } = await database.admin.query('select distinct action from audit_events where person_id = $1 order by 1', [person.id])
  expect(rows.map(row => row.action)).toEqual([
    'case-accepted',
    'case-opened',
    'case-referred',
    'case-work-started',
    'case-worker-allocated',
    'timeline-opened',
  ])
})
