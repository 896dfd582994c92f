import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asActor } from '../../src/platform/actor.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { agreed, formAt } from '../factories/episodes.ts'
import { fillIn } from '../factories/whole-record.ts'
import { actorOf, addAgency, addTeam, episodes, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'

// Somebody is kept from a child's case. Then another service is asked in, of which they are.

let product: Product
let worker: Visitor
let neighbour: Visitor
let housing: Visitor
let stranger: Visitor
let sidwell: Colleague
let homes: Team
let earlyHelp: Team
let desk: Team
let family: string
let person: string
let first: string

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { isAuthority: true })
  earlyHelp = await addTeam(database, council, ['early-help'])
  desk = await addTeam(database, council, [episodes])
  homes = await addTeam(database, await addAgency(database), ['drug-and-alcohol'])
  const enter = async (colleague: Colleague) => visitorOf(product).signIn(colleague)
  worker = await enter(await addColleague(database, earlyHelp, { name: 'Tamsin Rowe', role: 'Team leader' }))
  // Works for another service, and knows nothing of the first case or who is kept from it.
  stranger = await enter(await addColleague(database, desk, { name: 'Kensa Pengelly', role: 'Team leader' }))
  sidwell = await addColleague(database, homes, { name: 'Sidwell Jose', role: 'Team leader' })
  neighbour = await enter(sidwell)
  housing = await enter(await addColleague(database, homes, { name: 'Piran Hocking', role: 'Team leader' }))
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const because = 'Lives in the flat below'
// One for each test: who is found by one of these names is found in that test.
const families = [
  'Trevaskis',
  'Angove',
  'Bolitho',
  'Curnow',
  'Nancarrow',
  'Pascoe',
  'Rosewarne',
  'Tregear',
  'Vyvyan',
  'Zelah',
  'Hosking',
  'Lanyon',
  'Kitto',
  'Jewell',
]
let year = 2000
beforeEach(async () => {
  year += 1
  family = families[year - 2001] ?? ''
  const away = { telephone: '', lines: '', town: '', postcode: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': String(((year - 2001) % 12) + 1), 'dateOfBirth-year': String(year) }
  const made = await fillIn(worker, '/people/new', { given: 'Jago', family, ...born, ...away })
  person = /\/people\/[0-9a-f-]{36}/.exec(made)![0]
  first = await refer(worker, toEarlyHelp())
  await fillIn(worker, `${first}/triage`, { decision: 'accept' })
})

const refer = async (visitor: Visitor, team: string): Promise<string> => {
  const address = await fillIn(visitor, `${person}/refer`, { team, consent: 'given', 'consent-how': 'By telephone' })
  return /\/cases\/[0-9a-f-]{36}/.exec(address)![0]
}
const toEarlyHelp = () => `${earlyHelp.id}/early-help`
const toHomes = () => `${homes.id}/drug-and-alcohol`
const withhold = () =>
  worker.post(`${first}/withholding/new`, { from: 'user', user: sidwell.email, what: 'case', reason: because, 'wish-of': 'Their mother' })

async function rowsOf(colleague: Colleague, caseId: string): Promise<number> {
  const actor = await actorOf(product.database, colleague.id, product.clock.now())
  return asActor(product.database.web, actor, 'read', async tx => {
    const found = await tx.selectFrom('cases').select('id').where('id', '=', caseId.slice('/cases/'.length)).execute()
    const referrals = await tx.selectFrom('referrals').select('id').where('case_id', '=', caseId.slice('/cases/'.length)).execute()
    const people = await tx.selectFrom('people').select('id').where('id', '=', person.slice('/people/'.length)).execute()
    return found.length + referrals.length + people.length
  })
}

/** Everywhere that somebody who is kept out would come upon them. */
async function findsNothing(caseAt: string): Promise<void> {
  expect((await neighbour.get(caseAt)).status).toBe(404)
  expect((await neighbour.get(person)).status).toBe(404)
  for (const list of ['/referrals', `/search?q=${family}`, '/', '/work/team', '/shared', '/notices'])
    expect((await neighbour.get(list)).words.toLowerCase(), list).not.toContain(`${family.toLowerCase()},`)
  expect(await rowsOf(sidwell, caseAt)).toBe(0)
}

test('[E5] whoever is kept from one case is kept from the next that the person is referred to, in whichever service; the referrer is told so first', async () => {
  expect((await withhold()).status).toBe(303)
  expect((await worker.get(`${person}/refer`)).words).toContain('Kept from this person’s record: Sidwell Jose')
  const next = await refer(worker, toHomes())
  await findsNothing(next)
  expect((await housing.get(next)).status).toBe(200)
  expect((await housing.get(person)).status).toBe(200)
})

test('[E5] the service that was asked in reads that they are kept out and not the reason of the first, and ends it where it must', async () => {
  await withhold()
  const next = await refer(worker, toHomes())
  await fillIn(housing, `${next}/triage`, { decision: 'accept' })
  const sharing = await housing.get(`${next}/sharing`)
  expect(sharing.words).toMatch(/Withheld.*Sidwell Jose.*They are kept from another case of this person/)
  expect(sharing.words).not.toContain(because)
  const end = /\/cases\/[^"]*\/withholding\/[^"]*\/end/.exec(sharing.html)![0]
  expect((await housing.post(end, { reason: 'She has moved away' })).status).toBe(303)
  expect((await neighbour.get(next)).status).toBe(200)
  // And not of the first.
  expect((await neighbour.get(first)).status).toBe(404)
})

test('[E5] it holds also where whoever refers knows nothing of it, who is not told', async () => {
  await withhold()
  const wish = { with: 'team', team: desk.id, what: 'person', level: 'read', purpose: 'To help', basis: 'public-task' }
  await worker.post(`${first}/sharing/new/confirm`, wish)
  expect((await stranger.get(`${person}/refer`)).status).toBe(200)
  expect((await stranger.get(`${person}/refer`)).words).not.toContain('Sidwell')
  await findsNothing(await refer(stranger, toHomes()))
})

test('[E5] a case that began before is kept from them once it is opened to their team', async () => {
  const second = await refer(worker, toEarlyHelp())
  await fillIn(worker, `${second}/triage`, { decision: 'accept' })
  await withhold()
  const wish: Fields = {
    with: 'team',
    team: homes.id,
    what: 'all',
    level: 'read',
    purpose: 'To house them',
    basis: 'public-task',
  }
  const shared = await worker.post(`${second}/sharing/new/confirm`, wish)
  expect([shared.status, shared.status === 303 ? '' : shared.words]).toEqual([303, ''])
  expect((await housing.get(second)).status).toBe(200)
  await findsNothing(second)
  // To them by name: the preview says that they will see nothing.
  const preview = await worker.post(`${first}/sharing/new`, { ...wish, with: 'user', user: sidwell.email })
  expect(preview.words).toContain('will see nothing')
})

test('[E5] nobody who is kept out co-ordinates an episode of theirs, or finds that one has begun', async () => {
  await withhold()
  const address = `${person}/episodes/new`
  // Somebody grown up, for whom nobody else answers.
  const form = { ...(await formAt(worker, address)), ...agreed, by: 'person', capacity: 'no-doubt' }
  const refused = await worker.post(address, { ...form, coordinator: 'other', 'coordinator-email': sidwell.email })
  expect(refused.status).toBe(422)
  expect(refused.words).toMatch(/They cannot co-ordinate an episode of this person|Nobody who may co-ordinate is called/)
  const begun = await worker.post(address, { ...form, coordinator: 'me' })
  expect([begun.status, begun.status === 303 ? '' : begun.words]).toEqual([303, ''])
  const episode = begun.location!.split('?')[0]!
  const asked = await worker.post(`${episode}/team-around/new`, {
    who: 'user',
    email: sidwell.email,
    role: 'landlord',
    access: 'read',
    basis: 'consent',
    'family-view': '',
  })
  expect(asked.status).toBe(422)
  await findsNothing(episode)
})

test('[E5] a referral that began before is kept from them once it is passed on to their team', async () => {
  const referred = await refer(worker, toEarlyHelp())
  await withhold()
  await fillIn(worker, `${referred}/triage`, { decision: 'reroute', team: toHomes() })
  expect((await housing.get(referred)).status).toBe(200)
  await findsNothing(referred)
})

test('[E5] a case that began before is kept from somebody of the team that it is given to', async () => {
  const { database } = product
  const west = await addTeam(database, await addAgency(database), ['early-help'])
  const uncle = await addColleague(database, west, { name: 'Digory Penrose', role: 'Team leader' })
  const [outside, colleague] = [visitorOf(product), visitorOf(product)]
  await outside.signIn(uncle)
  await colleague.signIn(await addColleague(database, west, { name: 'Elowen Rosewarne', role: 'Team leader' }))
  const second = await refer(worker, toEarlyHelp())
  await fillIn(worker, `${second}/triage`, { decision: 'accept' })
  await worker.post(`${first}/withholding/new`, { from: 'user', user: uncle.email, what: 'case', reason: because, 'wish-of': '' })
  await fillIn(worker, `${second}/allocate`, { to: 'team', team: west.id })
  expect((await colleague.get(second)).status).toBe(200)
  expect((await outside.get(second)).status).toBe(404)
  expect(await rowsOf(uncle, second)).toBe(0)
})

test('[E5] nobody is appointed co-ordinator of an episode who was kept from the person after it had begun', async () => {
  const address = `${person}/episodes/new`
  const form = { ...(await formAt(worker, address)), ...agreed, by: 'person', capacity: 'no-doubt', coordinator: 'me' }
  const episode = (await worker.post(address, form)).location!.split('?')[0]!
  await withhold()
  const at = `${episode}/co-ordinator`
  const refused = await worker.post(at, { ...(await formAt(worker, at)), email: sidwell.email, reason: 'Nearer', 'hand-over': 'Nothing' })
  expect(refused.status).toBe(422)
  expect(refused.words).toContain('They cannot be given this episode')
  await findsNothing(episode)
})

const said = 'He hides under the stairs when the door goes'

/** Begins a form of one kind in a case, with what the section says. */
async function begin(by: Visitor, at: string): Promise<{ id: string; address: string }> {
  const address = (await fillIn(by, `${at}/forms/new`, { form: 'common-assessment' })).replace(/\/pages\/.*/, '')
  await fillIn(by, `${address}/pages/family-and-environment`, { family: 'help', family_seen: said, _then: 'leave' })
  return { id: address.slice(-36), address }
}
const keepSection = (at: string, answerSetId: string) =>
  worker.post(`${at}/withholding/new`, {
    from: 'user',
    user: sidwell.email,
    what: 'section',
    section: `${answerSetId}/family`,
    reason: 'She is his aunt',
    'wish-of': '',
  })

/** In which of these forms the section is kept from the neighbour. */
async function keptIn(...forms: { id: string }[]): Promise<boolean[]> {
  const { rows } = await product.database.admin.query<{ id: string; kept: boolean }>(
    `select answer_set_id as id, $2 = any (withheld) as kept from answer_sections where section = 'family' and answer_set_id = any ($1)`,
    [forms.map(form => form.id), sidwell.principal],
  )
  return forms.map(form => rows.find(row => row.id === form.id)!.kept)
}
async function secondCase(): Promise<string> {
  const other = await refer(worker, toEarlyHelp())
  await fillIn(worker, `${other}/triage`, { decision: 'accept' })
  return other
}

test('[E5] a section kept from somebody is kept from them in the next form of the same kind, in the same case and in another', async () => {
  const before = await begin(worker, first)
  expect((await keepSection(first, before.id)).status).toBe(303)
  const again = await begin(worker, first)
  const elsewhere = await begin(worker, await secondCase())
  expect(await keptIn(before, again, elsewhere)).toEqual([true, true, true])
})

test('[E5] so it is in one that was begun already when it was kept from them, in the same case and in another; not in one of before', async () => {
  const wish: Fields = { with: 'team', team: homes.id, what: 'all', level: 'read', purpose: 'To house them', basis: 'public-task' }
  const other = await secondCase()
  for (const at of [first, other]) expect((await worker.post(`${at}/sharing/new/confirm`, wish)).status).toBe(303)
  const earliest = await begin(worker, first)
  const before = await begin(worker, first)
  const review = await begin(worker, first)
  const elsewhere = await begin(worker, other)
  for (const form of [review, elsewhere]) expect((await neighbour.get(form.address)).html).toContain(said)
  expect((await keepSection(first, before.id)).status).toBe(303)
  for (const form of [before, review, elsewhere]) {
    const seen = await neighbour.get(form.address)
    expect([seen.status, seen.html.includes(said)]).toEqual([200, false])
    expect((await housing.get(form.address)).html).toContain(said)
  }
  expect(await keptIn(earliest, before, review, elsewhere)).toEqual([false, true, true, true])
  // Those whose case it is read that it is kept, not why the first is, and end it where they must.
  const sharing = await worker.get(`${other}/sharing`)
  expect(sharing.words).toContain('kept from this section of an earlier form')
  expect(sharing.words).not.toContain('She is his aunt')
  const end = /\/cases\/[^"]*\/withholding\/[^"]*\/end/.exec(sharing.html)![0]
  expect((await worker.post(end, { reason: 'She works for them' })).status).toBe(303)
  expect((await keepSection(first, earliest.id)).status).toBe(303)
  expect(await keptIn(earliest, before, review, elsewhere)).toEqual([true, true, true, true])
})

test('[E5] [U27] so it is in a later form of a record that turns out to be of the same person, and not from the agency whose case that is', async () => {
  const council = await addTeam(product.database, await addAgency(product.database), [])
  const merger = await visitorOf(product).signIn(
    await addColleague(product.database, council, { name: 'Gwenna Trelawny', role: 'Commissioner', serviceArea: null }),
  )
  const west = await addTeam(product.database, await addAgency(product.database), ['early-help'])
  const elowen = await addColleague(product.database, west, { name: 'Elowen Rosewarne', role: 'Team leader' })
  const colleague = await visitorOf(product).signIn(elowen)
  const before = await begin(worker, first)
  expect((await keepSection(first, before.id)).status).toBe(303)
  const fromThem = {
    from: 'agency',
    agency: west.agency.id,
    what: 'section',
    section: `${before.id}/family`,
    reason: 'His aunt works there',
  }
  expect((await worker.post(`${first}/withholding/new`, fromThem)).status).toBe(303)
  const away = { telephone: '', lines: '', town: '', postcode: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
  const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': String(((year - 2001) % 12) + 1), 'dateOfBirth-year': String(year) }
  const made = await fillIn(colleague, '/people/new', { given: 'Jakka', family: `${family}-Pol`, ...born, ...away })
  const again = /\/people\/[0-9a-f-]{36}/.exec(made)![0]
  const asked = await fillIn(colleague, `${again}/refer`, {
    team: `${west.id}/early-help`,
    consent: 'given',
    'consent-how': 'By telephone',
  })
  const theirs = /\/cases\/[0-9a-f-]{36}/.exec(asked)![0]
  await fillIn(colleague, `${theirs}/triage`, { decision: 'accept' })
  const review = await begin(colleague, theirs)
  expect(await keptIn(before, review)).toEqual([true, false])
  await fillIn(merger, mergeInto(person, again), confirmed)
  expect(await keptIn(before, review)).toEqual([true, true])
  expect((await colleague.get(`${review.address}/pages/family-and-environment`)).html).toContain(said)
  expect((await colleague.get(before.address)).status).toBe(404)
})

/** Somebody who is kept out registers the same person, whom they do not find, and refers them to their own team. */
async function registeredAgain(): Promise<{ again: string; theirs: string }> {
  const away = { telephone: '', lines: '', town: '', postcode: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': String(((year - 2001) % 12) + 1), 'dateOfBirth-year': String(year) }
  const again = /\/people\/[0-9a-f-]{36}/.exec(await fillIn(neighbour, '/people/new', { given: 'Jago', family, ...born, ...away }))![0]
  const address = await fillIn(neighbour, `${again}/refer`, { team: toHomes(), consent: 'given', 'consent-how': 'By telephone' })
  const theirs = /\/cases\/[0-9a-f-]{36}/.exec(address)![0]
  await fillIn(neighbour, `${theirs}/triage`, { decision: 'accept' })
  return { again, theirs }
}
const mergeInto = (kept: string, other: string) => `${kept}/merge/${other.slice('/people/'.length)}`
const confirmed = { confirm: 'yes', reason: 'Same name and date of birth' }

test('[E5] [U27] two records stay two while whoever is kept from the one sees the other, who may have made it; then they are one', async () => {
  const council = await addTeam(product.database, await addAgency(product.database), [])
  const merger = await visitorOf(product).signIn(
    await addColleague(product.database, council, { name: 'Gwenna Trelawny', role: 'Commissioner', serviceArea: null }),
  )
  await withhold()
  const { again, theirs } = await registeredAgain()
  for (const [kept, other] of [
    [person, again],
    [again, person],
  ] as const) {
    const page = await merger.get(mergeInto(kept, other))
    expect(page.words).toContain('You cannot merge these two records now')
    expect(page.words).toMatch(/kept out of a case of one of them, who sees the other: *Sidwell Jose/i)
    expect((await merger.post(mergeInto(kept, other), { ...confirmed, versions: '1/1' })).status).toBe(422)
  }
  for (const page of [person, `${person}/details`, first]) expect([page, (await neighbour.get(page)).status]).toEqual([page, 404])
  // Their team keeps its case from them as well, and the two can be one: to them it is neither.
  const kept = await housing.post(`${theirs}/withholding/new`, { from: 'user', user: sidwell.email, what: 'case', reason: 'Lives below' })
  expect(kept.status).toBe(303)
  await fillIn(merger, mergeInto(person, again), confirmed)
  await findsNothing(first)
  expect((await neighbour.get(again)).status).toBe(404)
  expect((await housing.get(person)).status).toBe(200)
})

test('[E5] [U27] nor are they one while their whole agency is kept from the first', async () => {
  const council = await addTeam(product.database, await addAgency(product.database), [])
  const merger = await visitorOf(product).signIn(await addColleague(product.database, council, { role: 'Commissioner', serviceArea: null }))
  const from = await worker.post(`${first}/withholding/new`, { from: 'agency', agency: homes.agency.id, what: 'case', reason: because })
  expect(from.status).toBe(303)
  const { again } = await registeredAgain()
  expect((await merger.get(mergeInto(person, again))).words).toContain(homes.agency.name)
  expect((await merger.post(mergeInto(person, again), { ...confirmed, versions: '1/1' })).status).toBe(422)
  for (const visitor of [neighbour, housing]) expect((await visitor.get(person)).status).toBe(404)
})
