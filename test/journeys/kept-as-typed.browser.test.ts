import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, addMarac, addSeries, type Marac, refer, referToTeam, researchOf, sendAgenda } from '../factories/marac.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, type Desk, press, startBrowsing, wrongWith } from './browsing.ts'

// What is typed in the pages of meetings stands there again for whoever follows a link, reloads or goes away. Where others read it at once, the browser asks.

let product: Product
let browsing: Browsing
let marac: Marac
let itemId: string

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  marac = await addMarac(product)
  itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Keptword' })
  await accept(marac, itemId)
  await sendAgenda(marac)
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

/** Types as a person does, which lets the browser ask before it leaves. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}

/** Presses something that leads away, and stays if the browser asks: answers whether it did. */
async function staysOn({ page }: Desk, leave: () => Promise<unknown>): Promise<boolean> {
  let hasAsked = false
  page.once('dialog', async dialog => {
    hasAsked = dialog.type() === 'beforeunload'
    await dialog.dismiss()
  })
  await leave()
  await page.waitForTimeout(500)
  page.removeAllListeners('dialog')
  return hasAsked
}

test('[V4] a draft of a referral stands there again after a link, a reload, and a tab that was closed', async () => {
  const { page, context } = await browsing.sit(marac.officers.police.colleague)
  await page.goto(`/meetings/series/${marac.seriesId}/refer`)
  await press(page, 'Begin a referral')
  const address = page.url()
  await type(page, 'Surname', 'Gluyas')
  await page.getByText(/^Saved at \d\d:\d\d/).waitFor()
  expect(await wrongWith(page)).toEqual([])
  // At once after the last letter.
  await type(page, 'First name', 'Kerra')
  await page.getByRole('link', { name: 'What happened' }).click()
  await page.waitForURL(/what-happened/)
  await page.getByRole('link', { name: 'Who it is about' }).click()
  await page.waitForURL(address)
  const value = (label: string) => page.getByLabel(label).first().inputValue()
  const asReloaded = async () => {
    await page.reload()
    return [await value('Surname'), await value('First name')]
  }
  await expect.poll(asReloaded, { timeout: 30_000 }).toEqual(['Gluyas', 'Kerra'])
  await type(page, 'Surname', '-Bray')
  await page.close({ runBeforeUnload: true })
  const again = await context.newPage()
  const inAnotherTab = async () => {
    await again.goto(address)
    return again.getByLabel('Surname').first().inputValue()
  }
  await expect.poll(inAnotherTab, { timeout: 30_000 }).toBe('Gluyas-Bray')
  await context.close()
})

test('[V4] what an agency knows stands there again, and is its own until it is submitted', async () => {
  const { health } = marac.officers
  const desk = await browsing.sit(health.colleague, { width: 375 })
  const { page } = desk
  const address = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, health)}`
  await page.goto(address)
  const box = page.locator('main textarea').first()
  await box.click()
  await page.keyboard.type('GLUYAS was seen on Sunday')
  await page
    .getByRole('link', { name: /^Case / })
    .first()
    .click()
  await page.waitForURL(/items\/[^/]+$/)
  const onReturn = async () => {
    await page.goto(address)
    return box.inputValue()
  }
  await expect.poll(onReturn, { timeout: 30_000 }).toBe('GLUYAS was seen on Sunday')
  expect(await wrongWith(page)).toEqual([])
  expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).html).not.toContain('GLUYAS')
  // What was kept by itself stands in the way of nothing.
  const saved = page.waitForResponse(/typed$/)
  await box.fill('')
  await saved
  await page.reload()
  await press(page, 'We hold nothing on anybody in this case')
  await page.getByText('your agency holds nothing').waitFor()
  expect(desk.complaints).toEqual([])
})

test('[V4] the correction of a sent referral asks before it is left unsaved, and not when it is saved', async () => {
  const sent = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Sentword' })
  const desk = await browsing.sit(marac.officers.police.colleague)
  const { page } = desk
  await page.goto(`/meetings/items/${sent}/referral/people`)
  const leave = () => page.getByRole('link', { name: 'What happened' }).click({ noWaitAfter: true })
  await type(page, 'First name', ' Jane')
  expect(await staysOn(desk, leave)).toBe(true)
  expect(page.url()).toContain('/referral/people')
  expect(await page.getByLabel('First name').first().inputValue()).toBe('Morwenna Jane')
  expect(await staysOn(desk, () => press(page, 'Save the correction'))).toBe(false)
  await page.getByText('Corrected. Those who run').waitFor()
  await page.goto(`/meetings/items/${sent}/referral/people`)
  expect(await staysOn(desk, leave), 'nothing was typed').toBe(false)
  await page.waitForURL(/what-happened/)
})

test('[M1b] so does the form that all write in', async () => {
  const team = await addSeries(product, 'mdt')
  const shared = await referToTeam(team.officers.police.visitor, team.seriesId, 'Sharedword')
  await accept(team, shared)
  await sendAgenda(team)
  const desk = await browsing.sit(team.officers.housing.colleague)
  const { page } = desk
  await page.goto(`/meetings/items/${shared}/form/pages/person`)
  expect(await page.getByRole('button', { name: 'Add another person' }).count()).toBe(1)
  await type(page, 'GP practice', 'Stennack')
  const leave = () => page.locator('main a').first().click({ noWaitAfter: true })
  expect(await staysOn(desk, leave)).toBe(true)
  expect(await page.getByLabel('GP practice').inputValue()).toBe('Stennack')
  expect(await staysOn(desk, () => press(page, 'Save'))).toBe(false)
  await page.getByText('Saved.').first().waitFor()
})
