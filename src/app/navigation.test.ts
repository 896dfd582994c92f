import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { addToTeam, beginEpisode, registerFor } from '../../test/factories/episodes.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addCase, addPerson, addTeam, episodes } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { paths } from '../paths.ts'
import { markedIn } from './navigation.ts'

// Which item of the navigation a page is marked under.

let product: Product
let coordinator: Visitor
let member: Visitor
let worker: Visitor
let administrator: Visitor
let episode: string
let ordinary: string

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const council = await addAgency(database, { isAuthority: true })
  const team = await addTeam(database, council, ['early-help'])
  await addTeam(database, council, [episodes])
  const school = await addTeam(database, await addAgency(database), ['anything'])
  const enter = async (...given: Parameters<typeof addColleague>) => {
    const colleague = await addColleague(...given)
    return { ...colleague, visitor: await visitorOf(product).signIn(colleague) }
  }
  coordinator = (await enter(database, school, { role: 'Partner officer', serviceArea: null })).visitor
  const colleague = await enter(database, team)
  worker = colleague.visitor
  const other = await enter(database, school, { role: 'Partner officer', serviceArea: null })
  member = other.visitor
  administrator = (await enter(database, team, { role: 'Authority administrator', serviceArea: null })).visitor
  episode = await beginEpisode(coordinator, await registerFor(coordinator, 'Zennor', 'Trevanyon'))
  await addToTeam(coordinator, episode, other.email)
  await addToTeam(coordinator, episode, colleague.email)
  await fillIn(coordinator, `${episode}/notes/new`)
  await coordinator.post(`${episode}/forms`, { form: 'common-assessment' })
  ordinary = paths.cases.show((await addCase(database, await addPerson(database, team), team)).id)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const markedOn = (html: string): string =>
  /<nav class="ly-nav".*?<\/nav>/s
    .exec(html)?.[0]
    .match(/aria-current="page"[^>]*>([^<]*)/)?.[1]
    ?.trim() ?? 'nothing'

/** Every page under an address that its pages lead to, and what it is marked under. */
async function marks(visitor: Visitor, at: string): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  const waiting = [at]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    const { status, html, headers } = await visitor.get(path)
    if (status !== 200 || !String(headers['content-type']).startsWith('text/html')) {
      seen.set(path, '')
      continue
    }
    seen.set(path, markedOn(html))
    for (const [, href] of html.matchAll(/href="(\/cases\/[^"?#]+)/g)) if (href!.startsWith(at)) waiting.push(href!)
  }
  return new Map([...seen].filter(([, mark]) => mark !== ''))
}

const others = (found: Map<string, string>, expected: string) => [...found].filter(([, mark]) => mark !== expected)

test('every page of an episode is marked under “Episodes”, for its co-ordinator and for its team', async () => {
  for (const [visitor, least] of [
    [coordinator, 25],
    [member, 8],
  ] as const) {
    const found = await marks(visitor, episode)
    expect(found.size).toBeGreaterThan(least)
    expect(others(found, 'Episodes')).toEqual([])
  }
})

test('every page of another case is marked under “My work”', async () => {
  const found = await marks(worker, ordinary)
  expect(found.size).toBeGreaterThan(15)
  // To refer somebody on is to find them first, and to ask about a referral belongs to referrals.
  expect(others(found, 'My work').filter(([, mark]) => !['People', 'Referrals'].includes(mark))).toEqual([])
})

test.each([
  ['an episode, for whoever has a list of them', 'episodes', ['work', 'episodes'], 'episodes'],
  ['an episode, for whoever has none', 'episodes', ['work', 'people'], 'work'],
  ['a case, for whoever has no work of their own', 'work', ['meetings', 'shared'], 'shared'],
  ['an episode, for the same', 'episodes', ['meetings', 'shared'], 'shared'],
  ['anything else', 'people', ['meetings'], 'people'],
])('%s stands where they find it', (_, section, keys, marked) =>
  expect(
    markedIn(
      keys.map(key => ({ key, text: key, href: '/' })),
      section,
    ),
  ).toBe(marked),
)

test('pages of administration stand under “Administration”, and lead back to where they belong', async () => {
  const pages = [
    paths.users.list,
    paths.users.add,
    paths.users.teams,
    paths.settings.bankHolidays,
    paths.letters.templates,
    paths.letters.letterhead,
    paths.letters.addTemplate,
  ]
  for (const path of [...pages, paths.conversations.retention, paths.settings.approvals]) {
    const { html } = await administrator.get(path)
    expect(markedOn(html), path).toBe('Administration')
    const isOfUsers = path === paths.users.add
    expect(/<a[^>]*govuk-back-link[^>]*>\s*Users/.test(html), path).toBe(isOfUsers)
  }
  // What is no list of users is found among the others and is not marked as theirs.
  expect((await administrator.get(paths.letters.templates)).html).toMatch(/aria-current="(page|true)"[^>]*>\s*Letters/)
  expect((await administrator.get(paths.conversations.retention)).html).toMatch(
    /aria-current="(page|true)"[^>]*>\s*How long messages are kept/,
  )
})
