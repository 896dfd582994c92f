import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations } from '../../test/harness/axe.ts'
import { launchBrowser } from '../../test/harness/chromium.ts'
import { vendorCss } from './styles/vendor-css.ts'
import { galleryPages } from './testing/gallery.tsx'

const { resolve } = createRequire(import.meta.url)
const css = ['govuk-frontend/dist/govuk/govuk-frontend.min.css', '@ministryofjustice/frontend/moj/moj-frontend.min.css']
  .map(file => vendorCss(readFileSync(resolve(file), 'utf8')))
  .concat(readFileSync(new URL('./styles/lanyard.css', import.meta.url), 'utf8'))
  .join('\n')

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each(Object.entries(galleryPages(name => name)))('the page %s', (_, html) => {
  test.each([1280, 375])('meets WCAG 2.2 AA and does not scroll sideways at %i px', async width => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: true })
    const page = await context.newPage()
    await page.setContent(
      html.replace(/<link rel="(icon|stylesheet)"[^>]*>|<script[^>]*><\/script>/g, '').replace('</head>', `<style>${css}</style></head>`),
    )
    expect((await axeViolations(page)).map(({ id, places }) => `${id}: ${places.join(' ')}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await context.close()
  })
})
