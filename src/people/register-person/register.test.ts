import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { addAgency, addCase, addTeam, addUser, as, reader, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { safeAlways } from '../contact.ts'
import type { NhsNumber } from '../nhs-number.ts'
import { findRecord, versionsOf } from '../person.queries.ts'
import type { Postcode } from '../postcode.ts'
import type { NewPerson } from './entry.ts'
import { likelyMatches } from './likely-matches.ts'
import { postsOf, registerPeople } from './register.ts'

const now = new Date('2026-11-20T10:00:00Z')
const jago: NewPerson = {
  given: 'Jago',
  family: 'Penrose',
  dateOfBirth: asPlainDate('2014-06-03'),
  nhsNumber: '9994326163' as NhsNumber,
  nhsNumberStatus: '01',
  names: [{ kind: 'known-as', given: 'Jay', family: 'Hart' }],
  addresses: [
    { kind: 'home', lines: '14 Fore Street', town: 'Porthkerris', postcode: 'TR18 4QA' as Postcode, from: asPlainDate('2020-01-01') },
  ],
  contacts: [{ kind: 'mobile', value: '+447700900123', safe: { ...safeAlways, use: 'text-only' } }],
  externalIds: [{ system: 'Mosaic', value: 'MOS00123' }],
}

describe('putting somebody on record', () => {
  let database: TestDatabase
  let team: Team
  let mine: User
  let elsewhere: User
  let looksOnly: User
  const registerOne = (person: NewPerson, user = mine) =>
    as(database, user, async (tx, actor) => {
      const outcome = await registerPeople(tx, actor, now, [person])
      if (!outcome.ok) throw new Error(outcome.error)
      return outcome.value[0]!
    })

  beforeAll(async () => {
    database = await testDatabase()
    const agency = await addAgency(database)
    team = await addTeam(database, agency)
    mine = await addUser(database, team)
    looksOnly = await addUser(database, team, { may: reader })
    elsewhere = await addUser(database, await addTeam(database, await addAgency(database)))
  })

  it('[U25] keeps all that was given, under a client id of its own', async () => {
    const { id, clientId } = await registerOne(jago)
    const record = await as(database, mine, tx => findRecord(tx, id))
    expect(record).toMatchObject({
      clientId,
      given: 'Jago',
      family: 'Penrose',
      dateOfBirth: '2014-06-03',
      nhsNumber: '9994326163',
      addressLine: '14 Fore Street, Porthkerris',
      postcode: 'TR18 4QA',
      version: 1,
    })
    expect(record?.names).toMatchObject([{ kind: 'known-as', given: 'Jay', family: 'Hart' }])
    expect(record?.addresses).toMatchObject([{ lines: '14 Fore Street', from: '2020-01-01', to: null }])
    expect(record?.contacts).toMatchObject([{ value: '+447700900123', safe: { use: 'text-only', leaveMessage: true } }])
    expect(record?.externalIds).toMatchObject([{ system: 'Mosaic', value: 'MOS00123' }])
    const [first] = await as(database, mine, tx => versionsOf(tx, id))
    expect(first).toMatchObject({ version: 1, section: 'Registered' })
    expect(first?.changes).toContainEqual({ field: 'Date of birth', before: null, after: '03/06/2014' })
  })

  it('[U13] is seen by the post that did it, and by no other agency', async () => {
    const { id } = await registerOne({ given: 'Wenna', family: 'Keast' })
    expect(await as(database, looksOnly, tx => findRecord(tx, id))).toBeDefined()
    expect(await as(database, elsewhere, tx => findRecord(tx, id))).toBeUndefined()
    const tokens = (user: User) =>
      as(database, user, tx => sql`select from person_tokens where person_id = ${id}`.execute(tx).then(found => found.rows.length))
    expect(await tokens(looksOnly)).toBeGreaterThan(2)
    expect(await tokens(elsewhere)).toBe(0)
  })

  it('[U28] is not for a read-only user', async () => {
    const outcome = await as(database, looksOnly, (tx, actor) => registerPeople(tx, actor, now, [jago]))
    expect(outcome).toEqual({ ok: false, error: 'no-post' })
  })

  it('[U9] is in the audit', async () => {
    const { id } = await registerOne({ given: 'Piran', family: 'Opie' })
    const { rows } = await database.admin.query('select action, user_id from audit_events where person_id = $1', [id])
    expect(rows).toEqual([{ action: 'person-registered', user_id: mine.id }])
  })

  it('[F11] finds who may be the same person, and says why', async () => {
    const known = await registerOne({
      ...jago,
      given: 'Kitto',
      family: 'Trevithick',
      nhsNumber: null,
      dateOfBirth: asPlainDate('1990-05-17'),
    })
    const typed = { names: [{ given: 'Kito', family: 'Trevithic' }], dateOfBirth: asPlainDate('1990-05-18') }
    const matches = await as(database, mine, tx => likelyMatches(tx, typed))
    expect(matches.map(({ person, match }) => [person.id, match.reasons])).toEqual([
      [known.id, ['Sounds the same and the date of birth is one day out']],
    ])
  })

  it('[F11] tells no one of a match that they may not see', async () => {
    await registerOne(jago)
    const typed = {
      names: [{ given: 'Jago', family: 'Penrose' }],
      dateOfBirth: asPlainDate('2014-06-03'),
      nhsNumber: '9994326163' as NhsNumber,
    }
    expect(await as(database, elsewhere, tx => likelyMatches(tx, typed))).toEqual([])
    expect((await as(database, looksOnly, tx => likelyMatches(tx, typed))).length).toBeGreaterThan(0)
  })

  it('[U13] gives the tokens to whoever reads a case afterwards', async () => {
    const person = await registerOne({ given: 'Loveday', family: 'Carlyon' })
    const other = await addTeam(database, await addAgency(database))
    const theirs = await addUser(database, other)
    await addCase(database, person, other)
    const found = await as(database, theirs, tx =>
      sql`select from person_tokens where token = 'nloveday' and person_id = ${person.id}`.execute(tx),
    )
    expect(found.rows.length).toBeGreaterThan(0)
  })

  it('takes thousands in one go, each with an id of its own', async () => {
    const many = Array.from({ length: 500 }, (_, n): NewPerson => ({ given: `Name${'abcdefghij'[n % 10]}`, family: 'Nankivell' }))
    const outcome = await as(database, mine, (tx, actor) => registerPeople(tx, actor, now, many))
    if (!outcome.ok) throw new Error(outcome.error)
    expect(new Set(outcome.value.map(each => each.clientId)).size).toBe(500)
  })

  it('offers the posts that one works in', async () => {
    await as(database, mine, async (_tx, actor) => {
      expect(postsOf(actor)).toEqual([{ principal: team.posts['early-help'], name: team.name }])
    })
  })
})
