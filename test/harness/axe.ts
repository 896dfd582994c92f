import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Where a page as it stands fails WCAG 2.2 AA by what axe can tell, with the mark-up of each place; nothing on a good one. */
export async function axeViolations(page: Page, furtherTags: readonly string[] = []): Promise<{ id: string; places: string[] }[]> {
  // Within the page itself: nothing here has frames of another origin, for which axe would sum up in a page of its own, loaded anew each time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags([...levels, ...furtherTags])
    .setLegacyMode()
    .analyze()
  return violations.map(({ id, nodes }) => ({ id, places: nodes.map(node => node.html) }))
}
