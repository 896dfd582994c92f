import type { Browser, Page } from 'playwright-core'
import { renderToString } from 'preact-render-to-string'
import { build } from 'rolldown'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser, type User } from '../../test/factories/world.ts'
import { launchBrowser } from '../../test/harness/chromium.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { holdBack } from '../../test/journeys/browsing.ts'
import { release, visitForm } from '../forms/testing/forms.ts'
import { serveForms } from '../forms/testing/serve-forms.ts'
import { asActor } from '../platform/actor.ts'

let database: TestDatabase
let browser: Browser
let morwenna: User
let jory: User
let form: string
let script = ''
let address = ''
let isSignedIn = true
let proof = 'first-session'
let stop: () => Promise<void>

beforeAll(async () => {
  database = await testDatabase()
  const team = await addTeam(database, await addAgency(database))
  morwenna = await addUser(database, team, { name: 'Morwenna Tregear' })
  jory = await addUser(database, team, { name: 'Jory Hosken' })
  const theCase = await addCase(database, await addPerson(database, team), team)
  const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
  await asActor(database.web, actor, 'write', tx => release(tx, actor, { ...visitForm, code: 'typed' }))
  const { output } = await build({
    input: 'src/islands/autosave.ts',
    platform: 'browser',
    write: false,
    output: { format: 'esm', minify: true },
  })
  script = output[0].code
  const served = await serveForms({
    database: database.web,
    enter: async request =>
      isSignedIn ? { kind: 'signed-in', actor: await actorOf(database, request.cookies.user ?? ''), csrf: proof } : { kind: 'signed-out' },
    scripts: new Map([['autosave.js', script]]),
    renderPage: async (_visit, answer) =>
      `<!doctype html><html lang="en"><title>${answer.title}</title>${renderToString(answer.body)}<script type="module" src="/autosave.js"></script></html>`,
  })
  address = served.address
  form = `${address}/cases/${theCase.id}/forms`
  browser = await launchBrowser()
  stop = async () => {
    await browser.close()
    await served.close()
  }
})
afterAll(() => stop())
beforeEach(() => {
  isSignedIn = true
  proof = 'first-session'
})

test('the script of autosave is at most 4 kB', () => {
  expect(script.length).toBeLessThanOrEqual(4_096)
})

describe('[F1] a form saves as it is typed', () => {
  test('a moment after typing stops, and says so; what was typed is there on another machine', async () => {
    const page = await begin(morwenna)
    const asked = page.waitForRequest(/autosave$/)
    await page.getByLabel('Who was seen').fill('Jago')
    expect((await asked).headers()['x-lanyard-unattended'], 'somebody types').toBeUndefined()
    await page.getByText('Saved at 09:12').waitFor()
    const other = await open(morwenna, page.url())
    expect(await other.getByLabel('Who was seen').inputValue()).toBe('Jago')
  })

  test('a choice shows the question that it leads to', async () => {
    const page = await begin(morwenna)
    expect(await page.getByLabel('The danger').isVisible()).toBe(false)
    await page.getByLabel('No', { exact: true }).check()
    await page.getByLabel('The danger').waitFor({ state: 'visible' })
    await page.getByLabel('Yes', { exact: true }).check()
    await page.getByLabel('The danger').waitFor({ state: 'hidden' })
  })

  test('and what was answered before the script came', async () => {
    const page = await begin(morwenna)
    const letCome = await holdBack(page, /autosave\.js$/)
    await page.reload({ waitUntil: 'commit' })
    await page.getByLabel('No', { exact: true }).check()
    letCome()
    await page.getByLabel('The danger').waitFor({ state: 'visible' })
    const other = await open(morwenna, page.url())
    expect(await other.getByLabel('No', { exact: true }).isChecked()).toBe(true)
  })

  test('when the page is left before that', async () => {
    const page = await begin(morwenna)
    const url = page.url()
    await page.getByLabel('Notes').fill('Left in a hurry')
    await page.goto('about:blank')
    await expect.poll(async () => (await open(morwenna, url)).getByLabel('Notes').inputValue(), { timeout: 15_000 }).toBe('Left in a hurry')
  })

  test('others in the form are named, and two who change the same answer are both told', async () => {
    const hers = await begin(morwenna)
    const his = await open(jory, hers.url())
    await hers.getByLabel('Notes').fill('Her words')
    await hers.getByText('Jory Hosken also has this form open').waitFor()
    await his.getByLabel('Notes').fill('His words')
    await his.getByText('Both are kept').waitFor()
    await his.getByText('Choose which to keep').click()
    await his.getByText('Two people changed the same answers').waitFor()
    await his.getByLabel('Keep both, one after the other').check()
    await his.getByText('Save this choice').click()
    expect(await his.getByLabel('Notes').inputValue()).toBe('Her words\n\nHis words')
  })

  test('a page that is left open keeps what somebody else writes, minute after minute, and says so', async () => {
    const hers = await begin(morwenna)
    const his = await open(jory, hers.url())
    await his.clock.install()
    await his.reload()
    await hers.getByLabel('Notes').fill('Her words')
    await hers.getByText('Saved at 09:12').waitFor()
    for (let minute = 1; minute <= 3; minute++) {
      const answered = his.waitForResponse(/autosave$/)
      await his.clock.fastForward(60_000)
      expect((await answered).request().headers()['x-lanyard-unattended'], 'nobody typed').toBe('1')
      await his.getByRole('link', { name: 'Show the page as it is now' }).waitFor()
    }
    await his.getByRole('link', { name: 'Show the page as it is now' }).click()
    await expect.poll(() => his.getByLabel('Notes').inputValue()).toBe('Her words')
  })

  test('a lost session loses no word: it says so, and saves once its user has signed in again', async () => {
    const page = await begin(morwenna)
    isSignedIn = false
    await page.getByLabel('Notes').fill('Written after the time-out')
    await page.getByText('you have been signed out').waitFor()
    expect(await page.getByText('Sign in in a new tab').getAttribute('href')).toMatch(/^\/sign-in\?return=%2Fcases%2F/)
    isSignedIn = true
    proof = 'second-session'
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByText('Saved at 09:12').waitFor()
    expect(await (await open(morwenna, page.url())).getByLabel('Notes').inputValue()).toBe('Written after the time-out')
  })

  test('a lost connection loses no word: it says so, and saves when it is back', async () => {
    const page = await begin(morwenna)
    await page.context().setOffline(true)
    await page.getByLabel('Notes').fill('Written in a tunnel')
    await page.getByText('no connection').waitFor()
    await page.context().setOffline(false)
    await page.getByText('Saved at 09:12').waitFor()
  })

  test('nothing that was typed stays in the browser’s own storage', async () => {
    const page = await begin(morwenna)
    await page.getByLabel('Notes').fill('A secret')
    await page.getByText('Saved at 09:12').waitFor()
    expect(
      await page.evaluate(() => `${JSON.stringify({ ...localStorage })}${JSON.stringify({ ...sessionStorage })}${document.cookie}`),
    ).toBe('{}{}')
  })
})

async function open(user: User, url: string): Promise<Page> {
  const context = await browser.newContext()
  // A cookie, as a session is: a page that is being left sends those and no header of ours.
  await context.addCookies([{ name: 'user', value: user.id, url: address, httpOnly: true }])
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(url)
  return page
}

async function begin(user: User): Promise<Page> {
  const page = await open(user, `${form}/new`)
  await page.getByLabel('Visit').first().check()
  await page.getByText('Begin', { exact: true }).click()
  await page.getByLabel('Who was seen').waitFor()
  return page
}
