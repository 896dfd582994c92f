import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tendMeetings } from '../../src/meetings/index.ts'
import { fixedClock } from '../../src/platform/clock.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addMarac, type Marac, post, refer, type Sitting } from '../factories/marac.ts'
import { fillIn } from '../factories/whole-record.ts'
import { actorOf, addAgency, addPost, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
import { type Browsing, choose, type Desk, fillDate, follow, holdBack, press, startBrowsing, wrongWith } from './browsing.ts'

// A MARAC from the police's referral to what is carried over: six agencies, each at a browser of its own, and a seventh that must not receive the case.

type Seat = Sitting | 'education'
const answering = ['police', 'health', 'probation', 'children'] as const
let product: Product
let browsing: Browsing
let marac: Marac
let desks: Record<Seat | 'coordinator' | 'chair' | 'worker', Desk>
let worker: Colleague
let itemAt: string
const wrong: string[] = []

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  marac = await addMarac(product)
  const { database } = product
  const education = await addColleague(database, await addTeam(database, await addAgency(database, { name: 'Trewartha School' }), []), {
    role: 'Partner officer',
    serviceArea: null,
  })
  await sit(education)
  worker = await addColleague(database, await addTeam(database, marac.officers.housing.agency, []), {
    name: 'Hedra Bolitho',
    role: 'Partner officer',
    serviceArea: null,
  })
  await giveCoordinatorACase()
  const desk = (key: Sitting, options = {}) => browsing.sit(marac.officers[key].colleague, options)
  desks = {
    police: await desk('police'),
    // On a telephone, and without script.
    housing: await desk('housing', { script: false, width: 375 }),
    idva: await desk('idva'),
    health: await desk('health'),
    probation: await desk('probation', { script: false }),
    children: await desk('children', { width: 375 }),
    education: await browsing.sit(education),
    worker: await browsing.sit(worker, { width: 375 }),
    coordinator: await comeIn(marac.coordinator),
    chair: await comeIn(marac.chair),
  }
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

/** A seventh agency at the table. */
async function sit({ id, agency }: Colleague): Promise<void> {
  const members = `/meetings/series/${marac.seriesId}/members`
  await post(marac.coordinator, members, { what: 'seat', agency: agency.id, category: 'EDU' })
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_seats where agency_id = $1', [agency.id])
  await post(marac.coordinator, members, { what: 'member', who: `${rows[0]!.id}/${id}`, role: 'member' })
}

/** The co-ordinator is a caseworker as well, with an open case of the victim's: the one record here that anybody may link and flag. */
async function giveCoordinatorACase(): Promise<void> {
  const { database } = product
  const { rows } = await database.admin.query<{ agency: number }>('select agency from users where id = $1', [marac.coordinatorId])
  const agency = await database.admin.query<{ id: string; principal: number; name: string }>(
    'select id, principal, name from agencies where principal = $1',
    [rows[0]!.agency],
  )
  const team = await addTeam(database, agency.rows[0]!, ['domestic-abuse'], 'Safer homes')
  const { rows: user } = await database.admin.query('select id, principal, name, email from users where id = $1', [marac.coordinatorId])
  await addPost(database, { ...user[0], agency: agency.rows[0]! }, team)
  // Registered on the product's own page, so that the record is found by its name.
  const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': '1992' }
  const rest = { lines: '', postcode: '', telephone: '', system: '', number: '' }
  const to = await fillIn(marac.coordinator, '/people/new', { given: 'Kerra', family: 'Penhaligon', ...born, ...rest })
  const id = /people\/([0-9a-f-]{36})/.exec(to)![1]!
  const leader = await visitorOf(product).signIn(await addColleague(database, team, { role: 'Team leader' }))
  const theCase = /\/cases\/[0-9a-f-]{36}/.exec(await fillIn(marac.coordinator, `/people/${id}/refer`))![0]
  await fillIn(leader, `${theCase}/triage`, { decision: 'accept' })
}

async function comeIn(visitor: Marac['chair']): Promise<Desk> {
  const one = await browsing.sit()
  await one.context.addCookies(visitor.cookies())
  return one
}

const words = (page: Page) => page.locator('main').innerText()
const look = async ({ page }: Desk) => void wrong.push(...(await wrongWith(page)))
const agenda = () => `/meetings/dates/${marac.meetingId}`
const later = (days: number) =>
  tendMeetings({
    database: product.database.worker,
    clock: fixedClock(new Date(product.clock.now().getTime() + days * 86_400_000)),
    actorOf: id => actorOf(product.database, id),
  })

describe('before the meeting', () => {
  test('[V4] the police refer, with the checklist, who land on their meeting and are offered nothing else', async () => {
    const { page } = desks.police
    await page.goto('/')
    expect(await page.getByRole('link', { name: 'People', exact: true }).count()).toBe(0)
    await look(desks.police)
    await page.getByRole('button', { name: /^Refer to/ }).click()
    await press(page, 'Begin a referral')
    const victim = page.locator('#section-victim')
    await victim.getByLabel('Surname').fill('Penhaligon')
    await victim.getByLabel('First name').fill('Kerra')
    for (const [box, value] of [
      ['Day', '4'],
      ['Month', '5'],
      ['Year', '1992'],
    ] as const)
      await victim.getByLabel(box).fill(value)
    await victim.getByLabel('Female', { exact: true }).check()
    await page.getByLabel('How and when is it safe to reach them?').fill('At work, before noon')
    for (const group of await page.locator('#section-equality').getByRole('group').all())
      await group.getByLabel('No', { exact: true }).check()
    const perpetrator = page.locator('#section-perpetrator')
    await perpetrator.getByLabel('Surname').fill('Nancarrow')
    await perpetrator.getByLabel('First name').fill('Gerran')
    await press(page, 'Save and continue')
    await page
      .getByLabel('What happened, and what has happened before?')
      .fill('He put his hands round her throat. The third call in six weeks.')
    await press(page, 'Save and continue')
    for (const yes of await page.locator('#section-checklist').getByLabel('Yes', { exact: true }).all()) await yes.check()
    await press(page, 'Save and continue')
    await page.getByLabel('Visible high risk: the checklist reaches the threshold').check()
    await page.locator('#section-victims-view').getByLabel('Yes').first().check()
    await press(page, 'Save and check answers')
    await look(desks.police)
    await press(page, 'Send the referral')
    itemAt = new URL(page.url()).pathname
    expect(await words(page)).toContain('24, high')
  })

  test('[V4] [M1e] the co-ordinator triages it, keeps it from the school where his sister works, links the record, and sends the agenda', async () => {
    const { page } = desks.coordinator
    await page.goto(itemAt)
    await follow(page, 'Triage it')
    await look(desks.coordinator)
    await page.getByLabel('It goes on an agenda').check()
    await page.locator('[name=meeting]').first().check()
    await page.getByRole('group', { name: 'Is it a repeat?' }).getByLabel('No').check()
    await press(page, 'Record what becomes of it')
    await page.goto(itemAt)
    await follow(page, 'Keep it from an agency or a person')
    await choose(page, 'From whom?', 'Trewartha School')
    await page.getByLabel('Why', { exact: true }).fill('His sister teaches there')
    await press(page, 'Keep it from them')
    expect(await words(page)).toContain('Trewartha School')
    await follow(page, 'Link to our record')
    await page.getByLabel(/PENHALIGON, Kerra/).check()
    await press(page, 'Link it')
    await look(desks.coordinator)
    await page.goto(agenda())
    await press(page, 'Send 1 item out')
    await look(desks.coordinator)
  })

  test('[V4] each of six agencies finds what is needed from it on its first page, and sends it in', async () => {
    const home = desks.housing.page
    await home.goto('/')
    expect(await words(home)).toContain('What we need from you for')
    await home.getByRole('link', { name: /What your agency knows/ }).click()
    await home.getByLabel('What does the meeting need to know from you?').fill('Arrears of £320. A two-bed is free in TR11.')
    await press(home, 'Submit')
    const { page } = desks.idva
    await page.goto('/')
    // On a slow line: answered before the script came that shows what is asked next.
    const letCome = await holdBack(page, /\/asking[^/]*\.js$/)
    await page.getByRole('link', { name: /Contact before the meeting/ }).click()
    await page.getByRole('group', { name: 'Have you spoken with them?' }).getByLabel('Yes').check()
    letCome()
    await fillDate(page, 'When', ['2', '11', '2025'])
    await page.getByLabel('What they say and want, in their words').fill('She wants to stay in Porthkerris, near her mother.')
    await press(page, 'Submit')
    for (const key of answering) {
      const at = desks[key].page
      await at.goto('/')
      await at.getByRole('link', { name: /What your agency knows/ }).click()
      if (key === 'children') await look(desks.children)
      await press(at, 'We hold nothing on anybody in this case')
    }
  })

  test('[M1e] the school finds no trace of it', async () => {
    const { page } = desks.education
    for (const address of ['/', agenda(), '/meetings/actions', '/notices', '/conversations']) {
      await page.goto(address)
      expect(await page.content()).not.toMatch(/Penhaligon|Nancarrow/i)
    }
    expect((await page.goto(itemAt))?.status()).toBe(404)
  })

  test('[V4] the papers go round, as a page and as PDF', async () => {
    const { page } = desks.coordinator
    await page.goto(agenda())
    expect(await words(page)).toContain('6 of 6 answered')
    await press(page, 'Send the papers round')
    await desks.health.page.goto(`${agenda()}/papers`)
    for (const said of ['A two-bed is free', 'near her mother']) expect(await words(desks.health.page)).toContain(said)
    await look(desks.health)
    const pdf = await desks.health.context.request.get(`${agenda()}/papers/pdf`)
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
    await desks.education.page.goto(`${agenda()}/papers`)
    expect(await words(desks.education.page)).not.toMatch(/Penhaligon/i)
  })

  test('[M1f] and two agencies put their heads together about it', async () => {
    const { page } = desks.health
    await page.goto(itemAt)
    await follow(page, 'Message somebody')
    await page.getByLabel(/^Everybody/).check()
    await page.getByLabel('Message', { exact: true }).fill('Has anybody a key for the back gate?')
    await press(page, 'Send')
    await look(desks.health)
    const other = desks.housing.page
    await other.goto(itemAt)
    await other.locator('section[aria-labelledby=messages-panel] a').first().click()
    expect(await words(other)).toContain('a key for the back gate')
    await other.getByLabel('Your message').fill('We do.')
    await press(other, 'Send')
    await page.locator('.ly-message', { hasText: 'We do.' }).waitFor()
  })
})

describe('the meeting', () => {
  test('[V4] is run by keyboard: who is there, notes, what is decided and why, actions typed as they are spoken', async () => {
    const { page } = desks.chair
    await page.goto(agenda())
    await follow(page, 'Meeting mode')
    await press(page, 'Open the meeting')
    await press(page, 'Open it now')
    await page.getByRole('button', { name: /^Attendance/ }).click()
    await look(desks.chair)
    for (const one of (await page.getByLabel('Present', { exact: true }).all()).slice(0, 6)) await one.check()
    await press(page, 'Save')
    expect(await words(page)).toContain('Attendance 6 of 7')
    expect(await words(page)).toContain('A two-bed is free')
    await look(desks.chair)
    await page.setViewportSize({ width: 375, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    await page.setViewportSize({ width: 1280, height: 900 })
    for (const line of ['Managed move options @housing fri', 'Mark her address @police in 3 days', 'Ring her at work @idva tomorrow']) {
      await page.getByLabel('New action').focus()
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: line.split(' @')[0]! }).waitFor()
    }
    await page.getByLabel('Notes', { exact: true }).fill('She is afraid for the dog.')
    await page.getByLabel('Decision', { exact: true }).fill('High risk confirmed; housing offers a managed move.')
    await page.getByLabel('Why', { exact: true }).fill('Strangulation, separation')
    await press(page, 'Save and finish this item')
    await page.getByRole('button', { name: 'End the meeting' }).click()
    await look(desks.chair)
    await press(page, 'End the meeting')
  })

  test('[V4] has minutes that are approved and go round to whoever heard it', async () => {
    const { page } = desks.chair
    await page.getByLabel('Anything beside the cases').fill('Held in room 4.')
    await press(page, 'Approve the minutes')
    expect((await desks.probation.page.goto(`${agenda()}/minutes`))?.status()).toBe(404)
    await press(page, 'Send the minutes round')
    await look(desks.chair)
    await desks.probation.page.goto(`${agenda()}/minutes`)
    for (const said of ['High risk confirmed', 'Held in room 4.', 'She is afraid for the dog'])
      expect(await words(desks.probation.page)).toContain(said)
    await desks.education.page.goto(`${agenda()}/minutes`)
    expect(await words(desks.education.page)).not.toMatch(/Penhaligon|High risk/i)
  })
})

describe('after it', () => {
  test('[V4] [M1d] housing gives its action to a worker, who shows that it was done and sees nothing else of the case', async () => {
    const home = desks.housing.page
    await home.goto('/')
    await home.getByRole('link', { name: 'Managed move options' }).click()
    await home.getByText('Give it to somebody, change the day, or link a case').click()
    await home.getByLabel(/^Who does it at/).selectOption({ label: worker.name })
    await press(home, 'Change it')
    const { page } = desks.worker
    await page.goto('/notices')
    await follow(page, 'A meeting has given you something to do')
    await look(desks.worker)
    await page.getByLabel('It is done').check()
    await page.getByLabel('What was done, and what shows it').fill('She moved on Friday; keys signed for.')
    const receipt = { name: 'keys.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n% keys\n%%EOF\n') }
    await page.getByLabel('A file that shows it (optional)').setInputFiles(receipt)
    await press(page, 'Save')
    await page.getByRole('link', { name: 'keys.pdf' }).waitFor()
    await look(desks.worker)
    expect((await page.goto(itemAt))?.status()).toBe(404)
    await desks.police.page.goto(itemAt)
    expect(await words(desks.police.page)).toContain('Done')
  })

  test('[M1d] whoever is late is reminded, says why, and the co-ordinator carries it over', async () => {
    await later(6)
    const { page } = desks.police
    await page.goto('/notices')
    await follow(page, 'An action that a meeting gave you is overdue')
    await page.getByLabel('What was done, and what shows it').fill('The system was down; on Monday.')
    await press(page, 'Save')
    const by = desks.coordinator.page
    await by.goto('/meetings/actions')
    await look(desks.coordinator)
    await by.getByRole('link', { name: 'Mark her address' }).click()
    expect(await words(by)).toContain('The system was down')
    await by.getByText('Give it to somebody, change the day, or link a case').click()
    await by.getByLabel('By when').fill('in 10 days')
    await by.getByLabel('Carry it over to').selectOption({ index: 1 })
    await by.getByLabel('Why', { exact: true }).fill('The police system was down')
    await press(by, 'Change it')
    expect(await words(by)).toMatch(/Carried over\s+once/)
  })

  test('[V4] the co-ordinator flags the record that is theirs to flag', async () => {
    const { page } = desks.coordinator
    await page.goto(itemAt)
    await page.locator('#flag').locator('xpath=..').getByRole('link').first().click()
    await page.getByLabel('What kind of flag?').selectOption({ index: 1 })
    await page.getByLabel('What must people know?').fill('Ask before you visit')
    await press(page, 'Raise the flag')
    expect(await words(page)).toContain('Ask before you visit')
  })

  test('[V4] the same two people are found to have been heard before', async () => {
    const police = await visitorOf(product).signIn(marac.officers.police.colleague)
    const again = await refer(police, marac.seriesId, { family: 'Penhaligon', given: 'Kerra', year: '1992' })
    const { page } = desks.coordinator
    await page.goto(`/meetings/items/${again}/triage`)
    expect(await words(page)).toContain('The same people were heard before')
    // Kept from the school as the first was, unless somebody says otherwise.
    expect(await page.getByLabel(/^Trewartha School: the whole case/).isChecked()).toBe(true)
    await page.getByLabel('It goes on an agenda').check()
    await page.locator('[name=meeting]').first().check()
    await page.getByRole('group', { name: 'Is it a repeat?' }).getByLabel('Yes').check()
    await press(page, 'Record what becomes of it')
    expect(await words(page)).toMatch(/Repeat/i)
  })

  test('[V4] and it closes to its members by itself; those who run it keep it', async () => {
    await later(60)
    expect((await desks.health.page.goto(itemAt))?.status()).toBe(404)
    await desks.coordinator.page.goto(itemAt)
    expect(await words(desks.coordinator.page)).toMatch(/closed to members/i)
  })

  test('nothing was wrong on the way', () => {
    expect(wrong).toEqual([])
    for (const { complaints } of Object.values(desks)) expect(complaints).toEqual([])
    expect(product.faults).toEqual([])
  })
})
