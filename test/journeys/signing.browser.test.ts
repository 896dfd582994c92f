import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { fillIn } from '../factories/whole-record.ts'
import { addAgency, addCase, addPerson, addTeam } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'
import { type Browsing, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing
let tamsin: Colleague
let plan: string

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  const { database } = product
  const team = await addTeam(database, await addAgency(database), ['early-help'])
  tamsin = await addColleague(database, team, { name: 'Tamsin Rowe' })
  const { id } = await addCase(database, await addPerson(database, team), team)
  plan = `/cases/${id}/plan`
  await fillIn(await visitorOf(product).signIn(tamsin), `${plan}/needs/new`)
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

test('[F16] a plan is signed by drawing on a telephone; what was drawn is still there after something was put right', async () => {
  const { page, complaints } = await browsing.sit(tamsin, { width: 375 })
  await page.goto(`${plan}/sign`)
  const box = page.locator('canvas')
  await box.scrollIntoViewIfNeeded()
  const { x, y, width } = (await box.boundingBox())!
  await page.mouse.move(x + 20, y + 40)
  await page.mouse.down()
  await page.mouse.move(x + width / 2, y + 20, { steps: 5 })
  await page.mouse.move(x + width - 30, y + 60, { steps: 5 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Keep the signature' }).click()
  await page.getByText('Confirm that they signed while you were present').first().waitFor()
  expect(await page.locator('input[name=drawing]').inputValue()).toMatch(/^\{"strokes":\[\[\[\d+,\d+\]/)
  expect(await wrongWith(page)).toEqual([])
  await page.getByLabel('They signed here').check()
  await page.getByRole('button', { name: 'Keep the signature' }).click()
  await page.getByRole('img', { name: 'Signature of Jago Penrose' }).waitFor()
  expect(await page.locator('main').innerText()).toContain('by drawing, in person on the device of Tamsin Rowe')
  expect(complaints).toEqual([])
})

test('a typed name signs by keyboard and without script', async () => {
  const { page } = await browsing.sit(tamsin, { script: false })
  await page.goto(`${plan}/sign`)
  expect(await page.locator('canvas').isVisible()).toBe(false)
  await page.getByLabel('Type the name to sign').fill('Jago Penrose')
  await page.getByLabel('They signed here').check()
  await page.keyboard.press('Enter')
  await page.getByText('by typing their name').first().waitFor()
})
