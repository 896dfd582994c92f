import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nothingMore } from '../../test/factories/relationships.ts'
import {
  addAgency,
  addCase,
  addPost,
  addTeam,
  addUser,
  as,
  type Case,
  commissioner,
  reader,
  type Team,
  type User,
  worker as workerMay,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../test/harness/site.ts'
import { raiseAlert } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { findRecord, type NewPerson, parsePostcode, peopleRoutes, registerPeople } from '../people/index.ts'
import { fixedClock } from '../platform/clock.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { bannerOf, recordRoutes } from '../record/index.ts'
import { addRelationship, relationshipsRoutes } from '../relationships/index.ts'
import { searchRoutes } from '../search/index.ts'
import { movedRecord, samePersonRoutes } from './index.ts'

const clock = fixedClock('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let team: Team
let other: Team
let leader: User
let worker: User
let looksOnly: User
let elsewhere: User
let inBoth: User
let boss: User

const may = [...workerMay, 'merge-people'] as const

beforeAll(async () => {
  database = await testDatabase()
  const frame = { personBanner: bannerOf }
  site = await siteOf(
    database,
    clock,
    routes => {
      recordRoutes(routes, { recordContact: paths.notes.add })
      peopleRoutes(routes, frame)
      relationshipsRoutes(routes, frame)
      samePersonRoutes(routes, frame)
      searchRoutes(routes)
    },
    { movedTo: movedRecord },
  )
  team = await addTeam(database, await addAgency(database))
  other = await addTeam(database, await addAgency(database), ['domestic-abuse'])
  leader = await addUser(database, team, { may, name: 'Demelza Vyvyan' })
  worker = await addUser(database, team)
  looksOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, other, { may })
  inBoth = await addUser(database, team, { may })
  await addPost(database, inBoth, other, { may })
  boss = await addUser(database, team, { may: [...commissioner, 'merge-people'] })
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
})

const register = (person: NewPerson, by: User = leader): Promise<string> =>
  as(database, by, async (tx, actor) => {
    const outcome = await registerPeople(tx, actor, clock.now(), [person])
    if (!outcome.ok) throw new Error(outcome.error)
    return outcome.value[0]!.id
  })
const caseOf = (id: string, ofTeam: Team = team, options = {}): Promise<Case> => addCase(database, { id, clientId: '' }, ofTeam, options)
const saved = (reply: Reply) => expect([reply.status, reply.words.slice(0, 500)]).toEqual([303, reply.words.slice(0, 500)])
const page = async (user: User, id: string) => (await site.as(user).get(paths.people.show(id))).words
const merge = (user: User, kept: string, merged: string, fields: Record<string, string> = {}) =>
  site.as(user).post(paths.samePerson.merge(kept, merged), { reason: 'Same NHS number', confirm: 'yes', versions: '1/1', ...fields })
const clientIdOf = async (id: string) =>
  (await database.admin.query('select client_id from people where id = $1', [id])).rows[0].client_id as string
const recordOf = (user: User, id: string) => as(database, user, tx => findRecord(tx, id))

describe('grouping records of one person', () => {
  test('[U27] shows the earlier cases of each on the page of the other, to those who may see them, and says so in the banner', async () => {
    const [one, two] = [await register({ given: 'Jago', family: 'Penrose' }), await register({ given: 'Jago', family: 'Penros' })]
    const [mine, earlier, theirs] = [await caseOf(one), await caseOf(two), await caseOf(two, other, { serviceArea: 'domestic-abuse' })]
    await database.admin.query(`update cases set closed_on = '2025-01-31', status = 'closed' where id = $1`, [earlier.id])
    const none = await site.as(leader).post(paths.samePerson.group(one), { with: two, reason: '' })
    expect([none.status, none.words]).toEqual([422, expect.stringContaining('Enter how you know')])
    saved(await site.as(leader).post(paths.samePerson.group(one), { with: two, reason: 'He told us so' }))
    for (const id of [one, two]) expect(await page(worker, id)).toContain('More than one record.')
    const shown = (await site.as(worker).get(paths.people.show(one))).html
    expect(shown).toContain(paths.cases.show(earlier.id))
    expect(shown).toContain('Closed 31/01/2025')
    expect(shown).not.toContain(theirs.id)
    expect((await site.as(inBoth).get(paths.people.show(one))).html).toContain(paths.cases.show(theirs.id))
    // Who sees one record alone hears nothing of the other, not in its history either.
    expect(await page(elsewhere, two)).not.toMatch(/More than one record|PENROSE,/)
    const history = (await site.as(elsewhere).get(paths.people.history(two))).words
    expect(history).toContain('Grouped with another record of the same person')
    expect(history).not.toContain(await clientIdOf(one))
    expect(mine.personId).toBe(one)
  })

  test('a record is taken out again, with a reason; both stay as they are', async () => {
    const [one, two, three] = [
      await register({ given: 'Kerra', family: 'A' }),
      await register({ given: 'Kerra', family: 'B' }),
      await register({ given: 'Kerra', family: 'C' }),
    ]
    for (const id of [two, three]) saved(await site.as(worker).post(paths.samePerson.group(one), { with: id, reason: 'Same person' }))
    // Through one another.
    expect((await site.as(worker).get(paths.samePerson.show(three))).words).toMatch(/A, Kerra.*B, Kerra/)
    const row = /same-person\/group\/([0-9a-f-]{36})/.exec((await site.as(worker).get(paths.samePerson.show(three))).html)![1]!
    saved(await site.as(worker).post(paths.samePerson.ungroup(three, row), { reason: 'They are twins' }))
    expect((await site.as(worker).get(paths.samePerson.show(one))).words).not.toContain('C, Kerra')
    expect((await site.as(worker).get(paths.samePerson.show(one))).words).toContain('B, Kerra')
  })

  test('is for those who may change both', async () => {
    const [mine, theirs] = [
      await register({ given: 'Wella', family: 'Nance' }),
      await register({ given: 'Wella', family: 'Nance' }, elsewhere),
    ]
    for (const user of [worker, looksOnly, elsewhere])
      expect((await site.as(user).post(paths.samePerson.group(mine), { with: theirs, reason: 'x' })).status).toBe(404)
    expect((await site.as(worker).get(`${paths.samePerson.group(mine)}?with=${theirs}`)).words).toContain('Who is the other person?')
  })
})

describe('merging two records', () => {
  const postcode = parsePostcode('TR18 4QA')
  if (!postcode.ok) throw new Error('No postcode')
  const pair = async () => {
    const kept = await register({
      given: 'Senara',
      family: 'Bolitho',
      nhsNumber: '9994326163' as never,
      nhsNumberStatus: '01',
      dateOfBirth: asPlainDate('1980-03-31'),
    })
    const merged = await register({
      given: 'Sara',
      family: 'Bolitho-Rowe',
      nhsNumber: '9990000018' as never,
      language: 'uk',
      interpreter: 'spoken',
      addresses: [{ kind: 'refuge', lines: '9 Quay Lane', postcode: postcode.value, confidential: true }],
      contacts: [
        {
          kind: 'mobile',
          value: '+447700900123',
          safe: { use: 'text-only', leaveMessage: false, days: [], from: null, to: null, note: null },
        },
      ],
      externalIds: [{ system: 'Mosaic', value: 'M-778' }],
    })
    const cases = { kept: await caseOf(kept), merged: await caseOf(merged) }
    return { kept, merged, cases }
  }

  test('[U27] [P15] carries everything, keeps the number of the record that is kept, and leads the old id to the new one', async () => {
    const { kept, merged, cases } = await pair()
    await as(database, leader, (tx, actor) =>
      raiseAlert(tx, actor, clock.now(), merged, { kind: 'dog', note: 'Alsatian', reviewOn: null, label: 'Dog' }),
    )
    const friend = await register({ given: 'Elowen', family: 'Friend' })
    await as(database, leader, (tx, actor) =>
      addRelationship(tx, actor, clock.now(), {
        ...nothingMore,
        personId: friend,
        otherId: merged,
        kind: 'friend',
        warnings: ['violence'],
      }),
    )
    await database.admin.query(
      `insert into timeline_entries (id, person_id, case_id, part, service_area, at, kind, title, summary, href, source_type, source_id, author, readers, editors, withheld)
       select gen_random_uuid(), person_id, id, 'notes', service_area, now(), 'contact', 'Rang about the boiler', '', '', 'note', gen_random_uuid(), 'A worker', readers, editors, withheld from cases where id = $1`,
      [cases.merged.id],
    )
    const shown = await site.as(leader).get(paths.samePerson.merge(kept, merged))
    expect(shown.words).toMatch(/1 case with all that is in it, 1 name, 1 address, 1 contact, 1 number of another system/)
    expect(shown.words).toContain('999 432 6163; ')
    expect(shown.words).toMatch(/stays, as the number of the record that is kept/)
    const unconfirmed = await merge(leader, kept, merged, { confirm: '', name: 'merged' })
    expect([unconfirmed.status, unconfirmed.words]).toEqual([422, expect.stringContaining('Confirm that you have compared')])
    expect(unconfirmed.html).toMatch(/id="name-2"[^>]* checked/)
    saved(await merge(leader, kept, merged, { name: 'kept', language: 'merged', nhs: 'merged', versions: await versions(kept, merged) }))

    const record = (await recordOf(leader, kept))!
    expect([record.nhsNumber, record.family, record.language, record.interpreter]).toEqual(['9994326163', 'Bolitho', 'uk', 'spoken'])
    expect(record.names.map(name => name.given)).toEqual(['Sara'])
    expect(record.contactCare).toContain('07700 900123')
    expect([record.addressLine, record.postcode]).toEqual(['Address confidential', null])
    expect(record.externalIds.map(one => one.value).sort()).toEqual(['999 000 0018', 'M-778'])
    const words = await page(worker, kept)
    for (const carried of ['Alsatian', 'FRIEND, Elowen', 'This person may be violent to them', 'Rang about the boiler'])
      expect(words).toContain(carried)
    expect((await site.as(worker).get(paths.people.show(kept))).html).toContain(paths.cases.show(cases.merged.id))
    // The old id, on every page of the record and in search.
    for (const at of [paths.people.show, paths.people.details, paths.people.history, paths.network.show])
      expect([(await site.as(worker).get(at(merged))).status, (await site.as(worker).get(at(merged))).location]).toEqual([303, at(kept)])
    for (const asked of [await clientIdOf(merged), '999 000 0018', 'Sara Bolitho-Rowe', 'M-778'])
      expect((await site.as(worker).get(`/search?q=${encodeURIComponent(asked)}`)).html, asked).toContain(paths.people.show(kept))
    expect((await site.as(worker).get(`/search?q=Bolitho`)).html).not.toContain(paths.people.show(merged))
    // Both histories on one page.
    expect((await site.as(worker).get(paths.people.history(kept))).words).toMatch(/was merged into this record.*merged into this one/)
    // To another team it is not there and leads nowhere.
    expect((await site.as(elsewhere).get(paths.people.show(merged))).status).toBe(404)
    const audited = await database.admin.query(
      `select action from audit_events where person_id = any ($1) and action like 'person-merged%' order by 1`,
      [[kept, merged]],
    )
    expect(audited.rows.map(row => row.action)).toEqual(['person-merged', 'person-merged-away'])
  })

  const versions = async (kept: string, merged: string) => {
    const { html } = await site.as(leader).get(paths.samePerson.merge(kept, merged))
    return /name="versions" value="([^"]+)"/.exec(html)![1]!
  }
  /** Everything that a record is, but for its history and when it was looked at. */
  const whole = async (id: string) => {
    const of = (table: string, column = 'person_id') =>
      database.admin
        .query(`select to_jsonb(t) - 'version' as row from ${table} t where ${column} = $1 order by to_jsonb(t)->>'id'`, [id])
        .then(({ rows }) => rows.map(one => one.row))
    const tables = ['cases', 'involvements', 'timeline_entries', 'person_addresses', 'person_contacts', 'person_alerts', 'relationships']
    const live = async (table: string) => (await of(table)).filter((row: { ended_at: string | null }) => row.ended_at === null)
    const tokens = await database.admin.query('select principal, token from person_tokens where person_id = $1 order by 1, 2', [id])
    return {
      person: await of('people', 'id'),
      parts: await Promise.all(tables.map(table => of(table))),
      names: await live('person_names'),
      numbers: await live('person_identifiers'),
      tokens: tokens.rows,
    }
  }

  test('[U27] undone, both are what they were; what was recorded on the kept record meanwhile stays with it, and the page says so', async () => {
    const { kept, merged, cases } = await pair()
    const before = [await whole(kept), await whole(merged)]
    saved(await merge(leader, kept, merged, { name: 'merged', language: 'merged' }))
    expect((await recordOf(leader, kept))!.family).toBe('Bolitho-Rowe')
    const mergeId = /merges\/([0-9a-f-]{36})\/undo/.exec((await site.as(leader).get(paths.samePerson.show(kept))).html)![1]!
    const undo = (user: User) => site.as(user).post(paths.samePerson.undoMerge(kept, mergeId), { reason: 'They are sisters' })
    saved(await undo(leader))
    expect([await whole(kept), await whole(merged)]).toEqual(before)
    expect((await undo(leader)).status).toBe(404)

    // Again, and this time something happens before it is undone.
    saved(await merge(leader, kept, merged, { name: 'merged', language: 'merged', versions: await versions(kept, merged) }))
    const again = /merges\/([0-9a-f-]{36})\/undo/.exec((await site.as(leader).get(paths.samePerson.show(kept))).html)![1]!
    saved(
      await site.as(worker).post(paths.people.addContact(kept), { kind: 'email', value: 'new@example.org', use: 'any', message: 'yes' }),
    )
    const later = await caseOf(kept)
    await as(database, leader, tx => sql`update people set language = 'pl' where id = ${kept}`.execute(tx))
    const preview = (await site.as(leader).get(paths.samePerson.undoMerge(kept, again))).words
    expect(preview).toMatch(/Name of this record: as before the merge/)
    expect(preview).toMatch(/Language and interpreter of this record: changed since/)
    expect(preview).toContain('1 contact')
    saved(await site.as(leader).post(paths.samePerson.undoMerge(kept, again), { reason: 'They are sisters' }))
    const [mine, theirs] = [(await recordOf(leader, kept))!, (await recordOf(leader, merged))!]
    expect([mine.family, mine.language, mine.contacts.map(one => one.value)]).toEqual(['Bolitho', 'pl', ['new@example.org']])
    expect([theirs.family, theirs.contacts.map(one => one.value)]).toEqual(['Bolitho-Rowe', ['+447700900123']])
    const { rows } = await database.admin.query('select id, person_id from cases where id = any ($1) order by id', [
      [cases.kept.id, cases.merged.id, later.id],
    ])
    expect(new Map(rows.map(row => [row.id, row.person_id]))).toEqual(
      new Map([
        [cases.kept.id, kept],
        [cases.merged.id, merged],
        [later.id, kept],
      ]),
    )
    expect((await site.as(worker).get(paths.people.show(merged))).status).toBe(200)
  })

  test('needs its own right and the right to change both', async () => {
    const { kept, merged } = await pair()
    for (const user of [worker, looksOnly, elsewhere]) expect((await merge(user, kept, merged)).status).toBe(404)
    expect((await site.as(looksOnly).get(paths.samePerson.merge(kept, merged))).status).toBe(404)
    expect((await site.as(worker).get(paths.samePerson.merge(kept, merged))).words).toContain('Ask to merge two records')
    expect((await merge(leader, kept, kept)).status).toBe(404)
    const stale = await merge(leader, kept, merged, { versions: '0/1' })
    expect([stale.status, stale.words]).toEqual([422, expect.stringContaining('was changed while you were looking')])
    expect(await recordOf(leader, merged)).toBeDefined()
  })

  test('[U27] with a case in hiding is not done by whoever does not see it, nor told why: the authority is asked, and can', async () => {
    const { kept, merged } = await pair()
    const hidden = await caseOf(merged, other, { serviceArea: 'domestic-abuse' })
    expect((await merge(leader, kept, merged)).status).toBe(404)
    const asked = await site.as(leader).get(paths.samePerson.merge(kept, merged))
    expect(asked.words).toContain('can be merged by the authority')
    expect(asked.words).not.toMatch(/domestic|hidden|case/i)
    saved(await site.as(leader).post(paths.samePerson.askToMerge(kept, merged), { reason: 'Same NHS number' }))
    saved(await site.as(leader).post(paths.samePerson.askToMerge(kept, merged), { reason: 'Same NHS number' }))
    const list = await site.as(boss).get(paths.samePerson.requests)
    expect(list.words.match(/Same NHS number/g)).toHaveLength(1)
    const notices = await database.admin.query(
      `select words from notices n join users u on u.id = n.user_id where u.id = $1 and kind = 'merge-asked'`,
      [boss.id],
    )
    expect(notices.rows).toEqual([{ words: 'You are asked to merge two records' }])
    // Whoever sees one of the two alone is told of no request.
    expect((await site.as(elsewhere).get(paths.samePerson.requests)).words).toContain('Nobody has asked')
    const { html } = await site.as(boss).get(paths.samePerson.merge(kept, merged))
    const versions = /name="versions" value="([^"]+)"/.exec(html)![1]!
    saved(await merge(boss, kept, merged, { versions }))
    expect((await site.as(boss).get(paths.samePerson.requests)).words).toContain('Nobody has asked')
    // The case is seen by those who saw it before, and by nobody else.
    expect((await site.as(elsewhere).get(paths.people.show(kept))).html).toContain(hidden.id)
    expect((await site.as(leader).get(paths.people.show(kept))).html).not.toContain(hidden.id)
    expect((await site.as(leader).get(paths.people.show(merged))).location).toBe(paths.people.show(kept))
    // Nor does the leader undo it.
    const mergeId = /merges\/([0-9a-f-]{36})\/undo/.exec((await site.as(boss).get(paths.samePerson.show(kept))).html)![1]!
    expect((await site.as(leader).post(paths.samePerson.undoMerge(kept, mergeId), { reason: 'No' })).status).toBe(404)
    expect((await site.as(leader).get(paths.samePerson.show(kept))).html).not.toContain('/undo')
    saved(await site.as(boss).post(paths.samePerson.undoMerge(kept, mergeId), { reason: 'Two people after all' }))
    expect((await site.as(elsewhere).get(paths.people.show(kept))).status).toBe(404)
  })

  test('a request is declined with a reason', async () => {
    const { kept, merged } = await pair()
    saved(await site.as(worker).post(paths.samePerson.askToMerge(kept, merged), { reason: 'Look alike' }))
    const id = /merge-requests\/([0-9a-f-]{36})/.exec((await site.as(boss).get(paths.samePerson.requests)).html)![1]!
    expect((await site.as(boss).post(paths.samePerson.request(id), { reason: '' })).status).toBe(422)
    for (const user of [worker, elsewhere])
      expect((await site.as(user).post(paths.samePerson.request(id), { reason: 'No' })).status).toBe(404)
    saved(await site.as(boss).post(paths.samePerson.request(id), { reason: 'Twins' }))
    expect((await site.as(boss).get(paths.samePerson.requests)).words).toContain('Nobody has asked')
  })
})
