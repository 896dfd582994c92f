import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { londonDate } from '../../src/platform/clock.ts'
import { addDays, formatDate, type PlainDate } from '../../src/platform/plain-date.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addSeries, type Marac, type Sitting } from '../factories/marac.ts'
import { addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, choose, type Desk, fillDate, follow, press, startBrowsing, wrongWith } from './browsing.ts'

// An ASB target group from housing's referral to a case review whose outcome is told: agencies each at a browser of their own, one that must not know who
// complained, one without script, two on a telephone.

let product: Product
let browsing: Browsing
let group: Marac
let desks: Record<Sitting | 'coordinator' | 'chair' | 'administrator', Desk>
let administrator: Colleague
let itemAt: string
let today: PlainDate
const wrong: string[] = []

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  group = await addSeries(product, 'asb-target-group')
  today = londonDate(product.clock.now())
  administrator = await addColleague(product.database, await addTeam(product.database, group.officers.children.agency, []), {
    role: 'Authority administrator',
    serviceArea: null,
  })
  const desk = (key: Sitting, options = {}) => browsing.sit(group.officers[key].colleague, options)
  desks = {
    housing: await desk('housing'),
    police: await desk('police', { width: 375 }),
    health: await desk('health', { script: false }),
    probation: await desk('probation', { width: 375 }),
    idva: await desk('idva'),
    children: await desk('children'),
    administrator: await browsing.sit(administrator),
    coordinator: await comeIn(group.coordinator),
    chair: await comeIn(group.chair),
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
const agenda = () => `/meetings/dates/${group.meetingId}`
const on = (day: PlainDate): [string, string, string] => {
  const [year, month, date] = day.split('-')
  return [String(Number(date)), String(Number(month)), year!]
}

describe('before the meeting', () => {
  test('[A5] housing refers somebody, the place where, who suffers it and each complaint', async () => {
    const { page } = desks.housing
    await page.goto('/')
    await page.getByRole('button', { name: /^Refer to/ }).click()
    await look(desks.housing)
    await press(page, 'Begin a referral')
    await page.getByLabel('People and a place').check()
    const person = page.locator('#section-perpetrators')
    await person.getByLabel('Surname, or what they are known by').fill('Trembath')
    await person.getByLabel('First name').fill('Jory')
    await person.getByLabel('Latest warning').selectOption({ label: 'Warning letter' })
    await fillDate(page, 'Given on', on(addDays(today, -50)))
    const place = page.locator('#section-locations')
    await place.getByLabel('Place or address').fill('The bus station')
    await place.getByLabel('Postcode').fill('TR18 2LX')
    await place.getByLabel('What happens there, and when').fill('Drinking and shouting, Thursday to Sunday')
    const victims = page.locator('#section-victims')
    await victims.getByLabel('Surname').fill('Rowse')
    await victims.getByLabel('First name').fill('Ivy')
    await victims.getByLabel('Yes', { exact: true }).check()
    await page.getByLabel('What must never be done').fill('Let it be known that she complained')
    await look(desks.housing)
    await press(page, 'Save and continue')
    await page
      .getByLabel('What happens, how often, and what it does to people')
      .fill('He shouts at whoever waits for the bus. She has stopped going out.')
    await page.getByLabel(/^Persistent/).check()
    await page.locator('#section-behaviour').getByRole('group', { name: /hate/ }).getByLabel('No').check()
    await press(page, 'Save and continue')
    await tellOfIncident(page, 0, addDays(today, -30), addDays(today, -29))
    await page.locator('#section-complaints').getByRole('button', { name: /^Add/ }).click()
    await tellOfIncident(page, 1, addDays(today, -20), addDays(today, -20))
    await page.locator('#section-case-review').getByLabel('No', { exact: true }).check()
    await look(desks.housing)
    await press(page, 'Save and check answers')
    await look(desks.housing)
    await press(page, 'Send the referral')
    itemAt = new URL(page.url()).pathname
    for (const said of ['TREMBATH, Jory', 'The bus station, TR18 2LX']) expect(await words(page)).toContain(said)
    // Whoever follows a referral of theirs reads what they wrote, and is told of nothing else, not even that there is nothing.
    expect(await words(page)).not.toContain('Warning stage:')
    await look(desks.housing)
  })

  test('[A5] [M1e] the co-ordinator triages it, keeps from health who complained, and sends the agenda', async () => {
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
    await choose(page, 'From whom?', group.officers.health.agency.name)
    await page.getByLabel(/^Only: the victims/).check()
    await page.getByLabel('Keep what is written in free words as well').uncheck()
    await page.getByLabel('Why', { exact: true }).fill('Her neighbour works there')
    await press(page, 'Keep it from them')
    await page.locator('main form').getByRole('button').first().click()
    await page.goto(agenda())
    expect(await words(page)).toContain(`Warning letter, ${formatDate(addDays(today, -50))}`)
    await press(page, 'Send 1 item out')
    await look(desks.coordinator)
  })

  test('[A5] each agency brings what it knows; the police, on a telephone, log another complaint', async () => {
    for (const key of ['police', 'probation', 'health'] as const) {
      const { page } = desks[key]
      await page.goto('/')
      expect(await words(page)).toContain('What we need from you for')
      await page.getByRole('link', { name: /What your agency knows/ }).click()
      await page.getByLabel('What does the group need to know from you?').fill(`What ${key} knows.`)
      await press(page, 'Submit')
    }
    const { page } = desks.police
    await page.goto(itemAt)
    await look(desks.police)
    await follow(page, 'Record a complaint')
    await fillDate(page, 'When it happened', on(addDays(today, -2)))
    await choose(page, 'What it was', 'Threats or intimidation')
    await fillDate(page, 'When they complained', on(addDays(today, -1)))
    await choose(page, 'Who complained', 'ROWSE, Ivy')
    await page.getByLabel('In words (optional)').fill('A bottle was thrown')
    await look(desks.police)
    await press(page, 'Record it')
    for (const said of ['Threats or intimidation', 'A bottle was thrown', 'ROWSE, Ivy']) expect(await words(page)).toContain(said)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
  })

  test('[A5] [M1e] health reads the complaints, and nowhere who complained', async () => {
    const { page } = desks.health
    for (const address of [itemAt, `${itemAt}/log/complaints`, agenda(), '/meetings', '/notices']) {
      await page.goto(address)
      expect(await page.content()).not.toMatch(/Rowse|\bIvy\b/)
    }
    await page.goto(`${itemAt}/log/complaints`)
    expect(await words(page)).toContain('A bottle was thrown')
  })

  test('[A5] the papers go round, and two agencies talk about it', async () => {
    const { page } = desks.coordinator
    await page.goto(agenda())
    await press(page, 'Send the papers round')
    expect(await words(page)).toContain('Not answered yet')
    await press(page, 'Send them round now')
    await desks.probation.page.goto(`${agenda()}/papers`)
    for (const said of ['What police knows.', 'Warning letter']) expect(await words(desks.probation.page)).toContain(said)
    await desks.probation.page.goto(itemAt)
    await follow(desks.probation.page, 'Message somebody')
    await desks.probation.page.getByLabel(/^Everybody/).check()
    await desks.probation.page.getByLabel('Message', { exact: true }).fill('He is on licence until May.')
    await press(desks.probation.page, 'Send')
    await desks.housing.page.goto(itemAt)
    await desks.housing.page.locator('section[aria-labelledby=messages-panel] a').first().click()
    expect(await words(desks.housing.page)).toContain('on licence until May')
  })
})

describe('the meeting', () => {
  test('[A5] decides, sets actions for agencies and has its minutes', async () => {
    const { page } = desks.chair
    await page.goto(agenda())
    await follow(page, 'Meeting mode')
    await press(page, 'Open the meeting')
    await press(page, 'Open it now')
    expect(await words(page)).toContain('Warning letter')
    for (const line of ['Serve a community protection warning @police in 3 days', 'Visit her weekly @housing in 10 days']) {
      await page.getByLabel('New action').focus()
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: line.split(' @')[0]! }).waitFor()
    }
    await look(desks.chair)
    await page.getByLabel('Decision', { exact: true }).fill('A community protection warning; housing visits her.')
    await page.getByLabel('Why', { exact: true }).fill('The letter changed nothing')
    await press(page, 'Save and finish this item')
    await page.getByRole('button', { name: 'End the meeting' }).click()
    await press(page, 'End the meeting')
    await press(page, 'Approve the minutes')
    await press(page, 'Send the minutes round')
    await desks.children.page.goto(`${agenda()}/minutes`)
    expect(await words(desks.children.page)).toContain('The letter changed nothing')
  })
})

describe('after it', () => {
  test('[A5] the police do what was agreed, and move him to the next stage, which everybody on the case sees', async () => {
    const { page } = desks.police
    await page.goto('/')
    await page.getByRole('link', { name: 'Serve a community protection warning' }).click()
    await page.getByLabel('It is done').check()
    await page.getByLabel('What was done, and what shows it').fill('Served at his door.')
    await press(page, 'Save')
    await page.goto(itemAt)
    await follow(page, 'Steps so far')
    await look(desks.police)
    await choose(page, 'Which step', 'Community protection warning')
    await fillDate(page, 'Until when it holds (optional)', on(addDays(today, 180)))
    await choose(page, 'Why (optional)', 'It went on')
    await press(page, 'Record it')
    const standing = `Community protection warning, ${formatDate(today)} to ${formatDate(addDays(today, 180))}`
    await desks.idva.page.goto(itemAt)
    for (const said of [standing, 'Done']) expect(await desks.idva.page.locator('main').textContent()).toContain(said)
  })

  test('[A5] the authority puts a step of its own on the list, and it is there to choose', async () => {
    const { page } = desks.administrator
    await page.goto('/settings/lists')
    await look(desks.administrator)
    await page.getByRole('link', { name: /warning stages/ }).click()
    await look(desks.administrator)
    await follow(page, 'Add a choice')
    await page.getByLabel('In words').fill('Dispersal direction')
    await press(page, 'Add it')
    await desks.coordinator.page.goto(itemAt)
    await follow(desks.coordinator.page, 'Steps so far')
    expect(await desks.coordinator.page.getByLabel('Which step').locator('option').allTextContents()).toContain('Dispersal direction')
  })

  test('[A5] she asks for a case review: it reaches the threshold, is held, and she is told', async () => {
    const { page } = desks.coordinator
    await page.goto(itemAt)
    await follow(page, 'Somebody asks for one')
    await page.getByLabel('Somebody who suffers it').check()
    await choose(page, 'Who of this case, or for whom', 'ROWSE, Ivy')
    await look(desks.coordinator)
    await press(page, 'Record it')
    expect(await words(page)).toContain('Decide whether it reaches the threshold')
    await follow(page, 'Decide whether it reaches the threshold')
    expect(await words(page)).toContain('3 of the complaints that you read count')
    await look(desks.coordinator)
    await page.getByLabel(/^It reaches the threshold/).check()
    await page.getByLabel('The harm that it does, or could').check()
    await page.getByLabel('Why', { exact: true }).fill('Three complaints in a month')
    await press(page, 'Record it')
    await follow(page, 'The review was held')
    await page.getByLabel('What it found, and what it recommends to whom').fill('The council to light the bus station')
    await page
      .getByRole('group', { name: /recommendations/ })
      .getByLabel('Yes')
      .check()
    await press(page, 'Record it')
    await follow(page, 'Whoever asked was told')
    await page.getByLabel('How, and what they were told').fill('By letter')
    await press(page, 'Record it')
    await look(desks.coordinator)
    await desks.idva.page.goto(`${itemAt}/review`)
    for (const said of ['With recommendations', 'light the bus station', 'ROWSE, Ivy', 'By letter'])
      expect(await words(desks.idva.page)).toContain(said)
    // Whoever must not know who complained reads of the review, and not whose it is.
    await desks.health.page.goto(`${itemAt}/review`)
    expect(await words(desks.health.page)).toContain('light the bus station')
    expect(await desks.health.page.content()).not.toMatch(/Rowse/i)
  })

  test('nothing was wrong on the way', () => {
    expect(wrong).toEqual([])
    for (const { complaints } of Object.values(desks)) expect(complaints).toEqual([])
    expect(product.faults).toEqual([])
  })
})

/** One row of the referral's incidents. */
async function tellOfIncident(page: Page, row: number, happened: PlainDate, told: PlainDate): Promise<void> {
  const section = page.locator('#section-complaints')
  await section.getByLabel('What it was').nth(row).selectOption({ label: 'Noise' })
  const fill = async (legend: string, day: PlainDate) => {
    const box = section.getByRole('group', { name: legend }).nth(row)
    for (const [label, value] of [
      ['Day', on(day)[0]],
      ['Month', on(day)[1]],
      ['Year', on(day)[2]],
    ] as const)
      await box.getByLabel(label).fill(value)
  }
  await fill('When it happened', happened)
  await fill('When they complained', told)
  await section.getByLabel('Surname of who complained').nth(row).fill('Rowse')
  await section.getByLabel('First name').nth(row).fill('Ivy')
}
