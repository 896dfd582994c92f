import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../factories/colleagues.ts'
import { addWholeRecord, type WholeRecord } from '../factories/whole-record.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
import { type Browsing, type Desk, startBrowsing } from './browsing.ts'

let product: Product
let browsing: Browsing
let record: WholeRecord
let desk: Desk
let page: Page

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  const team = await addTeam(product.database, await addAgency(product.database, { isAuthority: true }), ['early-help'])
  const tamsin = await addColleague(product.database, team, { name: 'Tamsin Rowe' })
  const demelza = await addColleague(product.database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  record = await addWholeRecord(await visitorOf(product).signIn(tamsin), await visitorOf(product).signIn(demelza))
  desk = await browsing.sit(tamsin)
  page = desk.page
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

test('[U23] three keystrokes and a sentence record a call from a person’s page', async () => {
  await page.goto(`/people/${record.personId}`)
  await page.keyboard.press('Alt+Shift+C')
  await page.waitForURL(/\/notes\/new$/)
  await page.locator('main textarea:focus').waitFor()
  await page.keyboard.type('Rang about the tenancy; she will come on Friday.')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/notes$/)
  expect(await page.locator('main').innerText()).toContain('Rang about the tenancy; she will come on Friday.')
})

test('[U23] only what the chosen kind asks for is to be seen, and of the buttons that save a note one', async () => {
  await page.goto(`/cases/${record.caseId}/notes/new`)
  const drawers = page.locator('[data-kind-of-contact]')
  await page.getByLabel('Kind of contact').selectOption('visit')
  await drawers.filter({ visible: true }).waitFor()
  expect(await drawers.filter({ visible: true }).count()).toBe(1)
  await page.getByLabel('Kind of contact').selectOption('call')
  await drawers.filter({ visible: true }).waitFor({ state: 'hidden' })
  const now = await page.getByRole('button', { name: 'Save now' }).boundingBox()
  expect(now?.width).toBe(1)
})

test('[U23] from a page about nobody it is the name, Enter twice and the sentence', async () => {
  await page.goto('/calendar')
  await page.keyboard.press('Alt+Shift+C')
  await page.waitForURL(/\/contacts\/new/)
  await page.locator('main input[name=q]:focus').waitFor()
  await page.keyboard.type('penrose')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Found' }).waitFor()
  await page.locator('main .ly-list a:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/notes\/new$/)
  await page.locator('main textarea:focus').waitFor()
  await page.keyboard.type('Met her at the harbour.')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/notes$/)
  expect(await page.locator('main').innerText()).toContain('Met her at the harbour.')
})

test('[U23] a kind of contact shows what it asks for and nothing of the others', async () => {
  await page.goto(`/cases/${record.caseId}/notes/new`)
  expect(await page.getByLabel('Court', { exact: true }).isVisible()).toBe(false)
  await page.getByLabel('Kind of contact').selectOption({ label: 'Court' })
  expect(await page.getByLabel('Court', { exact: true }).isVisible()).toBe(true)
  expect(await page.getByLabel('Where you met them').isVisible()).toBe(false)
})

test('[F23] keys do nothing while somebody types, and can be turned off (WCAG 2.1.4)', async () => {
  await page.goto(`/cases/${record.caseId}/notes/new`)
  await page.keyboard.press('Alt+Shift+C')
  await page.keyboard.type('/')
  expect(page.url()).toMatch(/\/notes\/new$/)
  expect(await page.getByLabel('What happened').inputValue()).toContain('/')
  await page.goto('/account/shortcuts')
  await page.getByRole('button', { name: 'Turn them off' }).click()
  await page.goto(`/people/${record.personId}`)
  expect(await page.locator('[aria-keyshortcuts]').count()).toBe(0)
  await page.keyboard.press('Alt+Shift+C')
  await page.keyboard.press('/')
  expect(page.url()).toMatch(/\/people\/[0-9a-f-]{36}$/)
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  expect(desk.complaints).toEqual([])
})
