import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type Team,
  type User,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { listsForPart } from '../../access/index.ts'
import { addNote } from '../../cases/notes/index.ts'
import { searchRoutes } from '../search.routes.tsx'

let time = new Date('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let team: Team
let mine: User
let colleague: User
let looksOnly: User
let elsewhere: User
let theCase: Case

beforeAll(async () => {
  database = await testDatabase()
  site = await siteOf(database, { now: () => time }, searchRoutes)
  const agency = await addAgency(database)
  team = await addTeam(database, agency)
  mine = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team)
  looksOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, await addTeam(database, agency))
  theCase = await addCase(database, await addPerson(database, team), team)
})
afterAll(() => site.close())

const write = (text: string) =>
  as(database, mine, async (tx, actor) =>
    addNote(
      tx,
      actor,
      time,
      { caseId: theCase.id, personId: theCase.personId, lists: await listsForPart(tx, theCase.id, 'notes') },
      {
        noteType: 'visit',
        title: 'Visit',
        minutes: null,
        outcome: '',
        heardBy: '',
        details: {},
        happenedAt: time,
        text,
        facts: '',
        analysis: '',
        ownWords: '',
        namedReaders: null,
      },
    ),
  )
const save = (user: User, name: string, { q = 'gannet', share = '' } = {}) =>
  site.as(user).post('/search/saved/new', { query: `q=${q}&in=note&author=me`, name, share })
const listOf = (user: User) => site.as(user).get('/search/saved')
const idOf = async (user: User, name: string) => {
  const { html } = await listOf(user)
  return new RegExp(`saved/([0-9a-f-]{36})">${name}`).exec(html)?.[1]
}

describe('[F9] saved searches', () => {
  it('are kept from the page of what was found, by name, and opened there', async () => {
    const found = await site.as(mine).get('/search?q=gannet&in=note&author=me')
    expect(found.html).toContain('href="/search/saved/new?q=gannet&amp;in=note&amp;author=me"')
    const form = await site.as(mine).get('/search/saved/new?q=gannet&in=note&author=me')
    expect(form.words).toContain('gannet in notes, written by me')
    const nameless = await save(mine, '')
    expect([nameless.status, nameless.words]).toEqual([422, expect.stringContaining('Enter a name for this search')])
    expect((await save(mine, 'x'.repeat(61))).words).toContain('Name must be 60 characters or fewer')
    expect((await save(mine, 'Gannets')).location).toBe('/search/saved')
    const opened = await site.as(mine).get(`/search/saved/${await idOf(mine, 'Gannets')}`)
    expect(opened.location).toMatch(/^\/search\?q=gannet&in=note&author=me&new=\d+$/)
  })

  it('say what has been recorded since their reader last looked, to each reader by their own look', async () => {
    await save(mine, 'Puffins', { q: 'puffin', share: String(team.principal) })
    const id = await idOf(mine, 'Puffins')
    expect((await listOf(mine)).words).not.toContain('Puffins New')
    time = new Date(time.getTime() + 3_600_000)
    await write('A puffin on the sill')
    expect((await listOf(mine)).words).toContain('Puffins New')
    const opened = await site.as(mine).get(`/search/saved/${id}`)
    const page = await site.as(mine).get(opened.location!)
    expect(page.words).toContain('You last looked')
    expect(page.html).toContain('>New</strong>')
    time = new Date(time.getTime() + 60_000)
    expect((await listOf(mine)).words).not.toContain('Puffins New')
    // A colleague, who never looked, is told of nothing until they have: then only of what is theirs ("written by me").
    await site.as(colleague).get(`/search/saved/${id}`)
    await write('Another puffin')
    expect((await listOf(mine)).words).toContain('Puffins New')
    expect((await listOf(colleague)).words).not.toContain('Puffins New')
  })

  it('are shared with a team by whoever may change something there, and taken away by them', async () => {
    await save(mine, 'Cormorants', { share: String(team.principal) })
    const id = await idOf(mine, 'Cormorants')
    expect((await listOf(colleague)).words).toContain('saved by Tamsin Rowe · shared with')
    expect((await listOf(looksOnly)).words).toContain('Cormorants')
    // One's own is seen by nobody else, and neither is one of another team.
    expect((await listOf(colleague)).words).not.toContain('Gannets')
    expect((await listOf(elsewhere)).words).not.toContain('Cormorants')
    expect((await site.as(elsewhere).get(`/search/saved/${id}`)).status).toBe(404)
    for (const other of [elsewhere, looksOnly]) expect((await site.as(other).post(`/search/saved/${id}/remove`, {})).status).toBe(404)
    for (const other of [elsewhere, looksOnly])
      expect((await save(other, 'Forged', { share: String(team.principal) })).words).toContain('Select who else may use this search')
    expect((await site.as(colleague).post(`/search/saved/${id}/remove`, {})).status).toBe(303)
    expect(await idOf(mine, 'Cormorants')).toBeUndefined()
  })

  it('are of words, not of people, and lead nowhere but to the search page', async () => {
    expect((await site.as(mine).get('/search/saved/new?q=rowe')).location).toBe('/search')
    await save(mine, 'Elsewhere', { q: 'auk&x=//evil.example' })
    expect((await site.as(mine).get(`/search/saved/${await idOf(mine, 'Elsewhere')}`)).location).toMatch(
      /^\/search\?q=auk&in=note&author=me/,
    )
    const long = '字'.repeat(200)
    expect((await save(mine, 'Long', { q: `${long}&service=${long}&worker=me&when=${long}` })).location).toBe('/search/saved')
    expect((await save(mine, 'Odd', { q: 'auk%00%ff%ed%a0%80&service=%00&worker=%00' })).location).toBe('/search/saved')
    expect((await listOf(mine)).status).toBe(200)
    for (const nonsense of ['nonsense', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`])
      expect((await site.as(mine).get(`/search/saved/${nonsense}`)).status).toBe(404)
    expect(site.faults).toEqual([])
  })
})
