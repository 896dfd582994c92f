import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorOf, addAgency, addCase, addTeam, addUser, as, reader, type Team, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { withhold } from '../access/index.ts'
import { noteRoutes } from '../cases/notes/index.ts'
import { formatClientId, type NewPerson, type NhsNumber, type Postcode, type Registered, registerPeople } from '../people/index.ts'
import { asActor } from '../platform/actor.ts'
import { fixedClock } from '../platform/clock.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { findToChoose } from './find-to-choose.ts'
import { searchRoutes } from './search.routes.tsx'

const clock = fixedClock('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let team: Team
let mine: User
let looksOnly: User
let elsewhere: User
let jago: Registered

const register = async (user: User, people: readonly NewPerson[]): Promise<Registered[]> =>
  as(database, user, async (tx, actor) => {
    const outcome = await registerPeople(tx, actor, clock.now(), people)
    if (!outcome.ok) throw new Error(outcome.error)
    return outcome.value
  })
const search = (user: User, text: string, page = 1) => site.as(user).get(`/search?${new URLSearchParams({ q: text, page: String(page) })}`)

beforeAll(async () => {
  database = await testDatabase()
  site = await siteOf(database, clock, routes => {
    searchRoutes(routes)
    noteRoutes(routes, { personBanner: async () => null, tabs: [], findPeople: findToChoose, bookHearing: async () => undefined })
  })
  team = await addTeam(database, await addAgency(database))
  mine = await addUser(database, team)
  looksOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, await addTeam(database, await addAgency(database)))
  const [first] = await register(mine, [
    {
      given: 'Jago',
      family: 'Penrose',
      dateOfBirth: asPlainDate('2014-06-03'),
      nhsNumber: '9994326163' as NhsNumber,
      names: [{ kind: 'alias', given: 'Zebedee', family: "O'Quill" }],
      addresses: [{ kind: 'home', lines: '14 Fore Street', town: 'Porthkerris', postcode: 'TR18 4QA' as Postcode }],
      contacts: [{ kind: 'mobile', value: '+447700900123' }],
      externalIds: [{ system: 'Mosaic', value: 'MOS/00123' }],
    },
    { given: 'Wella', family: 'Penrose', dateOfBirth: asPlainDate('2017-01-30') },
    { given: 'Олена', family: 'Шевченко', dateOfBirth: asPlainDate('1991-08-24') },
    { given: 'Kerensa', family: 'Trembath', dateOfBirth: asPlainDate('1987-03-31') },
  ])
  jago = first!
})
afterAll(() => site.close())

describe('finding a person', () => {
  it.each([
    ['penr', 'Surname'],
    ['penrose jago', 'First name'],
    ['jag penr', 'Surname'],
    ['03/06/2014', 'Date of birth'],
    ['penrose 04/06/2014', 'Date of birth is one day out'],
    ['penrose 06/03/2014', 'Date of birth has day and month the other way round'],
    ['penroze 3 june 2014', 'Sounds like Penrose'],
    ['zebedee', "Also known as O'QUILL, Zebedee"],
    ['oquill', "Also known as O'QUILL, Zebedee"],
    ['999 432 6163', 'NHS number'],
    ['tr18 4qa', 'Postcode TR18 4QA'],
    ['tr18 penrose', 'Postcode TR18 4QA'],
    ['07700 900123', 'Telephone 07700 900123'],
    ['mos00123', 'Number MOS00123 of another system'],
    ['penrose 2014', 'Year of birth'],
  ])('[U17] by “%s”, and says why: %s', async (text, why) => {
    const found = await search(mine, text)
    expect(found.status).toBe(200)
    expect(found.words).toContain('PENROSE, Jago')
    expect(found.words.replaceAll('&#39;', "'")).toContain(why)
  })

  it('[U25] by client id, however it is written', async () => {
    for (const text of [`LY ${formatClientId(jago.clientId)}`, jago.clientId.toLowerCase()]) {
      const found = await search(mine, text)
      expect(found.words).toContain('PENROSE, Jago')
      expect(found.words).toContain('Client id')
    }
  })

  it('[F22] by a name in its own script', async () => {
    expect((await search(mine, 'шевч')).words).toContain('ШЕВЧЕНКО, Олена')
  })

  it('[U17] with half a name misheard, and a date of birth that is a day out', async () => {
    const found = await search(mine, 'tremba 30/03/1987')
    expect(found.words).toContain('TREMBATH, Kerensa')
    expect((await search(mine, 'trempath 31/03/1987')).words).toContain('TREMBATH, Kerensa')
  })

  it('[U17] whose name was typed with a slip', async () => {
    const found = await search(mine, 'tgembath')
    expect(found.words).toContain('TREMBATH, Kerensa')
    expect(found.words).toContain('Spelt like Trembath')
  })

  it('[U17] only when everything typed fits', async () => {
    const found = await search(mine, 'wella 03/06/2014')
    expect(found.words).not.toContain('PENROSE, Wella')
  })

  it('[U17] to choose them: first whose name it is, then whose name is like it, who is said to be so', async () => {
    const registered = await register(mine, [
      { given: 'Ysella', family: 'Glewyas' },
      { given: 'Ysella', family: 'Gluyas' },
    ])
    for (const person of registered) await addCase(database, person, team)
    const { words } = await site.as(mine).get('/contacts/new?q=gluyas')
    expect(words).toMatch(/GLUYAS, Ysella .*GLEWYAS, Ysella .*· Sounds like Glewyas/)
    expect(words).not.toContain('Sounds like Gluyas')
  })

  it('shows the best first: what is there as typed, then what sounds like it', async () => {
    await register(mine, [
      { given: 'Ann', family: 'Curnow' },
      { given: 'Bea', family: 'Kurno' },
    ])
    const { words } = await search(mine, 'curnow')
    expect(words.indexOf('CURNOW, Ann')).toBeGreaterThan(0)
    expect(words.indexOf('KURNO, Bea')).toBeGreaterThan(words.indexOf('CURNOW, Ann'))
  })

  it('offers to register whom it does not find, with what was typed', async () => {
    const found = await search(mine, 'Zachariah Quibble 12/12/2001')
    expect(found.words).toContain('Nobody on record that you may see')
    expect(found.html).toContain('/people/new?given=Zachariah&amp;family=Quibble&amp;dateOfBirth-day=12')
    expect((await search(looksOnly, 'Zachariah Quibble')).html).not.toContain('/people/new')
  })

  it('[U16] says when a date cannot be, and looks for the rest', async () => {
    const found = await search(mine, 'penrose 31/02/2014')
    expect(found.words).toContain('31/02/2014 is not a real date')
    expect(found.words).toContain('PENROSE, Jago')
  })

  it('goes from page to page without losing or repeating anybody', async () => {
    await register(
      mine,
      Array.from({ length: 45 }, (_, n) => ({
        given: `Given${String.fromCharCode(97 + (n % 26))}${n < 26 ? 'x' : 'y'}`,
        family: 'Vosper',
      })),
    )
    const pages = await Promise.all([1, 2, 3].map(page => search(mine, 'vosper', page)))
    const seen = pages.flatMap(page => [...page.html.matchAll(/\/people\/([0-9a-f-]{36})"/g)].map(match => match[1]))
    expect(seen).toHaveLength(45)
    expect(new Set(seen).size).toBe(45)
    expect(pages[0]?.words).toContain('Next')
    expect(pages[2]?.words).not.toContain('Next')
  })
})

describe('who finds whom', () => {
  it('[U13] another agency finds nobody of ours, by any way', async () => {
    for (const text of [
      'penrose',
      '03/06/2014',
      '999 432 6163',
      jago.clientId,
      'tr18 4qa',
      '07700 900123',
      'mos00123',
      'penroze',
      'pemrose',
    ]) {
      const found = await search(elsewhere, text)
      expect(found.words).not.toContain('PENROSE')
      expect(found.words).toContain('Nobody on record that you may see')
    }
  })

  it('[U28] a read-only user of the team finds as the team does', async () => {
    expect((await search(looksOnly, 'jago penrose')).words).toContain('PENROSE, Jago')
  })

  it('[E5] nobody from whom the person is withheld', async () => {
    const other = await addTeam(database, await addAgency(database))
    const theirs = await addUser(database, other)
    const [person] = await register(mine, [{ given: 'Elowen', family: 'Lanyon' }])
    const shared = await addCase(database, person!, other)
    expect((await search(theirs, 'lanyon')).words).toContain('LANYON, Elowen')
    await as(database, theirs, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: shared.id, holder: theirs.principal, reason: 'Her wish', wishOf: 'the person' } as never),
    )
    expect((await search(theirs, 'lanyon')).words).not.toContain('LANYON')
  })

  it('[U9] what was searched for, and who was shown, is in the audit', async () => {
    await search(mine, 'trembath 1987')
    const { rows } = await database.admin.query(
      `select detail from audit_events where user_id = $1 and action = 'people-searched' order by id desc limit 1`,
      [mine.id],
    )
    expect(rows[0]?.detail).toEqual({ term: 'trembath 1987', page: 1, shown: 1 })
    const shown = await database.admin.query(
      `select p.family_name as family from audit_events e join people p on p.id = e.person_id where e.user_id = $1 and e.action = 'person-found' and e.detail = '{}'`,
      [mine.id],
    )
    expect(shown.rows.map(row => row.family)).toContain('Trembath')
  })

  it('needs the index alone: the policy and the range of tokens are one condition of it', async () => {
    const plan = await asActor(database.web, await actorOf(database, mine.id), 'read', async tx => {
      await sql`set local enable_seqscan = off`.execute(tx)
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select person_id from person_tokens where principal = ${team.posts['early-help']} and token >= 'npenr' and token < ${'npenr\u{10FFFF}'}`.execute(
        tx,
      )
      return rows.map(row => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('Index Only Scan using person_tokens_pkey')
    expect(plan).toMatch(/Index Cond: .*principal = .*token >= .*token </s)
  })
})
