import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressSecretUntil, grantAccess } from '../../src/access/index.ts'
import { readPdf } from '../../src/letters/testing/read-pdf.ts'
import { paths } from '../../src/paths.ts'
import { findRecord } from '../../src/people/index.ts'
import { londonDate } from '../../src/platform/clock.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { fillIn } from '../factories/whole-record.ts'
import { type Agency, addAgency, addCase, addPerson, addPost, addTeam, as, type Case, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { paramsOf, routesOf } from '../other-side/routes.ts'

/**
 * Where somebody hides, as a domestic abuse service records it, and who recorded what: as everybody finds it who may read the person by a thread of
 * their own. The words are unmistakable, and looked for on every page of the person and of the case that each of them may open.
 */
const lane = 'Quoitxanthe'
const postcode = 'TR18 9ZZ'
const home = '66 Engine House Lane'
const family = 'Tregarthenbrook'

let product: Product
let personId: string
let caseOf: Record<'haven' | 'housing' | 'outreach', Case>
let agency: Record<'haven' | 'housing' | 'clinic', Agency>
let outreach: Team
let who: Record<'kerensa' | 'bryluen' | 'looksOnly' | 'wella' | 'nurse' | 'elsewhere' | 'left' | 'council', Colleague>
let kerensa: Visitor
let bryluen: Visitor
let looksOnly: Visitor
let wella: Visitor
let nurse: Visitor
let elsewhere: Visitor
let left: Visitor
let council: Visitor

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const enter = async (colleague: Colleague) => visitorOf(product).signIn(colleague)
  const authority = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  agency = {
    haven: await addAgency(database, { name: 'Safe Haven Zawn' }),
    housing: await addAgency(database, { name: 'Kerris Homes Zawn' }),
    clinic: await addAgency(database, { name: 'School nurses Zawn' }),
  }
  const haven = await addTeam(database, agency.haven, ['domestic-abuse'])
  outreach = await addTeam(database, agency.haven, ['drug-and-alcohol'])
  const housing = await addTeam(database, agency.housing, ['early-help'])
  who = {
    kerensa: await addColleague(database, haven, { name: 'Kerensa Lugg' }),
    bryluen: await addColleague(database, haven, { name: 'Bryluen Carne', role: 'Team leader' }),
    looksOnly: await addColleague(database, haven, { role: 'Read only' }),
    wella: await addColleague(database, housing, { name: 'Wella Goldsworthy', role: 'Team leader' }),
    nurse: await addColleague(database, await addTeam(database, agency.clinic), { name: 'Ysella Bray', role: 'Partner officer' }),
    elsewhere: await addColleague(database, outreach),
    left: await addColleague(database, haven),
    council: await addColleague(database, authority, { role: 'Commissioner' }),
  }
  // Of the agency that keeps the address still, and working for the landlord alone.
  await addPost(database, who.left, housing)
  await database.admin.query('update posts set ended_at = now() where user_id = $1 and team_id = $2', [who.left.id, haven.id])
  ;[kerensa, bryluen, looksOnly, wella] = [
    await enter(who.kerensa),
    await enter(who.bryluen),
    await enter(who.looksOnly),
    await enter(who.wella),
  ]
  ;[nurse, elsewhere, left, council] = [await enter(who.nurse), await enter(who.elsewhere), await enter(who.left), await enter(who.council)]

  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': '1990' }
  const registered = await fillIn(kerensa, '/people/new', { given: 'Elowen', family, ...born, lines: home, postcode: 'TR18 4QA' })
  personId = /people\/([0-9a-f-]{36})/.exec(registered)![1]!
  const person = { id: personId, clientId: '' }
  const referred = /cases\/([0-9a-f-]{36})/.exec(await fillIn(kerensa, `/people/${personId}/refer`))![1]!
  await fillIn(bryluen, `/cases/${referred}/triage`, { decision: 'accept' })
  caseOf = {
    haven: { id: referred, personId, team: haven, serviceArea: 'domestic-abuse' },
    housing: await addCase(database, person, housing),
    outreach: await addCase(database, await addPerson(database, outreach), outreach),
  }
  await fillIn(kerensa, paths.people.addAddress(personId), refuge)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const undated = Object.fromEntries(['from', 'to'].flatMap(name => ['day', 'month', 'year'].map(part => [`${name}-${part}`, ''])))
const refuge: Fields = {
  kind: 'refuge',
  lines: `9 ${lane} Row`,
  town: 'Porthkerris',
  postcode,
  confidential: 'yes',
  note: '',
  uprn: '',
  ...undated,
}
const toNurse = (): Fields => ({
  with: 'agency',
  agency: agency.clinic.id,
  what: 'parts',
  parts: ['risk'],
  level: 'read',
  purpose: 'To know how much danger there is',
  basis: 'vital-interests',
})

/** Every page that can be opened about the person, and about this case of theirs: what of it says where they are. */
async function saysWhere(visitor: Visitor, caseId: string, words = new RegExp(`${lane}|${postcode}`, 'i')): Promise<string[]> {
  const ids: Record<string, string> = { personId, caseId }
  const pages = routesOf(product.server)
    .filter(route => route.method === 'GET' && paramsOf(route).length > 0 && paramsOf(route).every(name => name in ids))
    .map(route => route.path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name]!))
  const telling: string[] = []
  for (const page of [...pages, `/search?q=${family}`, '/work', '/people/new/likely']) {
    const reply = await visitor.get(page)
    const text = reply.body.subarray(0, 4).toString() === '%PDF' ? (await readPdf(reply.body)).text : reply.html
    if (reply.status === 200 && words.test(text)) telling.push(page)
  }
  // Nor is anybody found by where they are.
  if ((await visitor.get(`/search?q=${encodeURIComponent(postcode)}`)).html.includes(personId)) telling.push('search')
  return telling
}
const detailsOf = async (visitor: Visitor) => visitor.get(paths.people.details(personId))
const elsewhereWords = 'There is an address that is confidential. It is kept by the service that recorded it.'
const addressId = async (kind = 'refuge') =>
  (
    await product.database.admin.query<{ id: string }>('select id from person_addresses where person_id = $1 and kind = $2', [
      personId,
      kind,
    ])
  ).rows[0]!.id
const editIt = async (fields: Fields) => fillIn(kerensa, paths.people.editAddress(personId, await addressId()), { ...refuge, ...fields })

describe('an address where somebody must not be found', () => {
  test('[U13] is read by the agency that recorded it, by those of its people who may read the person', async () => {
    for (const visitor of [kerensa, bryluen, looksOnly]) {
      const details = await detailsOf(visitor)
      expect(details.words).toMatch(
        /Refuge or other safe place .*Confidential: do not tell anyone .*Quoitxanthe.*Read by Safe Haven Zawn alone/,
      )
      expect(details.words).not.toContain(elsewhereWords)
      expect((await visitor.get(paths.people.history(personId))).words).toContain(lane)
    }
    expect((await looksOnly.get(paths.people.editAddress(personId, await addressId()))).status).toBe(404)
    expect((await detailsOf(elsewhere)).status).toBe(404)
  })

  test('[U13] is told of to everybody else who reads the person, and not told: to an agency with a case, who has left, the commissioner', async () => {
    for (const visitor of [wella, left, council]) {
      const details = await detailsOf(visitor)
      expect([details.status, details.words.includes(elsewhereWords)]).toEqual([200, true])
      expect(await saysWhere(visitor, caseOf.housing.id)).toEqual([])
    }
    expect((await wella.get(paths.people.editAddress(personId, await addressId()))).status).toBe(404)
    expect((await wella.post(paths.people.editAddress(personId, await addressId()), { do: 'remove' })).status).toBe(404)
    // Where they have fled from is no place to write to, whoever knows where they are.
    for (const visitor of [wella, kerensa]) {
      expect((await visitor.get(paths.people.show(personId))).words).toContain('Address confidential')
      expect((await visitor.get(`/search?q=${family}`)).words).toContain('Address confidential')
    }
    const letter = await wella.post(`/cases/${caseOf.housing.id}/letters/new`, { template: 'blank', about: '' })
    if (letter.location) expect((await wella.get(letter.location)).html).not.toMatch(/value="post"[^>]* checked/)
    const summary = (await wella.get(`/people/${personId}/summary`)).body
    expect((await readPdf(summary)).text).toContain('Address confidential')
  })

  test('[U13] [I1] is not shown by a share of one part, nor by looking through it first', async () => {
    const at = `/cases/${caseOf.haven.id}`
    const preview = await bryluen.post(`${at}/sharing/new`, toNurse())
    expect([preview.status, preview.html.split('class="ly-as-seen"')[1]?.includes(lane)]).toEqual([200, false])
    const shared = await bryluen.post(`${at}/sharing/new/confirm`, toNurse())
    expect([shared.status, shared.status === 303 ? '' : shared.words]).toEqual([303, ''])
    const details = await detailsOf(nurse)
    expect([details.status, details.words.includes(elsewhereWords)]).toEqual([200, true])
    expect(await saysWhere(nurse, caseOf.haven.id)).toEqual([])
  })

  test('[U13] is read by an agency that is ticked, of those that can be seen working with the person, and not when it is unticked', async () => {
    const form = paths.people.editAddress(personId, await addressId())
    // Of the landlord they may know that it is involved; of the nurses nobody has told them anything.
    expect((await kerensa.post(form, { ...refuge, version: '1', reader: String(agency.clinic.principal) })).status).toBe(422)
    const page = await kerensa.get(form)
    expect(page.words).toContain('Who else may read it, if it is confidential or a refuge? Services that you can see work with the person')
    expect(page.html).not.toMatch(/name="reader"[^>]* checked/)
    await editIt({ reader: String(agency.housing.principal) })
    expect((await detailsOf(wella)).words).toContain(`9 ${lane} Row`)
    expect((await detailsOf(wella)).words).toContain('Read by Safe Haven Zawn and Kerris Homes Zawn alone')
    expect((await wella.get(paths.people.history(personId))).words).toContain(`9 ${lane} Row`)
    // To read, and not to change or to pass on.
    expect((await wella.get(form)).status).toBe(404)
    expect((await wella.post(form, { ...refuge, version: '2', confidential: '', kind: 'home' })).status).toBe(404)
    expect(await saysWhere(nurse, caseOf.haven.id)).toEqual([])
    expect((await kerensa.get(form)).html).toMatch(/name="reader"[^>]* checked/)
    await editIt({ reader: [] })
    expect(await saysWhere(wella, caseOf.housing.id)).toEqual([])
    expect((await kerensa.get(paths.people.history(personId))).words).toContain('also read by : “Kerris Homes Zawn” removed')
  })

  test('[U13] that was an ordinary one takes what was said of it along, and gives it back', async () => {
    const form = paths.people.editAddress(personId, await addressId('home'))
    const there = new RegExp(home, 'i')
    expect(await saysWhere(wella, caseOf.housing.id, there)).toContain(paths.people.history(personId))
    await fillIn(kerensa, form, { ...undated, confidential: 'yes' })
    expect(await saysWhere(wella, caseOf.housing.id, there)).toEqual([])
    expect(await saysWhere(nurse, caseOf.haven.id, there)).toEqual([])
    expect((await kerensa.get(paths.people.history(personId))).words).toContain(home)
    await fillIn(kerensa, form, { ...undated, confidential: [] })
    expect(await saysWhere(wella, caseOf.housing.id, there)).toContain(paths.people.history(personId))
    expect((await detailsOf(wella)).words).toContain(home)
  })

  test('[U13] [U27] keeps its readers when the record is merged into another, and when that is taken back', async () => {
    const { database, clock } = product
    const lists = async () =>
      (await database.admin.query('select named_readers, kept_by from person_addresses where kind = $1 order by id', ['refuge'])).rows
    const before = await lists()
    const other = caseOf.outreach.personId
    const merger = await visitorOf(product).signIn(
      await addColleague(database, await addTeam(database, await addAgency(database), []), { role: 'Commissioner', serviceArea: null }),
    )
    await fillIn(merger, paths.samePerson.merge(other, personId), { confirm: 'yes' })
    expect(await lists()).toEqual(before)
    const secretUntil = (id: string) => as(database, who.council, tx => findRecord(tx, id)).then(record => record?.addressSecretUntil)
    expect(await secretUntil(other)).toBe('9999-12-31')
    expect((await wella.get(paths.people.details(other))).words).toContain(elsewhereWords)
    expect((await kerensa.get(paths.people.details(other))).words).toContain(lane)
    const { rows } = await database.admin.query('select id from merges where kept_id = $1', [other])
    await fillIn(merger, paths.samePerson.undoMerge(other, rows[0].id), { reason: 'They are two' })
    expect(await lists()).toEqual(before)
    expect([await secretUntil(other), await secretUntil(personId)]).toEqual([null, '9999-12-31'])
    expect(await saysWhere(wella, caseOf.housing.id)).toEqual([])
    expect(await as(database, who.wella, tx => addressSecretUntil(tx, personId, londonDate(clock.now())))).toBe('9999-12-31')
  })

  test('[U13] is told of no longer once it has ended, and what was recorded stays with those who read it', async () => {
    await editIt({ 'to-day': '1', 'to-month': '3', 'to-year': '2026' })
    expect((await detailsOf(wella)).words).not.toContain(elsewhereWords)
    expect((await wella.get(paths.people.show(personId))).words).toContain(home)
    expect(await saysWhere(wella, caseOf.housing.id)).toEqual([])
    await editIt({ 'to-day': '', 'to-month': '', 'to-year': '' })
    expect((await detailsOf(wella)).words).toContain(elsewhereWords)
    await kerensa.post(paths.people.editAddress(personId, await addressId()), { do: 'remove' })
    expect((await detailsOf(wella)).words).not.toContain(elsewhereWords)
    expect(await saysWhere(wella, caseOf.housing.id)).toEqual([])
    expect((await kerensa.get(paths.people.history(personId))).words).toContain(lane)
  })
})

describe('who recorded something about a person', () => {
  const haven = /Safe Haven Zawn|Kerensa|Bryluen|Lugg|Carne/
  const somebody = 'Somebody of another service'

  test('[E7] is told to those who see a case of that agency, and to all others of another service, with what was changed', async () => {
    await fillIn(kerensa, paths.people.addName(personId), { kind: 'known-as', given: 'Ellie' })
    await fillIn(wella, paths.people.addName(personId), { kind: 'alias', given: 'Elly' })
    const history = async (visitor: Visitor) => (await visitor.get(paths.people.history(personId))).words
    for (const visitor of [kerensa, nurse, council])
      expect(await history(visitor)).toMatch(/Kerensa Lugg, Safe Haven Zawn Other names .*Ellie/)
    // The landlord has been let see that the refuge works with them by nobody: they keep their own case, and no case of the refuge's.
    const seen = await history(wella)
    expect(seen).toMatch(/Wella Goldsworthy, Kerris Homes Zawn Other names .*Elly/)
    expect(seen).toMatch(new RegExp(`${somebody} Other names .*Ellie`))
    expect(seen).not.toMatch(haven)
    // That housing is involved may be known to whoever has the right to know of involvement.
    expect(await history(nurse)).toContain('Wella Goldsworthy, Kerris Homes Zawn Other names')
  })

  test('[U13] [E7] is not told to an agency from which the case is withheld, on any page', async () => {
    await fillIn(bryluen, paths.people.death(personId), { known: 'no', note: '' })
    await fillIn(bryluen, `/people/${personId}/alerts/new`, { note: 'Ring before you visit' })
    const withheld = await bryluen.post(`/cases/${caseOf.haven.id}/withholding/new`, {
      from: 'agency',
      agency: agency.housing.id,
      what: 'case',
      reason: 'The landlord knows him',
    })
    expect([withheld.status, withheld.status === 303 ? '' : withheld.words]).toEqual([303, ''])
    // Forms offer every agency and colleague of the directory, whoever the person is.
    const telling = await saysWhere(wella, caseOf.housing.id, haven)
    expect(telling.filter(page => !/\/(new|refer)$/.test(page))).toEqual([])
    expect((await wella.get(paths.people.death(personId))).words).toContain(`Recorded by ${somebody}`)
    const { rows } = await product.database.admin.query('select id from person_alerts where person_id = $1', [personId])
    expect((await wella.get(`/people/${personId}/alerts/${rows[0].id}`)).words).toContain(`by ${somebody}`)
    expect((await nurse.get(paths.people.death(personId))).words).toContain('Recorded by Bryluen Carne, Safe Haven Zawn')
  })

  test('[U13] [E7] nor is a professional whom a service entered of which nobody is told that it is involved', async () => {
    const professional = { role: 'Refuge worker', name: `Prof ${lane}`, organisation: 'The Haven', telephone: '', email: '', note: '' }
    await fillIn(kerensa, paths.network.addProfessional(personId), professional)
    await fillIn(wella, paths.network.addProfessional(personId), { ...professional, role: 'GP', name: 'Dr Hichens', organisation: '' })
    expect((await kerensa.get(paths.network.show(personId))).words).toMatch(/Prof Quoitxanthe.*Other services do not see this/)
    expect((await kerensa.get(paths.people.history(personId))).words).toContain(`Prof ${lane}`)
    for (const visitor of [wella, nurse, council, left]) {
      expect(await saysWhere(visitor, caseOf.housing.id, new RegExp(`Prof ${lane}|Refuge worker`))).toEqual([])
      expect((await visitor.get(paths.network.show(personId))).words).toContain('Dr Hichens')
    }
    const { rows } = await product.database.admin.query(`select id from person_professionals where role = 'Refuge worker'`)
    expect((await wella.get(paths.network.professional(personId, rows[0].id))).status).toBe(404)
  })

  test('[E7] of a relationship is told by the two between whom it stands, and not by a third whom the service works with too', async () => {
    const { database } = product
    const sister = await addPerson(database, caseOf.haven.team, { familyName: 'Quickfall' })
    const friend = await addPerson(database, caseOf.haven.team, { familyName: 'Rosevear' })
    for (const one of [sister, friend]) await addCase(database, one, caseOf.housing.team)
    await addCase(database, sister, caseOf.haven.team)
    const known = await addCase(database, friend, caseOf.haven.team)
    const grant = {
      caseId: known.id,
      kind: 'share',
      holder: agency.housing.principal,
      level: 'read',
      purpose: 'To house her',
      lawfulBasis: 'public-task',
    } as const
    await as(database, who.bryluen, (tx, actor) => grantAccess(tx, actor, product.clock.now(), grant))
    for (const one of [sister, friend]) await fillIn(kerensa, paths.network.addRelationshipWith(personId, one.id), { kind: 'friend' })
    const rows = (await wella.get(paths.network.relationshipHistory(personId))).html.match(/<tr[\s\S]*?<\/tr>/g)!
    const whoOf = (id: string) => rows.map(row => row.replaceAll(/<[^>]*>/g, ' ')).find(row => row.includes(id)) ?? ''
    expect(whoOf('ROSEVEAR')).toContain('Kerensa Lugg, Safe Haven Zawn')
    expect(whoOf('QUICKFALL')).toContain(somebody)
  })
})
