import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { addAgency, addTeam, type Team } from '../factories/world.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, type Desk, follow, press, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing
let team: Team
const desks: Desk[] = []
const wrong: string[] = []

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  team = await addTeam(product.database, await addAgency(product.database, { isAuthority: true }))
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

const main = (page: Page) => page.locator('main')
const heading = (page: Page, name: string | RegExp) => main(page).getByRole('heading', { name }).first().waitFor()
const look = async (page: Page) => void wrong.push(...(await wrongWith(page)))

/** A desk with a device that keeps passkeys and knows its owner: Chromium's own virtual authenticator. */
async function sitWithDevice(colleague?: Colleague): Promise<Page> {
  const desk = await browsing.sit(colleague)
  desks.push(desk)
  const device = await desk.context.newCDPSession(desk.page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return desk.page
}

async function signOut(page: Page): Promise<void> {
  await page.locator('.ly-menu summary').click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await heading(page, 'Sign in')
}

test('[E8] a passkey is added by keyboard, is the second factor, and signs in without a password', async () => {
  const merryn = await addColleague(product.database, team)
  const page = await sitWithDevice(merryn)
  await page.goto('/account/second-factor')
  await look(page)
  await follow(page, 'Add a passkey or security key')
  await main(page).getByLabel('Your password').fill(merryn.password)
  await page.keyboard.press('Enter')
  const name = main(page).getByLabel('What to call it')
  await name.waitFor()
  await look(page)
  await name.fill('Work laptop')
  await page.keyboard.press('Enter')
  await heading(page, 'Keep your recovery codes')
  await follow(page, 'I have kept them')
  await main(page).getByRole('rowheader', { name: 'Work laptop' }).waitFor()
  await look(page)

  // Password, then the key.
  await signOut(page)
  await main(page).getByLabel('Email address').fill(merryn.email)
  await main(page).getByLabel('Password', { exact: true }).fill(merryn.password)
  await press(page, 'Sign in')
  await press(page, 'Use it now')
  await heading(page, /^My work/)

  // The key alone, which asks for a finger.
  await signOut(page)
  await follow(page, 'Sign in with a passkey')
  await press(page, 'Use it now')
  await heading(page, /^My work/)

  // Taken off the account, it opens nothing, whatever the device still offers.
  await page.goto('/account/second-factor')
  await main(page).getByRole('link', { name: 'Remove Work laptop' }).click()
  await main(page).getByLabel('Your password').fill(merryn.password)
  await press(page, 'Remove it')
  await main(page).getByText('Work laptop has been removed').waitFor()
  await signOut(page)
  await follow(page, 'Sign in with a passkey')
  await press(page, 'Use it now')
  await main(page).getByRole('alert').getByText('was not accepted').waitFor()
})

test('[E8] a role that needs one has it set up at the door', async () => {
  const gwenna = await addColleague(product.database, team, { role: 'Commissioner', serviceArea: null, authenticator: false })
  await product.database.admin.query(`update roles set factor_needed = 'phishing-resistant' where name = 'Commissioner'`)
  const page = await sitWithDevice()
  await page.goto('/')
  await main(page).getByLabel('Email address').fill(gwenna.email)
  await main(page).getByLabel('Password', { exact: true }).fill(gwenna.password)
  await press(page, 'Sign in')
  await heading(page, 'Set up a passkey or security key')
  await look(page)
  await press(page, 'Set it up')
  await heading(page, 'Keep your recovery codes')
  await follow(page, 'I have kept them')
  await heading(page, /^My work/)
})

test('[E8] without script the page says what else can be used', async () => {
  const perran = await addColleague(product.database, team, { authenticator: true })
  const desk = await browsing.sit(perran, { script: false })
  desks.push(desk)
  const { page } = desk
  await page.goto('/account/second-factor/passkeys/new')
  await main(page).getByLabel('Your password').fill(perran.password)
  await press(page, 'Continue')
  await main(page).getByText('Passkeys and security keys need JavaScript').waitFor()
  expect(await main(page).getByRole('button').count()).toBe(0)
})

test('nothing on these pages is wrong by axe, and no browser complains', () => {
  expect(wrong).toEqual([])
  expect(desks.flatMap(desk => desk.complaints)).toEqual([])
  expect(product.faults).toEqual([])
})
