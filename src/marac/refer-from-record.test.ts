import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, addSeries, type Marac, post } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addPost, addTeam, reader, type Team } from '../../test/factories/world.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'

// Somebody is referred to a meeting from their record: what is on it is filled in, and the case is about that record's person from the start.

let product: Product
let marac: Marac
let refuge: Team
let advocate: Visitor
let sister: Colleague
let person: string
let who: { family: string; given: string; year: string }
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const rows = async <T extends object>(query: string, ...values: unknown[]): Promise<T[]> =>
  (await product.database.admin.query<T>(query, values)).rows
const enter = async (...given: Parameters<typeof addColleague>) => visitorOf(product).signIn(await addColleague(...given))

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  refuge = await addTeam(product.database, await addAgency(product.database), ['domestic-abuse'])
  advocate = await enter(product.database, refuge, { role: 'Team leader' })
  sister = await addColleague(product.database, refuge, { role: 'Team leader' })
}, 60_000)
afterAll(() => product.close())

const families = ['Angwyn', 'Bosanko', 'Carveth', 'Dungey', 'Endean', 'Gundry', 'Hosking', 'Jelbert', 'Keigwin', 'Lavrick']
const givens = ['Demelza', 'Ysella', 'Kensa', 'Rosenwyn', 'Tamsin', 'Loveday', 'Bersaba', 'Wenna', 'Jenifry', 'Elowen']
let tests = 0
let caseAt: string
beforeEach(async () => {
  who = { family: families[tests]!, given: givens[tests]!, year: String(1950 + 3 * tests) }
  tests += 1
  const away = { telephone: '', town: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
  const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': who.year }
  const { year: _, ...names } = who
  const at = { ...names, ...born, ...away, lines: '66 Engine House Lane', postcode: 'TR18 4QA' }
  person = /\/people\/[0-9a-f-]{36}/.exec(await fillIn(advocate, '/people/new', at))![0]
  const consent = { team: `${refuge.id}/domestic-abuse`, consent: 'given', 'consent-how': 'By telephone' }
  caseAt = /\/cases\/[0-9a-f-]{36}/.exec(await fillIn(advocate, `${person}/refer`, consent))![0]
  await fillIn(advocate, `${caseAt}/triage`, { decision: 'accept' })
})

const undated = Object.fromEntries(['from', 'to'].flatMap(name => ['day', 'month', 'year'].map(part => [`${name}-${part}`, ''])))
const from = () => `${person}/refer-to-meeting`
async function begin(role: string, by = advocate, seriesId = marac.seriesId): Promise<{ id: string; at: string }> {
  const reply = await by.post(from(), { as: `${seriesId}/${role}` })
  if (reply.status !== 303) throw new Error(`${reply.status}: ${reply.words.slice(0, 300)}`)
  return { id: /items\/([0-9a-f-]{36})/.exec(reply.location!)![1]!, at: reply.location! }
}
const perpetrator = { 'perpetrators-0-family': 'Roscrow', 'perpetrators-0-given': 'Gerran' }
/** Fills in what is missing of it. */
async function complete(id: string, people: Record<string, string> = {}): Promise<void> {
  await fillIn(advocate, item(id, '/referral/people'), { 'children-rows': '0', ...perpetrator, ...people })
  await fillIn(advocate, item(id, '/referral/what-happened'), { what_happened: 'He waits outside.' })
  await fillIn(advocate, item(id, '/referral/checklist'))
  await fillIn(advocate, item(id, '/referral/why'), { criteria: ['VHR'], told: 'yes' })
}
const filledIn = async ({ at }: { at: string }) => ownForm((await advocate.get(at)).html, at)!.filled

describe('[V4] whoever records on somebody’s record', () => {
  test('is led from there to the meetings to which they may refer, and says what the person is there', async () => {
    expect((await advocate.get(person)).html).toContain(`href="${from()}"`)
    const page = await advocate.get(from())
    const { name } = (await rows<{ name: string }>('select name from meeting_series where id = $1', marac.seriesId))[0]!
    for (const role of ['Victim', 'Alleged perpetrator', 'Child']) expect(page.words).toContain(`${name}: ${role}`)
    expect(page.words).toContain(`When to refer to ${name}`)
    const none = await advocate.post(from(), {})
    expect([none.status, none.words]).toEqual([422, expect.stringContaining('Select a meeting, and what they are there')])
    expect((await advocate.post(from(), { as: `${marac.seriesId}/location` })).status).toBe(422)
  })

  test('finds names, date of birth and address filled in, in the place of who they are there', async () => {
    expect(await filledIn(await begin('victim'))).toMatchObject({
      victim_family: who.family,
      victim_given: who.given,
      'victim_born-year': who.year,
      victim_address: expect.stringContaining('66 Engine House Lane'),
    })
    const other = await filledIn(await begin('perpetrator'))
    expect(other).toMatchObject({
      'perpetrators-0-family': who.family,
      'perpetrators-0-born-month': '5',
      'perpetrators-0-address': expect.stringContaining('TR18 4QA'),
    })
    expect((await advocate.get((await begin('perpetrator')).at)).html).toMatch(/name="victim_family" type="text" value[ /]/)
    expect(await filledIn(await begin('child'))).toMatchObject({ 'children-0-family': who.family, 'children-0-given': who.given })
  })

  test('copies no address of somebody who is hiding, though they keep it themself, and is told', async () => {
    await fillIn(advocate, `${person}/addresses/new`, {
      kind: 'refuge',
      lines: '7 Quoitxanthe',
      town: '',
      postcode: 'TR18 9ZZ',
      confidential: 'yes',
      ...undated,
    })
    const { at } = await begin('victim')
    const { html, words } = await advocate.get(at)
    for (const one of ['Quoitxanthe', 'TR18 9ZZ', 'Engine House Lane', 'Address confidential']) expect(html).not.toContain(one)
    expect(ownForm(html, at)!.filled['victim_family']).toBe(who.family)
    expect(words).toContain('Their address is confidential: it has not been filled in')
  })

  test('refers to any kind of meeting so', async () => {
    const team = await addSeries(product, 'mdt')
    const { at } = await begin('person', advocate, team.seriesId)
    expect(await filledIn({ at })).toMatchObject({ family: who.family, given: who.given })
    const group = await addSeries(product, 'asb-target-group')
    expect((await advocate.get(from())).words).not.toContain(': Place')
    expect(await filledIn(await begin('perpetrator', advocate, group.seriesId))).toMatchObject({ 'perpetrators-0-family': who.family })
  })
})

describe('[M1e] [E5] what is kept on the record', () => {
  test('is kept at the meeting from the moment that it is referred', async () => {
    await post(advocate, `${caseAt}/withholding/new`, {
      from: 'user',
      user: sister.email,
      what: 'case',
      reason: 'She is his sister',
      'wish-of': '',
    })
    const { id } = await begin('victim')
    await complete(id)
    const check = await advocate.get(item(id, '/check'))
    expect(check.words).toContain(`${who.family.toUpperCase()}, ${who.given} is linked to their record`)
    expect(check.words).not.toContain('it is kept from these')
    await fillIn(advocate, item(id, '/check'))
    expect(await rows('select holder from meeting_item_withholdings where item_id = $1 and ended_at is null', id)).toEqual([
      { holder: sister.principal },
    ])
    const named = await rows<{ person: string; agency: number }>(
      `select l.person_id as person, l.agency from meeting_parties p join meeting_party_links l on l.party_id = p.id
       where p.item_id = $1 and p.role = 'victim' and p.replaced_at is null and l.ended_at is null`,
      id,
    )
    expect(named).toEqual([{ person: person.slice('/people/'.length), agency: refuge.agency.principal }])
    expect((await advocate.get(person)).words).toContain('Talked about at meetings')
  })

  test('is told to no other agency: not that there is a record', async () => {
    const { id } = await begin('victim')
    expect((await advocate.get(person)).words).not.toContain('Talked about at meetings')
    await complete(id)
    await fillIn(advocate, item(id, '/check'))
    await accept(marac, id)
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    for (const other of [marac.coordinator, marac.officers.police.visitor]) {
      const { html, words } = await other.get(item(id))
      expect(html).toContain(`${who.family.toUpperCase()}, ${who.given}`)
      expect(html).not.toContain(person)
      expect(words).not.toContain('Our record')
    }
  })

  test('does not hold of somebody else whom the referral names in the end, and whoever sends it is told before', async () => {
    const { id } = await begin('victim')
    await complete(id, { victim_family: 'Tregear', victim_given: 'Wenna', 'victim_born-year': '1944' })
    expect((await advocate.get(item(id, '/check'))).words).toMatch(
      new RegExp(`The referral no longer names ${who.family.toUpperCase()}, ${who.given} ?, from whose record it was begun`),
    )
    await fillIn(advocate, item(id, '/check'))
    expect(
      await rows(`select family_name from meeting_parties where item_id = $1 and role = 'victim' and replaced_at is null`, id),
    ).toEqual([{ family_name: 'Tregear' }])
    expect((await advocate.get(person)).words).not.toContain('Talked about at meetings')
  })

  test('a draft is its referrer’s alone, and the audit of the record names no meeting', async () => {
    const { id } = await begin('victim')
    for (const other of [marac.coordinator, await visitorOf(product).signIn(sister)]) expect((await other.get(item(id))).status).toBe(404)
    const told = await rows<{ told: string }>(
      'select action || detail::text as told from audit_events where person_id = $1',
      person.slice('/people/'.length),
    )
    expect(told.filter(one => /meeting/.test(one.told))).toEqual([])
    expect(told.filter(one => one.told.startsWith('person-opened')).length).toBeGreaterThan(0)
  })
})

test('[U13] nobody else refers from a record: who may not see it, only reads it, or is kept from it', async () => {
  await post(advocate, `${caseAt}/withholding/new`, {
    from: 'user',
    user: sister.email,
    what: 'case',
    reason: 'She is his sister',
    'wish-of': '',
  })
  const elsewhere = await addTeam(product.database, await addAgency(product.database), ['domestic-abuse'])
  const recordsElsewhere = await addColleague(product.database, elsewhere, { role: 'Team leader' })
  await addPost(product.database, recordsElsewhere, refuge, { may: reader, serviceArea: 'domestic-abuse' })
  const others: [string, Visitor, number][] = [
    ['kept from it', await visitorOf(product).signIn(sister), 404],
    ['only reads', await enter(product.database, refuge, { role: 'Read only' }), 200],
    ['only reads there, and records elsewhere', await visitorOf(product).signIn(recordsElsewhere), 200],
    ['another agency', await enter(product.database, elsewhere, { role: 'Team leader' }), 404],
    ['sits in the meeting', marac.officers.police.visitor, 404],
  ]
  const drafts = await rows('select id from meeting_items')
  for (const [what, visitor, status] of others) {
    const page = await visitor.get(person)
    expect([what, page.status, page.html.includes(from())]).toEqual([what, status, false])
    expect([what, (await visitor.get(from())).status]).toEqual([what, 404])
    expect([what, (await visitor.post(from(), { as: `${marac.seriesId}/victim` })).status]).toEqual([what, 404])
  }
  const out = await visitorOf(product).get(from())
  expect([out.status, out.location]).toEqual([303, expect.stringContaining('/sign-in')])
  expect(await rows('select id from meeting_items')).toEqual(drafts)
})

test('there was no fault', () => expect(product.faults).toEqual([]))
