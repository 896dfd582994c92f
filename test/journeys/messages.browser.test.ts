import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Somebody, startTalk, type Talk } from '../../src/messages/testing/talk.ts'
import { paths } from '../../src/paths.ts'
import { type Browsing, press, startBrowsing, wrongWith } from './browsing.ts'

let talk: Talk
let browsing: Browsing
let tamsin: Somebody
let ravi: Somebody
let demelza: Somebody
let morwenna: Somebody

beforeAll(async () => {
  talk = await startTalk()
  browsing = await startBrowsing(talk.product)
  tamsin = await talk.enter(talk.team, { name: 'Tamsin Rowe' })
  ravi = await talk.enter(talk.team, { name: 'Ravi O’Shea' })
  demelza = await talk.enter(talk.team, { name: 'Demelza Ravenscroft' })
  morwenna = await talk.enter(talk.partnerTeam, { name: 'Morwenna Pask' })
})
afterAll(async () => {
  expect(talk.product.faults).toEqual([])
  await browsing.close()
  await talk.product.close()
})

const box = (page: Page) => page.getByLabel('Your message')
const offered = (page: Page) => page.getByRole('option').allInnerTexts()

test('[I2] at an @ the people of the conversation are offered by name, for the keyboard alone, and nobody else', async () => {
  const id = await talk.begin(tamsin, [ravi, demelza], 'Who has the keys?', { title: 'Keys' })
  const { page, complaints } = await browsing.sit(tamsin)
  await page.goto(paths.conversations.show(id))
  await box(page).focus()
  await page.keyboard.type('Ask @')
  await expect
    .poll(() => offered(page))
    .toEqual(['Demelza Ravenscroft, Families first, Porthkerris Council', 'Ravi O’Shea, Families first, Porthkerris Council'])
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const { y, height } = (await page.getByRole('listbox').boundingBox())!
    expect(y + height, 'over the box, where no keyboard of a telephone stands').toBeLessThanOrEqual((await box(page).boundingBox())!.y + 1)
  }
  expect(await wrongWith(page)).toEqual([])
  // Any of their names, without its signs; the arrows go round.
  await page.keyboard.type('rav')
  await page.getByRole('status').getByText('2 choices').waitFor({ state: 'attached' })
  const selected = () => page.getByRole('option', { selected: true }).innerText()
  expect(await selected()).toContain('Demelza')
  await page.keyboard.press('ArrowDown')
  expect(await selected()).toContain('Ravi')
  expect(await box(page).getAttribute('aria-activedescendant')).toBe('words-list-1')
  await page.keyboard.press('Enter')
  expect(await box(page).inputValue()).toBe('Ask @Ravi O’Shea ')
  expect(await page.getByRole('option').count()).toBe(0)
  // Whoever types on, or wants none, is left alone; Enter is a new line again.
  await page.keyboard.type('and @dem')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.type('me@demelza, @Morwenna')
  expect(await page.getByRole('option').count()).toBe(0)
  expect(await box(page).inputValue()).toBe('Ask @Ravi O’Shea and @dem\nme@demelza, @Morwenna')
  await page.keyboard.press('Control+Enter')
  await page.locator('.ly-message strong', { hasText: '@Ravi O’Shea' }).waitFor()
  expect(complaints).toEqual([])
})

test('[I2] whoever comes while the page stands open is offered, and whoever has left is not', async () => {
  const id = await talk.begin(tamsin, [ravi, demelza], 'Begun', { title: 'Coming and going' })
  const { page } = await browsing.sit(tamsin)
  await page.goto(paths.conversations.show(id))
  await demelza.visitor.post(paths.conversations.people(id), { add: morwenna.id, do: 'add' })
  await ravi.visitor.post(paths.conversations.leave(id))
  await expect
    .poll(
      async () => {
        await box(page).fill('')
        await box(page).pressSequentially('@')
        return offered(page)
      },
      { timeout: 60_000 },
    )
    .toEqual(['Demelza Ravenscroft, Families first, Porthkerris Council', 'Morwenna Pask, Outreach, Harbour Trust'])
  await page.getByRole('option', { name: 'Morwenna Pask' }).click()
  expect(await box(page).inputValue()).toBe('@Morwenna Pask ')
})

test('[I2] without script the page says how somebody is called', async () => {
  const id = await talk.begin(tamsin, [ravi], 'Are you there?')
  const { page } = await browsing.sit(tamsin, { script: false, width: 375 })
  await page.goto(paths.conversations.show(id))
  await page.getByText('Write @ and a name to call somebody, such as @Ravi O’Shea').waitFor()
  await box(page).fill('@Ravi O’Shea, ring me')
  await press(page, 'Send')
  await page.locator('.ly-message strong', { hasText: '@Ravi O’Shea' }).waitFor()
})
