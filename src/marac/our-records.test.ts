import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, keepPart, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addCase, addPost, addTeam, as, asSystem, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { rewriteItem, rewritePeople } from '../access/index.ts'
import { registerPeople } from '../people/index.ts'
import { asPlainDate } from '../platform/plain-date.ts'

// Whose record somebody in a case is: each agency says it of its own records, and one tells another nothing.

let product: Product
let marac: Marac
let itemId: string
let victimId: string
let tenancies: Team
let record: Person
type Person = { id: string }
/** Sits for housing, and works cases there; another sits for it who does not. */
let worker: Colleague
let at: Visitor
const family = 'Ourrecord'
const who = (key: Sitting) => marac.officers[key].visitor
const item = () => `/meetings/items/${itemId}`
const link = () => `${item()}/people/${victimId}`
const sit = (key: Sitting, colleague: { id: string }) =>
  post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, {
    what: 'member',
    who: `${marac.officers[key].seatId}/${colleague.id}`,
    role: 'deputy',
  })

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  marac = await addMarac(product)
  itemId = await refer(who('police'), marac.seriesId, { family })
  const { rows } = await database.admin.query<{ id: string }>(`select id from meeting_parties where role = 'victim'`)
  victimId = rows[0]!.id
  await accept(marac, itemId)
  await sendAgenda(marac)
  tenancies = await addTeam(database, marac.officers.housing.agency, ['domestic-abuse'], 'Tenancies')
  worker = await addColleague(database, tenancies, { name: 'Hedra Bolitho' })
  at = await visitorOf(product).signIn(worker)
  record = await onRecord(worker, tenancies, 'Morwenna')
  await sit('housing', worker)
}, 60_000)
afterAll(() => product.close())

/** Somebody on record, with a case of the team, as its worker puts them there. */
async function onRecord(user: { id: string }, team: Team, given: string, surname = family): Promise<Person> {
  const registered = await as(product.database, user, (tx, actor) =>
    registerPeople(tx, actor, product.clock.now(), [{ given, family: surname, dateOfBirth: asPlainDate('1984-05-04') }]),
  )
  if (!registered.ok) throw new Error(registered.error)
  const id = registered.value[0]!.id
  await addCase(product.database, { id, clientId: '' }, team)
  return { id }
}

/** Everybody else who reads the case, of whatever agency. */
const others = () => [who('housing'), who('police'), who('health'), marac.chair, marac.coordinator]

describe('[V4] whose record somebody in a case is', () => {
  test('is found by name and said from the page of the case, by whoever sits there and sees the record', async () => {
    expect((await at.get(item())).words).toContain('Link to our record')
    expect((await at.get(link())).words).toContain(`${family.toUpperCase()}, Morwenna`)
    expect((await at.get(`${link()}?q=Nobodyofthisname`)).words).toContain('Nobody on record that you may see is found')
    const none = await at.post(link(), { q: family })
    expect([none.status, none.words.includes('Select a record')]).toEqual([422, true])
    await fillIn(at, link(), { person: record.id, same: record.id })
    const page = await at.get(item())
    expect(page.html).toContain(`/people/${record.id}`)
    expect(page.words).toContain('Our record')
  })

  test('[M1e] shows to nobody of another agency, nor to a colleague who may not see the record, and opens it to nobody', async () => {
    for (const other of others()) {
      const { html, words } = await other.get(item())
      expect(words).toContain(family.toUpperCase())
      expect(html).not.toContain(record.id)
      expect(words).not.toContain('Our record')
      expect((await other.get(`/people/${record.id}`)).status).toBe(404)
      expect((await other.get(link())).words).not.toContain('Linked now')
    }
  })

  test('stands on the record, for whoever reads both', async () => {
    const { database } = product
    const shown = await at.get(`/people/${record.id}`)
    expect(shown.html).toContain(item())
    expect(shown.words).toContain('Talked about at meetings')
    const colleague = await visitorOf(product).signIn(await addColleague(database, tenancies))
    const theirs = await colleague.get(`/people/${record.id}`)
    expect(theirs.status).toBe(200)
    expect(theirs.words).not.toContain('Talked about')
    expect(theirs.html).not.toContain(itemId)
  })

  test('is read by a colleague who only reads, and changed by them no more than anything else', async () => {
    const readsOnly = await addColleague(product.database, tenancies, { role: 'Read only' })
    await sit('housing', readsOnly)
    const theirs = await visitorOf(product).signIn(readsOnly)
    const { html, words } = await theirs.get(item())
    expect(html).toContain(`/people/${record.id}`)
    expect(words).not.toContain('Change or unlink')
    for (const address of [link(), `${link()}/unlink`])
      expect(
        (await theirs.post(address, { person: record.id, same: record.id, agency: String(tenancies.agency.principal) })).status,
      ).not.toBe(303)
    expect((await at.get(item())).html).toContain(`/people/${record.id}`)
  })

  test('is not said of a record that one may not see, nor taken back for another agency', async () => {
    for (const other of others()) {
      const forged = await other.post(link(), { person: record.id, same: record.id, q: family })
      expect([forged.status, forged.words.includes('Select a record')]).toEqual([422, true])
      await other.post(`${link()}/unlink`, { agency: String(tenancies.agency.principal) })
    }
    for (const outside of [visitorOf(product), await visitorOf(product).signIn(await addColleague(product.database, tenancies))])
      for (const address of [link(), `${link()}/unlink`])
        expect(
          (await outside.post(address, { person: record.id, same: record.id, agency: String(tenancies.agency.principal) })).status,
        ).not.toBe(200)
    expect((await at.get(item())).html).toContain(`/people/${record.id}`)
  })

  test('is each agency’s own: another links its own record of the same person', async () => {
    const team = await addTeam(product.database, marac.officers.health.agency, ['domestic-abuse'])
    const nurse = await addColleague(product.database, team)
    const patient = await onRecord(nurse, team, 'Morwenna')
    await sit('health', nurse)
    const theirs = await visitorOf(product).signIn(nurse)
    await fillIn(theirs, link(), { person: patient.id, same: patient.id })
    expect((await theirs.get(item())).html).toContain(patient.id)
    expect((await theirs.get(item())).html).not.toContain(record.id)
    expect((await at.get(item())).html).not.toContain(patient.id)
    expect((await at.get(item())).html).toContain(record.id)
  })

  test('carries the lists that a rewriting would give it', async () => {
    const { database } = product
    const lists = async () => (await database.admin.query('select * from meeting_party_links order by id')).rows
    const before = await lists()
    await asSystem(database, async tx => {
      await rewriteItem(tx, itemId)
      await rewritePeople(tx, [record.id])
    })
    expect(await lists()).toEqual(before)
  })

  test('follows the record when it is merged into another', async () => {
    const { database } = product
    const kept = await onRecord(worker, tenancies, 'Morwena')
    const leader = await visitorOf(product).signIn(await addColleague(database, tenancies, { role: 'Team leader' }))
    await fillIn(leader, `/people/${kept.id}/merge/${record.id}`, { confirm: 'yes' })
    const { html } = await at.get(item())
    expect(html).toContain(`/people/${kept.id}`)
    expect(html).not.toContain(`/people/${record.id}`)
    expect((await at.get(`/people/${kept.id}`)).html).toContain(item())
    record = kept
  })

  test('is said for one of two agencies by whoever works for both', async () => {
    const { database } = product
    const team = await addTeam(database, marac.officers.idva.agency, ['domestic-abuse'])
    const both = await addColleague(database, team)
    await addPost(database, both, tenancies)
    await sit('idva', both)
    await sit('housing', both)
    const theirs = await visitorOf(product).signIn(both)
    expect((await theirs.get(item())).words).toContain(`Record of ${tenancies.agency.name}`)
    const unsaid = await theirs.post(link(), { person: record.id, same: record.id, q: family })
    expect([unsaid.status, unsaid.words.includes('Select of which of your agencies')]).toEqual([422, true])
    await post(theirs, link(), { person: record.id, same: record.id, q: family, agency: String(team.agency.principal) })
    for (const words of ['Our record', `Record of ${tenancies.agency.name}`]) expect((await theirs.get(item())).words).toContain(words)
  })

  test('[M1e] is gone with the part that is kept from its agency, from the case and from the record', async () => {
    await keepPart(marac, itemId, tenancies.agency.principal, 'victim')
    expect((await at.get(item())).status).toBe(200)
    expect((await at.get(item())).html).not.toContain(record.id)
    expect((await at.get(link())).status).toBe(404)
    expect((await at.get(`/people/${record.id}`)).words).not.toContain('Talked about')
    const { rows } = await product.database.admin.query<{ id: string }>(
      `select id from meeting_item_withholdings where item_id = $1 and ended_at is null`,
      [itemId],
    )
    for (const { id } of rows) await post(marac.coordinator, `${item()}/withhold/${id}/end`, { reason: 'A slip' })
    expect((await at.get(`/people/${record.id}`)).words).toContain('Talked about')
  })

  test('is taken back, which stands as having been', async () => {
    expect((await at.get(link())).words).toContain('Linked now')
    await post(at, `${link()}/unlink`, { agency: String(tenancies.agency.principal) })
    expect((await at.get(item())).html).not.toContain(record.id)
    expect((await at.get(`/people/${record.id}`)).words).not.toContain('Talked about')
    const { rows } = await product.database.admin.query(
      'select from meeting_party_links where agency = $1 and ended_by is not null and ended_at is not null',
      [tenancies.agency.principal],
    )
    expect(rows.length).toBe(1)
  })
})

test('an earlier case of the same people is found by the record that one’s agency has linked with both, under whatever names', async () => {
  const { database } = product
  const council = await database.admin.query<{ id: string; agency: number; name: string }>(
    'select u.id, u.agency, a.name from users u join agencies a on a.principal = u.agency where u.id = $1',
    [marac.coordinatorId],
  )
  const { agency, name } = council.rows[0]!
  const { rows } = await database.admin.query<{ id: string }>('select id from agencies where principal = $1', [agency])
  const team = await addTeam(database, { id: rows[0]!.id, principal: agency, name }, ['domestic-abuse'])
  const runsIt = await addColleague(database, team)
  await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, { what: 'member', who: `/${runsIt.id}`, role: 'chair' })
  const running = await visitorOf(product).signIn(runsIt)
  const people = [await onRecord(runsIt, team, 'Una', 'Linkedvictim'), await onRecord(runsIt, team, 'Gerran', 'Linkedperp')]
  const linked = async (named: { family: string; given: string; perpetrator: string; year: string }) => {
    const id = await refer(who('police'), marac.seriesId, named)
    const parties = await database.admin.query<{ id: string }>(
      `select id from meeting_parties where item_id = $1 and role in ('victim', 'perpetrator') order by role desc`,
      [id],
    )
    for (const [place, party] of parties.rows.entries())
      await post(running, `/meetings/items/${id}/people/${party.id}`, { person: people[place]!.id, same: people[place]!.id, q: 'Linked' })
    return id
  }
  const first = await linked({ family: 'Abcsurname', given: 'Una', perpetrator: 'Defsurname', year: '1971' })
  await accept(marac, first)
  const second = await linked({ family: 'Ghisurname', given: 'Wella', perpetrator: 'Jklsurname', year: '1982' })
  expect((await running.get(`/meetings/items/${second}/triage`)).words).toContain('The same people were heard before')
  expect((await marac.chair.get(`/meetings/items/${second}/triage`)).words).not.toContain('The same people were heard before')
})

test('there was no fault', () => expect(product.faults).toEqual([]))
