/**
 * `npm run screenshots -- http://localhost:3000`: takes the README's pictures of a running demonstration, as a caseworker sees it, on a desk and
 * on a phone.
 */
import { mkdirSync } from 'node:fs'
import { agencies, demonstrationPassword } from '../src/demonstration/index.ts'
import { launchBrowser } from '../test/harness/chromium.ts'

const origin = process.argv[2] ?? 'http://localhost:3000'
const worker = agencies[0]!.users[0]!
const folder = 'docs/pictures'

mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.goto(`${origin}/sign-in`)
await page.getByLabel('Email address').fill(worker.email)
await page.locator('input[name=password]').fill(demonstrationPassword)
await page.getByRole('button', { name: 'Sign in' }).click()
await page.getByRole('heading', { level: 1 }).waitFor()
await picture('work')
await page.getByRole('table').getByRole('link').first().click()
await picture('case')
await page.locator('.ly-banner__title a').click()
await picture('person')
await page.setViewportSize({ width: 375, height: 800 })
await picture('person-phone')
await browser.close()

async function picture(name: string): Promise<void> {
  await page.waitForLoadState()
  await page.screenshot({ path: `${folder}/${name}.png` })
  console.info(`${folder}/${name}.png  ${await page.title()}`)
}
