import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import {
  accept,
  addMarac,
  addSeries,
  draft,
  keepPart,
  type Marac,
  post,
  refer,
  referToTeam,
  type Sitting,
} from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { type Agency, actorOf, addAgency, addTeam } from '../../test/factories/world.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { tendMeetings } from '../meetings/index.ts'

/** A case of a meeting is kept from somebody. Then the same two people are referred again. */
let product: Product
let marac: Marac
let authority: Visitor
let chair: number
let coordinator: number
const who = (key: Sitting) => marac.officers[key].visitor
const agency = (key: Sitting) => marac.officers[key].agency.principal
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const series = (rest = '') => `/meetings/series/${marac.seriesId}${rest}`

// Each test has people of its own.
let people: { family: string; given: string; perpetrator: string; year: string }
const families = ['Angwyn', 'Bosanko', 'Carveth', 'Dungey', 'Endean', 'Gundry', 'Hosking', 'Jelbert', 'Keigwin', 'Lavrick', 'Menhenick']
let tests = 0

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  const { rows } = await product.database.admin.query<{ role: string; principal: number }>(
    `select m.role, u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.seat_id is null`,
    [marac.seriesId],
  )
  const runs = (role: string) => rows.find(one => one.role === role)!.principal
  chair = runs('chair')
  coordinator = runs('co-ordinator')
  const team = await addTeam(product.database, await addAgency(product.database))
  const colleague = await addColleague(product.database, team, { role: 'Authority administrator', serviceArea: null })
  authority = await visitorOf(product).signIn(colleague)
}, 60_000)
afterAll(() => product.close())
beforeEach(async () => {
  people = { family: families[tests % families.length]!, given: 'Delen', perpetrator: 'Roscrow', year: String(1960 + tests) }
  tests += 1
  await product.database.admin.query('delete from notices')
})

const again = (other: Partial<typeof people> = {}, by = who('police')) => refer(by, marac.seriesId, { ...people, ...other })
const keepFrom = (itemId: string, principal: number, by = marac.chair) =>
  fillIn(by, item(itemId, '/withhold'), { from: String(principal), part: '', reason: 'His aunt works there', own: 'yes' })
/** From whom it is kept: what the database holds. */
async function keptFrom(itemId: string): Promise<string[]> {
  const { rows } = await product.database.admin.query<{ kept: string }>(
    `select holder || coalesce(' ' || part, '') as kept from meeting_item_withholdings where item_id = $1 and ended_at is null order by 1`,
    [itemId],
  )
  return rows.map(row => row.kept)
}

/** Every way in which somebody who runs the meeting would come upon it. */
async function comesUponNothing(visitor: Visitor, itemId: string, isNamedElsewhere = false): Promise<void> {
  for (const rest of ['', '/triage', '/withhold']) expect((await visitor.get(item(itemId, rest))).status).toBe(404)
  for (const page of ['/meetings', series(), '/notices', '/', `/search?q=${people.family}`]) {
    const { html } = await visitor.get(page)
    expect(html, page).not.toContain(itemId)
    if (!isNamedElsewhere) expect(html.toUpperCase(), page).not.toContain(`${people.family.toUpperCase()},`)
  }
}

describe('[M1e] a case that is kept from somebody who runs the meeting', () => {
  test('is kept from them when the same people are referred again, from the moment it is sent: by page, list, notice and number', async () => {
    await keepFrom(await again(), coordinator)
    await product.database.admin.query('delete from notices')
    const next = await again()
    await comesUponNothing(marac.coordinator, next)
    expect((await marac.coordinator.get('/notices')).words).not.toContain('A case has been referred')
    expect((await marac.coordinator.get('/meetings')).words).not.toMatch(/referrals? waits? to be triaged/)
    expect((await marac.chair.get('/notices')).words).toContain('A case has been referred to a meeting that you run')
    expect((await marac.chair.get(item(next))).html).toContain(people.family.toUpperCase())
    // Whoever referred does not learn that there was an earlier one.
    expect((await who('police').get(item(next))).words).not.toMatch(/kept from|aunt/i)
  })

  test('is so under another spelling, and where who suffered it is now said to have done it', async () => {
    await keepFrom(await again(), coordinator)
    const spelled = { family: 'Bosancko', given: 'Delan', perpetrator: 'Roskrow' }
    await comesUponNothing(marac.coordinator, await again(spelled))
    await comesUponNothing(marac.coordinator, await again({ family: 'Roscrow', given: 'Gerran', perpetrator: people.family }))
  })

  test('is not so of namesakes', async () => {
    await keepFrom(await again(), coordinator)
    const namesakes = await again({ year: '1999' })
    expect(await keptFrom(namesakes)).toEqual([])
    expect((await marac.coordinator.get(item(namesakes))).status).toBe(200)
  })
})

describe('[M1e] a case that is kept from an agency', () => {
  test('is kept from it, whole or the same part of it, before anybody has triaged the next; whoever triages sees that', async () => {
    const first = await again()
    await keepFrom(first, agency('probation'))
    await keepPart(marac, first, agency('housing'), 'victim')
    await accept(marac, first)
    const next = await again()
    expect(await keptFrom(next)).toEqual([`${agency('probation')}`, `${agency('housing')} victim`, `${agency('housing')} words`].toSorted())
    expect((await marac.coordinator.get(item(next))).words).toContain('They must not hear of somebody whom it is about')
    const triage = await marac.coordinator.get(item(next, '/triage'))
    for (const words of [`${marac.officers.probation.agency.name}: the whole case`, 'His aunt works there'])
      expect(triage.words).toContain(words)
    await accept(marac, next)
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    expect((await who('probation').get(item(next))).status).toBe(404)
    expect((await who('housing').get(item(next))).html).not.toContain(people.family.toUpperCase())
    expect((await who('idva').get(item(next))).html).toContain(people.family.toUpperCase())
  })

  test('is opened to it by whoever says why, on this one alone', async () => {
    const first = await again()
    await keepFrom(first, agency('probation'))
    const next = await again()
    const triage = item(next, '/triage')
    const { filled } = ownForm((await marac.coordinator.get(triage)).html, triage)!
    expect(filled['kept']).toBe(`${agency('probation')}/`)
    const typed = { ...filled, decision: 'accept', meeting: marac.meetingId, repeat: 'no', kept: [] }
    expect((await marac.coordinator.post(triage, { ...typed, 'kept-why': '' })).status).toBe(422)
    await post(marac.coordinator, triage, { ...typed, 'kept-why': 'A namesake' })
    expect(await keptFrom(next)).toEqual([])
    expect(await keptFrom(first)).toEqual([`${agency('probation')}`])
    // A further one of the same people is kept from it, as the first is, and does not shut them out of this one again; a fresh decision does.
    const third = await again()
    expect(await keptFrom(third)).toEqual([`${agency('probation')}`])
    await keepFrom(third, agency('housing'))
    expect(await keptFrom(next)).toEqual([`${agency('housing')}`])
    await keepFrom(first, agency('probation'))
    expect(await keptFrom(next)).toEqual([`${agency('probation')}`, `${agency('housing')}`].toSorted())
  })

  test('is kept from it though one of its own refers: not before somebody has triaged it, so that a referral finds nothing out', async () => {
    await keepFrom(await again({}, who('health')), agency('police'))
    const next = await draft(who('police'), marac.seriesId, people)
    const stranger = await draft(who('police'), marac.seriesId, { ...people, family: 'Nobodyhere', year: '1911' })
    const answers = []
    for (const id of [next, stranger]) {
      const sent = await who('police').post(item(id, '/check'), {})
      const after = [sent.status, sent.location?.split('?')[0] === item(id), (await who('police').get(item(id))).status]
      answers.push([...after, (await who('police').get('/meetings')).html.includes(id)])
    }
    expect(answers).toEqual([answers[1], answers[1]])
    expect(await keptFrom(next)).toEqual([])
    // Nobody else of it reads what waits. Whoever triages is shown what comes of it, and then it is kept from whoever referred too.
    const page = await marac.coordinator.get(item(next, '/triage'))
    expect(page.words).toContain(`${marac.officers.police.agency.name}: the whole case`)
    await accept(marac, next)
    expect(await keptFrom(next)).toEqual([`${agency('police')}`])
    expect((await who('police').get(item(next))).status).toBe(404)
    expect((await who('police').get('/meetings')).html).not.toContain(next)
    expect((await marac.coordinator.get(item(next))).status).toBe(200)
  })

  test('is kept at once from whoever refers where somebody of their agency runs the meeting, who would read it there', async () => {
    const { rows } = await product.database.admin.query<Agency>(
      'select a.id, a.principal, a.name from agencies a join users u on u.agency = a.principal where u.principal = $1',
      [coordinator],
    )
    const colleague = await addColleague(product.database, await addTeam(product.database, rows[0]!), {
      role: 'Partner officer',
      serviceArea: null,
    })
    await product.database.admin.query(
      `insert into meeting_item_withholdings (id, item_id, part, holder, reason, withheld_by, withheld_at, readers, editors)
       select gen_random_uuid(), $1, 'victim', $2, 'x', u.id, now(), '{}', '{}' from users u where u.principal = $3`,
      [await again({}, who('health')), rows[0]!.principal, chair],
    )
    const next = await again({}, await visitorOf(product).signIn(colleague))
    expect(await keptFrom(next)).toContain(`${rows[0]!.principal} victim`)
  })

  test('is taken off no agenda by a referral of somebody who names the same people and keeps that from those who sit there', async () => {
    const first = await again()
    await accept(marac, first)
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    const next = await again({}, who('health'))
    // As a referrer keeps it from whom they keep their own record of the victim (src/meetings/kept-on-record.tsx).
    await product.database.admin.query(
      `insert into meeting_item_withholdings (id, item_id, holder, reason, withheld_by, withheld_at, readers, editors)
       select gen_random_uuid(), $1, $2, 'As on record', i.referred_by, now(), '{}', '{}' from meeting_items i where i.id = $1`,
      [next, agency('police')],
    )
    await fillIn(who('health'), item(next, '/referral/people'), { safe_how: 'By text' })
    expect(await keptFrom(first)).toEqual([])
    expect((await who('police').get(item(first))).status).toBe(200)
    // Once somebody who runs the meeting has triaged it, and left it kept, it is.
    await accept(marac, next)
    expect(await keptFrom(first)).toEqual([`${agency('police')}`])
  })

  test('is kept from it in what is open about the same people, also where that was referred before', async () => {
    const [first, second] = [await again(), await again()]
    await accept(marac, first)
    await keepFrom(second, agency('probation'))
    expect(await keptFrom(first)).toEqual([`${agency('probation')}`])
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    expect((await who('probation').get(item(first))).status).toBe(404)
  })

  test('is kept from it whichever comes first, where one is kept and the next is sent at the same moment', async () => {
    for (let n = 0; n < 4; n++) {
      people = { ...people, family: families[n]!, year: String(1930 + n) }
      const first = await again()
      const next = await draft(who('police'), marac.seriesId, people)
      await Promise.all([keepFrom(first, agency('probation')), post(who('police'), item(next, '/check'), {})])
      expect(await keptFrom(next)).toEqual([`${agency('probation')}`])
    }
  })

  test('is kept from it in another kind of meeting', async () => {
    const team = await addSeries(product, 'mdt')
    const one = await referToTeam(team.officers.police.visitor, team.seriesId, people.family)
    await fillIn(team.coordinator, item(one, '/withhold'), { from: String(agency('housing')), part: '', reason: 'His brother works there' })
    const next = await again({ given: 'Pasco', year: '1981' })
    expect(await keptFrom(next)).toEqual([`${agency('housing')}`])
    expect((await marac.coordinator.get(item(next))).words).not.toMatch(/His brother|another case/)
  })

  test('is not found in another kind of meeting by somebody’s name alone', async () => {
    const team = await addSeries(product, 'mdt')
    const one = await referToTeam(team.officers.police.visitor, team.seriesId, people.family)
    await fillIn(team.coordinator, item(one, '/withhold'), { from: String(agency('housing')), part: '', reason: 'His brother works there' })
    const next = await draft(who('police'), marac.seriesId, { ...people, given: 'Pasco', year: '1981' })
    await fillIn(who('police'), item(next, '/referral/people'), { 'victim_born-day': '', 'victim_born-month': '', 'victim_born-year': '' })
    await post(who('police'), item(next, '/check'), {})
    expect(await keptFrom(next)).toEqual([])
  })

  test('is kept from it once a link says that they are the same person, whatever they are called', async () => {
    const first = await again()
    await keepFrom(first, agency('probation'))
    const other = await again({ family: 'Zelah', given: 'Xen', perpetrator: 'Quick', year: '1944' })
    expect(await keptFrom(other)).toEqual([])
    const { admin } = product.database
    const partyOf = async (id: string) =>
      (await admin.query<{ id: string }>(`select id from meeting_parties where item_id = $1 and role = 'victim'`, [id])).rows[0]!.id
    const leader = await addColleague(product.database, await addTeam(product.database, await addAgency(product.database)), {
      role: 'Team leader',
    })
    const worker = await visitorOf(product).signIn(leader)
    await fillIn(marac.chair, series('/members'), { what: 'member', who: `/${leader.id}`, role: 'chair' })
    const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': people.year }
    const away = { telephone: '', lines: '', town: '', postcode: '', system: '', number: '', nhsNumber: '', 'known-as': '' }
    const person = /\/people\/([0-9a-f-]{36})/.exec(
      await fillIn(worker, '/people/new', { given: people.given, family: people.family, ...born, ...away }),
    )![1]!
    await post(worker, item(first, `/people/${await partyOf(first)}`), { person, same: person })
    await admin.query(`update meeting_parties set given_name = $2, family_name = $3 where id = $1`, [
      await partyOf(other),
      people.given,
      people.family,
    ])
    await post(worker, item(other, `/people/${await partyOf(other)}`), { person, same: person })
    expect(await keptFrom(other)).toEqual([`${agency('probation')}`])
  })
})

describe('[M1e] a case that is kept from everybody who runs the meeting', () => {
  const told = 'Somebody else must be named to run a meeting'
  let next: string

  test('is told to the authority without a word of it, and to nobody from whom it is kept', async () => {
    await keepFrom(await again(), coordinator)
    // As when it was kept from the chair where somebody else ran it still.
    await product.database.admin.query(
      `insert into meeting_item_withholdings (id, item_id, holder, reason, withheld_by, withheld_at, readers, editors)
       select gen_random_uuid(), $1, $2, 'x', u.id, now(), '{}', '{}' from users u where u.principal = $3`,
      [await again({ given: 'Delan' }), chair, coordinator],
    )
    await product.database.admin.query(
      `update meeting_members set ended_at = now() where seat_id is null and series_id = $1 and user_id not in (select id from users where principal = any ($2))`,
      [marac.seriesId, [chair, coordinator]],
    )
    await product.database.admin.query(
      `update held_principals h set ends_at = greatest(h.starts_at, now()) from meeting_series s where s.id = $1 and h.principal = s.running and not h.holder = any ($2)`,
      [marac.seriesId, [chair, coordinator]],
    )
    next = await again()
    expect(await keptFrom(next)).toEqual([`${chair}`, `${coordinator}`].toSorted())
    for (const visitor of [marac.chair, marac.coordinator]) {
      await comesUponNothing(visitor, next, true)
      expect((await visitor.get('/notices')).words).not.toContain(told)
    }
    const notices = await authority.get('/notices')
    expect(notices.words).toContain(told)
    for (const words of [people.family, next, people.perpetrator]) expect(notices.html).not.toContain(words)
  })

  test('is told again in the morning, but not to whoever has yet to read that', async () => {
    await product.database.admin.query('update notices set read_at = now()')
    const morning = () =>
      tendMeetings({ database: product.database.worker, clock: product.clock, actorOf: id => actorOf(product.database, id) })
    const count = async () =>
      (await product.database.admin.query('select from notices where words = $1 and read_at is null', [told])).rows.length
    expect(await count()).toBe(0)
    await morning()
    const administrators = await count()
    expect(administrators).toBeGreaterThan(0)
    await morning()
    expect(await count()).toBe(administrators)
  })

  test('is taken by whomever the authority names; nobody else names anybody, and the authority reads nothing of it', async () => {
    const page = series('/run-by')
    const { database } = product
    const third = await addColleague(database, await addTeam(database, await addAgency(database), []), {
      name: 'Lowen Carlyon',
      role: 'Partner officer',
      serviceArea: null,
    })
    const wish = { who: third.id, role: 'chair' }
    expect((await who('police').get(page)).status).toBe(404)
    expect((await who('police').post(page, wish)).status).toBe(404)
    const empty = await authority.post(page, { who: '', role: '' })
    expect([empty.status, empty.words]).toEqual([422, expect.stringContaining('Choose who is to run it')])
    await fillIn(authority, page, wish)
    expect((await authority.post(page, wish)).words).toContain('They run it already')
    const lowen = await visitorOf(product).signIn(third)
    expect((await lowen.get('/notices')).words).toContain('You have been named to run a meeting')
    expect((await lowen.get(series())).html).toContain(next)
    expect((await lowen.get(item(next, '/triage'))).status).toBe(200)
    expect((await authority.get(item(next))).status).toBe(404)
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
