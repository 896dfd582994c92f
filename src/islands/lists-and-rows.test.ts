import type { Browser, Page } from 'playwright-core'
import { build } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser } from '../../test/factories/world.ts'
import { axeViolations } from '../../test/harness/axe.ts'
import { launchBrowser } from '../../test/harness/chromium.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { release } from '../forms/testing/forms.ts'
import { serveForms } from '../forms/testing/serve-forms.ts'
import { asActor } from '../platform/actor.ts'

const schools = ['Bosvean', 'Carn Brea', 'Chyandour', 'Gulval', 'Heamoor', 'Lanyon', 'Ludgvan', 'Madron', 'Marazion', 'Mousehole']
const options = [...schools, ...schools.map(name => `Zoë ${name}`)].map((label, place) => ({ code: `school-${place}`, label }))
const form = {
  code: 'lists-and-rows',
  title: 'Lists and rows',
  version: 1,
  pages: [
    {
      code: 'one',
      title: 'Homes and schools',
      sections: [
        {
          code: 'first',
          title: 'First',
          questions: [
            { code: 'school', type: 'choice', label: 'School', hint: 'The one they go to', look: 'select', options },
            {
              code: 'homes',
              type: 'table',
              label: 'Homes',
              rowName: 'home',
              maxRows: 3,
              columns: [
                { code: 'place', type: 'text', label: 'Place' },
                { code: 'from', type: 'date', label: 'From' },
                { code: 'near', type: 'choice', label: 'School nearby', look: 'select', options },
                { code: 'safe', type: 'yes-no', label: 'Safe?', name: 'it is safe' },
              ],
            },
          ],
        },
      ],
    },
  ],
}

let database: TestDatabase
let browser: Browser
let page: Page
let address = ''
let scripts: ReadonlyMap<string, string>
let stop: () => Promise<void>

beforeAll(async () => {
  database = await testDatabase()
  const team = await addTeam(database, await addAgency(database))
  const morwenna = await addUser(database, team)
  const theCase = await addCase(database, await addPerson(database, team), team)
  const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
  await asActor(database.web, actor, 'write', tx => release(tx, actor, form))
  const { output } = await build({
    input: { lanyard: 'src/islands/lanyard.ts' },
    platform: 'browser',
    write: false,
    output: { format: 'esm', minify: true, entryFileNames: '[name].js', chunkFileNames: '[name].js' },
  })
  scripts = new Map(output.flatMap(file => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])))
  const served = await serveForms({
    database: database.web,
    enter: async () => ({ kind: 'signed-in', actor: await actorOf(database, morwenna.id), csrf: 'proof' }),
    scripts,
  })
  address = `${served.address}/cases/${theCase.id}/forms`
  browser = await launchBrowser()
  page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(15_000)
  stop = async () => {
    await browser.close()
    await served.close()
  }
})
afterAll(() => stop())

test('each of the two scripts is at most 4 kB', () => {
  for (const name of ['pick-list.js', 'rows.js']) expect(scripts.get(name)?.length, name).toBeLessThanOrEqual(4_096)
})

test('a long list is typed for with the keyboard alone: what is chosen is kept, what is in no list does not stay', async () => {
  await begin()
  const box = page.getByRole('combobox', { name: 'School (optional)' })
  await box.focus()
  await page.keyboard.type('zoe m')
  expect(await page.getByRole('option').allInnerTexts()).toEqual(['Zoë Madron', 'Zoë Marazion', 'Zoë Mousehole'])
  await page.getByRole('status').getByText('3 choices').waitFor({ state: 'attached' })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await page.getByRole('option', { selected: true }).innerText()).toBe('Zoë Marazion')
  expect(await page.locator('[aria-activedescendant]').getAttribute('aria-activedescendant')).toBe('school-list-1')
  await look('open')
  const saved = page.waitForResponse(/autosave$/)
  await page.keyboard.press('Enter')
  await saved
  expect(await box.inputValue()).toBe('Zoë Marazion')
  await page.keyboard.type('Nowhere')
  await page.getByText('Nothing in the list fits').first().waitFor()
  await look('nothing fits')
  await page.keyboard.press('Tab')
  expect(await box.inputValue()).toBe('Zoë Marazion')
  await page.reload()
  await box.and(page.locator('input')).waitFor()
  expect(await box.inputValue()).toBe('Zoë Marazion')
  await box.focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.getByRole('option').count(), 'nothing is cut').toBe(options.length)
  await page.keyboard.press('Escape')
  await box.fill('')
  await page.keyboard.press('Tab')
  expect(await page.locator('select[name=school]').inputValue()).toBe('')
  // With nothing chosen what was typed stays, and is said to be no answer.
  await box.fill('Nowhere')
  await page.keyboard.press('Tab')
  expect(await box.inputValue()).toBe('Nowhere')
  await page.getByText('“Nowhere” is not in the list').waitFor()
  expect(await page.locator('select[name=school]').inputValue()).toBe('')
  await look('not chosen')
  await box.fill('gulv')
  await page.getByRole('option', { name: 'Gulval', exact: true }).click()
  expect(await box.inputValue()).toBe('Gulval')
  expect(await page.getByText('is not in the list').count()).toBe(0)
})

test('rows are added and removed without a post: focus goes along, numbers close up, and what stays is what is saved', async () => {
  await begin()
  const here = page.url()
  const home = (number: number) => page.getByRole('group', { name: new RegExp(`^Home ${number}`) })
  const add = page.getByRole('button', { name: 'Add another home' })
  await home(1).getByLabel('Place').fill('Quay')
  await add.focus()
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.querySelector('legend')?.textContent)).toBe('Home 2 (added)')
  await home(2).getByLabel('Place').fill('Hill')
  await home(2).getByLabel('Yes').check()
  await add.click()
  expect(await add.isVisible(), 'no more than three').toBe(false)
  await home(3).getByLabel('Place').fill('Harbour')
  await home(3).getByRole('group', { name: 'From' }).getByLabel('Year').fill('2020')
  // Script puts the box in the list's place a moment after the row has come.
  await home(3).getByRole('combobox', { name: 'School nearby' }).and(page.locator('input')).fill('lany')
  await page.getByRole('option', { name: 'Lanyon', exact: true }).click()
  await look('three rows')
  // The page saves itself meanwhile too: what is waited for is a save without the first row.
  const removed = page.waitForResponse(
    reply => /autosave$/.test(reply.url()) && !(reply.request().postDataBuffer()?.toString().includes('Quay') ?? true),
  )
  await home(1).getByRole('button', { name: 'Remove home 1' }).click()
  expect(await page.evaluate(() => document.activeElement?.querySelector('legend')?.textContent?.trim())).toBe('Home 1')
  expect(await home(1).getByLabel('Place').inputValue()).toBe('Hill')
  expect(await home(1).getByLabel('Yes').isChecked()).toBe(true)
  expect(await home(2).getByRole('combobox', { name: 'School nearby' }).inputValue()).toBe('Lanyon')
  await look('after a removal')
  expect(page.url()).toBe(here)
  await removed
  await page.reload()
  expect(await page.getByLabel('Place').evaluateAll(boxes => boxes.map(box => (box as HTMLInputElement).value))).toEqual([
    'Hill',
    'Harbour',
  ])
  expect(await home(2).getByRole('group', { name: 'From' }).getByLabel('Year').inputValue()).toBe('2020')
  await home(2).getByRole('button', { name: 'Remove home 2' }).click()
  await home(1).getByRole('button', { name: 'Remove home 1' }).click()
  expect(await home(1).getByLabel('Place').inputValue(), 'an empty row stays to write into').toBe('')
})

async function begin(): Promise<void> {
  await page.goto(`${address}/new`)
  await page.getByLabel('Lists and rows').check()
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('combobox', { name: 'School (optional)' }).and(page.locator('input')).waitFor()
}

async function look(name: string): Promise<void> {
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(sideways, `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(0)
  }
  expect((await axeViolations(page)).map(({ id, places }) => `${name}: ${id} ${places[0]}`)).toEqual([])
}
