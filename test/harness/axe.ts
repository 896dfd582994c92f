import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where a page as it stands fails WCAG 2.2 AA by what axe can tell, with the mark-up of each place; nothing on a good one. */
export async function axeViolations(page: Page, furtherTags: readonly string[] = []): Promise<{ id: string; places: string[] }[]> {
  await page.evaluate(axe)
  // Of its report only this leaves the browser: with what passed it is larger than the page, and took longer to carry than to find.
  return page.evaluate(
    async options => {
      const { violations } = await (window as unknown as { axe: Axe }).axe.run(options)
      return violations.map(({ id, nodes }) => ({ id, places: nodes.map(node => node.html) }))
    },
    // What stands in a frame is a page of its own here, and looked at as one.
    { runOnly: [...levels, ...furtherTags], resultTypes: ['violations'], iframes: false } satisfies RunOptions,
  )
}

type Axe = { run: (options: RunOptions) => Promise<AxeResults> }
