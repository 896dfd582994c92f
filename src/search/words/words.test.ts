import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Agency,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  asSystem,
  type Case,
  commissioner,
  reader,
  type Team,
  type User,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { grantAccess, listsForPart, rewriteCase, withhold } from '../../access/index.ts'
import { addNote, correctNote, noteRoutes, notesOf } from '../../cases/notes/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { searchRoutes } from '../search.routes.tsx'
import { findTexts, type TextsPage } from './find-texts.ts'

const clock = fixedClock('2026-11-20T10:00:00Z')
const frame = { personBanner: async () => null, tabs: [], findPeople: async () => [], bookHearing: async () => undefined }
let database: TestDatabase
let site: Site
let agency: Agency
let team: Team
let mine: User
let colleague: User
let looksOnly: User
let otherTeam: User
let partnerAgency: Agency
let partner: User
let council: User
let theCase: Case

beforeAll(async () => {
  database = await testDatabase()
  site = await siteOf(database, clock, routes => {
    searchRoutes(routes)
    noteRoutes(routes, frame)
  })
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  mine = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team, { name: 'Jory Hosken' })
  looksOnly = await addUser(database, team, { may: reader })
  otherTeam = await addUser(database, await addTeam(database, agency))
  partnerAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, partnerAgency))
  council = await addUser(database, await addTeam(database, agency), { may: commissioner })
  theCase = await addCase(database, await addPerson(database, team), team)
})
afterAll(() => site.close())

const search = (user: User, text: string, more: Record<string, string> = {}) =>
  site.as(user).get(`/search?${new URLSearchParams({ q: text, in: 'written', ...more })}`)

type Written = Partial<{ facts: string; named: readonly number[]; at: string; noteType: string; of: Case; by: User }>
async function write(
  text: string,
  { facts = '', named, at = '2026-11-19T14:30:00Z', noteType = 'visit', of = theCase, by = mine }: Written = {},
): Promise<string> {
  return as(database, by, async (tx, actor) =>
    addNote(
      tx,
      actor,
      clock.now(),
      { caseId: of.id, personId: of.personId, lists: await listsForPart(tx, of.id, 'notes') },
      {
        noteType,
        title: 'Visit',
        minutes: null,
        outcome: '',
        heardBy: '',
        details: {},
        happenedAt: new Date(at),
        text,
        facts,
        analysis: '',
        ownWords: '',
        namedReaders: named ?? null,
      },
    ),
  )
}

describe('words in notes', () => {
  it.each([
    ['wheelbarrow', 'The wheelbarrows were gone', '<mark>wheelbarrows</mark>'],
    ['visited teapot', 'Visiting: one teapot broken', '<mark>Visiting</mark>: one <mark>teapot</mark>'],
    ['"green parrot"', 'The green parrot spoke', '<mark>green</mark> <mark>parrot</mark>'],
    ['zoe lozenge', 'Zoë had a lozenge', '<mark>Zoë</mark> had a <mark>lozenge</mark>'],
    ['Zoë lozenge', 'Zoë had a lozenge', '<mark>Zoë</mark>'],
    ["o'brien harmonica", 'O’Brien played the harmonica', '<mark>harmonica</mark>'],
    ['will xylophone', 'Will sold his xylophone', '<mark>Will</mark> sold his <mark>xylophone</mark>'],
    ['"not safe" ladder', 'It is not safe. A ladder stood there', '<mark>not</mark> <mark>safe</mark>'],
    ['“not safe” ladder', 'It is not safe. A ladder stood here', '<mark>not</mark> <mark>safe</mark>'],
    ['accordion -parrot', 'An accordion on the landing', '<mark>accordion</mark>'],
    ['saxophone or accordion', 'An accordion on the landing', '<mark>accordion</mark>'],
    ['07700 900321', 'Rang 07700 900321, nobody there', '<mark>07700</mark>'],
  ])('[U17] “%s” finds “%s” and marks what was found', async (text, note, html) => {
    const id = await write(note)
    const found = await search(mine, text)
    expect(found.status).toBe(200)
    expect(found.html).toContain(html)
    expect(found.html).toContain(`href="/cases/${theCase.id}/notes/${id}"`)
    expect(found.words).toContain('PENROSE, Jago')
    expect(found.words).toContain('Tamsin Rowe')
  })

  it.each([
    ['"parrot green"', 'The green parrot spoke'],
    ['“parrot green”', 'The green parrot spoke'],
    ['trombone gramophone', 'A trombone and nothing else'],
    ['trombone -nothing', 'A trombone and nothing else'],
  ])('[U17] “%s” does not find “%s”', async (text, note) => {
    await write(note)
    expect((await search(mine, text)).words).toContain('Nothing that you may see has these words')
  })

  it.each([12, 600])('[U17] %i earlier texts are found once each, the latest first, where the latest weeks have one', async count => {
    const word = `dodecahedron${count}`
    const id = await write(`The ${word} rolled`)
    await database.admin.query(
      `insert into texts (source, source_id, place, case_id, person_id, part, words, author_id, at, recorded_at, service_area, readers, editors, withheld)
       select source, source_id, n::text, case_id, person_id, part, words, author_id, at - n * interval '60 hours', recorded_at, service_area, readers, editors, withheld
       from texts, generate_series(1, $2::int) n where source = 'note' and source_id = $1`,
      [id, count],
    )
    const places: string[] = []
    for (let after: TextsPage['next'] | undefined; after !== null; ) {
      const page = await as(database, mine, tx => findTexts(tx, clock.now(), { words: word }, 250, after ?? undefined))
      places.push(...page.texts.map(text => text.place))
      after = page.next
    }
    expect(places).toEqual(['', ...Array.from({ length: count }, (_, n) => `${n + 1}`)])
  })

  it('[U17] the latest stand first, page after page, and “older” always leads to something', async () => {
    for (let day = 1; day <= 23; day++)
      await write(`Pagination quince ${day}.`, {
        at: `20${String(26 - (day % 6)).padStart(2, '0')}-03-${String(day).padStart(2, '0')}T09:00:00Z`,
      })
    const first = await search(mine, 'quince')
    const days = (html: string) => [...html.matchAll(/(\d\d)\/(\d\d)\/(\d{4})/g)].map(([, d, m, y]) => `${y}${m}${d}`)
    const [one, two] = [days(first.html), days((await site.as(mine).get(nextOf(first.html)!)).html)]
    expect(one).toHaveLength(20)
    expect(two).toHaveLength(3)
    expect([...one, ...two]).toEqual([...one, ...two].sort().reverse())
    expect(new Set([...one, ...two]).size).toBe(23)
    const exactly = await search(mine, 'quince -1 -2 -3')
    expect(days(exactly.html)).toHaveLength(20)
    expect(nextOf(exactly.html)).toBeUndefined()
  })

  it.each([
    ['within a page', [9, 11, 12]],
    ['where a page would end', [19, 20, 21]],
    ['at the very end', [20, 21, 22, 23, 24, 25]],
    ['all but the last', Array.from({ length: 25 }, (_, place) => place)],
  ])(
    '[U17] texts of somebody out of sight, %s, leave no gap, show nothing twice, and “older” leads to something',
    async (where, hidden) => {
      const word = `medlar${where.length}`
      const written: string[] = []
      for (let day = 26; day > 0; day--) written.push(await write(word, { at: `2026-03-${String(day).padStart(2, '0')}T09:00:00Z` }))
      const stranger = await addPerson(database, await addTeam(database, partnerAgency))
      await database.admin.query('update texts set person_id = $1 where source_id = any ($2)', [
        stranger.id,
        hidden.map(place => written[place]),
      ])
      const pages: string[][] = []
      for (let at: string | undefined = `/search?in=written&q=${word}`; at; ) {
        const { html } = await site.as(mine).get(at)
        pages.push([...html.matchAll(/\/notes\/([0-9a-f-]{36})/g)].map(([, id]) => id!))
        at = nextOf(html)
      }
      const inSight = written.filter((_, place) => !hidden.includes(place))
      expect(pages).toEqual(inSight.length > 20 ? [inSight.slice(0, 20), inSight.slice(20)] : [inSight])
    },
  )

  it('[U17] filters by who wrote it, when it happened, kind, service and worker, all in the address', async () => {
    await write('Marmalade for breakfast', { at: '2026-03-27T09:00:00Z' })
    await write('Marmalade for tea', { by: colleague, at: '2025-06-01T09:00:00Z' })
    const finds = async (more: Record<string, string>) => {
      const { words } = await search(mine, 'marmalade', more)
      return [words.includes('breakfast'), words.includes('for tea')]
    }
    expect(await finds({})).toEqual([true, true])
    expect(await finds({ author: 'hosken' })).toEqual([false, true])
    expect(await finds({ author: 'me' })).toEqual([true, false])
    expect(await finds({ when: 'March 2026' })).toEqual([true, false])
    expect(await finds({ when: 'before 2026' })).toEqual([false, true])
    expect(await finds({ when: 'since 27 March 2026' })).toEqual([true, false])
    expect(await finds({ in: 'note' })).toEqual([true, true])
    expect(await finds({ in: 'document' })).toEqual([false, false])
    expect(await finds({ service: 'early-help' })).toEqual([true, true])
    expect(await finds({ service: 'another' })).toEqual([false, false])
    expect(await finds({ worker: 'me' })).toEqual([false, false])
    expect(await finds({ person: theCase.personId })).toEqual([true, true])
    expect(await finds({ case: theCase.id })).toEqual([true, true])
    const elsewhere = await addCase(database, await addPerson(database, team), team)
    expect(await finds({ case: elsewhere.id })).toEqual([false, false])
  })

  it('what was written goes with its case to another service, what is withheld from whoever passes it on among it', async () => {
    const both = await addTeam(database, agency, ['early-help', 'housing-support'])
    const passesOn = await addUser(database, both)
    const passedOn = await addCase(database, await addPerson(database, both), both)
    await write('A wandering balalaika', { of: passedOn, by: passesOn })
    await write('A balalaika that council alone may hear', { of: passedOn, by: passesOn, named: [council.principal] })
    await database.admin.query(`update cases set service_area = 'housing-support' where id = $1`, [passedOn.id])
    await as(database, passesOn, tx => rewriteCase(tx, passedOn.id))
    expect((await search(council, 'balalaika', { service: 'early-help' })).words).not.toContain('wandering')
    const { words } = await search(council, 'balalaika', { service: 'housing-support' })
    for (const found of ['wandering', 'alone may hear']) expect(words).toContain(found)
    // Codes are of letters and hyphens; anything else in the address narrows nothing, and reaches no index.
    expect((await search(council, 'balalaika', { service: "'~sx' | '~v" })).words).toContain('wandering')
  })

  it('[U16] says what is wrong with a filter, and keeps everything typed', async () => {
    const found = await search(mine, 'marmalade', { when: '31/02/2026', author: 'Nobody Atall' })
    expect(found.words).toContain('“31/02/2026” is not a time that can be read')
    expect(found.words).toContain('No user is called “Nobody Atall”')
    expect(found.html).toContain('value="31/02/2026"')
    expect(found.html).toContain('value="marmalade"')
  })

  it.each(['', '   ', '-', '""', '-only', '!!!', ':* & | <->', "'", '\\', '(((('])(
    'nothing to look for in “%s” is no fault',
    async text => {
      expect((await search(mine, text)).status).toBe(200)
      expect(site.faults).toEqual([])
    },
  )

  it('[U17] offers a spelling out of what the reader may see, and of nothing else', async () => {
    await write('The bagpipes were loud')
    expect((await search(mine, 'bagpippes')).html).toMatch(/Did you mean <a [^>]*>bagpipes<\/a>/)
    const elsewhere = await search(partner, 'bagpippes')
    expect(elsewhere.words).not.toContain('bagpipes ')
    expect(elsewhere.words).not.toContain('Did you mean')
  })

  it('finds a correction and what it corrects', async () => {
    const id = await write('The ocarina was red')
    await as(database, mine, async (tx, actor) => {
      const note = (await notesOf(tx, theCase.id, { limit: 200 })).find(one => one.id === id)!
      const place = { caseId: theCase.id, personId: theCase.personId, lists: await listsForPart(tx, theCase.id, 'notes') }
      await correctNote(tx, actor, clock.now(), place, note, { ...note, text: 'The ocarina was blue', title: 'Visit', reason: 'Colour' })
    })
    const { words } = await search(mine, 'ocarina')
    expect(words).toContain('was red')
    expect(words).toContain('was blue')
  })
})

describe('[U13] who finds words', () => {
  const nobodyElse = async (text: string, ...users: User[]) => {
    for (const user of users)
      for (const more of [{}, { person: theCase.personId }, { case: theCase.id }] as Record<string, string>[]) {
        const found = await search(user, text, more)
        expect(found.words).not.toContain('secretive')
        expect([200, 404]).toContain(found.status)
      }
  }

  it('the team, its read-only users and the commissioners; no other team or agency, and nobody by the record’s address', async () => {
    await write('A secretive melodeon')
    for (const user of [mine, colleague, looksOnly, council]) expect((await search(user, 'melodeon')).words).toContain('secretive')
    await nobodyElse('melodeon', otherTeam, partner)
    expect((await search(partner, 'melodeon', { case: theCase.id })).status).toBe(404)
  })

  it('of a restricted note only those named, also when they are changed later', async () => {
    const id = await write('A secretive spinet', { named: [mine.principal] })
    expect((await search(mine, 'spinet')).words).toContain('Restricted')
    await nobodyElse('spinet', colleague, looksOnly, council)
    expect((await search(colleague, 'spinnet')).words).not.toContain('Did you mean')
    const change = { restricted: 'named', named: [String(colleague.principal)], reason: 'She covers' }
    const user = await addUser(database, team, { may: ['read-records', 'record', 'restrict'] })
    expect((await site.as(user).post(`/cases/${theCase.id}/notes/${id}/readers`, change)).status).toBe(404)
    expect((await site.as(mine).post(`/cases/${theCase.id}/notes/${id}/readers`, change)).status).toBe(303)
    expect((await search(colleague, 'spinet')).words).toContain('secretive')
    await nobodyElse('spinet', looksOnly, council)
  })

  it('of a share of one part only that part; nothing after the share has ended or the case is withheld', async () => {
    await write('A secretive dulcimer')
    const share = {
      caseId: theCase.id,
      kind: 'share',
      holder: partnerAgency.principal,
      level: 'read',
      purpose: 'joint work',
      lawfulBasis: 'consent',
    } as const
    await as(database, mine, (tx, actor) => grantAccess(tx, actor, clock.now(), { ...share, parts: ['documents'] }))
    await nobodyElse('dulcimer', partner)
    await as(database, mine, (tx, actor) => grantAccess(tx, actor, clock.now(), { ...share, parts: ['notes'] }))
    expect((await search(partner, 'dulcimer')).words).toContain('secretive')
    await as(database, mine, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: theCase.id, holder: partnerAgency.principal, reason: 'Her wish' }),
    )
    await nobodyElse('dulcimer', partner)
  })

  it('of a case that is being restricted only those who work it', async () => {
    const other = await addCase(database, await addPerson(database, team), team)
    await write('A secretive clavichord', { of: other })
    expect((await search(council, 'clavichord')).words).toContain('secretive')
    await database.admin.query('update cases set restricted = true where id = $1', [other.id])
    await asSystem(database, tx => rewriteCase(tx, other.id))
    for (const user of [council, mine, looksOnly]) expect((await search(user, 'clavichord')).words).not.toContain('secretive')
  })

  it('a signed-out browser finds nothing', async () => {
    const reply = await site.server.inject({ method: 'GET', url: '/search?q=melodeon&in=written' })
    expect(reply.body).not.toContain('melodeon ')
    expect(reply.statusCode).not.toBe(200)
  })

  it('[U9] what was searched for, and whose words were shown, is in the audit', async () => {
    const id = await write('A lone euphonium')
    await search(mine, 'euphonium', { author: 'me' })
    const { rows } = await database.admin.query(
      `select action, person_id, detail from audit_events where user_id = $1 order by id desc limit 2`,
      [mine.id],
    )
    expect(rows).toEqual([
      { action: 'found-words-shown', person_id: theCase.personId, detail: { shown: [`note ${id}`] } },
      { action: 'words-searched', person_id: null, detail: { term: 'euphonium', in: 'written', author: 'me', shown: 1 } },
    ])
  })
})

const nextOf = (html: string): string | undefined =>
  /<a [^>]*href="([^"]+after=[^"]+)"[^>]*rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
