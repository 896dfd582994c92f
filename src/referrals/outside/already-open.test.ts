import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../../test/factories/colleagues.ts'
import { addReferralPage, sendPublic } from '../../../test/factories/outside.ts'
import { fillIn } from '../../../test/factories/whole-record.ts'
import { addAgency, addTeam, as, type Team } from '../../../test/factories/world.ts'
import { ownForm } from '../../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../../../test/harness/visitor.ts'
import { withhold } from '../../access/index.ts'

// Somebody whom a team works with already is asked for again: from outside, and by whoever refers onwards.

let product: Product
let team: Team
let homes: Team
let page: string
let tamsin: Colleague
let decider: Visitor
let worker: Visitor
let elsewhere: Visitor
let personId: string
let caseAt: string

const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': '1988' }

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { isAuthority: true, name: 'Porthkerris Council' })
  team = await addTeam(database, council, ['early-help'], 'Early Help West')
  homes = await addTeam(database, await addAgency(database, { name: 'Kerris Homes' }), ['housing-support'], 'Tenancy Support')
  tamsin = await addColleague(database, team, { name: 'Tamsin Rowe' })
  const enter = async (...given: Parameters<typeof addColleague>) => visitorOf(product).signIn(await addColleague(...given))
  decider = await enter(database, team, { role: 'Team leader' })
  worker = await visitorOf(product).signIn(tamsin)
  elsewhere = await enter(database, homes, { role: 'Team leader' })
  page = await addReferralPage(product, await addColleague(database, team, { role: 'Authority administrator', serviceArea: null }), team)
  personId = /[0-9a-f-]{36}/.exec(await fillIn(worker, '/people/new', { given: 'Jago', family: 'Penrose', ...born, telephone: '' }))![0]
  caseAt = /\/cases\/[0-9a-f-]{36}/.exec(await fillIn(worker, `/people/${personId}/refer`))![0]
  await fillIn(decider, `${caseAt}/triage`, { decision: 'accept' })
  await fillIn(decider, `${caseAt}/allocate`, { to: 'worker', worker: tamsin.id })
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})
beforeEach(() => product.database.admin.query('delete from outside_tries'))

const rows = async <T extends object>(query: string, ...values: unknown[]) => (await product.database.admin.query<T>(query, values)).rows
const words = async (visitor: Visitor, path: string) => (await visitor.get(path)).words
const cases = async () => (await rows('select from cases where person_id = $1', personId)).length
const send = async (who: Fields = {}) => {
  const number = await sendPublic(product, page, { who })
  const [row] = await rows<{ id: string }>('select id from outside_referrals where number = $1', number)
  return { number, at: `/referrals/outside/${row!.id}` }
}
/** The page's own form, with these answers over it: as somebody would press its button. */
const answer = async (visitor: Visitor, path: string, fields: Fields = {}) => {
  const form = ownForm((await visitor.get(path)).html, path)!
  return visitor.post(path, { ...form.filled, ...fields })
}

test('[V6] who it may be stands with the day that they were born, and with the case that they have open here', async () => {
  const { at } = await send()
  const takeUp = await decider.get(`${at}/take-up?who=${personId}`)
  expect(takeUp.html).not.toContain('[object')
  expect(takeUp.words).toMatch(/born 03\/06\/1988/)
  expect(takeUp.words).toMatch(/They have an open case here: EH-\d\d-\d{4}, Early Help West, with Tamsin Rowe/)
  expect(await words(decider, at)).toMatch(/Open case: EH-\d\d-\d{4}, Early Help West, with Tamsin Rowe/)
})

test('[V6] a second open case in the same team is asked about before it is made; what was sent goes on the open one instead', async () => {
  const { at } = await send({ safe_contact: 'text_only', safe_words: 'Only before three' })
  const before = await cases()
  const asked = await answer(decider, `${at}/take-up?who=${personId}`, { who: personId })
  expect([asked.status, await cases()]).toEqual([422, before])
  expect(asked.words).toContain('Make another case beside the open one')
  const add = `${at}/add/${caseAt.split('/').at(-1)}`
  // Whether the number goes on the record is decided, and not left open.
  expect((await decider.post(add, { 'keep-contact': '' })).words).toContain('Select whether the number goes on their record')
  expect((await elsewhere.post(add, { 'keep-contact': 'yes' })).status).toBe(404)
  expect(await fillIn(decider, add, { 'keep-contact': 'yes' })).toBe(caseAt)
  expect(await cases()).toBe(before)
  const theCase = await words(worker, caseAt)
  expect(theCase).toMatch(/How to reach them, as it was sent 07700 900123: Text only/)
  expect(theCase).toContain('Only before three')
  expect(await words(worker, '/notices')).toContain('Something sent from outside was put on a case of yours')
  const record = await words(worker, `/people/${personId}/details`)
  expect(record).toMatch(/07700 900123.*Text only/)
  expect((await decider.get(`${at}/take-up`)).location).toBe(at)
})

test('[V6] a number that is on record stays as safe as a worker wrote it', async () => {
  const { at } = await send({ safe_contact: 'any' })
  expect(await words(decider, `${at}/take-up`)).toMatch(/On their record: 07700 900123: Text only/)
  const to = await answer(decider, `${at}/take-up`, { who: personId, 'keep-contact': 'yes', again: 'yes', urgency: 'routine' })
  expect(to.status).toBe(303)
  expect(await words(worker, `/people/${personId}/details`)).toMatch(/07700 900123.*Text only/)
  expect((await rows('select from person_contacts where person_id = $1 and ended_at is null', personId)).length).toBe(1)
})

test('[V6] what somebody close says of their agreement is not their own yes: the referral begins as not asked', async () => {
  const { at } = await send({
    source: 'family',
    referrer_name: 'Morwenna Penrose',
    referrer_contact: '01632 960 777',
    consent: 'yes',
  })
  const { html } = await decider.get(`${at}/take-up`)
  expect(html).toMatch(/value="not-asked"[^>]*checked/)
  expect(html).not.toMatch(/name="consent"[^>]*value="given"[^>]*checked/)
})

test('[U25] whoever refers chooses the team, reads what is open there, and is asked before a second case beside it', async () => {
  const path = `/people/${personId}/refer`
  const { html, words: shown } = await worker.get(path)
  const options = [...html.matchAll(/<option value="([^"]*\/[^"]*)"([^>]*)>([^<]*)/g)]
  expect(options.every(([, , more]) => !more!.includes('selected'))).toBe(true)
  expect(options.at(-1)![3]).toMatch(/^Your team: .*Early Help West/)
  expect(shown).toMatch(/They have open cases? already.*Early Help West.*Tamsin Rowe/)
  const before = await cases()
  const asked = await answer(worker, path)
  expect([asked.status, await cases()]).toEqual([422, before])
  expect(asked.words).toContain('Write it on that case')
  expect((await answer(worker, path, { again: 'yes' })).status).toBe(303)
  expect(await cases()).toBe(before + 1)
})

test('[V6] a worker who refers is the referrer, and is told of the decision', async () => {
  const at = await fillIn(worker, `/people/${personId}/refer`, { team: `${homes.id}/housing-support`, asks: 'me' })
  const there = await words(elsewhere, at)
  expect(there).toContain('Tamsin Rowe, Early Help West, Porthkerris Council')
  expect(await words(elsewhere, `${at}/triage`)).toContain('They agreed to this referral')
  const declined = await answer(elsewhere, `${at}/triage`, { decision: 'decline', 'decline-reason': 'out-of-area' })
  expect((await elsewhere.get(declined.location!)).words).toContain('Tamsin Rowe has been told')
})

test('[E5] of a case that is withheld from whoever decides, no page says that it is open', async () => {
  const related = await addColleague(product.database, team, { role: 'Team leader' })
  const [{ principal }] = (await rows<{ principal: number }>('select principal from users where id = $1', related.id)) as [
    { principal: number },
  ]
  const caseId = caseAt.split('/').at(-1)!
  const own = await rows<{ id: string }>('select id from cases where person_id = $1 and team_id = $2', personId, team.id)
  for (const { id } of own)
    await as(product.database, tamsin, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId: id, holder: principal, reason: 'They are related' }),
    )
  const kept = await visitorOf(product).signIn(related)
  const { at } = await send()
  expect((await kept.get(at)).html).not.toMatch(/Open case|EH-\d\d-\d{4}/)
  expect((await kept.get(`${at}/add/${caseId}`)).status).toBe(404)
  expect((await kept.post(`${at}/add/${caseId}`, { 'keep-contact': 'yes' })).status).toBe(404)
})
