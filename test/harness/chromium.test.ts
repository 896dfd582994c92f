import { expect, test } from 'vitest'
import { launchBrowser } from './chromium.ts'

test('a page opens, answers and closes', async () => {
  const browser = await launchBrowser()
  for (let time = 0; time < 3; time++) {
    const page = await browser.newPage()
    await page.setContent('<h1>Porthkerris</h1>')
    expect(await page.getByRole('heading').textContent()).toBe('Porthkerris')
    await page.close()
  }
  await browser.close()
})
