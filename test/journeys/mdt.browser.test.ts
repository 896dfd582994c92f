import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonDate } from '../../src/platform/clock.ts'
import { addDays, type PlainDate } from '../../src/platform/plain-date.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addSeries, type Marac, post, type Sitting } from '../factories/marac.ts'
import { addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, choose, type Desk, fillDate, follow, press, startBrowsing, wrongWith } from './browsing.ts'

// A multi-disciplinary team around one person, at its meeting and between two: agencies each at a browser of their own, of which each reads what its
// profile gives. Probation must not know where he stays; a clerk of health's only reads; somebody of housing does an action and sees nothing else.

let product: Product
let browsing: Browsing
let team: Marac
let desks: Record<Sitting | 'coordinator' | 'chair' | 'clerk' | 'worker', Desk>
let worker: Colleague
let itemAt: string
let today: PlainDate
const wrong: string[] = []

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  team = await addSeries(product, 'mdt')
  today = londonDate(product.clock.now())
  const colleagueAt = async (key: Sitting, role: 'Read only' | 'Partner officer', name: string) =>
    addColleague(product.database, await addTeam(product.database, team.officers[key].agency, []), { name, role, serviceArea: null })
  const clerk = await colleagueAt('health', 'Read only', 'Bersaba Uren')
  await post(team.coordinator, `/meetings/series/${team.seriesId}/members`, {
    what: 'member',
    who: `${team.officers.health.seatId}/${clerk.id}`,
    role: 'deputy',
  })
  worker = await colleagueAt('housing', 'Partner officer', 'Hedra Bolitho')
  const desk = (key: Sitting, options = {}) => browsing.sit(team.officers[key].colleague, options)
  desks = {
    police: await desk('police'),
    housing: await desk('housing', { width: 375 }),
    health: await desk('health'),
    // Without script.
    probation: await desk('probation', { script: false }),
    idva: await desk('idva'),
    children: await desk('children'),
    clerk: await browsing.sit(clerk),
    worker: await browsing.sit(worker, { width: 375 }),
    coordinator: await comeIn(team.coordinator),
    chair: await comeIn(team.chair),
  }
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

async function comeIn(visitor: Marac['chair']): Promise<Desk> {
  const one = await browsing.sit()
  await one.context.addCookies(visitor.cookies())
  return one
}

const words = (page: Page) => page.locator('main').innerText()
const look = async ({ page }: Desk) => void wrong.push(...(await wrongWith(page)))
const agenda = (meetingId = team.meetingId) => `/meetings/dates/${meetingId}`
const on = (day: PlainDate): [string, string, string] => {
  const [year, month, date] = day.split('-')
  return [String(Number(date)), String(Number(month)), year!]
}
const theForm = () => `${itemAt}/form`
/** One row of a table of the form, which begins with one. */
const section = (page: Page, code: string) => page.locator(`#section-${code}`)

describe('before the meeting', () => {
  test('[M1a] the police refer somebody in whom several needs come together', async () => {
    const { page } = desks.police
    await page.goto('/')
    await page.getByRole('button', { name: /^Refer to/ }).click()
    await press(page, 'Begin a referral')
    await page.getByLabel('Surname').fill('Carlyon')
    await page.getByLabel('First name').fill('Pasco')
    await fillDate(page, 'Date of birth', ['4', '5', '1981'])
    await page.getByLabel('Why now?').fill('He sleeps in the bus shelter again, and was in hospital on Sunday.')
    await page.getByLabel('Homelessness, or a home at risk').check()
    await page.getByLabel('Drugs or alcohol').check()
    await page
      .getByRole('group', { name: /agree to this/ })
      .getByLabel('Yes')
      .check()
    await look(desks.police)
    await press(page, 'Save and check answers')
    await press(page, 'Send the referral')
    itemAt = new URL(page.url()).pathname
  })

  test('[M1a] [M1e] the co-ordinator puts it on the agenda, keeps from probation where he stays, and sends it out', async () => {
    const { page } = desks.coordinator
    await page.goto(itemAt)
    await follow(page, 'Triage it')
    await page.getByLabel('It goes on an agenda').check()
    await page.locator('[name=meeting]').first().check()
    await page.getByRole('group', { name: 'Is it a repeat?' }).getByLabel('No').check()
    // Children's services have no part in it.
    await page.getByLabel(team.officers.children.agency.name).uncheck()
    await press(page, 'Record what becomes of it')
    await page.goto(itemAt)
    await follow(page, 'Keep it from an agency or a person')
    await choose(page, 'From whom?', team.officers.probation.agency.name)
    await page.getByLabel('Only: where they live and stay').check()
    await page.getByLabel('Keep what is written in free words as well').uncheck()
    await page.getByLabel('Why', { exact: true }).fill('He has asked that probation does not know')
    await press(page, 'Keep it from them')
    await page.locator('main form').getByRole('button').first().click()
    await page.goto(agenda())
    await press(page, 'Send 1 item out')
    await look(desks.coordinator)
  })

  test('[M1b] [M1c] housing, on a telephone, begins the one form of all: several addresses, each with its days', async () => {
    const { page } = desks.housing
    await page.goto(itemAt)
    await follow(page, 'What we know and do together')
    await look(desks.housing)
    await follow(page, 'The person')
    await page.getByLabel('What they like to be called').fill('Pas')
    await page.getByLabel('GP practice').fill('Quay Street surgery')
    const addresses = section(page, 'addresses')
    await addresses.getByLabel('Where', { exact: true }).fill('The bus shelter on Quay Street')
    await addresses
      .getByRole('group', { name: 'Since' })
      .getByLabel('Day')
      .fill(on(addDays(today, -20))[0])
    await addresses
      .getByRole('group', { name: 'Since' })
      .getByLabel('Month')
      .fill(on(addDays(today, -20))[1])
    await addresses
      .getByRole('group', { name: 'Since' })
      .getByLabel('Year')
      .fill(on(addDays(today, -20))[2])
    await addresses.getByRole('button', { name: /^Add/ }).click()
    await addresses.getByLabel('Where', { exact: true }).nth(1).fill('His sister’s sofa, Chough Terrace')
    await look(desks.housing)
    await press(page, 'Save')
    for (const said of ['The bus shelter on Quay Street', 'Chough Terrace', 'Quay Street surgery'])
      expect(await words(page)).toContain(said)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
  })

  test('[M1b] [M1c] health adds needs, risks and the plan to the same form', async () => {
    const { page } = desks.health
    await page.goto(theForm())
    expect(await words(page)).toContain('The bus shelter on Quay Street')
    await follow(page, 'Needs and risks')
    const needs = section(page, 'needs')
    await needs.getByLabel('Need', { exact: true }).fill('A script that starts before Friday')
    await needs.getByLabel('Where it stands').selectOption({ label: 'Nothing meets it' })
    const risks = section(page, 'risks')
    await risks.getByLabel('Risk', { exact: true }).fill('Overdose after a night in custody')
    await risks.getByLabel('How high').selectOption({ label: 'High' })
    await look(desks.health)
    await press(page, 'Save and go on')
    const plan = section(page, 'plan')
    await plan.getByLabel('Goal', { exact: true }).fill('A room of his own by Christmas')
    await plan.getByLabel('What to do in a crisis').fill('Ring the duty nurse, then his sister')
    await press(page, 'Save')
    for (const said of ['A script that starts', 'Overdose', 'A room of his own', 'Ring the duty nurse'])
      expect(await words(page)).toContain(said)
    await look(desks.health)
  })

  test('[M1e] health brings a document; each member reads what its profile gives', async () => {
    const { page } = desks.health
    await page.goto(itemAt)
    await follow(page, 'Add a document')
    await page.getByLabel('What it is').fill('Discharge letter')
    const letter = { name: 'discharge.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n% letter\n%%EOF\n') }
    await page.getByLabel('The file').setInputFiles(letter)
    await press(page, 'Add it')
    await page.getByRole('link', { name: 'Discharge letter' }).waitFor()
    await look(desks.health)
    const address = (await page.getByRole('link', { name: 'Discharge letter' }).getAttribute('href'))!
    // Who is on the case opens it, a clerk who only reads as well; who is not finds nothing.
    for (const key of ['idva', 'clerk'] as const) expect((await desks[key].context.request.get(address)).status()).toBe(200)
    for (const key of ['children', 'worker'] as const)
      for (const path of [address, itemAt, theForm(), `${itemAt}/documents`, `${itemAt}/activity`])
        expect((await desks[key].context.request.get(path)).status()).toBe(404)
    // The clerk reads the form, and is offered no way to change it, nor to add anything.
    await desks.clerk.page.goto(theForm())
    expect(await words(desks.clerk.page)).toContain('A room of his own')
    expect(await words(desks.clerk.page)).not.toContain('Change:')
    await desks.clerk.page.goto(itemAt)
    expect(await words(desks.clerk.page)).not.toMatch(/Add a document|Record what was done/)
    expect((await desks.clerk.page.goto(`${theForm()}/pages/plan`))?.status()).toBe(404)
  })

  test('[M1e] [M1b] probation reads and writes the rest, and finds nowhere where he stays', async () => {
    const { page } = desks.probation
    await page.goto(`${theForm()}/pages/needs`)
    await section(page, 'risks').getByLabel('What keeps people safe').fill('Naloxone in his coat')
    await press(page, 'Save')
    for (const address of [
      theForm(),
      `${theForm()}/versions`,
      `${theForm()}/pages/person`,
      `${itemAt}/activity`,
      itemAt,
      '/meetings',
      '/notices',
    ]) {
      await page.goto(address)
      expect(await page.content()).not.toMatch(/bus shelter on Quay|Chough Terrace|Where they live/)
    }
    await desks.health.page.goto(theForm())
    expect(await words(desks.health.page)).toContain('Naloxone in his coat')
  })

  test('[M1b] somebody writes over an address; the earlier version is read, compared and gone back to', async () => {
    const { page } = desks.idva
    await page.goto(`${theForm()}/pages/person`)
    await section(page, 'addresses').getByLabel('Where', { exact: true }).first().fill('Room 4, the Seamen’s Mission')
    await press(page, 'Save')
    await follow(page, 'Every version')
    await look(desks.idva)
    await page.getByRole('link', { name: 'Where they live and stay, version 1' }).click()
    for (const said of ['The bus shelter on Quay Street', 'Room 4, the Seamen’s Mission', 'Changed'])
      expect(await words(page)).toContain(said)
    await look(desks.idva)
    await page.getByRole('button', { name: /^Go back to version/ }).click()
    expect(await words(page)).toContain('The bus shelter on Quay Street')
    expect(await words(page)).not.toContain('Seamen’s Mission')
  })
})

describe('the meeting, and the work after it', () => {
  test('[M1a] decides and sets actions, with the form beside it; he stays on for the next date', async () => {
    const { page } = desks.chair
    await page.goto(agenda())
    await follow(page, 'Meeting mode')
    await press(page, 'Open the meeting')
    await press(page, 'Open it now')
    await page.getByLabel('New action').fill('Assess for supported housing @housing in 10 days')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Assess for supported housing' }).waitFor()
    await page.getByLabel('Decision', { exact: true }).fill('Housing leads.')
    await page.getByLabel('Why', { exact: true }).fill('Nothing holds without a home')
    await press(page, 'Save and finish this item')
    await look(desks.chair)
    await page.getByRole('button', { name: 'End the meeting' }).click()
    await press(page, 'End the meeting')
    await press(page, 'Approve the minutes')
    await press(page, 'Send the minutes round')
    await page.goto(itemAt)
    await press(page, 'Put it on that agenda')
    await desks.idva.page.goto('/')
    expect(await words(desks.idva.page)).toContain('What your agency brings')
  })

  test('[M1a] between meetings members log what they did, talk, and write on in the form', async () => {
    const { page } = desks.housing
    await page.goto(itemAt)
    await follow(page, 'Record what was done')
    await choose(page, 'What it was', 'Outreach')
    await choose(page, 'Who it was with', 'CARLYON, Pasco')
    await page.getByLabel('In words (optional)').fill('Found him by the harbour; he will come on Tuesday')
    await look(desks.housing)
    await press(page, 'Record it')
    expect(await words(page)).toContain('he will come on Tuesday')
    await page.goto(`${theForm()}/pages/plan`)
    await section(page, 'plan').getByLabel('Where it stands').selectOption({ label: 'Under way' })
    await press(page, 'Save')
    await desks.police.page.goto(itemAt)
    await look(desks.police)
    await follow(desks.police.page, 'Message somebody')
    await desks.police.page.getByLabel(/^Everybody/).check()
    await desks.police.page.getByLabel('Message', { exact: true }).fill('He was seen at the harbour.')
    await press(desks.police.page, 'Send')
    await page.goto('/conversations')
    await page.locator('main a', { hasText: /case/ }).first().click()
    expect(await words(page)).toContain('seen at the harbour')
  })

  test('[M1a] all that happened stands in one place, as each may see it', async () => {
    const { page } = desks.idva
    await page.goto(itemAt)
    await follow(page, 'Everything that happened')
    for (const said of [
      'Found him by the harbour',
      'Discharge letter',
      'Where they live and stay',
      'Housing leads.',
      'Assess for supported housing',
    ])
      expect(await words(page)).toContain(said)
    await look(desks.idva)
    await desks.probation.page.goto(`${itemAt}/activity`)
    expect(await words(desks.probation.page)).toContain('Found him by the harbour')
    expect(await words(desks.probation.page)).not.toContain('Where they live')
  })

  test('[M1e] whoever was given an action sees that, and nothing else of him', async () => {
    const home = desks.housing.page
    await home.goto('/')
    await home.getByRole('link', { name: 'Assess for supported housing' }).click()
    await home.getByText('Give it to somebody, change the day, or link a case').click()
    await home.getByLabel(/^Who does it at/).selectOption({ label: worker.name })
    await press(home, 'Change it')
    const { page } = desks.worker
    await page.goto('/notices')
    await follow(page, 'A meeting has given you something to do')
    expect(await words(page)).toContain('Assess for supported housing')
    await page.getByLabel('It is done').check()
    await page.getByLabel('What was done, and what shows it').fill('Assessed on Monday.')
    await press(page, 'Save')
    for (const address of [itemAt, theForm(), `${itemAt}/documents`, `${itemAt}/log/work`, `/meetings/series/${team.seriesId}/cases`])
      expect((await page.goto(address))?.status()).toBe(404)
  })

  test('[M1a] the co-ordinator sees every case, the figures, and ends the work with what came of it', async () => {
    const { page } = desks.coordinator
    await page.goto(`/meetings/series/${team.seriesId}`)
    await follow(page, 'Cases')
    expect(await words(page)).toContain('CARLYON')
    await look(desks.coordinator)
    await page.goto(`/meetings/series/${team.seriesId}/figures`)
    for (const said of ['Homelessness, or a home at risk', 'Outreach', 'Done']) expect(await words(page)).toContain(said)
    // Heard, though he has gone on to the next date since.
    expect(await words(page)).toMatch(/Meetings\s+1\s+1/)
    await look(desks.coordinator)
    await page.goto(itemAt)
    await follow(page, 'End the work on this case')
    await page.getByLabel('One service can go on alone').check()
    await page.getByLabel('In words (optional)').fill('Housing goes on with him')
    await look(desks.coordinator)
    await press(page, 'End the work')
    expect(await words(page)).toContain('One service can go on alone')
    for (const key of ['idva', 'health', 'clerk', 'probation'] as const)
      for (const address of [itemAt, theForm(), `${itemAt}/documents`])
        expect((await desks[key].context.request.get(address)).status()).toBe(404)
  })

  test('nothing was wrong on the way', () => {
    expect(wrong).toEqual([])
    for (const { complaints } of Object.values(desks)) expect(complaints).toEqual([])
    expect(product.faults).toEqual([])
  })
})
