import { afterAll, beforeAll, expect, test } from 'vitest'
import { endWithholding, rewriteCase, withhold } from '../../src/access/index.ts'
import { noteWork } from '../../src/cases/index.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addWholeRecord, type WholeRecord } from '../factories/whole-record.ts'
import { addAgency, addCase, addTeam, as } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Visitor, visitorOf } from '../harness/visitor.ts'

// That a service works with somebody, and whom to ring, for an agency that sees nothing of them: and never of what is restricted or withheld.

const family = 'Quoitxanthe'
let product: Product
let record: WholeRecord
let tamsin: Colleague
let police: { id: string; principal: number; name: string }
let piran: Colleague
let officer: Visitor
let readOnly: Visitor

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  police = await addAgency(database)
  const team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  tamsin = await addColleague(database, team, { name: 'Tamsin Rowe' })
  const leader = await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  record = await addWholeRecord(await visitorOf(product).signIn(tamsin), await visitorOf(product).signIn(leader), { family })
  const desk = await addTeam(database, police)
  piran = await addColleague(database, desk, { name: 'Piran Hocking', role: 'Partner officer' })
  officer = await visitorOf(product).signIn(piran)
  readOnly = await visitorOf(product).signIn(await addColleague(database, desk, { role: 'Read only' }))
  await database.admin.query(`update agencies set out_of_hours_telephone = '01632 960 999'`)
})
afterAll(() => product?.close())

const ask = (more: Record<string, string> = {}, visitor = officer) =>
  visitor.post('/involved', { given: 'Jago', family, 'born-day': '3', 'born-month': '6', 'born-year': '2014', ...more })
const isTold = async (more: Record<string, string> = {}) => (await ask(more)).words.includes('Early help is involved')

test('[E7] an agency that sees nothing of somebody learns that a service works with them and whom to ring, and no more', async () => {
  expect((await officer.get(`/people/${record.personId}`)).status).toBe(404)
  const { words, html } = await ask()
  expect(words).toContain('Early help is involved since')
  expect(words).toContain('out of hours 01632 960 999')
  // Neither who works with them, nor whose it is, nor a number of theirs.
  expect(html).not.toMatch(/Tamsin Rowe|Demelza Vyvyan|EH-26|Words of a test/)
  expect(html).not.toContain(record.personId)
  expect(words).not.toContain('assessment was completed')
})

test('[E7] and that an assessment exists, by its day alone', async () => {
  const { answerSetId = '', caseId } = record
  const now = new Date('2026-11-17T10:00:00Z')
  await as(product.database, tamsin, (tx, actor) =>
    noteWork(tx, actor, now, caseId, { kind: 'assessment-completed', answerSetId, title: 'Secret title', href: '' }),
  )
  const { words } = await ask()
  expect(words).toContain('An assessment was completed on 17/11/2026')
  expect(words).not.toContain('Secret title')
})

test('[E7] it is asked from a partner’s first page and from People, and no name stands in an address; the answer says about whom', async () => {
  for (const page of ['/work', '/search', '/search?q=Somebody'])
    expect([page, (await officer.get(page)).html.includes('href="/involved"')]).toEqual([page, true])
  const asked = await officer.get(`/involved?given=Jago&family=${family}&born-day=3&born-month=6&born-year=2014`)
  expect(asked.words).not.toMatch(/is involved|You asked about/)
  expect(asked.html).toMatch(/<form[^>]*method="post"[^>]*action="\/involved"/)
  expect((await ask()).words).toContain(`You asked about Jago ${family} , born 03/06/2014 Early help is involved`)
  expect((await readOnly.get('/work')).html).not.toContain('href="/involved"')
  expect((await readOnly.get('/search')).html).not.toContain('href="/involved"')
})

test('nobody is found by a part of a name or another day: it does not tell who there is', async () => {
  expect(await isTold()).toBe(true)
  for (const other of [{ given: 'Jag' }, { family: 'Quoit' }, { 'born-day': '4' }, { given: 'Jagoe', family: 'Angwin' }])
    expect([other, await isTold(other)]).toEqual([other, false])
  expect((await ask({ family: '', 'born-year': '' })).words).toMatch(/Enter their last name.*Date of birth must include a year/)
  expect((await ask({}, readOnly)).status).toBe(404)
  expect((await ask({}, visitorOf(product))).location).toContain('/sign-in')
})

test('that they asked stands in the audit of the person, also where nothing was shown', async () => {
  const { rows } = await product.database.admin.query(
    `select from audit_events where person_id = $1 and user_id = $2 and action = 'involvement-asked-of'`,
    [record.personId, piran.id],
  )
  expect(rows.length).toBeGreaterThan(0)
})

test('[E7] never what is withheld from them or from their agency, nor what is restricted', async () => {
  const { caseId } = record
  for (const holder of [piran.principal, police.principal]) {
    const id = await as(product.database, tamsin, (tx, actor) => withhold(tx, actor, new Date(), { caseId, holder, reason: 'Next door' }))
    expect(await isTold()).toBe(false)
    await as(product.database, tamsin, (tx, actor) => endWithholding(tx, actor, new Date(), id))
    expect(await isTold()).toBe(true)
  }
  const restrict = async (restricted: boolean) => {
    await product.database.admin.query('update cases set restricted = $2 where id = $1', [caseId, restricted])
    await as(product.database, tamsin, tx => rewriteCase(tx, caseId))
  }
  await restrict(true)
  expect(await isTold()).toBe(false)
  await restrict(false)
  expect(await isTold()).toBe(true)
})

test('[E7] nor another service of somebody of whom one hides from them', async () => {
  const { database } = product
  const { caseId, personId } = record
  const other = await addTeam(database, await addAgency(database), ['drug-and-alcohol'])
  const theirs = await addColleague(database, other)
  const second = await addCase(database, { id: personId, clientId: '' }, other)
  const holder = police.principal
  const id = await as(database, theirs, (tx, actor) => withhold(tx, actor, new Date(), { caseId: second.id, holder, reason: 'Next door' }))
  expect([caseId === second.id, await isTold()]).toEqual([false, false])
  await as(database, theirs, (tx, actor) => endWithholding(tx, actor, new Date(), id))
  expect(await isTold()).toBe(true)
})
