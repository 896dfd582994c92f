import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addAgency, addCase, addPerson, addTeam, type Case } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, press, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing
let tamsin: Colleague
let ravi: Colleague
let theCase: Case

beforeAll(async () => {
  product = await startProduct({ webProcesses: 2 })
  browsing = await startBrowsing(product)
  const { database } = product
  const team = await addTeam(database, await addAgency(database), ['early-help'])
  tamsin = await addColleague(database, team, { name: 'Tamsin Rowe' })
  ravi = await addColleague(database, team, { name: 'Ravi Shah' })
  theCase = await addCase(database, await addPerson(database, team), team)
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

/** A message on the page; what is said to a screen reader stands beside. */
const said = (page: Page, words: string) => page.locator('.ly-message', { hasText: words })

test('[I2] a chat during an outage of one web process: what is written arrives, and what is being written stays', async () => {
  const hers = await browsing.sit(tamsin)
  const his = await browsing.sit(ravi)
  await hers.page.goto(`/conversations/new?about=case&id=${theCase.id}`)
  await hers.page.getByLabel('Ravi Shah').check()
  await hers.page.getByLabel('Message', { exact: true }).fill('Is Jago at yours?')
  await press(hers.page, 'Send')
  await said(hers.page, 'Is Jago at yours?').waitFor()
  const address = new URL(hers.page.url()).pathname
  await his.page.goto(address)
  expect(await wrongWith(his.page)).toEqual([])

  // Sent by keyboard, seen without loading anything, said to a screen reader.
  await his.page.getByLabel('Your message').fill('Yes, since four.')
  await his.page.keyboard.press('Control+Enter')
  await said(hers.page, 'Yes, since four.').waitFor()
  expect(await hers.page.locator('[data-live-status]').innerText()).toBe('Ravi Shah: Yes, since four.')
  expect(await his.page.getByLabel('Your message').inputValue()).toBe('')

  await his.page.getByLabel('Your message').fill('Half a sent')
  await product.kill(1)
  await hers.page.getByLabel('Your message').fill('Thank you.')
  await press(hers.page, 'Send')
  // The line that broke may have been hers: she is told, and sends it again.
  await expect
    .poll(
      async () => {
        if ((await said(his.page, 'Thank you.').count()) > 0) return true
        if ((await hers.page.getByLabel('Your message').inputValue()) === 'Thank you.') await press(hers.page, 'Send')
        return false
      },
      { timeout: 120_000, interval: 1_000 },
    )
    .toBe(true)
  expect(await said(his.page, 'Thank you.').count()).toBe(1)
  expect(await his.page.getByLabel('Your message').inputValue()).toBe('Half a sent')
  expect(
    [...hers.complaints, ...his.complaints].filter(one => !/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED/.test(one)),
  ).toEqual([])
  expect(product.faults).toEqual([])
})

test('without script a conversation is an ordinary page, and reads on a telephone', async () => {
  const { page } = await browsing.sit(tamsin, { script: false, width: 375 })
  await page.goto('/conversations')
  await page
    .locator('main')
    .getByRole('link', { name: /PENROSE/ })
    .first()
    .click()
  await page.getByLabel('Your message').fill('By hand')
  await press(page, 'Send')
  await said(page, 'By hand').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
})

test('[F1] whoever was signed out while they wrote is told so, and keeps their words', async () => {
  const { page } = await browsing.sit(tamsin)
  await page.goto('/conversations')
  await page
    .locator('main')
    .getByRole('link', { name: /PENROSE/ })
    .first()
    .click()
  await page.getByLabel('Your message').fill('He is at the harbour.')
  await product.database.admin.query('update sessions set ended_at = now() where user_id = $1', [tamsin.id])
  await press(page, 'Send')
  await page.getByText('you have been signed out').first().waitFor()
  expect(await page.getByLabel('Your message').inputValue()).toBe('He is at the harbour.')
})
