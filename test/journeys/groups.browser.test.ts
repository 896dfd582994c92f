import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { londonDate } from '../../src/platform/clock.ts'
import { addDays, partsOf } from '../../src/platform/plain-date.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { fillIn } from '../factories/whole-record.ts'
import { addAgency, addPerson, addTeam, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
import { jobsDone } from '../other-side/scene.ts'
import { type Browsing, type Desk, fillDate, follow, press, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing
let team: Team
let people: Record<'worker' | 'leader' | 'reader', Colleague>

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  const { database } = product
  team = await addTeam(database, await addAgency(database, { name: 'Kerris Homes' }), ['early-help'], 'Tenancy Support')
  people = {
    worker: await addColleague(database, team, { name: 'Tamsin Rowe' }),
    leader: await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' }),
    reader: await addColleague(database, team, { name: 'Jory Tremayne', role: 'Read only' }),
  }
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

/** Referred, accepted and given to the worker on the product's own pages: a whole case, which one that is only in the database is not. */
async function newCase(givenName: string): Promise<{ id: string }> {
  const person = await addPerson(product.database, team, { givenName, familyName: 'Angove' })
  const [worker, leader] = [await visitorOf(product).signIn(people.worker), await visitorOf(product).signIn(people.leader)]
  const at = /\/cases\/([0-9a-f-]{36})/.exec(await fillIn(worker, `/people/${person.id}/refer`))!
  await fillIn(leader, `${at[0]}/triage`, { decision: 'accept' })
  await fillIn(leader, `${at[0]}/allocate`, { to: 'worker' })
  return { id: at[1]! }
}
const words = (page: Page) => page.locator('main').innerText()

async function bookFromCase(page: Page, theCase: { id: string }, button: string): Promise<void> {
  await page.goto(`/cases/${theCase.id}`)
  await follow(page, 'Book into a group')
  await follow(page, 'Moving on')
  await page.getByLabel('What do they need to take part? (optional)').fill('A seat by the door')
  await press(page, button)
}

test('[U23] a leader begins a group, a worker books two people into its one place, who came is recorded, and the second has the place', async () => {
  const [leader, worker, reader]: Desk[] = [
    await browsing.sit(people.leader),
    await browsing.sit(people.worker, { script: false, width: 375 }),
    await browsing.sit(people.reader),
  ]
  const wrong: string[] = []
  const look = async (page: Page) => void wrong.push(...(await wrongWith(page)))
  const at = leader!.page
  await at.goto('/')
  await at.getByRole('navigation').getByRole('link', { name: 'Groups', exact: true }).click()
  await follow(at, 'Begin a group')
  await look(at)
  // By keyboard: the first box has the cursor.
  await at.keyboard.type('Moving on')
  await at.getByLabel('How many places are there?').fill('1')
  await at.getByLabel('Demelza Vyvyan').check()
  await press(at, 'Begin the group')
  await look(at)
  const { day, month, year } = partsOf(addDays(londonDate(product.clock.now()), -8))
  await fillDate(at, 'Day of the first session', [String(day), String(month), String(year)])
  await at.getByLabel('Starts at').fill('2pm')
  await at.getByLabel('Ends at').fill('1pm')
  await at.getByLabel('How many sessions?').fill('3')
  await press(at, 'Add')
  expect(await words(at)).toContain('The end must be after 2pm on the same day')
  await at.getByLabel('Ends at').fill('4pm')
  await press(at, 'Add')
  expect(await words(at)).toContain('3 sessions added.')
  const group = at.url()

  const [elowen, kerra] = [await newCase('Elowen'), await newCase('Kerra')]
  await bookFromCase(worker!.page, elowen, 'Book them in')
  expect(await words(worker!.page)).toContain('They have a place.')
  await bookFromCase(worker!.page, kerra, 'Put them on the list')
  expect(await words(worker!.page)).toContain('They are on the list')

  await at.goto(group)
  await look(at)
  await at.locator('table', { hasText: 'Sessions held' }).getByRole('link').first().click()
  await follow(at, 'Record who came')
  await press(at, 'Mark everybody as attended')
  await at.getByLabel('What happened, for everybody who came (optional)').fill('We spoke of sleep.')
  await look(at)
  await press(at, 'Save')
  expect(await words(at)).toMatch(/ANGOVE, Elowen[\s\S]*Attended/)
  await look(at)

  await worker!.page.goto(`/cases/${elowen.id}/groups`)
  await follow(worker!.page, 'Moving on')
  await follow(worker!.page, 'Record what came of it')
  await press(worker!.page, 'Save')
  expect(await words(worker!.page)).toContain('Select what came of it')
  await worker!.page.getByLabel('Left early').check()
  await press(worker!.page, 'Save')
  expect(await words(worker!.page)).toMatch(/Left early[\s\S]*1 of 1 sessions recorded/)
  await jobsDone(product.database)

  await reader!.page.goto(group)
  await look(reader!.page)
  const seen = await words(reader!.page)
  expect(seen).toMatch(/People[\s\S]*ANGOVE, Kerra[\s\S]*No longer in it[\s\S]*ANGOVE, Elowen/)
  for (const offered of ['Book somebody in', 'Change it', 'End the group', 'Add sessions']) expect(seen).not.toContain(offered)
  expect(wrong).toEqual([])
  expect([leader, worker, reader].flatMap(desk => desk!.complaints)).toEqual([])
})
