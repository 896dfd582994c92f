import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addPerson, addTeam, addUser, as, commissioner, type Team, type User } from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { withhold } from '../../access/index.ts'
import { beginCase, dueJobs, dueRoutes, noteForm } from '../../cases/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { bankHolidayRoutes } from './bank-holidays.routes.tsx'
import { timescaleRoutes } from './timescales.routes.tsx'

let database: TestDatabase
let site: Site
let team: Team
let worker: User
let administrator: User
let agencyAdministrator: User
let boss: User

const clock = fixedClock('2026-12-01T10:00:00Z')
const jobs = () => dueJobs({ database: database.worker, clock })

beforeAll(async () => {
  database = await freshDatabase()
  const agency = await addAgency(database, { isAuthority: true })
  team = await addTeam(database, agency, ['early-help'])
  worker = await addUser(database, team, { name: 'Tamsin Rowe' })
  boss = await addUser(database, team, { may: commissioner })
  administrator = await addUser(database, team, { may: ['manage-settings', 'manage-authority'] })
  agencyAdministrator = await addUser(database, team, { may: ['manage-users', 'manage-settings'] })
  site = await siteOf(database, clock, routes => {
    timescaleRoutes(routes)
    bankHolidayRoutes(routes)
    dueRoutes(routes, { personBanner: async () => null, tabs: [] })
  })
})
afterAll(async () => {
  await site.close()
  await database.close()
})

async function referred(receivedOn: string): Promise<string> {
  const person = await addPerson(database, team)
  const referral = {
    personId: person.id,
    teamId: team.id,
    serviceArea: 'early-help',
    receivedOn: asPlainDate(receivedOn),
    source: 'school',
    sourceLabel: 'School',
    referrerName: '',
    referrerContact: '',
    reason: 'Not at school',
    urgency: 'routine' as const,
    consent: 'not-asked' as const,
    consentHow: '',
    consentOn: null,
    withoutConsentBecause: 'They did not say',
  }
  const { caseId } = await as(database, worker, (tx, actor) => beginCase(tx, actor, clock.now(), referral))
  return caseId
}

const dueOn = async (caseId: string, source = 'stage'): Promise<string | undefined> =>
  (await database.admin.query('select due_on::text as on from case_dues where case_id = $1 and source = $2', [caseId, source])).rows[0]?.on
const inCaseload = async (caseId: string) =>
  (await database.admin.query('select due_on::text as on, next_step from caseload_entries where case_id = $1', [caseId])).rows[0]
const queued = async () =>
  (
    await database.admin.query(
      `select t.identifier as task, j.payload from ${database.schema}_jobs._private_jobs j join ${database.schema}_jobs._private_tasks t on t.id = j.task_id order by j.id`,
    )
  ).rows

const plain = {
  words: '',
  service: '',
  number: '3',
  unit: 'working-days',
  anchor: 'referred',
  'settled-by': '',
  'month-end': 'last-day',
  'closed-day': 'stays',
}
const fieldsOf = (html: string) => ({
  ...plain,
  words: /name="words"[^>]* value="([^"]*)"/.exec(html)?.[1] ?? '',
})

/** Fills in the form, waits for the count, and puts the version in force. */
async function change(path: string, fields: Record<string, string>): Promise<{ shown: string; id: string }> {
  const proposed = await site.as(administrator).post(path, fields)
  expect(proposed.words).not.toContain('There is a problem')
  const id = /[0-9a-f-]{36}/.exec(proposed.location!)![0]
  await jobs()['count-rule-effect']({ ruleId: id })
  const shown = (await site.as(administrator).get(proposed.location!)).words
  await site.as(administrator).post(`/settings/timescales/${id}/put-in-force`, {})
  await jobs()['work-out-dues']({ serviceArea: fields['service'] ?? '' })
  return { shown, id }
}

test('[F10] an administrator changes a timescale, is shown how many dates it moves, and then it moves them', async () => {
  const old = await referred('2026-11-25')
  const late = await referred('2026-11-20')
  expect([await dueOn(old), await dueOn(late)]).toEqual(['2026-11-27', '2026-11-22'])
  const list = await site.as(administrator).get('/settings/timescales')
  expect(list.words).toMatch(/Decide on the referral Every service 2 days .* Lanyard's suggestion Not yet checked|Decide on the referral/)
  const rule = /href="(\/settings\/timescales\/[0-9a-f-]+)">Decide on the referral/.exec(list.html)![1]!
  const form = await site.as(administrator).get(`${rule}/change`)
  const fields = { ...fieldsOf(form.html), number: '5', source: 'Cabinet, 3 November 2026', verified: 'yes' }
  const proposed = await site.as(administrator).post(`${rule}/change`, fields)
  // Nothing has moved, and nothing can be put in force before it has been counted.
  const id = /[0-9a-f-]{36}/.exec(proposed.location!)![0]
  expect((await queued()).at(-1)).toMatchObject({ task: 'count-rule-effect', payload: { ruleId: id } })
  await site.as(administrator).post(`${proposed.location}/put-in-force`, {})
  expect((await site.as(administrator).get(proposed.location!)).words).toContain('is being counted')
  await jobs()['count-rule-effect']({ ruleId: id })
  const page = await site.as(administrator).get(proposed.location!)
  expect(page.words).toMatch(/2 cases would move of 2 cases that are open\. .*2 cases would be due later/)
  expect(await dueOn(old)).toBe('2026-11-27')
  await site.as(administrator).post(`${proposed.location}/put-in-force`, {})
  expect((await queued()).at(-1)).toMatchObject({ task: 'work-out-dues', payload: { serviceArea: '' } })
  await jobs()['work-out-dues']({ serviceArea: '' })
  expect([await dueOn(old), await dueOn(late)]).toEqual(['2026-12-02', '2026-11-27'])
  expect(await inCaseload(old)).toEqual({ on: '2026-12-02', next_step: 'Decide on the referral' })
  expect((await site.as(administrator).get(proposed.location!)).words).toMatch(/Version 2 In force .*Version 1 Replaced/)
  // Again, and nothing is written.
  const before = (await database.admin.query('select xmin::text from case_dues order by case_id, source')).rows
  await jobs()['work-out-dues']({})
  expect((await database.admin.query('select xmin::text from case_dues order by case_id, source')).rows).toEqual(before)
})

test('a service can have its own, and do without', async () => {
  const caseId = await referred('2026-11-30')
  const list = await site.as(administrator).get('/settings/timescales')
  const rule = /href="(\/settings\/timescales\/[0-9a-f-]+)">Decide on the referral/.exec(list.html)![1]!
  await change(`${rule}/change`, { ...plain, words: 'Decide on the referral', service: 'early-help', number: '1', unit: 'weeks' })
  expect(await dueOn(caseId)).toBe('2026-12-07')
  const own = /href="(\/settings\/timescales\/[0-9a-f-]+)">Decide on the referral<\/a> <span class="ly-second">early help/.exec(
    (await site.as(administrator).get('/settings/timescales')).html,
  )![1]!
  await change(`${own}/change`, { ...plain, words: 'Decide on the referral', service: 'early-help', number: '1', 'not-used': 'yes' })
  expect(await dueOn(caseId)).toBe('infinity')
})

test('a clock of its own counts working days over Christmas, is done by hand, and follows a new bank holiday', async () => {
  const caseId = await referred('2026-12-01')
  const { shown } = await change('/settings/timescales/new', { ...plain, words: 'Make the first visit', number: '18' })
  expect(shown).toMatch(/would have such a date and have none now/)
  expect(await dueOn(caseId, 'rule/rule-make-the-first-visit')).toBe('2026-12-29')
  const added = { 'on-day': '21', 'on-month': '12', 'on-year': '2026', name: 'A day of mourning', source: 'Proclamation' }
  expect((await site.as(administrator).post('/settings/bank-holidays/new', added)).status).toBe(303)
  expect((await site.as(administrator).post('/settings/bank-holidays/new', added)).words).toContain('on the list already')
  await jobs()['work-out-dues']({})
  expect(await dueOn(caseId, 'rule/rule-make-the-first-visit')).toBe('2026-12-30')
  const address = `/cases/${caseId}/dates/rule-make-the-first-visit`
  expect((await site.as(worker).get(address)).words).toMatch(/Make the first visit.*30 Dec/)
  expect((await site.as(worker).post(address, { 'on-day': '2', 'on-month': '12', 'on-year': '2026' })).status).toBe(422)
  const done = await site.as(worker).post(address, { 'on-day': '1', 'on-month': '12', 'on-year': '2026', note: 'All were at home' })
  expect(done.status).toBe(303)
  expect(await dueOn(caseId, 'rule/rule-make-the-first-visit')).toBeUndefined()
  expect((await site.as(worker).get(address)).status).toBe(404)
  expect((await site.as(boss).get(address)).status).toBe(404)
  const { rows } = await database.admin.query(
    `select title, summary from timeline_entries where case_id = $1 and source_type = 'case-moment'`,
    [caseId],
  )
  expect(rows).toEqual([{ title: 'Done: Make the first visit', summary: 'All were at home' }])
})

test('a day answered in a form is withheld with its section, and stays out of the caseload that others read', async () => {
  const caseId = await referred('2026-12-01')
  const answerSetId = crypto.randomUUID()
  await database.admin.query(
    `insert into form_definitions (code, version, title, definition, fingerprint, created_at) values ('top', 1, 'Outcomes', '{}', 'x', now())`,
  )
  await database.admin.query(
    `insert into answer_sets (id, case_id, person_id, form_code, form_version, started_by, started_at, readers, editors)
     select $1, c.id, c.person_id, 'top', 1, $2, now(), c.readers, c.editors from cases c where c.id = $3`,
    [answerSetId, worker.id, caseId],
  )
  await database.admin.query(
    `insert into due_rules (id, code, version, status, words, anchor, settled_by, repeats, number, unit, proposed_at, in_force_at)
     values (gen_random_uuid(), 'next-top', 1, 'in-force', 'Next outcomes', 'answer/top/taken_on', 'form/other', true, 12, 'weeks', now(), now())`,
  )
  const colleague = await addUser(database, team)
  await as(database, worker, (tx, actor) =>
    withhold(tx, actor, clock.now(), {
      caseId,
      holder: colleague.principal,
      section: { answerSetId, section: 'outcomes' },
      reason: 'Related',
    }),
  )
  const answers = [{ question: 'taken_on', section: 'outcomes', on: asPlainDate('2026-12-01') }]
  await as(database, worker, (tx, actor) => noteForm(tx, actor, clock.now(), caseId, { form: 'top', answerSetId, answers }))
  const seenBy = (who: User) =>
    as(database, who, async tx =>
      (await tx.selectFrom('case_dues').select('due_on').where('source', '=', 'rule/next-top').execute()).map(row => row.due_on),
    )
  expect(await seenBy(worker)).toEqual(['2027-02-23'])
  expect(await seenBy(colleague)).toEqual([])
  expect((await site.as(worker).get(`/cases/${caseId}/dates/next-top`)).status).toBe(200)
  expect((await site.as(colleague).get(`/cases/${caseId}/dates/next-top`)).status).toBe(404)
  expect((await inCaseload(caseId)).next_step).not.toBe('Next outcomes')
  // What he does to the case neither shows nor loses it.
  const forCase = { form: 'another', answerSetId, answers: [] }
  await as(database, colleague, (tx, actor) => noteForm(tx, actor, clock.now(), caseId, forCase))
  expect(await seenBy(worker)).toEqual(['2027-02-23'])
})

test('[U13] nobody but the authority’s administrators keeps rules and holidays', async () => {
  const rule = (await database.admin.query(`select id from due_rules where status = 'in-force' limit 1`)).rows[0].id
  for (const who of [worker, boss, agencyAdministrator]) {
    for (const path of [
      '/settings/timescales',
      '/settings/timescales/new',
      `/settings/timescales/${rule}`,
      '/settings/bank-holidays',
      '/settings/bank-holidays/2026-12-25',
    ])
      expect((await site.as(who).get(path)).status, path).toBe(404)
    expect((await site.as(who).post('/settings/timescales/new', { ...plain, words: 'Mine' })).status).toBe(404)
    await expect(
      as(database, who, tx => tx.insertInto('bank_holidays').values({ on_date: '2031-01-01', name: 'Mine' }).execute()),
    ).rejects.toThrow(/row-level security/)
  }
  // The pages' own role does not see what the job sees.
  await expect(as(database, administrator, tx => tx.selectFrom('case_events').select('kind').execute())).resolves.toEqual([])
})

test('what is wrong with a rule is said, and what was typed is kept', async () => {
  const reply = await site
    .as(administrator)
    .post('/settings/timescales/new', { ...plain, words: '', number: '4000', anchor: 'nothing', source: 'The act' })
  expect(reply.status).toBe(422)
  for (const message of ['Enter what is to be done', 'a whole number from 0 to 3,650', 'Select what it is counted from'])
    expect(reply.words).toContain(message)
  expect(reply.html).toContain('The act')
})
