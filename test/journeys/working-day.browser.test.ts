import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addWholeRecord, fillIn, type WholeRecord } from '../factories/whole-record.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
import { type Browsing, type Desk, follow, press, startBrowsing, wrongWith } from './browsing.ts'

/** One case of a team, on the pages of its worker, its leader, a reader of the team, and a leader of another agency in the same service. */
let product: Product
let browsing: Browsing
let tamsin: Colleague
let record: WholeRecord
const desks: Record<string, Desk> = {}
const wrong: string[] = []
const look = async (page: Page) => void wrong.push(...(await wrongWith(page)))
const at = (page: Page) => page.locator('main')
const page = (who: keyof typeof desks) => desks[who]!.page

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  const { database } = product
  const team = await addTeam(database, await addAgency(database, { name: 'Kerris Council' }), ['early-help'], 'Early Help West')
  // A part of the record is shared with a team: this one, and not with the outsider's.
  await addTeam(database, await addAgency(database))
  tamsin = await addColleague(database, team, { name: 'Tamsin Rowe' })
  const demelza = await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  const [hers, theirs] = [await visitorOf(product).signIn(tamsin), await visitorOf(product).signIn(demelza)]
  record = await addWholeRecord(hers, theirs)
  await fillIn(theirs, `/cases/${record.caseId}/allocate`, { to: 'worker' })
  await fillIn(hers, `/cases/${record.caseId}/notes/new`, { text: 'Visited the harbour flats; the landlord has agreed to wait.' })
  const elsewhere = await addTeam(database, await addAgency(database, { name: 'Harbour Trust' }), ['early-help'], 'Harbour Families')
  desks.worker = await browsing.sit(tamsin)
  desks.leader = await browsing.sit(demelza)
  desks.reader = await browsing.sit(await addColleague(database, team, { role: 'Read only' }))
  desks.outsider = await browsing.sit(await addColleague(database, elsewhere, { role: 'Team leader' }))
})
afterAll(async () => {
  for (const desk of Object.values(desks)) await desk.context.close()
  await browsing.close()
  await product.close()
})

test('[U4] [F9] a worker’s day begins with their cases; a narrowed list keeps its address, and is kept under a name', async () => {
  const worker = page('worker')
  await worker.goto('/')
  await at(worker).getByRole('heading', { name: 'My work' }).waitFor()
  const row = at(worker).getByRole('row', { name: /PENROSE, Jago/ })
  expect(await row.innerText()).toMatch(/Medium/)
  await look(worker)
  await worker.getByText('Filter and columns').click()
  await at(worker).getByRole('combobox', { name: 'Risk' }).selectOption('high')
  await press(worker, 'Show')
  await at(worker).getByText('Nothing here matches').waitFor()
  expect(worker.url()).toContain('risk=high')
  await worker.goto('/work?risk=medium')
  await follow(worker, 'Save this view')
  await look(worker)
  await at(worker).getByLabel('Name').fill('Mine at medium risk')
  await press(worker, 'Save the view')
  await at(worker).getByText('Mine at medium risk').first().waitFor()
  await look(worker)
})

test('[U4] a leader sees who has how much, opens a worker’s list, and records supervision where its reader finds it', async () => {
  const leader = page('leader')
  await leader.goto('/work/team')
  await look(leader)
  await follow(leader, 'Tamsin Rowe')
  await at(leader)
    .getByRole('link', { name: /PENROSE, Jago/ })
    .first()
    .waitFor()
  await look(leader)
  await leader.goto(`/cases/${record.caseId}/supervise`)
  await at(leader).getByLabel('What was talked about').fill('How the landlord was won over.')
  await press(leader, 'Save')
  await at(leader).getByText('Supervision saved').waitFor()
  await page('reader').goto(`/people/${record.personId}/timeline`)
  expect(await at(page('reader')).innerText()).toContain('How the landlord was won over.')
})

test.each(['worker', 'leader', 'reader'] as const)('[U6] a %s reads the timeline and narrows it to notes', async who => {
  const mine = page(who)
  await mine.goto(`/people/${record.personId}/timeline`)
  expect(await at(mine).innerText()).toMatch(/Referral accepted/)
  await look(mine)
  await follow(mine, 'Contacts and notes')
  await mine.waitForURL(/kind=/)
  const narrowed = await at(mine).innerText()
  expect(narrowed).toContain('the landlord has agreed to wait')
  expect(narrowed).not.toMatch(/Referral accepted/)
})

test.each(['worker', 'leader', 'reader'] as const)('[U17] a %s finds a note by another form of its words, and opens it', async who => {
  const mine = page(who)
  await mine.goto('/')
  await mine.getByRole('searchbox').first().fill('visiting landlords')
  await mine.getByRole('searchbox').first().press('Enter')
  await at(mine).getByRole('link', { name: 'Everything written' }).click()
  await at(mine).locator('mark', { hasText: 'landlord' }).first().waitFor()
  await look(mine)
  await at(mine).locator('h3 a, h2 a, li a').filter({ hasText: /note/i }).first().click()
  await at(mine).getByText('the landlord has agreed to wait').first().waitFor()
})

test('[U13] a reader is offered nothing to change', async () => {
  const reader = page('reader')
  for (const address of ['/', `/cases/${record.caseId}`, `/people/${record.personId}/timeline`]) {
    await reader.goto(address)
    expect(await reader.getByText('Record contact').count()).toBe(0)
    await look(reader)
  }
  for (const forbidden of ['supervise', 'notes/new']) {
    expect((await reader.goto(`/cases/${record.caseId}/${forbidden}`))!.status()).toBe(404)
  }
})

test('[U13] a leader of another agency finds nothing of it: not the person, not a word, not a figure', async () => {
  const outsider = page('outsider')
  for (const address of ['/search?q=penrose', '/search?q=landlord&in=written', '/work/team', '/work/agency']) {
    await outsider.goto(address)
    const words = await at(outsider).innerText()
    expect(words).not.toMatch(/PENROSE|Tamsin|harbour flats/)
    expect(words).not.toMatch(/^1$/m)
  }
  for (const address of [`/people/${record.personId}/timeline`, `/cases/${record.caseId}`, `/work/workers/${tamsin.id}`]) {
    expect((await outsider.goto(address))!.status()).toBe(404)
  }
})

test('[F23] no page of it was wrong, and no browser complained', () => {
  expect(wrong).toEqual([])
  expect(Object.values(desks).flatMap(desk => desk.complaints)).toEqual([])
  expect(product.faults).toEqual([])
})
