import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addAgency, addTeam, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, type Desk, follow, press, startBrowsing } from './browsing.ts'

let product: Product
let browsing: Browsing
let team: Team
let authority: Colleague
const desks: Desk[] = []

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  team = await addTeam(
    product.database,
    await addAgency(product.database, { name: 'Porthkerris Council', isAuthority: true }),
    ['early-help', 'drug-and-alcohol'],
    'Early help',
  )
  await addTeam(
    product.database,
    await addAgency(product.database, { name: 'Harbour Housing', kind: 'housing association' }),
    ['early-help'],
    'Support',
  )
  authority = await addColleague(product.database, team, { name: 'Loveday Nance', role: 'Authority administrator', serviceArea: null })
})
afterAll(async () => {
  expect(desks.flatMap(desk => desk.complaints)).toEqual([])
  expect(product.faults).toEqual([])
  await browsing.close()
  await product.close()
})

const sit = async (...given: Parameters<Browsing['sit']>): Promise<Page> => {
  const desk = await browsing.sit(...given)
  desks.push(desk)
  return desk.page
}

test('[U1] without script an administrator adds somebody, gives a first password, and disables the account', async () => {
  const page = await sit(authority, { script: false })
  await page.goto('/users')
  await follow(page, 'Add a user')
  await press(page, 'Add the user')
  expect(await page.locator('.govuk-error-summary').innerText()).toContain('Enter their name')
  await page.getByLabel('Name', { exact: true }).fill('Kerensa Tregear')
  await page.getByLabel('Email address', { exact: true }).fill('kerensa@porthkerris.example')
  await page.getByLabel('Team and service').selectOption({ label: 'Porthkerris Council: Early help – Early help' })
  await page.getByLabel('Caseworker').check()
  await page.getByLabel('With a first password that I hand over').check()
  await press(page, 'Add the user')
  expect(await page.locator('main code').innerText()).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  await follow(page, 'Continue')
  await follow(page, 'Disable the account')
  await page.getByLabel('Why').fill('Added by mistake')
  await press(page, 'Disable the account')
  expect(await page.locator('main').innerText()).toContain('Added by mistake')
})
