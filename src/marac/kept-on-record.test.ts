import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, draft, type Marac, post, refer, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addTeam, type Team } from '../../test/factories/world.ts'
import { formsIn, ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'

/** Somebody's case is kept from a sister of theirs who works in housing. Then they are talked about at a meeting in which housing sits. */
let product: Product
let marac: Marac
let refuge: Team
/** Whose case it is, and who chairs the meeting as well: reads the record and the item. */
let advocate: Visitor
let chairs: Colleague
/** Of the same refuge: reads the record, runs nothing. */
let colleague: Visitor
let person: string
let caseAt: string
let who: { family: string; given: string; year: string }
const sitter = (key: Sitting) => marac.officers[key]
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  refuge = await addTeam(product.database, await addAgency(product.database), ['domestic-abuse'])
  chairs = await addColleague(product.database, refuge, { name: 'Bryluen Carne', role: 'Team leader' })
  advocate = await visitorOf(product).signIn(chairs)
  colleague = await visitorOf(product).signIn(await addColleague(product.database, refuge, { name: 'Kerensa Lugg', role: 'Team leader' }))
  await fillIn(marac.chair, `/meetings/series/${marac.seriesId}/members`, { what: 'member', who: `/${chairs.id}`, role: 'chair' })
}, 60_000)
afterAll(() => product.close())

const families = ['Angwyn', 'Bosanko', 'Carveth', 'Dungey', 'Endean', 'Gundry', 'Hosking', 'Jelbert', 'Keigwin', 'Lavrick', 'Menhenick']
const givens = ['Demelza', 'Ysella', 'Kensa', 'Rosenwyn', 'Tamsin', 'Loveday', 'Bersaba', 'Wenna', 'Jenifry', 'Elowen', 'Hedra']
let tests = 0
beforeEach(async () => {
  who = { family: families[tests]!, given: givens[tests]!, year: String(1950 + 3 * tests) }
  tests += 1
  const made = await putOnRecord(who)
  person = made.person
  caseAt = made.caseAt
})

/** On record with the refuge, born on the day that the form of the conference names. */
async function putOnRecord({ given, family, year }: typeof who): Promise<{ person: string; caseAt: string }> {
  const away = { telephone: '', lines: '', town: '', postcode: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
  const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': year }
  const at = /\/people\/[0-9a-f-]{36}/.exec(await fillIn(colleague, '/people/new', { given, family, ...born, ...away }))![0]
  const consent = { team: `${refuge.id}/domestic-abuse`, consent: 'given', 'consent-how': 'By telephone' }
  const begun = /\/cases\/[0-9a-f-]{36}/.exec(await fillIn(colleague, `${at}/refer`, consent))![0]
  await fillIn(colleague, `${begun}/triage`, { decision: 'accept' })
  return { person: at, caseAt: begun }
}

const withhold = (from: Colleague, at = caseAt) =>
  post(colleague, `${at}/withholding/new`, { from: 'user', user: from.email, what: 'case', reason: 'She is his sister', 'wish-of': '' })
const referred = (by = sitter('police').visitor) => refer(by, marac.seriesId, { ...who, perpetrator: 'Roscrow' })
/** As a leader of the refuge, who reads the record, drafts it by hand. */
const byHand = (by = colleague) => draft(by, marac.seriesId, { ...who, perpetrator: 'Roscrow' })
const partyOf = async (itemId: string) =>
  (await product.database.admin.query<{ id: string }>(`select id from meeting_parties where item_id = $1 and role = 'victim'`, [itemId]))
    .rows[0]!.id
const link = async (itemId: string, to = person) =>
  advocate.post(item(itemId, `/people/${await partyOf(itemId)}`), { person: to.slice('/people/'.length) })
async function keptFrom(itemId: string): Promise<number[]> {
  const { rows } = await product.database.admin.query<{ holder: number }>(
    'select holder from meeting_item_withholdings where item_id = $1 and part is null and ended_at is null order by 1',
    [itemId],
  )
  return rows.map(row => row.holder)
}
const goesOut = async (itemId: string) => {
  await accept(marac, itemId)
  await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
}

describe('[M1e] [E5] somebody in a case of a meeting who is linked to their record', () => {
  test('is kept there from whom they are kept on it; nobody who is kept out learns of either', async () => {
    const { colleague: wella, visitor } = sitter('housing')
    await withhold(wella)
    const itemId = await referred()
    expect((await link(itemId)).status).toBe(303)
    expect(await keptFrom(itemId)).toEqual([wella.principal])
    const page = (await advocate.get(item(itemId))).words
    expect(page).toContain('They must not hear of somebody whom it is about')
    expect(page).not.toContain('She is his sister')
    // Those who run it with her are told, and not by which agency, or that there is a record.
    expect((await marac.coordinator.get('/notices')).words).toContain('A case of a meeting is kept from somebody now')
    expect((await marac.coordinator.get(item(itemId))).words).toContain(wella.name)
    expect((await marac.coordinator.get(item(itemId))).words).not.toMatch(/the record of|She is his sister/)
    await goesOut(itemId)
    for (const at of [item(itemId), caseAt, person]) expect((await visitor.get(at)).status).toBe(404)
    for (const at of ['/meetings', `/meetings/dates/${marac.meetingId}`, '/notices']) {
      const { html } = await visitor.get(at)
      expect(html).not.toContain(itemId)
      expect(html).not.toContain(who.family.toUpperCase())
    }
    expect((await sitter('health').visitor.get(item(itemId))).html).toContain(who.family.toUpperCase())
  })

  test('is kept from them also where that is said of the record later, while the case is open', async () => {
    const { colleague: wella, visitor } = sitter('housing')
    const itemId = await referred()
    await link(itemId)
    await goesOut(itemId)
    expect((await visitor.get(item(itemId))).status).toBe(200)
    await withhold(wella)
    expect((await visitor.get(item(itemId))).status).toBe(404)
    expect(await keptFrom(itemId)).toEqual([wella.principal])
  })

  test('is let in by whoever says why, and stays in though another service is asked in', async () => {
    const { colleague: wella, visitor } = sitter('housing')
    await withhold(wella)
    const itemId = await referred()
    await link(itemId)
    const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_item_withholdings where item_id = $1', [
      itemId,
    ])
    await fillIn(advocate, item(itemId, `/withhold/${rows[0]!.id}/end`), { reason: 'Another Wella' })
    await link(itemId)
    await goesOut(itemId)
    expect((await visitor.get(item(itemId))).status).toBe(200)
    // What is newly kept from her on the record is newly kept here.
    await withhold(wella)
    expect((await visitor.get(item(itemId))).status).toBe(404)
  })

  test('is kept from them where two records turn out to be one', async () => {
    const { colleague: wella } = sitter('housing')
    const other = await putOnRecord({ family: 'Zelah', given: 'Xen', year: '1921' })
    const itemId = await referred()
    await link(itemId)
    await withhold(wella, other.caseAt)
    expect(await keptFrom(itemId)).toEqual([])
    const address = `${person}/merge/${other.person.slice('/people/'.length)}`
    const { filled } = ownForm((await colleague.get(address)).html, address)!
    await post(colleague, address, { ...filled, reason: 'Seen together', confirm: 'yes' })
    expect(await keptFrom(itemId)).toEqual([wella.principal])
  })
})

test('[M1e] [E5] where nobody would be left who runs the meeting and is not kept from the record, whoever runs it keeps the case until the authority has named another', async () => {
  const { colleague: wella, visitor: housing } = sitter('housing')
  const itemId = await referred()
  await link(itemId)
  const { rows } = await product.database.admin.query<{ principal: number }>(
    'select distinct u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.seat_id is null and u.id <> $2',
    [marac.seriesId, chairs.id],
  )
  for (const { principal } of rows)
    await fillIn(advocate, item(itemId, '/withhold'), { from: String(principal), part: '', reason: 'Her neighbours' })
  const team = await addTeam(product.database, await addAgency(product.database))
  const administrator = await addColleague(product.database, team, { role: 'Authority administrator', serviceArea: null })
  const authority = await visitorOf(product).signIn(administrator)
  const told = 'Somebody else must be named to run a meeting'
  const toldWhoRuns = 'has a case that somebody else should take'
  expect((await authority.get('/notices')).words).not.toContain(told)
  await withhold(chairs)
  await withhold(wella)
  // She has read it already. Housing, which does not run it, is kept out as ever.
  expect((await advocate.get(item(itemId))).status).toBe(200)
  expect(await keptFrom(itemId)).toContain(wella.principal)
  expect((await housing.get(item(itemId))).status).toBe(404)
  expect((await authority.get('/notices')).words).toContain(told)
  expect((await advocate.get('/notices')).words).toContain(toldWhoRuns)
  for (const visitor of [colleague, housing])
    expect((await visitor.get('/notices')).words).not.toMatch(new RegExp(`${told}|${toldWhoRuns}`))
  // Nor is it lost by the next link, which tries the same again.
  await link(itemId)
  expect((await advocate.get(item(itemId))).status).toBe(200)
  const another = await addColleague(product.database, team, { role: 'Partner officer', serviceArea: null })
  await fillIn(authority, `/meetings/series/${marac.seriesId}/run-by`, { who: another.id, role: 'chair' })
  expect((await advocate.get(item(itemId))).status).toBe(404)
  expect((await (await visitorOf(product).signIn(another)).get(item(itemId))).status).toBe(200)
})

test('[M1e] a record of another name and day of birth is linked by whoever says that they are the same person, and by nobody else', async () => {
  const { colleague: wella } = sitter('housing')
  const unrelated = await putOnRecord({ given: 'Zzz', family: 'Unrelated', year: '1940' })
  await withhold(wella, unrelated.caseAt)
  const itemId = await referred()
  const person = unrelated.person.slice('/people/'.length)
  const address = item(itemId, `/people/${await partyOf(itemId)}`)
  const refused = await advocate.post(address, { person, q: 'Unrelated' })
  expect(refused.status).toBe(422)
  for (const words of ['They differ', 'UNRELATED', '04/05/1940', `04/05/${who.year}`]) expect(refused.words).toContain(words)
  // What was said of another record says nothing of this one.
  expect((await advocate.post(address, { person, q: 'Unrelated', same: 'yes' })).status).toBe(422)
  expect(await keptFrom(itemId)).toEqual([])
  await post(advocate, address, { person, q: 'Unrelated', same: person })
  expect(await keptFrom(itemId)).toEqual([wella.principal])
})

describe('[M1e] [E5] whoever reads the record and refers by hand', () => {
  const words = 'it is kept from these'
  test('is shown from whom it is kept, ticked, and the case is kept from them from the moment it is sent', async () => {
    const { colleague: wella, visitor } = sitter('housing')
    await withhold(wella)
    const itemId = await byHand()
    const check = await colleague.get(item(itemId, '/check'))
    expect(check.words).toContain(`On the record of ${who.family.toUpperCase()}, ${who.given}`)
    expect(check.words).toContain(words)
    expect(check.words).toContain(wella.name)
    expect(ownForm(check.html, item(itemId, '/check'))!.filled['kept']).toBe(String(wella.principal))
    await fillIn(colleague, item(itemId, '/check'))
    expect(await keptFrom(itemId)).toEqual([wella.principal])
    await goesOut(itemId)
    expect((await visitor.get(item(itemId))).status).toBe(404)
    expect((await marac.coordinator.get(item(itemId))).words).toMatch(/They are kept from the record .* Kerensa Lugg/)
  })

  test('may untick what does not apply; what was kept from somebody since the page was opened is kept', async () => {
    const [wella, other] = [sitter('housing').colleague, sitter('probation').colleague]
    await withhold(wella)
    const itemId = await byHand()
    const form = formsIn((await colleague.get(item(itemId, '/check'))).html).find(one => one.action === item(itemId, '/check'))!
    await withhold(other)
    await post(colleague, item(itemId, '/check'), { ...form.filled, kept: [] })
    expect(await keptFrom(itemId)).toEqual([other.principal])
  })

  test('is asked about nobody else: another day of birth, or a record that they do not read', async () => {
    await withhold(sitter('housing').colleague)
    const namesake = await draft(colleague, marac.seriesId, { ...who, year: '1999' })
    expect((await colleague.get(item(namesake, '/check'))).words).not.toContain(words)
    const police = sitter('police').visitor
    const itemId = await byHand(police)
    const check = await police.get(item(itemId, '/check'))
    expect(check.words).toContain('Send the referral')
    for (const each of [words, 'On the record', sitter('housing').colleague.name]) expect(check.words).not.toContain(each)
    await post(police, item(itemId, '/check'), { kept: String(sitter('health').colleague.principal) })
    expect(await keptFrom(itemId)).toEqual([])
  })

  test('is not asked where they are the one from whom a further case of the same person is kept', async () => {
    await withhold(sitter('housing').colleague)
    const itemId = await byHand(sitter('housing').visitor)
    expect((await sitter('housing').visitor.get(item(itemId, '/check'))).words).not.toContain(words)
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
