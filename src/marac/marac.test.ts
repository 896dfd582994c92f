import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, keepPart, type Marac, post, refer, researchOf, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { tendMeetings } from '../meetings/index.ts'
import { fixedClock } from '../platform/clock.ts'

// A MARAC of six agencies, from referral to the day before the meeting, through the product's own pages.

let product: Product
let marac: Marac
let stranger: Visitor
let itemId: string
/** Housing must not receive this one: somebody there is the perpetrator's sister. */
let keptItem: string
const family = 'Xanthiapol'
const keptFamily = 'Wyngarvel'
const who = (key: Sitting) => marac.officers[key].visitor
const item = () => `/meetings/items/${itemId}`

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  stranger = await visitorOf(product).signIn(
    await addColleague(product.database, await addTeam(product.database, await addAgency(product.database)), {}),
  )
  itemId = await refer(who('police'), marac.seriesId, { family, child: 'Elowen' })
  keptItem = await refer(who('police'), marac.seriesId, { family: keptFamily })
})
afterAll(() => product.close())

describe('a referral', () => {
  test('[V4] is read by whoever sent it and by those who run the meeting, and by nobody else', async () => {
    for (const visitor of [who('police'), marac.coordinator, marac.chair])
      expect((await visitor.get(item())).html).toContain(family.toUpperCase())
    for (const visitor of [who('housing'), who('idva'), stranger]) expect((await visitor.get(item())).status).toBe(404)
  })

  test('stands on the first page of those who run the meeting until it is triaged', async () => {
    expect((await marac.coordinator.get('/meetings')).words).toContain('2 referrals wait to be triaged')
    expect((await who('housing').get('/meetings')).words).not.toContain('triaged')
  })

  test('keeps what its checklist comes to, and whom it is about', async () => {
    const { words } = await marac.coordinator.get(item())
    expect(words).toContain('24, high')
    expect(words).toContain('XANTHIAPOL, Elowen')
    expect(words).toContain('At work only, before noon')
  })

  test('that is not whole is not sent, and says what it lacks', async () => {
    const first = await fillIn(who('health'), `/meetings/series/${marac.seriesId}/refer`)
    const draft = first.split('/referral/')[0]!
    expect((await who('health').post(`${draft}/check`)).status).toBe(422)
    expect((await who('health').get(`${draft}/check`)).words).toContain('the victim’s surname')
    expect((await marac.coordinator.get(draft)).status).toBe(404)
  })

  test('goes back with its reason, which its referrer reads', async () => {
    const returned = await refer(who('probation'), marac.seriesId, { family: 'Quillinane' })
    const address = `/meetings/items/${returned}/triage`
    expect((await marac.coordinator.post(address, { decision: 'return', words: '' })).status).toBe(422)
    await post(marac.coordinator, address, { decision: 'return', words: 'Ask her first whether she is safe at home.' })
    expect((await who('probation').get(`/meetings/items/${returned}`)).words).toContain('Ask her first')
    expect((await who('police').get(`/meetings/items/${returned}`)).status).toBe(404)
  })
})

describe('an agenda', () => {
  test('[V4] is not seen by members before it is sent', async () => {
    await accept(marac, itemId)
    await accept(marac, keptItem)
    expect((await who('housing').get(`/meetings/dates/${marac.meetingId}`)).html).not.toContain(family.toUpperCase())
    await fillIn(marac.coordinator, `/meetings/items/${keptItem}/withhold`, {
      from: String(marac.officers.housing.agency.principal),
      part: '',
      reason: 'The perpetrator’s sister works there',
    })
    await keepPart(marac, itemId, marac.officers.probation.agency.principal, 'children', { words: false, reason: 'Not theirs to know' })
    await sendAgenda(marac)
  })

  test('[V4] opens its cases to the seats that they are for, and asks each what it knows', async () => {
    const agenda = (await who('health').get(`/meetings/dates/${marac.meetingId}`)).html
    for (const name of [family, keptFamily]) expect(agenda).toContain(name.toUpperCase())
    expect((await who('idva').get('/meetings')).words).toContain('Contact before the meeting')
    expect((await who('health').get('/meetings')).words).toContain('What we need from you for')
    expect((await stranger.get(`/meetings/dates/${marac.meetingId}`)).status).toBe(404)
  })

  test('[M1e] leaves no trace of a case at an agency that must not receive it', async () => {
    const housing = who('housing')
    for (const address of ['/meetings', `/meetings/dates/${marac.meetingId}`, '/notices', `/meetings/series/${marac.seriesId}`]) {
      const { html } = await housing.get(address)
      expect(html).not.toContain(keptFamily.toUpperCase())
      expect(html).not.toContain(keptItem)
    }
    expect((await housing.get(`/meetings/items/${keptItem}`)).status).toBe(404)
    expect(await researchOf(product, keptItem, marac.officers.housing)).toBe('')
    // Numbered by what is seen: one case is the first of one.
    expect((await housing.get(`/meetings/dates/${marac.meetingId}`)).words).not.toMatch(/2 of|9:42/)
  })

  test('keeps one part of a case from an agency that sits at it', async () => {
    expect((await who('probation').get(item())).html).toContain(family.toUpperCase())
    expect((await who('probation').get(item())).html).not.toContain('Elowen')
    expect((await who('health').get(item())).html).toContain('Elowen')
  })
})

describe('research', () => {
  const secret = 'Attended twice in October with a broken wrist.'
  test('[V4] is its agency’s own until the papers go round: not even those who run the meeting read it', async () => {
    const research = await researchOf(product, itemId, marac.officers.health)
    const address = `${item()}/research/${research}`
    expect((await who('health').post(address, { known: '', _then: 'continue' })).status).toBe(422)
    await fillIn(who('health'), address, {
      known: secret,
      'last_contact-day': '',
      'last_contact-month': '',
      'last_contact-year': '',
      _then: 'continue',
    })
    expect((await who('health').get(item())).html).toContain(secret)
    for (const visitor of [marac.coordinator, marac.chair, who('police')]) {
      expect((await visitor.get(item())).html).not.toContain(secret)
      expect((await visitor.get(address)).status).toBe(404)
    }
    expect((await marac.coordinator.get(item())).words).toContain('submitted')
  })

  test('asks at once what an answer makes it ask, and keeps it as its agency’s own', async () => {
    const research = await researchOf(product, itemId, marac.officers.idva)
    const address = `${item()}/research/${research}/typed`
    const asked = async (contacted: string) => JSON.parse((await who('idva').post(address, { contacted })).html) as { shown: string[] }
    expect((await asked('no')).shown).toContain('tried')
    expect((await asked('no')).shown).not.toContain('wishes')
    expect((await asked('yes')).shown).toContain('wishes')
    const { rows } = await product.database.admin.query(
      'select audience, submitted_at as submitted from meeting_answers where research_id = $1 and replaced_at is null',
      [research],
    )
    expect(rows).toEqual([{ audience: 'own', submitted: null }])
    for (const visitor of [who('police'), marac.chair, stranger])
      expect((await visitor.post(address, { contacted: 'no' })).status).toBe(404)
    expect((await asked('yes')).shown).toContain('wishes')
  })

  test('that an agency does not hold is said with one press, and whoever has not answered is reminded', async () => {
    const unsure = await who('housing').post(`${item()}/research/${await researchOf(product, itemId, marac.officers.housing)}`, {
      known: 'HALFTYPED',
      _then: 'nothing',
    })
    expect(unsure.status).toBe(422)
    for (const words of ['You have written something here', 'HALFTYPED']) expect(unsure.html).toContain(words)
    await post(who('housing'), `${item()}/research/${await researchOf(product, itemId, marac.officers.housing)}`, { _then: 'nothing' })
    expect((await marac.coordinator.get(item())).words).toContain('nothing held')
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/chase`, {})
    const told = (await who('children').get('/notices')).words
    expect(told).toContain('waits for what your agency knows')
    expect(told).toMatch(/The agenda of MARAC \S+ on \d\d\/\d\d\/\d{4} is out/)
    expect((await who('health').get('/meetings')).words).not.toContain('XANTHIAPOL, Morwenna; What your agency')
  })

  test('[V4] goes round with the papers, to whoever reads the case and to nobody else', async () => {
    // While somebody has not answered it is asked first, and nothing goes: it is not taken back.
    const asked = await marac.coordinator.post(`/meetings/dates/${marac.meetingId}/circulate`, {})
    expect([asked.status, asked.words]).toEqual([200, expect.stringContaining('Not answered yet')])
    expect(asked.words).toContain(marac.officers.children.agency.name)
    expect((await who('police').get(item())).html).not.toContain(secret)
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' })
    for (const key of ['police', 'housing', 'children'] as const) expect((await who(key).get(item())).html).toContain(secret)
    expect((await stranger.get(item())).status).toBe(404)
    const late = await researchOf(product, keptItem, marac.officers.children)
    await fillIn(who('children'), `/meetings/items/${keptItem}/research/${late}`, {
      known: 'Open assessment since the 18th.',
      _then: 'continue',
    })
    expect((await who('idva').get(`/meetings/items/${keptItem}`)).html).toContain('Open assessment')
    expect((await who('housing').get(`/meetings/items/${keptItem}`)).status).toBe(404)
  })
})

describe('the meeting', () => {
  const decided = 'Safety plan led by the advocate; housing offers a managed move.'
  const run = () => `/meetings/dates/${marac.meetingId}/run`
  let actionId: string
  const action = () => `/meetings/actions/${actionId}`

  test('[V4] is run item by item: who is there, what is decided and why, what is to be done', async () => {
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
    const seats = Object.values(marac.officers).map(one => one.seatId)
    await post(
      marac.chair,
      `/meetings/dates/${marac.meetingId}/attendance`,
      Object.fromEntries(seats.slice(0, 5).map(seat => [`status-${seat}`, 'present'])),
    )
    expect((await marac.chair.get(run())).words).toContain('Attendance 5 of 6')
    expect((await marac.chair.post(`${item()}/record`, { decision: '', rationale: '', note: 'Typed', _then: 'next' })).words).toContain(
      'Enter what was decided',
    )
    expect((await marac.chair.post(`${item()}/actions/new`, { what: 'Managed move @nobody fri' })).status).toBe(422)
    // Notes that are being written are saved with an action that is set beside them, and neither is lost where one is refused.
    const refused = await marac.chair.post(`${item()}/record`, { note: 'HALFNOTE', what: 'Ring @nobody fri', _then: 'enter' })
    expect(refused.status).toBe(422)
    for (const words of ['HALFNOTE', 'Ring @nobody fri']) expect(refused.html).toContain(words)
    await post(marac.chair, `${item()}/record`, { note: 'She wants to', what: 'Managed move options @housing fri', _then: 'enter' })
    const { html } = await marac.chair.get(`${run()}?item=${itemId}`)
    for (const words of ['She wants to', 'Managed move options']) expect(html).toContain(words)
    const late = await marac.chair.post(`${item()}/actions/new`, { what: 'Too late', seat: seats[0]!, due: 'yesterday' })
    expect(late.words).toContain('By when must be today or later')
    const base = /name="_base-note" value="([^"]*)"/.exec(html)![1]!
    await post(marac.chair, `${item()}/record`, {
      '_base-note': base,
      note: 'She wants to stay.',
      decision: decided,
      rationale: 'Checklist 24, strangulation',
      _then: 'next',
    })
    expect((await marac.chair.get(run())).words).toContain('done')
    actionId = /meetings\/actions\/([0-9a-f-]{36})/.exec((await marac.chair.get(`${run()}?item=${itemId}`)).html)![1]!
  })

  test('what is decided is read by members once the minutes have gone round; actions at once', async () => {
    for (const key of ['housing', 'police'] as const) {
      expect((await who(key).get(action())).words).toContain('Managed move options')
      expect((await who(key).get(item())).html).not.toContain(decided)
      expect((await who(key).get(`/meetings/dates/${marac.meetingId}/minutes`)).status).toBe(404)
      expect((await who(key).get(run())).status).toBe(404)
    }
    expect((await stranger.get(action())).status).toBe(404)
  })

  test('[V4] an action is given to a worker of its agency, who sees it and nothing else of the case', async () => {
    const { housing } = marac.officers
    const colleague = await addColleague(product.database, await addTeam(product.database, housing.agency, []), {
      role: 'Partner officer',
      serviceArea: null,
    })
    const worker = await visitorOf(product).signIn(colleague)
    expect((await worker.get(action())).status).toBe(404)
    await post(housing.visitor, `${action()}/end`, { to: 'update', words: 'Two-bed in TR11 is free.' })
    const { rows } = await product.database.admin.query<{ version: number; due: string }>(
      `select version, to_char(due_on, 'DD/MM/YYYY') as due from meeting_actions where id = $1`,
      [actionId],
    )
    await post(housing.visitor, `${action()}/change`, {
      worker: colleague.id,
      due: rows[0]!.due,
      version: String(rows[0]!.version),
      why: '',
    })
    expect((await worker.get(action())).words).toContain('Two-bed in TR11')
    expect((await worker.get(item())).status).toBe(404)
    expect((await worker.get('/meetings')).words).toContain('Managed move options')
    expect((await who('police').post(`${action()}/end`, { to: 'done', words: 'Not ours' })).status).toBe(404)
    expect((await worker.post(`${action()}/end`, { to: 'done', words: '' })).status).toBe(422)
    await post(worker, `${action()}/end`, { to: 'done', words: 'She moved on Friday; keys signed for.' })
    expect((await marac.coordinator.get(item())).words).toContain('Done')
  })

  test('[V4] its minutes are approved and go round, each reader’s without what is kept from them', async () => {
    await post(marac.chair, `/meetings/items/${keptItem}/actions/new`, {
      what: 'Flag the address',
      seat: marac.officers.police.seatId,
      due: 'tomorrow',
    })
    expect(
      (
        await marac.chair.post(`/meetings/items/${keptItem}/actions/new`, {
          what: 'Tell her',
          seat: marac.officers.housing.seatId,
          due: 'tomorrow',
        })
      ).status,
    ).toBe(422)
    // Saved and not marked as done: with its decision and the reason it was heard all the same.
    const finish = `/meetings/dates/${marac.meetingId}/finish`
    expect((await marac.chair.post(finish, { [`item-${keptItem}`]: 'heard' })).words).toContain('Write down first what was decided')
    await post(marac.chair, `/meetings/items/${keptItem}/record`, {
      note: '',
      decision: 'High risk confirmed.',
      rationale: 'As referred',
      _then: 'stay',
    })
    expect((await who('police').get(finish)).status).toBe(404)
    expect((await marac.chair.get(finish)).words).toContain('It was heard')
    await fillIn(marac.chair, finish)
    const minutes = `/meetings/dates/${marac.meetingId}/minutes`
    await post(marac.chair, minutes, { words: 'Held by telephone.' })
    await post(marac.chair, `${minutes}/circulate`, {})
    const police = await who('police').get(minutes)
    for (const said of [decided, 'High risk confirmed.', 'Held by telephone.', keptFamily.toUpperCase(), 'Present'])
      expect(police.html).toContain(said)
    const housing = await who('housing').get(minutes)
    expect(housing.html).toContain(decided)
    for (const hidden of [keptFamily.toUpperCase(), 'High risk confirmed.', 'Flag the address']) expect(housing.html).not.toContain(hidden)
    for (const paper of ['minutes', 'papers']) {
      const pdf = await who('housing').get(`/meetings/dates/${marac.meetingId}/${paper}/pdf`)
      expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf'])
      expect((await stranger.get(`/meetings/dates/${marac.meetingId}/${paper}/pdf`)).status).toBe(404)
      expect((await who('housing').get(`/meetings/dates/${marac.meetingId}/${paper}`)).html).not.toContain(keptFamily.toUpperCase())
    }
  })
})

test('whoever no longer sits there sees nothing of it', async () => {
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_members where user_id = $1', [
    marac.officers.children.colleague.id,
  ])
  const ending = `/meetings/series/${marac.seriesId}/members/${rows[0]!.id}/end`
  expect((await who('children').get(ending)).status).toBe(404)
  const asked = await marac.coordinator.get(ending)
  expect(asked.words).toMatch(/will at once see no case of this meeting as member for .*Nobody else sits for/)
  expect((await who('children').get(item())).status).toBe(200)
  await post(marac.coordinator, ending, {})
  expect((await who('children').get(item())).status).toBe(404)
  expect((await who('children').get(`/meetings/dates/${marac.meetingId}`)).status).toBe(404)
})

test('[V4] by itself, whoever is late is reminded, and what is over closes to its members; those who run it and whoever did something keep that', async () => {
  const clock = fixedClock(new Date(product.clock.now().getTime() + 60 * 86_400_000))
  await product.database.admin.query('delete from notices')
  await tendMeetings({ database: product.database.worker, clock, actorOf: userId => actorOf(product.database, userId) })
  expect((await who('police').get('/notices')).words).toContain('An action that a meeting gave you is overdue')
  for (const key of ['police', 'health', 'housing'] as const) expect((await who(key).get(item())).status).toBe(404)
  expect((await marac.coordinator.get(item())).words).toContain('Closed to members')
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_actions where item_id = $1', [keptItem])
  expect((await who('police').get(`/meetings/actions/${rows[0]!.id}`)).words).toContain('Flag the address')
  expect((await who('health').get(`/meetings/actions/${rows[0]!.id}`)).status).toBe(404)
})

test('[V4] the quarter’s figures are of what was heard, for those who run it', async () => {
  const figures = `/meetings/series/${marac.seriesId}/figures`
  const { rows } = await product.database.admin.query<{ quarter: string }>(
    `select extract(year from starts_at) || '-' || extract(quarter from starts_at) as quarter from meetings where id = $1`,
    [marac.meetingId],
  )
  const csv = await marac.coordinator.get(`${figures}/csv?quarter=${rows[0]!.quarter}`)
  expect(csv.html).toContain('Cases,2,2')
  expect(csv.html).toContain('Children,1,1')
  expect((await marac.coordinator.get(figures)).status).toBe(200)
  for (const visitor of [who('police'), stranger]) expect((await visitor.get(figures)).status).toBe(404)
})

test('there was no fault', () => expect(product.faults).toEqual([]))
