import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague, usualPassword } from '../factories/colleagues.ts'
import { addAgency, addCase, addPerson, addTeam, type Case, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { codeNow, visitorOf } from '../harness/visitor.ts'
import { type Browsing, type Desk, follow, press, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing
let team: Team
let theCase: Case
const desks: Desk[] = []
const wrong: string[] = []

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  const { database } = product
  team = await addTeam(database, await addAgency(database, { isAuthority: true }))
  theCase = await addCase(database, await addPerson(database, team), team)
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

const sit = async (...given: Parameters<Browsing['sit']>): Promise<Page> => {
  const desk = await browsing.sit(...given)
  desks.push(desk)
  return desk.page
}
const look = async (page: Page) => void wrong.push(...(await wrongWith(page)))
const main = (page: Page) => page.locator('main')
const heading = (page: Page, name: string | RegExp) => main(page).getByRole('heading', { name }).first().waitFor()

async function enterPassword(page: Page, colleague: Colleague, password = colleague.password): Promise<void> {
  await main(page).getByLabel('Email address').fill(colleague.email)
  await main(page).getByLabel('Password', { exact: true }).fill(password)
  await press(page, 'Sign in')
}
async function enterCode(page: Page, code: string): Promise<void> {
  await main(page).getByLabel('Six-digit code').fill(code)
  await press(page, 'Continue')
}

test('[E8] a role that reaches far sets up an authenticator at the door, and is asked for its code ever after', async () => {
  const gwenna = await addColleague(product.database, team, { role: 'Commissioner', serviceArea: null, authenticator: false })
  const page = await sit()
  await page.goto('/search')
  await enterPassword(page, gwenna)
  await heading(page, 'Set up your second factor')
  await look(page)
  const key = await main(page).locator('code').innerText()
  await enterCode(page, '000000')
  await main(page).getByText('The code is not right').first().waitFor()
  await look(page)
  expect(await main(page).locator('code').innerText()).toBe(key)
  await enterCode(page, codeNow(key, product.clock.now()))
  await heading(page, 'Keep your recovery codes')
  await look(page)
  const recoveryCodes = await main(page).locator('code').allInnerTexts()
  expect(recoveryCodes).toHaveLength(10)
  await main(page).locator('a').last().click()
  await heading(page, 'Find a person')

  await page.locator('.ly-menu summary').click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await main(page).getByText('You have signed out').waitFor()
  await look(page)
  await enterPassword(page, gwenna)
  await heading(page, 'Enter your code')
  await look(page)
  await page.goto('/work')
  await heading(page, 'Enter your code')
  // The next code: each is accepted once.
  product.clock.pass(1)
  await enterCode(page, codeNow(key, product.clock.now()))
  await heading(page, /^My work/)

  // The phone is lost.
  const elsewhere = await sit()
  await elsewhere.goto('/')
  await enterPassword(elsewhere, gwenna)
  await follow(elsewhere, 'I do not have my phone')
  await look(elsewhere)
  await main(elsewhere)
    .getByLabel('Recovery code')
    .fill(recoveryCodes[0] ?? '')
  await press(elsewhere, 'Continue')
  await heading(elsewhere, /^My work/)
  await elsewhere.goto('/account/second-factor')
  await main(elsewhere).getByText('9 recovery codes').waitFor()
  await look(elsewhere)
})

test('[S12] wrong passwords: told so without a word of whether there is an account, then made to wait, in words', async () => {
  const perran = await addColleague(product.database, team)
  const page = await sit()
  await page.goto('/sign-in')
  await enterPassword(page, perran, 'not-my-password')
  await main(page).getByRole('alert').getByText('The email address or the password is not right').waitFor()
  expect(await main(page).getByLabel('Email address').inputValue()).toBe(perran.email)
  await look(page)
  for (let tries = 0; tries < 5; tries++) await enterPassword(page, perran, 'not-my-password')
  await main(page).getByRole('alert').getByText('There have been too many tries for this account').waitFor()
  await look(page)
  await enterPassword(page, perran)
  await main(page).getByRole('alert').getByText('too many tries').waitFor()

  // The owner's way past it.
  await follow(page, 'I have forgotten my password')
  await look(page)
  await main(page).getByLabel('Email address').fill(perran.email)
  await press(page, 'Send the link')
  await look(page)
  await page.goto('/outbox')
  await look(page)
  await main(page).locator('article', { hasText: perran.email }).getByRole('link').first().click()
  await heading(page, 'Set a new password')
  await look(page)
  await main(page).getByLabel('New password', { exact: true }).fill('short')
  await press(page, 'Set the password')
  await main(page).getByRole('alert').waitFor()
  await main(page).getByLabel('New password', { exact: true }).fill('granite-seal-window')
  await press(page, 'Set the password')
  await main(page).getByText('Your password has been set').waitFor()
  await enterPassword(page, perran, 'granite-seal-window')
  await heading(page, /^My work/)
})

test('one sees where one is signed in, and ends what one left open', async () => {
  const jory = await addColleague(product.database, team)
  const left = await visitorOf(product).signIn(jory)
  const page = await sit(jory)
  await page.goto('/account')
  await look(page)
  await main(page)
    .getByRole('link', { name: /where you are signed in/ })
    .click()
  await heading(page, 'Where you are signed in')
  await look(page)
  expect(await main(page).getByRole('row').count()).toBe(3)
  await press(page, 'Sign out everywhere else')
  await main(page).getByText('The session has been ended').waitFor()
  expect((await left.get('/work')).location).toMatch(/^\/sign-in/)
  await page.goto('/account/password')
  await look(page)
  await main(page).getByLabel('The password that you have now').fill(usualPassword)
  await main(page).getByLabel('New password', { exact: true }).fill('granite-seal-window')
  await press(page, 'Change the password')
  await main(page).getByText('Your password has been changed').waitFor()
})

test('[F1] a time-out in the middle of a note loses no word: sign in, come back to the page, and they are there', async () => {
  const tamsin = await addColleague(product.database, team)
  const page = await sit(tamsin)
  const address = `/cases/${theCase.id}/notes/new`
  await page.goto(address)
  await main(page).getByLabel('What happened').fill('She rang at ten.')
  await main(page)
    .getByText(/Saved|saved/)
    .first()
    .waitFor()
  product.clock.pass(31)
  await main(page).getByLabel('What happened').fill('She rang at ten. The landlord was there.')
  await main(page).getByText('you have been signed out').waitFor()
  await look(page)
  const inNewTab = page.context().waitForEvent('page')
  await main(page)
    .getByRole('link', { name: /^Sign in in a new tab/ })
    .click()
  const second = await inNewTab
  await enterPassword(second, tamsin)
  await second.waitForURL(`**${address}`)
  await second.close()
  await page.bringToFront()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await main(page)
    .getByText(/^(Draft )?[Ss]aved/)
    .first()
    .waitFor()
  await page.goto(address)
  expect(await main(page).getByLabel('What happened').inputValue()).toBe('She rang at ten. The landlord was there.')
  await press(page, 'Save note')
  await main(page).getByText('The landlord was there.').first().waitFor()
})

test('[F1] the same without script: what the button sent after the time-out is offered again, and saved once', async () => {
  const perran = await addColleague(product.database, team)
  const page = await sit(perran, { script: false })
  await page.goto(`/cases/${theCase.id}/notes/new`)
  await main(page).getByLabel('What happened').fill('He was seen with a knife.')
  product.clock.pass(31)
  await press(page, 'Save note')
  await heading(page, 'Sign in')
  await enterPassword(page, perran)
  await heading(page, 'You were signed out before this was saved')
  await main(page).getByText('He was seen with a knife.').waitFor()
  await press(page, 'Save it now')
  await heading(page, /Notes|notes/)
  await page.goBack()
  await page.goto(`/cases/${theCase.id}/notes`)
  expect(await main(page).getByText('He was seen with a knife.').count()).toBe(1)
})

test('[F23] no page of the door was wrong, and no browser complained', () => {
  expect(wrong).toEqual([])
  // The one who was signed out is told so by a status as well.
  expect(desks.flatMap(desk => desk.complaints).filter(complaint => !complaint.includes('status of 401'))).toEqual([])
  expect(product.faults).toEqual([])
})
