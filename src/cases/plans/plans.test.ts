import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type Team,
  type User,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { grantAccess, withhold } from '../../access/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { openPlanActions, planActionsFor, planOf, planRoutes } from './index.ts'

let database: TestDatabase
let site: Site
let team: Team
let theCase: Case
let tamsin: User
let colleague: User
let otherTeam: User
let partner: User
let readOnly: User

const clock = fixedClock('2026-11-20T09:30:00Z')

beforeAll(async () => {
  database = await testDatabase()
  const agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team, { name: 'Piran Hocking' })
  readOnly = await addUser(database, team, { may: reader })
  otherTeam = await addUser(database, await addTeam(database, agency))
  partner = await addUser(database, await addTeam(database, await addAgency(database)))
  theCase = await newCase()
  site = await siteOf(database, clock, routes => planRoutes(routes, { personBanner: async () => null, tabs: [] }))
})
afterAll(() => site.close())

const newCase = async () => addCase(database, await addPerson(database, team, { givenName: 'Oksana' }), team)
const at = (path: string, of = theCase) => `/cases/${of.id}/plan${path}`
const plan = (of = theCase) => as(database, tamsin, tx => planOf(tx, of.id))
const send = async (path: string, fields: Record<string, string>, { who = tamsin, of = theCase } = {}) => {
  const saved = await site.as(who).post(at(path, of), fields)
  expect(saved.words).not.toContain('There is a problem')
  expect(saved.status).toBe(303)
}
const due = (day: string, month: string) => ({ 'due-day': day, 'due-month': month, 'due-year': '2026' })
/** A plan with one need, one goal and one open action. */
const begin = async (of: Case, words = 'Ring the landlord') => {
  await send('/needs/new', { title: 'A safe home', detail: 'Damp in both rooms.' }, { of })
  const [need] = (await plan(of)).needs
  await send(`/needs/${need!.id}/goals/new`, { title: 'The damp is treated', measure: 'No new marks by March' }, { of })
  const [goal] = (await plan(of)).needs[0]!.goals
  await send(`/goals/${goal!.id}/actions/new`, { what: words, who: String(colleague.principal), ...due('18', '11') }, { of })
  const [action] = (await plan(of)).needs[0]!.goals[0]!.actions
  return { need: need!, goal: goal!, action: action! }
}
const versionShown = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!

describe('making a plan', () => {
  test('[U22] needs, goals and actions are added, done with evidence and dropped with a reason; the plan is printed', async () => {
    const { goal, action } = await begin(theCase)
    const page = await site.as(tamsin).get(at(''))
    expect(page.words).toContain('A safe home')
    expect(page.words).toContain('We will know when: No new marks by March')
    expect(page.words).toMatch(/Ring the landlord.*Piran Hocking.*2 days overdue/)
    await send(`/goals/${goal.id}/actions/new`, { what: 'Look at rents', who: 'person' })
    await send(`/goals/${goal.id}/actions/new`, { what: 'Lend a heater', who: 'other', 'who-words': 'Her brother', ...due('30', '11') })
    await send(`/actions/${action.id}/complete`, { evidence: 'He comes on the 25th, by e-mail' })
    const heater = (await plan()).needs[0]!.goals[0]!.actions.find(one => one.what === 'Lend a heater')!
    expect(heater.whoName).toBe('Her brother')
    await send(`/actions/${heater.id}/drop`, { reason: 'She has one now' })
    const printed = await site.as(tamsin).get(at('/print'))
    expect(printed.words).toContain('Plan – PENROSE, Oksana')
    expect(printed.words).toContain('1 of 2 actions done')
    expect(printed.words).toMatch(/Ring the landlord He comes on the 25th, by e-mail/)
    expect(printed.words).toMatch(/Look at rents Oksana Penrose Ongoing/)
    expect(printed.words).toMatch(/Lend a heater She has one now/)
    const told = await database.admin.query('select title from timeline_entries where case_id = $1 order by at, id', [theCase.id])
    expect(told.rows.map(row => row.title)).toEqual([
      'Need added to the plan: A safe home',
      'Done: Ring the landlord',
      'Dropped: Lend a heater',
    ])
  })

  test('agreement with the person is recorded with how and when; a change after it is said', async () => {
    const of = await newCase()
    const { need } = await begin(of)
    expect((await site.as(tamsin).get(at('', of))).words).toContain('Not yet gone through with the person')
    await send(
      '/agreement',
      { agreed: 'yes', with: 'Oksana and her mother', how: 'at home', 'on-day': '19', 'on-month': '11', 'on-year': '2026' },
      { of },
    )
    const page = await site.as(tamsin).get(at('', of))
    expect(page.words).toMatch(/Agreed with Oksana and her mother on 19\/11\/2026, at home/)
    expect(page.words).not.toContain('It has been changed since')
    const form = await site.as(tamsin).get(at(`/needs/${need.id}`, of))
    await send(`/needs/${need.id}`, { title: 'A dry home', detail: '', version: versionShown(form.html) }, { of })
    expect((await site.as(tamsin).get(at('', of))).words).toContain('It has been changed since')
  })

  test('every version is kept with its author and read as it was', async () => {
    const of = await newCase()
    await begin(of)
    const history = await site.as(tamsin).get(at('/versions', of))
    expect(history.words).toMatch(/Version 3 Action added .* Version 2 Goal added .* Version 1 Need added/)
    expect(history.words).toContain('Tamsin Rowe')
    const first = await site.as(tamsin).get(at('/versions/1', of))
    expect(first.words).toContain('A safe home')
    expect(first.words).not.toContain('The damp is treated')
    for (const wrong of ['/versions/0', '/versions/99', '/versions/nonsense', '/versions/99999999999'])
      expect((await site.as(tamsin).get(at(wrong, of))).status).toBe(404)
  })

  test.each([
    ['/needs/new', {}, 'Enter what is needed'],
    ['/needs/new', { title: 'a'.repeat(201), detail: 'Kept words' }, 'What is needed must be 200 characters or fewer'],
    ['/agreement', { with: 'Kept words' }, 'Select whether the plan was agreed'],
    ['/agreement', { agreed: 'no' }, 'Enter why it is used without agreement'],
    ['/agreement', { agreed: 'yes', with: 'Oksana', 'on-day': '29', 'on-month': '2', 'on-year': '2026' }, 'Date must be a real date'],
  ])('[U16] %s refuses %o', async (path, fields: Record<string, string>, message) => {
    const page = await site.as(tamsin).post(at(path), fields)
    expect(page.status).toBe(422)
    expect(page.words).toContain(message)
    for (const value of Object.values(fields).filter(one => one === 'Kept words')) expect(page.html).toContain(value)
  })

  test('an action must be somebody’s, on a real day, and only those who may see the plan can be given one', async () => {
    const of = await newCase()
    const { goal } = await begin(of)
    const refuse = async (fields: Record<string, string>, message: string) => {
      const page = await site.as(tamsin).post(at(`/goals/${goal.id}/actions/new`, of), { what: 'Kept words', ...fields })
      expect(page.status).toBe(422)
      expect(page.words).toContain(message)
      expect(page.html).toContain('Kept words')
    }
    await refuse({}, 'Select who does it')
    await refuse({ who: String(partner.principal) }, 'Select who does it')
    await refuse({ who: 'other' }, 'Enter who does it')
    await refuse({ who: 'person', ...due('31', '11') }, 'Date must be a real date')
  })
})

describe('two people at one plan', () => {
  test('changes of different things follow each other; of the same thing the second is told, and sees both', async () => {
    const of = await newCase()
    const { need, goal, action } = await begin(of)
    const mine = versionShown((await site.as(tamsin).get(at(`/goals/${goal.id}`, of))).html)
    await send(`/needs/${need.id}`, { title: 'A safe, dry home', version: '1' }, { who: colleague, of })
    await send(`/goals/${goal.id}`, { title: 'Goal of Piran', version: mine }, { who: colleague, of })
    const late = await site.as(tamsin).post(at(`/goals/${goal.id}`, of), { title: 'Goal of Tamsin', version: mine })
    expect(late.status).toBe(422)
    expect(late.words).toContain('Somebody changed this while you were writing')
    expect(late.words).toContain('Theirs: Goal of Piran')
    expect(late.html).toContain('value="Goal of Tamsin"')
    await send(`/goals/${goal.id}`, { title: 'Goal of both', version: versionShown(late.html) }, { of })
    await send(`/actions/${action.id}/complete`, { evidence: 'Done by Piran' }, { who: colleague, of })
    const again = await site.as(tamsin).post(at(`/actions/${action.id}/drop`, of), { reason: 'Not needed' })
    expect(again.status).toBe(422)
    expect(again.words).toContain('Somebody has ended this already')
    expect((await plan(of)).needs[0]!.goals[0]!.actions[0]).toMatchObject({ status: 'done', evidence: 'Done by Piran' })
  })

  test('a need or goal is not ended while something on it is open', async () => {
    const of = await newCase()
    const { need, goal, action } = await begin(of)
    for (const path of [`/needs/${need.id}/end`, `/goals/${goal.id}/end`]) {
      const page = await site.as(tamsin).post(at(path, of), { reason: 'Met' })
      expect(page.status).toBe(422)
      expect(page.words).toContain('Finish or drop its open actions first')
    }
    expect(await as(database, tamsin, tx => openPlanActions(tx, of.id))).toEqual([
      { id: action.id, what: 'Ring the landlord', dueOn: '2026-11-18', who: colleague.principal, by: 'Piran Hocking' },
    ])
    expect((await as(database, colleague, tx => planActionsFor(tx, colleague.principal, 100))).map(one => one.id)).toContain(action.id)
    await send(`/actions/${action.id}/drop`, { reason: 'No longer' }, { of })
    await send(`/goals/${goal.id}/end`, { reason: 'Met' }, { of })
    await send(`/needs/${need.id}/end`, { reason: 'Met' }, { of })
    expect((await site.as(tamsin).get(at('', of))).words).toContain('Needs that have ended')
  })

  test('two first changes at the same moment begin one plan', async () => {
    const of = await newCase()
    await Promise.all([1, 2, 3].map(n => send('/needs/new', { title: `Need ${n}` }, { of })))
    expect(await plan(of)).toMatchObject({ version: 3, needs: [{}, {}, {}] })
  })
})

describe('who sees a plan', () => {
  test('[U13] another team, another agency, an address of another case: not there; a read-only user reads and cannot change', async () => {
    const of = await newCase()
    const elsewhere = await newCase()
    const { need, action } = await begin(of)
    for (const user of [otherTeam, partner]) {
      for (const path of ['', '/print', '/versions', '/versions/1', '/needs/new', `/needs/${need.id}`])
        expect((await site.as(user).get(at(path, of))).status).toBe(404)
      expect((await site.as(user).post(at('/needs/new', of), { title: 'Intruder' })).status).toBe(404)
      for (const table of ['plans', 'plan_needs', 'plan_goals', 'plan_actions', 'plan_versions'])
        expect((await as(database, user, tx => sql`select 1 from ${sql.table(table)} where case_id = ${of.id}`.execute(tx))).rows).toEqual(
          [],
        )
    }
    expect((await site.as(readOnly).get(at('', of))).words).toContain('A safe home')
    expect((await site.as(readOnly).get(at('', of))).html).not.toContain('/needs/new')
    for (const path of ['/needs/new', `/actions/${action.id}/complete`]) {
      expect((await site.as(readOnly).get(at(path, of))).status).toBe(404)
      expect((await site.as(readOnly).post(at(path, of), { title: 'x', evidence: 'x' })).status).toBe(404)
    }
    for (const path of [`/needs/${need.id}`, `/actions/${action.id}/complete`, '/needs/nonsense', `/goals/${crypto.randomUUID()}`])
      expect((await site.as(tamsin).get(at(path, elsewhere))).status).toBe(404)
    expect((await site.as(tamsin).post(at(`/actions/${action.id}/complete`, elsewhere), { evidence: 'x' })).status).toBe(404)
    expect(site.faults).toEqual([])
  })

  test('an agency that the plan is shared with may work on it and sees nothing else; withheld from, it may not', async () => {
    const of = await newCase()
    await begin(of)
    const agency = await addAgency(database)
    const guest = await addUser(database, await addTeam(database, agency), { name: 'Guest of another agency' })
    const share = {
      caseId: of.id,
      kind: 'share',
      holder: agency.principal,
      level: 'edit',
      parts: ['plan'],
      purpose: 'joint work',
      lawfulBasis: 'consent',
    } as const
    await as(database, tamsin, (tx, actor) => grantAccess(tx, actor, clock.now(), share))
    await send('/needs/new', { title: 'From the partner' }, { who: guest, of })
    await send('/agreement', { agreed: 'yes', with: 'Oksana', 'on-day': '19', 'on-month': '11', 'on-year': '2026' }, { who: guest, of })
    expect((await site.as(tamsin).get(at('', of))).words).toContain('From the partner')
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: of.id, holder: agency.principal, reason: 'Her wish' }),
    )
    expect((await site.as(guest).get(at('', of))).status).toBe(404)
    expect((await site.as(guest).post(at('/needs/new', of), { title: 'Too late' })).status).toBe(404)
  })
})
