import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, researchOf, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { londonDate } from '../platform/clock.ts'
import { addDays, formatDate, partsOf } from '../platform/plain-date.ts'

let product: Product
let marac: Marac
let stranger: Visitor
let authority: Visitor
let itemId: string
let next: string
const who = (key: Sitting) => marac.officers[key].visitor
const series = (rest = '') => `/meetings/series/${marac.seriesId}${rest}`
const date = (rest = '', meetingId = marac.meetingId) => `/meetings/dates/${meetingId}${rest}`
const item = (rest = '') => `/meetings/items/${itemId}${rest}`
const meetingOf = async (id: string) =>
  (
    await product.database.admin.query<{ meeting: string | null; state: string }>(
      'select meeting_id as meeting, state from meeting_items where id = $1',
      [id],
    )
  ).rows[0]!

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  const { database } = product
  const team = await addTeam(database, await addAgency(database))
  stranger = await visitorOf(product).signIn(await addColleague(database, team, {}))
  authority = await visitorOf(product).signIn(await addColleague(database, team, { role: 'Authority administrator', serviceArea: null }))
  itemId = await refer(who('police'), marac.seriesId, { family: 'Movable' })
  await accept(marac, itemId)
  await post(marac.coordinator, date('/send'), {})
  const { rows } = await database.admin.query<{ id: string }>(
    'select id from meetings where series_id = $1 and id <> $2 order by starts_at limit 1',
    [marac.seriesId, marac.meetingId],
  )
  next = rows[0]!.id
}, 60_000)
afterAll(() => product.close())

describe('[V4] how a series is run', () => {
  test('is changed by whoever runs it and by the authority, and by nobody else', async () => {
    for (const visitor of [who('police'), stranger]) {
      expect((await visitor.get(series('/edit'))).status).toBe(404)
      expect((await visitor.post(series('/edit'), { name: 'Ours' })).status).toBe(404)
      expect((await visitor.get('/meetings')).html).not.toContain(series('/edit'))
    }
    await fillIn(marac.coordinator, series('/edit'), { name: 'Porthkerris MARAC', quorum: '3' })
    expect((await who('police').get(series())).words).toContain('Porthkerris MARAC')
    const opened = await authority.get(series('/edit'))
    expect(opened.html).toContain('value="84000"')
    await fillIn(authority, series('/edit'), { place: 'Room 4' })
    // Somebody who has had the page open since before the last change.
    const version = /name="version" value="(\d+)"/.exec(opened.html)![1]!
    const late = await marac.chair.post(series('/edit'), {
      name: 'Older',
      starts: '9:30am',
      weeks: '1',
      minutes: '12',
      quorum: '4',
      research: '2',
      closes: '28',
      repeat: '12',
      version,
    })
    expect([late.status, late.words]).toEqual([422, expect.stringContaining('Somebody else changed it meanwhile')])
    expect((await marac.coordinator.post(series('/edit'), { quorum: '0' })).words).toContain('must be a whole number from 1 to 50')
    expect((await who('police').get(series())).words).toContain('Porthkerris MARAC')
  })
})

describe('[V4] a seat', () => {
  test('ends with a reason, and with it at once what its members saw; an agency that comes back has another', async () => {
    const { housing } = marac.officers
    const end = series(`/seats/${housing.seatId}/end`)
    for (const visitor of [who('housing'), stranger]) {
      expect((await visitor.get(end)).status).toBe(404)
      expect((await visitor.post(end, { reason: 'x' })).status).toBe(404)
    }
    expect((await who('housing').get(item())).status).toBe(200)
    expect((await marac.coordinator.post(end, { reason: '' })).status).toBe(422)
    await fillIn(marac.coordinator, end, { reason: 'The housing service has moved to another area' })
    for (const address of [item(), date(), series()]) expect((await who('housing').get(address)).status).toBe(404)
    expect((await who('housing').get('/meetings')).html).not.toContain(itemId)
    const members = await marac.coordinator.get(series('/members'))
    expect(members.words).toContain('moved to another area')
    expect((await who('police').get(series('/members'))).words).not.toContain('moved to another area')
    await post(marac.coordinator, series('/members'), { what: 'seat', agency: housing.agency.id, category: 'HOU' })
    const { rows } = await product.database.admin.query<{ id: string }>(
      'select id from meeting_seats where series_id = $1 and agency_id = $2 and ended_at is null',
      [marac.seriesId, housing.agency.id],
    )
    await post(marac.coordinator, series('/members'), { what: 'member', who: `${rows[0]!.id}/${housing.colleague.id}`, role: 'member' })
    expect((await who('housing').get(date())).status).toBe(200)
    // What was settled while it had no seat was not settled for it.
    expect((await who('housing').get(item())).status).toBe(404)
    expect((await marac.coordinator.post(series('/members'), { what: 'seat', agency: housing.agency.id })).status).toBe(422)
  })
})

describe('[V4] a date', () => {
  const on = (days: number) => addDays(londonDate(product.clock.now()), days)
  test('is moved, and everybody who sits in it is told without a word of what is on it', async () => {
    const { day, month, year } = partsOf(on(9))
    const to = { 'on-day': String(day), 'on-month': String(month), 'on-year': String(year), starts: '2pm', place: 'The Guildhall' }
    for (const visitor of [who('police'), stranger]) {
      expect((await visitor.get(date('/move'))).status).toBe(404)
      expect((await visitor.post(date('/move'), to)).status).toBe(404)
    }
    expect((await marac.coordinator.post(date('/move'), { ...to, 'on-day': '31', 'on-month': '2' })).status).toBe(422)
    expect((await marac.coordinator.post(date('/move'), { ...to, 'on-year': String(year - 1) })).status).toBe(422)
    await fillIn(marac.coordinator, date('/move'), to)
    const seen = await who('police').get(date())
    expect(seen.words).toContain(`${formatDate(on(9))}, 2pm`)
    expect(seen.words).toContain('The Guildhall')
    // Two days before, by the rule of the series.
    expect(seen.words).toContain(formatDate(on(7)))
    const told = async () => (await who('police').get('/notices')).words.split('has been moved to').length - 1
    expect((await who('police').get('/notices')).words).toMatch(new RegExp(`has been moved to \\w+ ${formatDate(on(9))}, 2pm`))
    const once = await told()
    // Pressed again with nothing changed, it moves nothing and tells nobody.
    await fillIn(marac.coordinator, date('/move'), to)
    expect(await told()).toBe(once)
    expect((await stranger.get('/notices')).words).not.toContain('has been moved')
  })

  test('is cancelled with a reason; its cases wait, with what agencies answered, and go on to another', async () => {
    await fillIn(who('health'), item(`/research/${await researchOf(product, itemId, marac.officers.health)}`), {
      known: 'ANSWEREDBEFORE',
      _then: 'continue',
    })
    for (const visitor of [who('police'), stranger]) {
      expect((await visitor.get(date('/cancel'))).status).toBe(404)
      expect((await visitor.post(date('/cancel'), { reason: 'x', cases: 'wait' })).status).toBe(404)
    }
    expect((await marac.coordinator.post(date('/cancel'), { reason: '', cases: 'wait' })).status).toBe(422)
    expect((await marac.coordinator.post(date('/cancel'), { reason: 'Snow', cases: 'nowhere' })).status).toBe(422)
    await fillIn(marac.coordinator, date('/cancel'), { reason: 'The roads are closed', cases: 'wait' })
    expect(await meetingOf(itemId)).toEqual({ meeting: null, state: 'referred' })
    for (const key of ['police', 'health'] as const) {
      expect((await who(key).get(date())).words).toContain('The roads are closed')
      expect((await who(key).get('/notices')).words).toMatch(/ on \w+ [\d/]+, 2pm has been cancelled/)
      expect((await who(key).get('/meetings')).words).not.toContain('What we need from you')
    }
    expect((await who('health').get(item())).status).toBe(404)
    expect((await stranger.get(date())).status).toBe(404)
    for (const rest of ['/open', '/finish', '/circulate']) await marac.chair.post(date(rest), {})
    expect((await marac.coordinator.get(date())).words).toContain('Cancelled')
    await accept(marac, itemId, next)
    await post(marac.coordinator, date('/send', next), {})
    expect((await who('health').get(item())).html).toContain('ANSWEREDBEFORE')
    expect((await who('idva').get(item())).html).not.toContain('ANSWEREDBEFORE')
  })

  test('that was held or cancelled before an agency came stays with those who sat there', async () => {
    const { database } = product
    const agency = await addAgency(database, { name: 'Newcomers' })
    const late = await addColleague(database, await addTeam(database, agency, []), { role: 'Partner officer', serviceArea: null })
    await post(marac.coordinator, series('/members'), { what: 'seat', agency: agency.id, category: 'OTH' })
    const { rows } = await database.admin.query<{ id: string }>('select id from meeting_seats where series_id = $1 and agency_id = $2', [
      marac.seriesId,
      agency.id,
    ])
    await post(marac.coordinator, series('/members'), { what: 'member', who: `${rows[0]!.id}/${late.id}`, role: 'member' })
    const visitor = await visitorOf(product).signIn(late)
    expect((await visitor.get(date('', next))).status).toBe(200)
    expect((await visitor.get(series())).words).not.toContain('The roads are closed')
    for (const rest of ['', '/papers', '/minutes']) expect((await visitor.get(date(rest))).status).toBe(404)
  })

  test('leaves a case that is kept from whoever cancels it to somebody who sees that', async () => {
    const past = { 'first-day': '3', 'first-month': '3', 'first-year': '2020', times: '1' }
    expect((await marac.coordinator.post(series('/dates/new'), past)).words).toContain('First date must be today or in the future')
    await fillIn(marac.coordinator, series('/dates/new'), {
      'first-day': '3',
      'first-month': '3',
      'first-year': String(product.clock.now().getFullYear() + 1),
      times: '1',
    })
    const { rows } = await product.database.admin.query<{ principal: number }>(
      `select u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = 'chair'`,
      [marac.seriesId],
    )
    const withhold = { from: String(rows[0]!.principal), part: '', reason: 'His cousin' }
    await fillIn(marac.coordinator, item('/withhold'), withhold)
    expect((await marac.chair.get(date('/cancel', next))).words).not.toContain('its case')
    await fillIn(marac.chair, date('/cancel', next), { reason: 'The chair is ill' })
    // It waits for whoever sees it, who is told at once; to members it is on no agenda any more.
    expect(await meetingOf(itemId)).toEqual({ meeting: null, state: 'referred' })
    const told = 'A case of a meeting that was cancelled waits to be triaged again'
    expect((await marac.coordinator.get('/notices')).words).toContain(told)
    expect((await marac.coordinator.get('/meetings')).words).toContain('1 referral waits to be triaged')
    expect((await marac.coordinator.get(item('/triage'))).status).toBe(200)
    expect((await marac.chair.get('/notices')).words).not.toContain(told)
    for (const page of ['/meetings', series(), date('', next)])
      expect((await marac.chair.get(page)).words).not.toMatch(/waits to be triaged|not finished/)
    expect((await who('police').get(series('/cases'))).html).not.toContain(itemId)
  })
})

test('[M1e] whoever is kept from a case neither puts out unseen whoever takes it, nor chooses who reads it next', async () => {
  const { admin } = product.database
  const principalOf = async (role: string) =>
    (
      await admin.query<{ id: string; principal: number; member: string }>(
        `select u.id, u.principal, m.id as member from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = $2 and m.ended_at is null`,
        [marac.seriesId, role],
      )
    ).rows[0]!
  const hidden = await refer(who('police'), marac.seriesId, { family: 'Hiddenfromchair' })
  const chair = await principalOf('chair')
  await fillIn(marac.coordinator, `/meetings/items/${hidden}/withhold`, { from: String(chair.principal), part: '', reason: 'His cousin' })
  const team = await addTeam(product.database, await addAgency(product.database))
  const friend = await addColleague(product.database, team, { role: 'Partner officer', serviceArea: null })
  await admin.query('delete from notices')
  await post(marac.chair, series('/members'), { what: 'member', who: `/${friend.id}`, role: 'co-ordinator' })
  const friends = await visitorOf(product).signIn(friend)
  expect((await friends.get(`/meetings/items/${hidden}`)).status).toBe(404)
  const told = 'Who runs a meeting has changed'
  for (const visitor of [authority, marac.coordinator, friends]) expect((await visitor.get('/notices')).words).toContain(told)
  expect((await marac.coordinator.get(`/meetings/items/${hidden}`)).words).toContain(
    'named to run the meeting by somebody who must not see this case',
  )
  expect((await marac.chair.get('/notices')).words).not.toContain(told)
  expect((await authority.get('/notices')).words).not.toContain('Somebody else must be named')
  const { rows } = await admin.query<{ member: string; id: string }>(
    `select id as member from meeting_members where series_id = $1 and seat_id is null and user_id = $2 and ended_at is null`,
    [marac.seriesId, marac.coordinatorId],
  )
  for (const { member } of rows) await post(marac.chair, series(`/members/${member}/end`), {})
  expect((await marac.coordinator.get(`/meetings/items/${hidden}`)).status).toBe(404)
  expect((await marac.coordinator.get('/notices')).words).toContain(told)
  expect((await authority.get('/notices')).words).toContain('Somebody else must be named to run a meeting')
  // Whom the authority names reads it.
  const another = await addColleague(product.database, team, { role: 'Partner officer', serviceArea: null })
  await fillIn(authority, series('/run-by'), { who: another.id, role: 'co-ordinator' })
  expect((await (await visitorOf(product).signIn(another)).get(`/meetings/items/${hidden}`)).status).toBe(200)
})

test('there was no fault', () => expect(product.faults).toEqual([]))
