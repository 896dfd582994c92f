import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addPerson, addTeam, addUser, as, reader, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { withhold } from '../../access/index.ts'
import { beginCase, lockCase, restrictCase } from '../../cases/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { flagManyRoutes } from './routes.tsx'

let database: TestDatabase
let site: Site
let team: Team
let worker: User
let readOnly: User
let stranger: User
const clock = fixedClock('2026-11-20T09:30:00Z')

beforeAll(async () => {
  database = await testDatabase()
  const agency = await addAgency(database)
  team = await addTeam(database, agency, ['early-help'])
  worker = await addUser(database, team, { name: 'Tamsin Rowe' })
  readOnly = await addUser(database, team, { may: reader })
  stranger = await addUser(database, await addTeam(database, agency, ['early-help']))
  site = await siteOf(database, clock, routes => flagManyRoutes(routes))
})
afterAll(() => site.close())

async function newCase(familyName: string): Promise<string> {
  const person = await addPerson(database, team, { familyName })
  const referral = {
    personId: person.id,
    teamId: team.id,
    serviceArea: 'early-help',
    receivedOn: asPlainDate('2026-11-18'),
    source: 'school',
    sourceLabel: 'School',
    referrerName: '',
    referrerContact: '',
    reason: 'x',
    urgency: 'routine' as const,
    consent: 'not-asked' as const,
    consentHow: '',
    consentOn: null,
    withoutConsentBecause: 'x',
  }
  return as(database, worker, async (tx, actor) => (await beginCase(tx, actor, clock.now(), referral)).caseId)
}
const address = (service = 'early-help') => `/work/team/cases/flag?team=${team.id}/${service}`
const flags = async (caseId: string) =>
  (await database.admin.query('select kind, note, author from case_flags where case_id = $1', [caseId])).rows
const flag = { kind: 'other', note: 'The estate is without heating', 'review-day': '1', 'review-month': '12', 'review-year': '2026' }

test('[F8] the same flag on many cases: shown first, then raised on each with an audit of its own, not twice', async () => {
  const [one, two, three] = [await newCase('Angwin'), await newCase('Bolitho'), await newCase('Carne')]
  const list = await site.as(worker).get(address())
  expect(list.words).toMatch(/ANGWIN.*BOLITHO|BOLITHO.*ANGWIN/)
  const shown = await site.as(worker).post(address(), { ...flag, case: [one, two] })
  expect(shown.words).toMatch(/Flag 2 cases.*The estate is without heating.*01\/12\/2026/)
  expect(shown.words).not.toContain('CARNE')
  expect(await flags(one)).toEqual([])
  const done = await site.as(worker).post(address(), { ...flag, case: [one, two], confirmed: 'yes' })
  expect(done.status).toBe(303)
  for (const id of [one, two])
    expect(await flags(id)).toEqual([{ kind: 'other', note: 'The estate is without heating', author: 'Tamsin Rowe' }])
  const { rows } = await database.admin.query(
    `select case_id from audit_events where action = 'case-flag-raised' and case_id = any ($1) order by case_id`,
    [[one, two, three]],
  )
  expect(rows.map(row => row.case_id)).toEqual([one, two].sort())
  const again = await site.as(worker).post(address(), { ...flag, case: [one, three] })
  expect(again.words).toContain('1 that have this flag already')
  await site.as(worker).post(address(), { ...flag, case: [one, three], confirmed: 'yes' })
  expect([(await flags(one)).length, (await flags(three)).length]).toEqual([1, 1])
})

test('without a case or a kind it is refused, and what was typed stays', async () => {
  const reply = await site.as(worker).post(address(), { ...flag, kind: '' })
  expect(reply.status).toBe(422)
  for (const message of ['Select what kind it is', 'Choose at least one case']) expect(reply.words).toContain(message)
  expect(reply.html).toContain('The estate is without heating')
})

test('[U13] what somebody may not see is not listed, and what they may not change is not flagged, whatever is posted', async () => {
  const hidden = await newCase('Withheldson')
  const restricted = await newCase('Restrictedson')
  const colleague = await addUser(database, team)
  await as(database, worker, (tx, actor) =>
    withhold(tx, actor, clock.now(), { caseId: hidden, holder: colleague.principal, reason: 'Related' }),
  )
  await as(database, worker, async (tx, actor) =>
    restrictCase(
      tx,
      actor,
      clock.now(),
      (await lockCase(tx, actor, restricted))!,
      [{ userId: worker.id, principal: worker.principal, name: worker.name }],
      'For safety',
    ),
  )
  for (const who of [colleague, readOnly, stranger]) {
    const list = await site.as(who).get(address())
    expect(list.words).not.toContain('RESTRICTEDSON')
    if (who !== readOnly) expect(list.words).not.toContain('WITHHELDSON')
    await site.as(who).post(address(), { ...flag, case: [hidden, restricted], confirmed: 'yes' })
  }
  expect([...(await flags(hidden)), ...(await flags(restricted))]).toEqual([])
  expect((await site.as(readOnly).get(address())).status).toBe(404)
  expect((await site.as(stranger).get(address())).status).toBe(404)
})
