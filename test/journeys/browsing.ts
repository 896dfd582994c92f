import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { Colleague } from '../factories/colleagues.ts'
import { axeViolations } from '../harness/axe.ts'
import { launchBrowser } from '../harness/chromium.ts'
import type { Product } from '../harness/product.ts'
import { visitorOf } from '../harness/visitor.ts'

export type Browsing = {
  /** A browser of somebody's own, at the door; or inside already, when they are named. */
  sit(colleague?: Colleague, options?: { script?: boolean; width?: number }): Promise<Desk>
  close(): Promise<void>
}
/** Somebody's browser, and what it complained of. */
export type Desk = { page: Page; context: BrowserContext; complaints: string[] }

let shot = 0
const withoutScript = new WeakSet<Page>()

export async function startBrowsing(product: Product): Promise<Browsing> {
  const browser: Browser = await launchBrowser()
  return {
    sit: async (colleague, { script = true, width = 1280 } = {}) => {
      const context = await browser.newContext({ baseURL: product.origin, javaScriptEnabled: script, viewport: { width, height: 900 } })
      if (colleague) await context.addCookies((await visitorOf(product).signIn(colleague)).cookies())
      const page = await context.newPage()
      if (!script) withoutScript.add(page)
      // Two cores are shared with the database's tests: what takes a second alone has taken more than ten.
      page.setDefaultTimeout(60_000)
      const complaints: string[] = []
      page.on('pageerror', fault => complaints.push(`${page.url()}: ${fault.message}`))
      page.on('console', message => {
        // A page that was refused on purpose says so here as well; faults of the server are caught by their status.
        if (message.type() === 'error' && !/status of (404|409|410|413|415|422|429)/.test(message.text())) {
          complaints.push(`${page.url()}: ${message.text()}`)
        }
      })
      page.on('response', response => {
        if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
      })
      return { page, context, complaints }
    },
    close: () => browser.close(),
  }
}

// GOV.UK's script marks a radio that reveals a question with aria-expanded. ARIA 1.2 has no place for it, screen readers speak it, and GOV.UK
// keeps it on purpose (alphagov/govuk-frontend, issue 979).
const isRevealing = /^<input class="govuk-radios__input"[^>]* aria-expanded=/

/** What is wrong with the page as it stands, in words: axe, its headings, its title. Nothing on a good one. */
export async function wrongWith(page: Page, name = page.url()): Promise<string[]> {
  if (process.env['SHOTS']) {
    const size = page.viewportSize()!
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ fullPage: true, path: `/tmp/shots/${process.env['SHOTS']}-${String(shot).padStart(2, '0')}-${width}.png` })
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) console.info('overflow', width, page.url())
    }
    console.info('shot', shot, page.url())
    shot++
    await page.setViewportSize(size)
  }

  // Axe is a script: on a page without it would never answer.
  if (withoutScript.has(page)) throw new Error(`${name} is without script: look at it in another browser.`)
  const wrong: string[] = []
  for (const { id, places } of await axeViolations(page)) {
    const found = places.filter(place => !(id === 'aria-allowed-attr' && isRevealing.test(place)))
    if (found.length > 0) wrong.push(`${name}: ${id}: ${found.map(place => place.slice(0, 160)).join(' | ')}`)
  }
  const headings = await page.locator('h1').count()
  if (headings !== 1) wrong.push(`${name}: ${headings} h1`)
  // A page that somebody may have to hide in a hurry says nothing in its title.
  const mayBeHidden = (await page.locator('.govuk-exit-this-page').count()) > 0
  if (!(mayBeHidden ? /^(Error: )?Your page$/ : /^.+ – Lanyard$/).test(await page.title()))
    wrong.push(`${name}: titled “${await page.title()}”`)
  return wrong
}

/** Holds a script of the page back, as a slow line would, until the answer is called. */
export async function holdBack(page: Page, script: RegExp): Promise<() => void> {
  let letCome = () => {}
  const isLate = new Promise<void>(resolve => {
    letCome = resolve
  })
  await page.route(script, async route => {
    await isLate
    await route.continue()
  })
  return letCome
}

/** The button of the page's own form: the band's search and sign-out stand outside. */
export const press = (page: Page, text: string) => page.locator('main').getByRole('button', { name: text, exact: true }).click()
/** A link of the page, also one that looks like a button. Words that only screen readers hear may come after. */
export const follow = (page: Page, text: string) =>
  page
    .locator('main a', { hasText: new RegExp(`^\\s*${text}`) })
    .first()
    .click()

/** The three boxes of a date, by the words over them. */
export async function fillDate(page: Page, legend: string, [day, month, year]: readonly [string, string, string]): Promise<void> {
  const group = page.locator('main').getByRole('group', { name: legend })
  await group.getByLabel('Day').fill(day)
  await group.getByLabel('Month').fill(month)
  await group.getByLabel('Year').fill(year)
}

/** Chooses the first option of a pick-list whose words contain these. Over a long one script puts a box to type into. */
export async function choose(page: Page, label: string, words: string): Promise<void> {
  const labelled = page.locator('main').getByLabel(label, { exact: true })
  // What script puts in its place has a list beside it under the same label.
  const list = labelled.and(page.locator('select, input')).first()
  if (await hasTypingHelp(list)) {
    const box = labelled.and(page.locator('input'))
    await box.fill(words)
    return page.getByRole('option', { name: words }).first().click()
  }
  const value = await list.locator('option', { hasText: words }).first().getAttribute('value')
  await list.selectOption(value)
}

const hasTypingHelp = (list: Locator): Promise<boolean> =>
  list.evaluate(
    field =>
      document.body.classList.contains('js-enabled') &&
      (field instanceof HTMLInputElement || (field as HTMLSelectElement).options.length > 15),
  )
