import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addTeam, as } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { withhold } from '../access/index.ts'

// Somebody whom another agency works with is put on record: what whoever registers may know of it is said before there are two records.

let product: Product
let tamsin: Colleague
let officer: Visitor
let reader: Visitor
let clerk: Visitor
let who: Colleague
let caseAt: string

const kensa = { given: 'Kensa', family: 'Trevaskis', 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': '2014' }

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const team = await addTeam(
    database,
    await addAgency(database, { isAuthority: true, name: 'Porthkerris Council' }),
    ['early-help'],
    'Early Help West',
  )
  const clinic = await addTeam(database, await addAgency(database), ['drug-and-alcohol'], 'Harbour Clinic')
  tamsin = await addColleague(database, team, { role: 'Team leader' })
  const worker = await visitorOf(product).signIn(tamsin)
  who = await addColleague(database, clinic, { role: 'Caseworker' })
  officer = await visitorOf(product).signIn(who)
  reader = await visitorOf(product).signIn(await addColleague(database, clinic, { role: 'Read only' }))
  clerk = worker
  const person = /[0-9a-f-]{36}/.exec(await fillIn(worker, '/people/new', kensa))![0]
  caseAt = /\/cases\/[0-9a-f-]{36}/.exec(await fillIn(worker, `/people/${person}/refer`))![0]
  await fillIn(worker, `${caseAt}/triage`, { decision: 'accept' })
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const records = async () => (await product.database.admin.query(`select from people where family_name = 'Trevaskis'`)).rowCount

test('[U25] [E7] before a second record of somebody is made, whoever may know it is told which service works with them and whom to ring, and no more', async () => {
  const asked = await officer.post('/people/new', kensa)
  expect([asked.status, await records()]).toEqual([200, 1])
  expect(asked.words).toMatch(/Known to another service by this name and date of birth.*Early Help West/)
  expect(asked.html).not.toContain(caseAt)
  expect(asked.words).not.toMatch(/LY [0-9A-Z]{3}-/)
  const { rows } = await product.database.admin.query(`select from audit_events where action = 'involvement-asked-of'`)
  expect(rows.length).toBe(1)
  // Nothing is told by less than a whole name and a day of birth.
  expect((await officer.post('/people/new', { ...kensa, given: 'Kens' })).words).not.toContain('Early Help West')
})

test('[E5] of somebody one of whose cases is withheld from whoever registers nothing is told', async () => {
  const { rows } = await product.database.admin.query<{ principal: number }>('select principal from users where id = $1', [who.id])
  await as(product.database, tamsin, (tx, actor) =>
    withhold(tx, actor, new Date(), { caseId: caseAt.split('/').at(-1)!, holder: rows[0]!.principal, reason: 'A neighbour' }),
  )
  const quiet = await officer.post('/people/new', kensa)
  expect(quiet.words).not.toContain('Early Help West')
  expect((await reader.post('/people/new', kensa)).status).toBe(404)
  expect((await clerk.get(caseAt)).status).toBe(200)
})
