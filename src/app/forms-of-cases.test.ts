import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  actorOf,
  addAgency,
  addCase,
  addManyUsers,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { casesAlone } from '../../test/harness/cases-alone.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { withhold } from '../access/index.ts'
import { casesRoutes } from '../cases/index.ts'
import { formsRoutes } from '../forms/index.ts'
import { release } from '../forms/testing/forms.ts'
import { asActor } from '../platform/actor.ts'
import { fixedClock } from '../platform/clock.ts'
import { formsOfCases } from './forms-of-cases.ts'

let database: TestDatabase
let site: Site
let morwenna: User
let theCase: Case
let team: Team
const kept: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  morwenna = await addUser(database, team)
  theCase = await addCase(database, await addPerson(database, team), team)
  const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
  const questions = [
    { code: 'who', type: 'person', label: 'Who' },
    { code: 'paper', type: 'file', label: 'Paper' },
    { code: 'worker', type: 'user', label: 'Worker' },
  ]
  const definition = {
    code: 'wired',
    title: 'Wired form',
    version: 1,
    pages: [{ code: 'one', title: 'One', sections: [{ code: 'first', title: 'First', questions }] }],
  }
  await asActor(database.web, actor, 'write', tx => release(tx, actor, definition))
  const files = {
    keep: async (path: string) => {
      kept.push(path)
      return { key: 'a-key', bytes: 5 }
    },
  }
  const host = formsOfCases({
    personBanner: async () => null,
    tabs: [{ key: 'forms', text: 'Assessments', href: id => `/cases/${id}/forms` }],
    files: files as never,
    scanning: null,
  })
  site = await siteOf(database, fixedClock('2026-11-19T09:12:00Z'), routes => {
    formsRoutes(routes, host)
    casesRoutes(routes, casesAlone)
  })
})
afterAll(() => site.close())

test('a form stands in its case: frame, person, documents, and the timeline that follows it', async () => {
  const her = site.as(morwenna)
  const page = (await her.post(`/cases/${theCase.id}/forms`, { form: 'wired' })).location!
  const shown = await her.get(page)
  expect(shown.html).toContain('moj-sub-navigation')
  expect(shown.words).toContain('PENROSE, Jago')
  const saved = await her.post(page, {
    _asked: 'who paper',
    '_base-first': '0',
    'who-record': theCase.personId,
    paper: new File(['hello'], 'note.txt', { type: 'text/plain' }),
    _then: 'leave',
  })
  expect(saved.status).toBe(303)
  const words = (await her.get(saved.location!)).words
  expect(words).toContain('PENROSE, Jago')
  expect(words).toContain('note.txt')
  expect((await database.admin.query('select kind, title from documents where case_id = $1', [theCase.id])).rows).toEqual([
    { kind: 'assessment', title: 'note.txt' },
  ])
  const check = await her.get(`${saved.location}/check`)
  await her.post(`${saved.location}/check`, { _seen: /name="_seen" value="([^"]*)"/.exec(check.html)![1]! })
  await her.post(`${saved.location}/reopen`, { reason: 'One more thing' })
  const { rows } = await database.admin.query('select title, summary from timeline_entries where case_id = $1 order by id', [theCase.id])
  expect(rows.map(row => row.title).filter(title => title.startsWith('Wired'))).toEqual([
    'Wired form started',
    'Wired form completed',
    'Wired form reopened',
  ])
  expect(site.faults).toEqual([])
})

test('a page with a file that is posted twice adds the file once, and keeps the words as they were sent last', async () => {
  const aCase = await addCase(database, await addPerson(database, team), team)
  const her = site.as(morwenna)
  const page = (await her.post(`/cases/${aCase.id}/forms`, { form: 'wired' })).location!
  const once = /name="_once" value="([^"]+)"/.exec((await her.get(page)).html)![1]!
  const press = (who: string) =>
    her.post(
      page,
      { _asked: 'who paper', who, paper: new File(['hello'], 'no\u0007te.txt', { type: 'text/plain' }), _then: 'leave' },
      { once },
    )
  const [first, second] = await Promise.all([press('Jago'), press('Jago')])
  expect([first.status, second.status]).toEqual([303, 303])
  const back = await press('Jago and Tamsin')
  const { words } = await her.get(back.location!)
  expect(words).toContain('Jago and Tamsin')
  expect(words.match(/note\.txt/g)).toHaveLength(1)
  expect((await database.admin.query('select title from documents where case_id = $1', [aCase.id])).rows).toEqual([{ title: 'note.txt' }])
  expect(site.faults).toEqual([])
})

test('of colleagues none is left out, however many there are, and one who was chosen stays chosen when they have left', async () => {
  const large = await addTeam(database, await addAgency(database))
  const writer = await addUser(database, large, { name: 'Aaron First' })
  const last = await addManyUsers(database, large, 600)
  const aCase = await addCase(database, await addPerson(database, large), large)
  const { rows } = await database.admin.query<{ id: string }>('select id from users where principal = $1', [last.principal])
  const page = (await site.as(writer).post(`/cases/${aCase.id}/forms`, { form: 'wired' })).location!
  expect((await site.as(writer).get(page)).html).toContain(`<option value="${rows[0]!.id}">${last.name}</option>`)
  await site.as(writer).post(page, { _asked: 'worker', worker: rows[0]!.id, _then: 'leave' })
  await database.admin.query(`update users set status = 'disabled' where id = $1`, [rows[0]!.id])
  expect((await site.as(writer).get(page)).html).toContain(`<option value="${rows[0]!.id}" selected>${last.name}</option>`)
})

test('a form discarded leaves its line in the timeline, and the case as if it had not been begun', async () => {
  const aCase = await addCase(database, await addPerson(database, team), team)
  const her = site.as(morwenna)
  const page = (await her.post(`/cases/${aCase.id}/forms`, { form: 'wired' })).location!
  await her.post(page.replace('/pages/one', '/discard'), {})
  const { rows } = await database.admin.query('select title from timeline_entries where case_id = $1 order by id', [aCase.id])
  expect(rows.map(row => row.title).filter(title => title.startsWith('Wired'))).toEqual(['Wired form started', 'Wired form discarded'])
  const next = await as(database, morwenna, tx =>
    tx.selectFrom('caseload_entries').select('next_step').where('case_id', '=', aCase.id).execute(),
  )
  expect(next).not.toEqual([{ next_step: 'Finish the assessment' }])
  expect(site.faults).toEqual([])
})

test('an assessment that is finished while its case waits in a team is not asked for again', async () => {
  const her = site.as(morwenna)
  const date = (name: string) => ({ [`${name}-day`]: '19', [`${name}-month`]: '11', [`${name}-year`]: '2026' })
  const person = await addPerson(database, team)
  const referred = await her.post(`/people/${person.id}/refer`, {
    team: `${team.id}/${Object.keys(team.posts)[0]}`,
    source: 'school',
    'referrer-name': 'Mrs J Bray',
    'referrer-contact': '01632 960 480',
    reason: 'Not at school since the summer.',
    urgency: 'routine',
    consent: 'given',
    'consent-how': 'by telephone',
    ...date('received'),
    ...date('consent-on'),
  })
  const path = referred.location!
  const act = async (name: string, fields: Record<string, string>) => {
    const version = /name="version" value="(\d+)"/.exec((await her.get(`${path}/${name}`)).html)?.[1] ?? ''
    expect((await her.post(`${path}/${name}`, { version, ...fields })).status).toBe(303)
  }
  const toWorker = { to: 'worker', worker: morwenna.id, reason: 'Hers', 'hand-over': 'Know this', ...date('from') }
  await act('triage', { decision: 'accept', note: '', ...date('decided') })
  await act('allocate', toWorker)
  const form = (await her.post(`${path}/forms`, { form: 'wired' })).location!
  await act('allocate', { to: 'team', team: team.id, reason: 'Leaves', 'hand-over': 'Know this', ...date('from') })
  await her.post(form, { _asked: 'who paper', '_base-first': '0', _then: 'leave' })
  const check = form.replace('/pages/one', '/check')
  const seen = /name="_seen" value="([^"]*)"/.exec((await her.get(check)).html)![1]!
  expect((await her.post(check, { _seen: seen })).status).toBe(303)
  await act('allocate', toWorker)
  expect((await her.post(`${path}/start`, {})).status).toBe(303)
  const caseId = path.replace('/cases/', '')
  const next = await as(database, morwenna, tx =>
    tx.selectFrom('caseload_entries').select('next_step').where('case_id', '=', caseId).execute(),
  )
  expect(next).toEqual([{ next_step: 'Make the plan' }])

  expect((await her.get(`${path}/forms/new`)).words).not.toContain('This case ended')
  await act('close', { reason: 'work-done', outcome: 'met', summary: 'All is well', ...date('closed') })
  expect((await her.get(`${path}/forms/new`)).words).toContain('This case ended on 19/11/2026.')
  expect(site.faults).toEqual([])
})

test('[E5] a file of a section is withheld with it: one given before and one given after, with what is kept of them', async () => {
  const outsider = await addUser(database, team)
  const aCase = await addCase(database, await addPerson(database, team), team)
  const her = site.as(morwenna)
  const page = (await her.post(`/cases/${aCase.id}/forms`, { form: 'wired' })).location!
  const give = async (name: string, base: string) => {
    const paper = new File(['hello'], name, { type: 'text/plain' })
    const saved = await her.post(page, { _asked: 'paper', '_base-first': base, paper, _then: 'leave' })
    expect(saved.status).toBe(303)
  }
  const seenBy = (user: User) =>
    as(database, user, async tx => ({
      documents: (await tx.selectFrom('documents').select('title').where('case_id', '=', aCase.id).orderBy('title').execute()).map(
        row => row.title,
      ),
      files: (await tx.selectFrom('document_versions').select('id').where('case_id', '=', aCase.id).execute()).length,
    }))
  await give('before.txt', '0')
  expect(await seenBy(outsider)).toEqual({ documents: ['before.txt'], files: 1 })
  const { rows } = await database.admin.query<{ id: string }>('select id from answer_sets where case_id = $1', [aCase.id])
  const section = { answerSetId: rows[0]!.id, section: 'first' }
  await as(database, morwenna, (tx, actor) =>
    withhold(tx, actor, new Date('2026-11-19T09:12:00Z'), {
      caseId: aCase.id,
      holder: outsider.principal,
      section,
      reason: 'Family of theirs',
    }),
  )
  expect(await seenBy(outsider)).toEqual({ documents: [], files: 0 })
  await give('later.txt', '1')
  expect(await seenBy(outsider)).toEqual({ documents: [], files: 0 })
  expect(await seenBy(morwenna)).toEqual({ documents: ['before.txt', 'later.txt'], files: 2 })
  expect(site.faults).toEqual([])
})
