import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser, type Case, type User } from '../../../test/factories/world.ts'
import { axeViolations } from '../../../test/harness/axe.ts'
import { launchBrowser } from '../../../test/harness/chromium.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { asActor } from '../../platform/actor.ts'
import { release } from '../testing/forms.ts'
import { serveForms } from '../testing/serve-forms.ts'

const everyType = {
  code: 'every-type',
  title: 'Every type of question',
  version: 1,
  purpose: 'To see them all.',
  pages: [
    {
      code: 'all',
      title: 'All of them',
      sections: [
        {
          code: 'first',
          title: 'First',
          hint: 'Something about the section.',
          questions: [
            { code: 'line', type: 'text', label: 'Line', required: true, hint: 'Something to know' },
            { code: 'lines', type: 'long-text', label: 'Lines' },
            { code: 'amount', type: 'number', label: 'Amount', decimals: 2, prefix: '£', suffix: 'a week' },
            { code: 'born', type: 'date', label: 'Born', required: true },
            { code: 'at', type: 'date-time', label: 'When' },
            {
              code: 'one',
              type: 'choice',
              label: 'One',
              options: [
                { code: 'a', label: 'A', score: 1 },
                { code: 'b', label: 'B', hint: 'The second' },
              ],
            },
            { code: 'picked', type: 'choice', label: 'Picked', look: 'select', options: [{ code: 'a', label: 'A' }] },
            {
              code: 'many',
              type: 'choices',
              label: 'Many',
              options: [
                { code: 'a', label: 'A' },
                { code: 'none', label: 'None', exclusive: true },
              ],
            },
            { code: 'really', type: 'yes-no', label: 'Really?', name: 'it is so', required: true },
            { code: 'who', type: 'person', label: 'Who' },
            { code: 'where', type: 'agency', label: 'Where' },
            { code: 'worker', type: 'user', label: 'Worker' },
            { code: 'papers', type: 'file', label: 'Papers' },
            { code: 'nhs', type: 'nhs-number', label: 'NHS number' },
            { code: 'post', type: 'postcode', label: 'Postcode' },
            {
              code: 'homes',
              type: 'table',
              label: 'Homes',
              rowName: 'home',
              columns: [
                { code: 'place', type: 'text', label: 'Place' },
                { code: 'from', type: 'date', label: 'From' },
              ],
            },
            { code: 'points', type: 'score', label: 'Points', of: ['one'] },
            { code: 'twice', type: 'calculated', label: 'Twice', result: 'number', expression: 'amount * 2', hint: 'Worked out' },
          ],
        },
      ],
    },
  ],
}

let database: TestDatabase
let browser: Browser
let context: BrowserContext
let page: Page
let morwenna: User
let theCase: Case
let address: string
let stop: () => Promise<void>
let form = ''

beforeAll(async () => {
  database = await testDatabase()
  const team = await addTeam(database, await addAgency(database))
  morwenna = await addUser(database, team)
  theCase = await addCase(database, await addPerson(database, team), team)
  const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
  await asActor(database.web, actor, 'write', tx => release(tx, actor, everyType))
  const served = await serveForms({
    database: database.web,
    enter: async request => ({ kind: 'signed-in', actor: await actorOf(database, request.cookies.user ?? ''), csrf: 'proof' }),
  })
  address = served.address
  browser = await launchBrowser()
  context = await browser.newContext()
  await context.addCookies([{ name: 'user', value: morwenna.id, url: address, httpOnly: true }])
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${address}/cases/${theCase.id}/forms/new`)
  await page.getByLabel('Every type of question').check()
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByLabel('Line', { exact: true }).waitFor()
  form = page.url().replace(/\/pages\/.*/, '')
  stop = async () => {
    await browser.close()
    await served.close()
  }
})
afterAll(() => stop())

test('[F23] every page of a form is clear to assistive technology and fits a phone', async () => {
  await page.getByLabel('Line', { exact: true }).fill('Words')
  await page.getByRole('group', { name: 'Born' }).getByLabel('Day').fill('31')
  await page.getByRole('button', { name: 'Save and check answers' }).click()
  await page.getByText('There is a problem').waitFor()
  await look('with errors')
  await page.getByRole('link', { name: /Born must include/ }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toMatch(/^born-/)
  for (const path of ['', '/pages/all', '/pages/all?check', '/pages/all?add=homes', '/check', '/versions', '/print']) {
    await page.goto(`${form}${path}`)
    await look(path)
  }
  await page.goto(`${form}/versions`)
  await page.getByRole('button', { name: 'Compare' }).click()
  await look('compare')
  await page.goto(form.replace(/\/[^/]+$/, ''))
  await look('list')
  await page.goto(`${form.replace(/\/[^/]+$/, '')}/new`)
  await look('new')
})

test('a form is filled in and completed with the keyboard alone', async () => {
  await page.goto(`${form}/pages/all`)
  await page.getByLabel('Line', { exact: true }).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Typed')
  for (const [name, value] of [
    ['Day', '27'],
    ['Month', '3'],
    ['Year', '2026'],
  ] as const)
    await page.getByRole('group', { name: 'Born' }).getByLabel(name).fill(value)
  await page.getByRole('group', { name: 'Really?' }).getByLabel('Yes').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Check your answers' }).waitFor()
  await page.getByRole('button', { name: 'Complete this form' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Completed', { exact: true }).waitFor()
  await look('completed')
  await page.getByRole('button', { name: 'Reopen' }).click()
  await look('reopen')
})

async function look(name: string): Promise<void> {
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(sideways, `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(0)
  }
  expect(await page.locator('h1').count(), name).toBe(1)
  expect((await axeViolations(page)).map(({ id, places }) => `${name}: ${id} ${places[0]}`)).toEqual([])
}
