import { beforeAll, expect, test } from 'vitest'
import { addAgency, addPerson, addTeam, addUser, as, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { siteOf } from '../../../test/harness/site.ts'
import { fixedClock } from '../../platform/clock.ts'
import { plainDate } from '../../platform/plain-date.ts'
import { allocate, beginCase, findCase, lockCase, noteRoutes, planRoutes, triage } from '../index.ts'

let database: TestDatabase
let team: Team
let tamsin: User

const clock = fixedClock('2026-11-20T09:30:00Z')
const now = clock.now()
const day = plainDate(2026, 11, 20)

beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
})

/** A referral that was accepted and given to Tamsin. */
async function allocatedCase(): Promise<string> {
  const person = await addPerson(database, team)
  const referral = {
    personId: person.id,
    teamId: team.id,
    serviceArea: 'early-help',
    receivedOn: day,
    source: 'school',
    sourceLabel: 'School',
    referrerName: 'Mrs Bray',
    referrerContact: '',
    reason: 'Not in school',
    urgency: 'routine',
    consent: 'given',
    consentHow: 'in person',
    consentOn: day,
    withoutConsentBecause: '',
  } as const
  return as(database, tamsin, async (tx, actor) => {
    const { caseId } = await beginCase(tx, actor, now, referral)
    await triage({ tx, actor, clock }, (await lockCase(tx, actor, caseId))!, { decision: 'accept', decidedOn: day, note: '' })
    const to = { teamId: team.id, userId: tamsin.id, principal: tamsin.principal, name: tamsin.name }
    await allocate(tx, actor, now, (await lockCase(tx, actor, caseId))!, { to, fromOn: day, reason: '', handOver: '' })
    return caseId
  })
}
const entry = async (caseId: string) =>
  (await database.admin.query('select *, due_on::text from caseload_entries where case_id = $1', [caseId])).rows[0]

test('[U22] a plan that was gone through with the person is the case’s plan, and its review and first action come next', async () => {
  const caseId = await allocatedCase()
  const site = await siteOf(database, clock, routes => {
    const frame = { personBanner: async () => null, tabs: [] }
    planRoutes(routes, frame)
    noteRoutes(routes, { ...frame, findPeople: async () => [], bookHearing: async () => {} })
  })
  const browser = site.as(tamsin)
  const plan = `/cases/${caseId}/plan`
  await browser.post(`${plan}/needs/new`, { title: 'To be in school' })
  const need = /needs\/([0-9a-f-]{36})\/goals/.exec((await browser.get(plan)).html)![1]
  await browser.post(`${plan}/needs/${need}/goals/new`, { title: 'Three days a week' })
  const goal = /goals\/([0-9a-f-]{36})\/actions/.exec((await browser.get(plan)).html)![1]
  const action = { what: 'Meet the head of year', who: String(tamsin.principal), 'due-day': '24', 'due-month': '11', 'due-year': '2026' }
  await browser.post(`${plan}/goals/${goal}/actions/new`, action)
  expect(await entry(caseId)).toMatchObject({ due_on: '2026-11-24', next_step: 'Meet the head of year' })

  const form = await browser.get(`${plan}/agreement`)
  expect(form.html).toContain('name="review-day"')
  const agreed = { agreed: 'yes', with: 'Jago and his mother', how: 'at home', 'on-day': '20', 'on-month': '11', 'on-year': '2026' }
  const saved = await browser.post(`${plan}/agreement`, { ...agreed, 'review-day': '8', 'review-month': '1', 'review-year': '2027' })
  expect(saved.status).toBe(303)
  const theCase = await as(database, tamsin, (tx, actor) => findCase(tx, actor, caseId))
  expect(theCase?.state).toMatchObject({ status: 'open', plannedOn: '2026-11-20', reviewDueOn: '2027-01-08' })
  // Agreed again after a change: the plan was made once.
  await browser.post(`${plan}/agreement`, agreed)
  const events = await database.admin.query(`select kind from case_events where case_id = $1 and kind = 'plan-made'`, [caseId])
  expect(events.rows).toHaveLength(1)
  expect((await browser.get(`${plan}/agreement`)).words).toContain('The next review is planned for 08/01/2027')
  await site.close()
})

test('the last contact of a case is that of its notes: not of one recorded late, restricted, without an answer, or corrected away', async () => {
  const caseId = await allocatedCase()
  const other = await addUser(database, team)
  const site = await siteOf(database, clock, routes =>
    noteRoutes(routes, { personBanner: async () => null, tabs: [], findPeople: async () => [], bookHearing: async () => {} }),
  )
  const note = async (dayOfMonth: string, noteType: string, more: Record<string, string> = {}, path = 'new') => {
    const when = { 'happened-day': dayOfMonth, 'happened-month': '11', 'happened-year': '2026', 'happened-time': '10:00' }
    const text = `${noteType} on ${dayOfMonth}`
    const saved = await site.as(tamsin).post(`/cases/${caseId}/notes/${path}`, { ...when, 'note-type': noteType, text, ...more })
    expect(saved.status).toBe(303)
    return (await database.admin.query<{ id: string }>('select id from case_notes where text = $1 and case_id = $2', [text, caseId]))
      .rows[0]!.id
  }
  const last = async () => {
    const { last_contact, last_contact_at } = await entry(caseId)
    return [last_contact, (last_contact_at as Date | null)?.toISOString()]
  }
  const visit = await note('12', 'visit')
  expect(await last()).toEqual(['Home visit', '2026-11-12T10:00:00.000Z'])
  await note('10', 'call')
  await note('14', 'other')
  await note('17', 'call', { outcome: 'no-answer' })
  await note('18', 'meeting', { restricted: 'named', named: String(other.principal) })
  expect(await last()).toEqual(['Home visit', '2026-11-12T10:00:00.000Z'])
  await note('09', 'visit', { 'correction-reason': 'Wrong day' }, `${visit}/correct`)
  expect(await last()).toEqual(['Call', '2026-11-10T10:00:00.000Z'])
  await site.close()
})
