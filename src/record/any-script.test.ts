import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nothingMore } from '../../test/factories/relationships.ts'
import { addAgency, addCase, addTeam, addUser, as, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { noteRoutes } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { peopleRoutes } from '../people/index.ts'
import { fixedClock } from '../platform/clock.ts'
import { addRelationship, relationshipsRoutes } from '../relationships/index.ts'
import { searchRoutes } from '../search/index.ts'
import { bannerOf, recordRoutes } from './index.ts'

const clock = fixedClock('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let worker: User

beforeAll(async () => {
  database = await testDatabase()
  const frame = { personBanner: bannerOf, tabs: [] }
  site = await siteOf(database, clock, routes => {
    recordRoutes(routes, { recordContact: paths.notes.add })
    peopleRoutes(routes, frame)
    relationshipsRoutes(routes, frame)
    searchRoutes(routes)
    noteRoutes(routes, { ...frame, findPeople: async () => [], bookHearing: async () => {} })
  })
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
})

const register = async (given: string, family: string, other: { given: string; family: string }, language: string) => {
  const browser = site.as(worker)
  const born = { 'dateOfBirth-day': '3', 'dateOfBirth-month': '6', 'dateOfBirth-year': String(1970 + Math.floor(Math.random() * 40)) }
  const reply = await browser.post(paths.people.register, { given, family, ...born, 'told-apart': '' })
  const id = /people\/([0-9a-f-]{36})/.exec(reply.location ?? '')![1]!
  expect((await browser.post(paths.people.addName(id), { kind: 'other-script', ...other })).status).toBe(303)
  expect((await browser.post(paths.people.editSection(id, 'needs'), { language, interpreter: 'spoken', version: '2' })).status).toBe(303)
  return id
}

describe('[F22] text in any script', () => {
  test.each([
    ['Arabic, from right to left', 'Maryam', 'Haddad', { given: 'مريم', family: 'حدّاد' }, 'ar', 'Arabic'],
    ['Ukrainian', 'Oksana', 'Melnyk', { given: 'Оксана', family: 'Мельник' }, 'uk', 'Ukrainian'],
    ['Chinese', 'Mei', 'Wang', { given: '梅', family: '王' }, 'cmn', 'Mandarin'],
    ['Tigrinya', 'Selam', 'Tesfay', { given: 'ሰላም', family: 'ተስፋይ' }, 'ti', 'Tigrinya'],
  ])(
    '%s is kept, found, and shown isolated in its own language; the interpreter stands in the banner',
    async (_, given, family, other, language, words) => {
      const team = await addTeam(database, await addAgency(database))
      worker = await addUser(database, team)
      const browser = site.as(worker)
      const id = await register(given, family, other, language)
      const theCase = await addCase(database, { id, clientId: '' }, team)
      const said = `${other.given} ${other.family} (12/03) "${given}"`
      const add = paths.notes.add(theCase.id)
      const form = ownForm((await browser.get(add)).html, add)!
      const day = { 'happened-day': '20', 'happened-month': '11', 'happened-year': '2026', 'happened-time': '9:00am' }
      const contact = { ...form.filled, ...day, minutes: '', 'note-type': 'call', text: said } as Record<string, string>
      const saved = await browser.post(add, contact)
      expect([saved.status, saved.words.slice(0, 300)]).toEqual([303, saved.words.slice(0, 300)])

      expect((await browser.get(paths.people.details(id))).html).toContain(`<bdi lang="${language}">${other.given} ${other.family}</bdi>`)
      const banner = (await browser.get(paths.people.show(id))).words
      expect(banner).toContain(`Speaks ${words}, interpreter needed`)
      for (const asked of [other.family, `${other.given} ${other.family}`])
        expect((await browser.get(`/search?q=${encodeURIComponent(asked)}`)).html).toContain(`<bdi>${other.given} ${other.family}</bdi>`)
      for (const page of [paths.notes.list(theCase.id), paths.notes.print(theCase.id)]) {
        const { html, words: read } = await browser.get(page)
        expect(read).toContain(said)
        expect(html).toMatch(/<p class="[^"]*" dir="auto">/)
      }
    },
  )

  test('a child’s banner says how whoever answers for them must be spoken with', async () => {
    const team = await addTeam(database, await addAgency(database))
    worker = await addUser(database, team)
    const mother = await register('Oksana', 'Shevchenko', { given: 'Оксана', family: 'Шевченко' }, 'uk')
    const child = await register('Danylo', 'Shevchenko', { given: 'Данило', family: 'Шевченко' }, 'en')
    await as(database, worker, (tx, actor) =>
      addRelationship(tx, actor, clock.now(), {
        ...nothingMore,
        personId: child,
        otherId: mother,
        kind: 'parent',
        legalRoles: ['parental-responsibility'],
      }),
    )
    expect((await site.as(worker).get(paths.people.show(child))).words).toContain('Parent: speaks Ukrainian, interpreter needed')
    expect((await site.as(worker).get(paths.people.history(child))).words).toContain('Parent: speaks Ukrainian, interpreter needed')
    expect((await site.as(worker).get(paths.people.show(mother))).words).not.toContain('Child: speaks')
  })
})
