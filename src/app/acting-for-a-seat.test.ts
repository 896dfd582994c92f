import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague, type RoleName } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, researchOf, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { type Agency, actorOf, addAgency, addPost, addTeam, reader, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { paths } from '../paths.ts'
import type { Capability } from '../platform/capabilities.ts'

// Somebody with posts in several agencies, at meetings: what they may do there is by their post in the agency for which they sit or run it, and by no other.

const partner: readonly Capability[] = ['read-records', 'record']
let product: Product
let marac: Marac
let itemId: string
let elsewhere: Team
const desks = new Map<Agency, Team>()
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  elsewhere = await addTeam(product.database, await addAgency(product.database), [])
  for (const { agency } of Object.values(marac.officers)) desks.set(agency, await addTeam(product.database, agency, []))
  itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Zennorwyn' })
  await accept(marac, itemId)
  await sendAgenda(marac)
}, 60_000)
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const deskOf = (key: Sitting): Team => desks.get(marac.officers[key].agency)!
/** Of an agency in a role, with what may be done in another beside it. */
const holding = async (team: Team, role: RoleName, other: Team, may: readonly Capability[]): Promise<Colleague> => {
  const user = await addColleague(product.database, team, { role, serviceArea: null })
  await addPost(product.database, user, other, { may, serviceArea: null })
  return user
}
const enter = (user: Colleague) => visitorOf(product).signIn(user)
const members = () => `/meetings/series/${marac.seriesId}/members`
const sit = (user: Colleague, key: Sitting) =>
  post(marac.coordinator, members(), { what: 'member', who: `${marac.officers[key].seatId}/${user.id}`, role: 'deputy' })
const run = (user: Colleague) => post(marac.coordinator, members(), { what: 'member', who: `/${user.id}`, role: 'chair' })
const researchAt = async (key: Sitting) => `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers[key])}`
const writes = async (by: Visitor, address: string, known: string) =>
  (await by.post(address, { known, '_base-research': '0', _then: 'leave' })).status
const rowsOf = async (statement: string, values: unknown[]) => (await product.database.admin.query(statement, values)).rows

describe('[M1g] whoever only reads in the agency for which they sit', () => {
  let user: Colleague
  let visitor: Visitor
  let actionId: string
  beforeAll(async () => {
    user = await holding(deskOf('housing'), 'Read only', elsewhere, partner)
    await sit(user, 'housing')
    visitor = await enter(user)
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
    await post(marac.chair, `/meetings/items/${itemId}/actions/new`, {
      what: 'Change the locks',
      seat: marac.officers.housing.seatId,
      due: 'in 5 days',
    })
    const [row] = await rowsOf('select id from meeting_actions where item_id = $1', [itemId])
    actionId = row.id
  })

  test('reads the case, and writes nothing as that agency by what they may do in another', async () => {
    expect((await visitor.get(`/meetings/items/${itemId}`)).words).toMatch(/zennorwyn/i)
    const address = await researchAt('housing')
    expect([(await visitor.get(address)).status, await writes(visitor, address, 'NOTOURS')]).toEqual([404, 404])
    expect((await marac.officers.housing.visitor.get(address)).html).not.toContain('NOTOURS')
    for (const [path, fields] of [
      [paths.meetings.endAction(actionId), { to: 'done', words: 'NOTOURS' }],
      [paths.meetings.changeAction(actionId), { worker: '', due: 'in 3 days', version: '1', why: 'NOTOURS' }],
      [`/meetings/items/${itemId}/conflict`, { reason: 'NOTOURS' }],
    ] as const)
      expect([path, (await visitor.post(path, fields)).status]).toEqual([path, 404])
    expect((await visitor.get(paths.meetings.action(actionId))).status).toBe(200)
    expect((await visitor.get(paths.meetings.action(actionId))).words).not.toContain('Where does it stand?')
    expect((await visitor.get('/meetings')).words).not.toContain('What we need from you')
  })

  test('says nothing there in a conversation, and is told so; of what is nobody’s they talk as they are', async () => {
    const begun = await marac.officers.police.visitor.post(paths.conversations.about('meeting-item', itemId), {
      to: [user.id],
      words: 'Who has the keys?',
      title: '',
      do: 'send',
    })
    const talk = begun.location!
    expect((await visitor.get(talk)).words).toContain('Your role reads messages and writes none')
    expect((await visitor.post(talk, { words: 'NOTOURS' })).status).toBe(404)
    expect((await marac.officers.police.visitor.get(talk)).words).not.toContain('NOTOURS')
    const tea = await visitor.post(paths.conversations.add, {
      to: marac.officers.police.colleague.id,
      words: 'Tea?',
      title: '',
      do: 'send',
    })
    expect((await visitor.post(tea.location!, { words: 'At four' })).status).toBe(303)
  })

  test('is refused by the database as well, whatever page lets them', async () => {
    const { writePrincipals, readPrincipals } = await actorOf(product.database, user.id)
    const [seat] = await rowsOf('select principal from meeting_seats where id = $1', [marac.officers.housing.seatId])
    expect([readPrincipals.includes(seat.principal), writePrincipals.includes(seat.principal)]).toEqual([true, false])
  })

  test('refers by the other agency, and not in the name of this one', async () => {
    const id = await refer(visitor, marac.seriesId, { family: 'Trevanion' })
    const [row] = await rowsOf('select a.principal from meeting_items i join agencies a on a.id = i.referring_agency where i.id = $1', [id])
    expect(row.principal).toBe(elsewhere.agency.principal)
  })
})

test('[M1g] whose role in the agency of their seat opens no record reads none there by another agency’s', async () => {
  const user = await holding(deskOf('health'), 'Agency administrator', elsewhere, partner)
  await sit(user, 'health')
  const visitor = await enter(user)
  for (const path of [
    `/meetings/items/${itemId}`,
    `/meetings/dates/${marac.meetingId}`,
    `/meetings/series/${marac.seriesId}`,
    await researchAt('health'),
  ])
    expect([path, (await visitor.get(path)).status]).toEqual([path, 404])
  expect((await visitor.get('/meetings')).words).not.toMatch(/zennorwyn/i)
})

test('[M1g] of two seats in two agencies each is what their post there makes of it, in the audit too', async () => {
  const user = await holding(deskOf('probation'), 'Read only', deskOf('children'), partner)
  for (const key of ['probation', 'children'] as const) await sit(user, key)
  const visitor = await enter(user)
  expect(await writes(visitor, await researchAt('probation'), 'NOTTHEIRS')).toBe(404)
  expect(await writes(visitor, await researchAt('children'), 'OURSTOSAY')).toBe(303)
  expect((await marac.officers.children.visitor.get(await researchAt('children'))).html).toContain('OURSTOSAY')
  expect((await marac.officers.probation.visitor.get(await researchAt('probation'))).html).not.toContain('NOTTHEIRS')
  expect((await visitor.get(await researchAt('children'))).status).toBe(200)
  const opened = await rowsOf(`select distinct agency from audit_events where user_id = $1 and action = 'meeting-research-opened'`, [
    user.id,
  ])
  expect(opened).toEqual([{ agency: marac.officers.children.agency.principal }])
})

describe('[M1g] whoever runs it', () => {
  const settings = () => `/meetings/series/${marac.seriesId}/members`
  const asks = (visitor: Visitor, key: Sitting) =>
    visitor.post(settings(), { what: 'member', who: `${marac.officers[key].seatId}/${marac.officers[key].colleague.id}`, role: 'deputy' })

  test('runs it as one of the agency that they are of: by a post there that records, whatever they only read elsewhere', async () => {
    const user = await holding(deskOf('police'), 'Partner officer', elsewhere, reader)
    await run(user)
    const visitor = await enter(user)
    expect((await visitor.get(`/meetings/items/${itemId}/withhold`)).status).toBe(200)
    expect((await asks(visitor, 'idva')).status).toBe(422)
  })

  test('changes nothing where they only read there, whatever they may do elsewhere', async () => {
    const user = await holding(deskOf('police'), 'Read only', elsewhere, partner)
    await run(user)
    const visitor = await enter(user)
    expect((await visitor.get(`/meetings/items/${itemId}`)).status).toBe(200)
    for (const path of ['withhold', 'arrange'])
      expect([path, (await visitor.get(`/meetings/items/${itemId}/${path}`)).status]).toEqual([path, 404])
    expect((await asks(visitor, 'idva')).status).toBe(404)
    expect((await visitor.post(`/meetings/dates/${marac.meetingId}/circulate`)).status).toBe(404)
    expect((await visitor.post(`/meetings/items/${itemId}/withhold`, { from: '1', part: '', reason: 'x' })).status).toBe(404)
  })
})

test('[M1g] a commissioner reads a case of a meeting by a seat alone, and writes by a post of its agency alone', async () => {
  const council = await addTeam(product.database, await addAgency(product.database), [])
  const alone = await enter(await addColleague(product.database, council, { role: 'Commissioner', serviceArea: null }))
  expect((await alone.get(`/meetings/items/${itemId}`)).status).toBe(404)
  for (const [may, status] of [
    [reader, 404],
    [partner, 303],
  ] as const) {
    const user = await holding(council, 'Commissioner', deskOf('idva'), may)
    await sit(user, 'idva')
    const visitor = await enter(user)
    expect((await visitor.get(`/meetings/items/${itemId}`)).status).toBe(200)
    expect(await writes(visitor, await researchAt('idva'), 'SAFEATWORK')).toBe(status)
  }
})

test('[M1g] whoever has no post but in another agency than the one that they are of sits for that, as the page offers', async () => {
  const user = await addColleague(product.database, elsewhere, { name: 'Peder Skewys', role: 'Partner officer', serviceArea: null })
  await product.database.admin.query('update posts set ended_at = now() where user_id = $1', [user.id])
  await addPost(product.database, user, deskOf('housing'), { may: partner, serviceArea: null })
  const { housing, health } = marac.officers
  expect((await marac.coordinator.get(members())).html).toContain(`${housing.seatId}/${user.id}`)
  const elsewhereToo = await marac.coordinator.post(members(), { what: 'member', who: `${health.seatId}/${user.id}`, role: 'member' })
  expect([elsewhereToo.status, elsewhereToo.words]).toEqual([422, expect.stringContaining('Choose somebody')])
  await sit(user, 'housing')
  expect((await marac.coordinator.get(members())).words).toContain('Peder Skewys')
  const runsIt = await marac.coordinator.post(members(), { what: 'member', who: `/${user.id}`, role: 'chair' })
  expect([runsIt.status, runsIt.words]).toEqual([422, expect.stringContaining('Choose somebody')])
})
