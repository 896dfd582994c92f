import { mkdirSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addCase, addPerson, addTeam, addUser, type User } from '../../test/factories/world.ts'
import { axeViolations } from '../../test/harness/axe.ts'
import { launchBrowser } from '../../test/harness/chromium.ts'
import { testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { documentRoutes, noteRoutes, planRoutes } from '../cases/index.ts'
import { samples } from '../documents/testing/sample-files.ts'
import { fixedClock } from '../platform/clock.ts'
import { filesOnDisk } from '../platform/files.ts'
import { RecordBanner, raw, renderDocument } from '../ui/index.ts'
import { vendorCss } from '../ui/styles/vendor-css.ts'
import { taskRoutes } from './index.ts'

// To look at them while changing them: PICTURES=folder npx vitest run src/tasks/pages.browser.test.tsx
const folder = process.env.PICTURES
let site: Site
let browser: Browser
let tamsin: User
let pages: [string, string][]

beforeAll(async () => {
  const database = await testDatabase()
  const agency = await addAgency(database, { name: 'Porthkerris Council, for pages' })
  const team = await addTeam(database, agency, ['early-help'], 'Early Help West, for pages')
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  const petroc = await addUser(database, team, { name: 'Petroc Hocking' })
  const { id } = await addCase(database, await addPerson(database, team), team)
  const frame = {
    personBanner: async () => <RecordBanner titleElement="p" title="PENROSE, Jago" facts={['12 born 03/06/2014', 'LY 4K7-Q92-8']} />,
    tabs: [{ key: 'notes', text: 'Notes', href: () => `/cases/${id}/notes` }],
  }
  const files = filesOnDisk(await mkdtemp(join(tmpdir(), 'lanyard-files-')))
  site = await siteOf(database, fixedClock('2026-11-20T09:30:00Z'), routes => {
    noteRoutes(routes, { ...frame, findPeople: async () => [], bookHearing: async () => {} })
    planRoutes(routes, frame)
    documentRoutes(routes, { ...frame, files, scanning: null })
    taskRoutes(routes, frame)
  })
  const me = site.as(tamsin)
  const at = `/cases/${id}`
  const on = (name: string, day: string) => ({ [`${name}-day`]: day, [`${name}-month`]: '11', [`${name}-year`]: '2026' })
  const visit = {
    text: 'Mother tearful, wants help with the tenancy.\n\nThe landlord has not answered since October.',
    facts: 'Kitchen clean, food in. Damp in both rooms.',
    analysis: 'She may be managing better than she thinks.',
    'own-words': 'I like it when it’s just us.',
  }
  const saved = (path: string, fields: Record<string, string | File>) =>
    me.post(path, fields).then(reply => {
      if (reply.status !== 303) throw new Error(`${path}: ${reply.words}`)
      return reply.location ?? ''
    })
  const idIn = async (path: string, pattern: RegExp) => pattern.exec((await me.get(path)).html)?.[1] ?? ''
  await saved(`${at}/notes/new`, { ...on('happened', '12'), 'happened-time': '14:00', 'note-type': 'visit', ...visit })
  const wrong = await idIn(`${at}/notes`, /id="note-([0-9a-f-]{36})"/)
  const right = {
    ...on('happened', '11'),
    'happened-time': '14:00',
    'note-type': 'visit',
    ...visit,
    'correction-reason': 'It was on Wednesday',
  }
  const corrected = await saved(`${at}/notes/${wrong}/correct`, right)
  const only = { restricted: 'named', named: String(petroc.principal) }
  await saved(`${at}/notes/new`, {
    ...on('happened', '19'),
    'happened-time': '09:10',
    'note-type': 'call',
    text: 'Uncle has the new address.',
    ...only,
  })
  await saved(`${at}/plan/needs/new`, { title: 'A safe, dry home', detail: 'Damp in both rooms, and the tenancy ends in March.' })
  const need = await idIn(`${at}/plan`, /needs\/([0-9a-f-]{36})\/goals/)
  await saved(`${at}/plan/needs/${need}/goals/new`, { title: 'The damp is treated', measure: 'No new marks by March' })
  const goal = await idIn(`${at}/plan`, /goals\/([0-9a-f-]{36})\/actions/)
  await saved(`${at}/plan/goals/${goal}/actions/new`, {
    what: 'Ring the landlord about a survey',
    who: String(tamsin.principal),
    ...on('due', '17'),
  })
  await saved(`${at}/plan/goals/${goal}/actions/new`, { what: 'Open the windows each morning', who: 'person' })
  const action = await idIn(`${at}/plan`, /actions\/([0-9a-f-]{36})\/complete/)
  const letter = await saved(`${at}/documents/new`, {
    file: new File([samples.png], 'kitchen wall.png'),
    title: 'The kitchen wall',
    kind: 'picture',
    ...on('dated', '11'),
  })
  await saved(`${at}/documents/new`, { file: new File([samples.pdf], 'Landlord.pdf'), title: '', kind: 'letter' })
  await saved(`${at}/tasks/new`, {
    title: 'Ring housing about the tenancy',
    detail: 'Ask for Mrs Bray',
    assignee: String(tamsin.principal),
    ...on('due', '17'),
  })
  await saved(`${at}/tasks/new`, { title: 'Papers for the meeting', assignee: String(petroc.principal), ...on('due', '24') })
  const task = await idIn(`${at}/tasks`, /\/tasks\/([0-9a-f-]{36})"/)
  const shown = async (name: string, path: string): Promise<[string, string]> => [name, (await me.get(path)).html]
  const refused = async (name: string, path: string, fields: Record<string, string>): Promise<[string, string]> => [
    name,
    (await me.post(path, fields)).html,
  ]
  pages = [
    await shown('notes', `${at}/notes`),
    await shown('note', corrected),
    await shown('new-note', `${at}/notes/new`),
    await refused('new-note-refused', `${at}/notes/new`, { ...on('happened', '31'), text: '', restricted: 'named' }),
    await shown('correct-note', `${corrected}/correct`),
    await shown('note-readers', `${corrected}/readers`),
    await shown('notes-printed', `${at}/notes/print`),
    await shown('plan', `${at}/plan`),
    await shown('plan-printed', `${at}/plan/print`),
    await shown('plan-versions', `${at}/plan/versions`),
    await refused('new-action-refused', `${at}/plan/goals/${goal}/actions/new`, {}),
    await shown('action-done', `${at}/plan/actions/${action}/complete`),
    await shown('agreement', `${at}/plan/agreement`),
    await shown('documents', `${at}/documents`),
    await shown('document', letter),
    await shown('new-document', `${at}/documents/new`),
    await refused('new-document-refused', `${at}/documents/new`, { title: 'Letter' }),
    await shown('tasks-of-case', `${at}/tasks`),
    await shown('my-tasks', '/tasks'),
    await shown('task', `/tasks/${task}`),
    await refused('new-task-refused', `${at}/tasks/new`, { detail: 'Words' }),
  ]
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const { resolve } = createRequire(import.meta.url)
const published = ['govuk-frontend/dist/govuk/govuk-frontend.min.css', '@ministryofjustice/frontend/moj/moj-frontend.min.css']
const styles = `${published.map(file => vendorCss(readFileSync(resolve(file), 'utf8'))).join('\n')}${readFileSync(new URL('../ui/styles/lanyard.css', import.meta.url), 'utf8')}`

const whole = (name: string, html: string) =>
  renderDocument({
    title: name,
    body: raw(html.replace(/<title>.*?<\/title>/, '')),
    wide: true,
    asset: asset => asset,
    session: { name: 'Tamsin Rowe', csrf: 'x', canSearch: true, agencyName: 'Porthkerris Council' },
    navigation: { items: [{ key: 'work', text: 'My work', href: '/' }], current: 'work' },
  }).replace('</head>', `<style>${styles}</style></head>`)

test.each([1280, 375])('[F23] every page of notes, plans, documents and tasks is clean by axe and fits %i pixels', async width => {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  if (folder) mkdirSync(folder, { recursive: true })
  const wrong: string[] = []
  for (const [name, html] of pages) {
    await page.setContent(whole(name, html))
    if (folder) await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
    if ((await page.locator('h1').count()) !== 1) wrong.push(`${name}: not one h1`)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) wrong.push(`${name}: ${wide} wide`)
    for (const { id, places } of await axeViolations(page, ['best-practice']))
      wrong.push(`${name}: ${id}: ${places.map(place => place.slice(0, 160)).join(' | ')}`)
  }
  await context.close()
  expect(wrong).toEqual([])
})
