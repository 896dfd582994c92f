import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMarac, type Marac, type Sitting } from '../factories/marac.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Browsing, type Desk, follow, press, startBrowsing, wrongWith } from './browsing.ts'

let product: Product
let browsing: Browsing
let marac: Marac

beforeAll(async () => {
  product = await startProduct()
  browsing = await startBrowsing(product)
  marac = await addMarac(product)
})
afterAll(async () => {
  await browsing.close()
  await product.close()
})

const words = (page: Page) => page.locator('main').innerText()

/** The checklist, all of it answered with yes. */
async function answerChecklist(page: Page): Promise<void> {
  for (const yes of await page.locator('#section-checklist').getByLabel('Yes', { exact: true }).all()) await yes.check()
}

test('[V4] a MARAC of six agencies, from the police’s referral to the last action completed', async () => {
  const desk = async (key: Sitting, options = {}): Promise<Desk> => browsing.sit(marac.officers[key].colleague, options)
  const [police, housing, idva] = [await desk('police'), await desk('housing', { script: false, width: 375 }), await desk('idva')]
  const run = async (visitor: Marac['chair']): Promise<Desk> => {
    const one = await browsing.sit()
    await one.context.addCookies(visitor.cookies())
    return one
  }
  const [coordinator, chair] = [await run(marac.coordinator), await run(marac.chair)]
  const wrong: string[] = []
  const look = async (page: Page) => void wrong.push(...(await wrongWith(page)))

  // An outside member lands on their meeting, and is offered nothing else.
  const at = police.page
  await at.goto('/')
  expect(await at.getByRole('link', { name: 'People', exact: true }).count()).toBe(0)
  await look(at)
  await at.getByRole('button', { name: /^Refer to/ }).click()
  await press(at, 'Begin a referral')
  const victim = at.locator('#section-victim')
  await victim.getByLabel('Surname').fill('Penhaligon')
  await victim.getByLabel('First name').fill('Kerra')
  await victim.getByLabel('Female').check()
  await at.getByLabel('How and when is it safe to reach them?').fill('At work, before noon')
  for (const group of await at.locator('#section-equality').getByRole('group').all()) await group.getByLabel('No', { exact: true }).check()
  const perpetrator = at.locator('#section-perpetrator')
  await perpetrator.getByLabel('Surname').fill('Penhaligon')
  await perpetrator.getByLabel('First name').fill('Jowan')
  await press(at, 'Save and continue')
  await at
    .getByLabel('What happened, and what has happened before?')
    .fill('He put his hands round her throat. The third call in six weeks.')
  await press(at, 'Save and continue')
  await answerChecklist(at)
  await press(at, 'Save and continue')
  await at.getByLabel('Visible high risk: the checklist reaches the threshold').check()
  await at.locator('#section-victims-view').getByLabel('Yes').first().check()
  await press(at, 'Save and check answers')
  await look(at)
  await press(at, 'Send the referral')
  const itemAt = new URL(at.url()).pathname
  expect(await words(at)).toContain('24, high')

  const by = coordinator.page
  await by.goto('/meetings')
  await by
    .getByRole('link', { name: /^MARAC/ })
    .first()
    .click()
  await by
    .getByRole('link', { name: /^Case / })
    .first()
    .click()
  await by.getByRole('button', { name: 'Triage it' }).click()
  await look(by)
  await press(by, 'Save')
  await by.goto(`/meetings/dates/${marac.meetingId}`)
  await press(by, 'Send 1 item out')
  await look(by)

  // Housing, on a telephone and without script.
  const home = housing.page
  await home.goto('/')
  expect(await words(home)).toContain('What we need from you for')
  await home.getByRole('link', { name: /What your agency knows/ }).click()
  await home.getByLabel('What does the meeting need to know from you?').fill('Arrears of £320. A two-bed is free in TR11.')
  await press(home, 'Submit')
  await idva.page.goto('/')
  await idva.page.getByRole('link', { name: /Contact before the meeting/ }).click()
  await idva.page.getByRole('group', { name: 'Have you spoken with them?' }).getByLabel('No').check()
  await idva.page.getByLabel('What have you tried?').fill('Three calls at work')
  await press(idva.page, 'Submit')
  for (const key of ['police', 'health', 'probation', 'children'] as const) {
    const { page } = key === 'police' ? police : await desk(key)
    await page.goto('/')
    await page.getByRole('link', { name: /What your agency knows/ }).click()
    await press(page, 'We hold nothing on anybody in this case')
  }
  await by.goto(`/meetings/dates/${marac.meetingId}`)
  expect(await words(by)).toContain('6 of 6 answered')
  await press(by, 'Send the papers round')

  // The chair, by keyboard: the line is typed as it is spoken, and Enter sets the action.
  const head = chair.page
  await head.goto(`/meetings/dates/${marac.meetingId}`)
  await head.getByRole('button', { name: 'Meeting mode' }).click()
  await press(head, 'Open the meeting')
  await follow(head, 'Attendance')
  for (const one of await head.getByLabel('Present', { exact: true }).all()) await one.check()
  await press(head, 'Save')
  expect(await words(head)).toContain('Attendance 6 of 6')
  expect(await words(head)).toContain('A two-bed is free')
  await look(head)
  await head.setViewportSize({ width: 375, height: 900 })
  expect(await head.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
  await head.setViewportSize({ width: 1280, height: 900 })
  await head.getByLabel('New action').focus()
  await head.keyboard.type('Managed move options @housing fri')
  await head.keyboard.press('Enter')
  await head.getByRole('link', { name: 'Managed move options' }).waitFor()
  await head.getByLabel('Decision', { exact: true }).fill('High risk confirmed; housing offers a managed move.')
  await head.getByLabel('Why', { exact: true }).fill('Strangulation, separation')
  await press(head, 'Save and finish this item')
  await press(head, 'End the meeting')
  await press(head, 'Approve the minutes')
  await press(head, 'Send the minutes round')
  await look(head)

  await home.goto('/meetings')
  await home.getByRole('link', { name: 'Managed move options' }).click()
  await home.getByLabel('It is done').check()
  await home.getByLabel('What was done, and what shows it').fill('She moved on Friday; keys signed for.')
  await press(home, 'Save')
  await at.goto(itemAt)
  expect(await words(at)).toContain('Done')
  await at.goto(`/meetings/dates/${marac.meetingId}/minutes`)
  expect(await words(at)).toContain('High risk confirmed')
  await by.goto('/meetings/actions')
  expect(await words(by)).toContain('Nothing is open.')
  expect(wrong).toEqual([])
  for (const { complaints } of [police, housing, idva, coordinator, chair]) expect(complaints).toEqual([])
  expect(product.faults).toEqual([])
})
