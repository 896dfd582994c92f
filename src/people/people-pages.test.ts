import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAgency, addTeam, addUser, as, reader, type Team, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../test/harness/site.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { removePerson } from './change-person.ts'
import { type NewPerson, peopleRoutes, refreshTokens, registerPeople } from './index.ts'
import { findRecord, versionsOf } from './person.queries.ts'
import type { PersonRecord } from './person.ts'

const clock = fixedClock('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let team: Team
let mine: User
let looksOnly: User
let elsewhere: User

const register = async (person: NewPerson): Promise<string> =>
  as(database, mine, async (tx, actor) => {
    const outcome = await registerPeople(tx, actor, clock.now(), [person])
    if (!outcome.ok) throw new Error(outcome.error)
    return outcome.value[0]!.id
  })
const recordOf = (id: string): Promise<PersonRecord> => as(database, mine, async tx => (await findRecord(tx, id))!)
const versions = (id: string) => as(database, mine, async tx => versionsOf(tx, (await findRecord(tx, id))!.id))
const dateBoxes = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const saved = (reply: Reply) => expect([reply.status, reply.words.slice(0, 400)]).toEqual([303, reply.words.slice(0, 400)])

beforeAll(async () => {
  database = await testDatabase()
  site = await siteOf(database, clock, routes => peopleRoutes(routes))
  team = await addTeam(database, await addAgency(database))
  mine = await addUser(database, team, { name: 'Tamsin Rowe' })
  looksOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, await addTeam(database, await addAgency(database)))
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
})

describe('search tokens', () => {
  const tokens = async (id: string) =>
    (await database.admin.query('select token from person_tokens where person_id = $1', [id])).rows.length

  it('are never emptied by somebody who cannot see the person, and are when the person is removed', async () => {
    const id = await register({ given: 'Kensa', family: 'Trelawny' })
    const before = await tokens(id)
    expect(before).toBeGreaterThan(0)
    await expect(as(database, elsewhere, tx => refreshTokens(tx, id))).rejects.toThrow('only by somebody who sees the person')
    expect(await tokens(id)).toBe(before)
    await as(database, mine, async (tx, actor) =>
      removePerson(tx, actor, clock.now(), (await findRecord(tx, id, true))!, 'Made by mistake'),
    )
    expect(await tokens(id)).toBe(0)
  })
})

describe('registering a person', () => {
  const form = {
    given: 'Senara',
    family: 'Boskenwyn',
    ...dateBoxes('dateOfBirth', '3', '6', '1988'),
    postcode: 'tr18 4qa',
    lines: '2 Bal Lane',
    telephone: '07700 900456',
  }

  it('[F11] saves when nobody on record may be them, and leads to their details', async () => {
    const reply = await site.as(mine).post(paths.people.register, form)
    saved(reply)
    const details = await site.as(mine).get(reply.location!)
    expect(details.words).toContain('BOSKENWYN, Senara')
    expect(details.words).toContain('38 born 03/06/1988')
    expect(details.words).toContain('2 Bal Lane, TR18 4QA')
    expect(details.words).toContain('07700 900456')
  })

  it('[F11] asks before it saves when somebody on record may be them; “not a duplicate” is remembered', async () => {
    const known = await register({ given: 'Massen', family: 'Killigrew', dateOfBirth: asPlainDate('1990-05-17') })
    const typed = { given: 'Masen', family: 'Killigrew', ...dateBoxes('dateOfBirth', '18', '5', '1990') }
    const asked = await site.as(mine).post(paths.people.register, typed)
    expect(asked.status).toBe(200)
    expect(asked.words).toContain('Is it this person?')
    expect(asked.words).toContain('Sounds the same and the date of birth is one day out')
    expect(asked.html).toContain(paths.people.details(known))
    expect(asked.html).toContain('name="family" value="Killigrew"')
    const reply = await site.as(mine).post(paths.people.register, { ...typed, 'told-apart': known })
    saved(reply)
    const registered = reply.location!.split('/')[2]!
    expect((await site.as(mine).get(paths.people.duplicates(registered))).words).toContain('Nobody else on record looks like this person')
    expect((await site.as(mine).get(paths.people.duplicates(known))).words).toContain('Nobody else on record looks like this person')
  })

  it('[F11] warns while it is typed', async () => {
    await register({ given: 'Talan', family: 'Roskilly', dateOfBirth: asPlainDate('1970-02-01') })
    const half = { given: 'Talan', family: 'Roskily', ...dateBoxes('dateOfBirth', '1', '2', '1970') }
    const warned = await site.as(mine).post(paths.people.likelyMatches, half)
    expect(warned.words).toContain('ROSKILLY, Talan')
    expect((await site.as(elsewhere).post(paths.people.likelyMatches, half)).words).not.toContain('ROSKILLY')
  })

  it('[U9] whom the warning and the question showed is in the audit', async () => {
    const known = await register({ given: 'Hedra', family: 'Carlyon', dateOfBirth: asPlainDate('1981-03-09') })
    const typed = { given: 'Hedra', family: 'Carlyon', ...dateBoxes('dateOfBirth', '9', '3', '1981') }
    const shown = async () => {
      const { rows } = await database.admin.query(
        `select action from audit_events where action = 'likely-people-shown' and person_id = $1 order by id`,
        [known],
      )
      return rows
    }
    await site.as(mine).post(paths.people.likelyMatches, typed)
    expect(await shown()).toHaveLength(1)
    await site.as(mine).post(paths.people.register, typed)
    expect(await shown()).toHaveLength(2)
    await site.as(elsewhere).post(paths.people.likelyMatches, typed)
    expect(await shown()).toHaveLength(2)
  })

  it('[U16] keeps what was typed when something is wrong, and says what', async () => {
    const reply = await site.as(mine).post(paths.people.register, {
      ...form,
      ...dateBoxes('dateOfBirth', '31', '2', '1988'),
      nhsNumber: '9434765918',
      postcode: 'QV1 1AA',
    })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('Date of birth must be a real date')
    expect(reply.words).toContain('NHS number is not valid')
    expect(reply.words).toContain('Enter a full UK postcode')
    expect(reply.html).toContain('value="QV1 1AA"')
    expect(reply.html).toContain('value="Senara"')
    expect(reply.html).toContain('href="#dateOfBirth-day"')
  })

  it.each([
    [{ family: 'A', ...dateBoxes('dateOfBirth', '1', '1', '2027') }, 'Date of birth must be today or in the past'],
    [{ family: 'A', ...dateBoxes('dateOfBirth', '29', '2', '2023') }, 'Date of birth must be a real date'],
    [{}, 'Enter a surname or a first name'],
    [{ family: 'x'.repeat(101) }, 'Surname must be 100 characters or fewer'],
    [{ family: 'A', number: '12' }, 'Enter the name of the system'],
    [{ family: 'A', telephone: '12' }, 'Enter a telephone number'],
  ])('[U16] refuses %j: %s', async (typed, message) => {
    const reply = await site.as(mine).post(paths.people.register, typed)
    expect(reply.status).toBe(422)
    expect(reply.words).toContain(message)
  })

  it('[P6] takes a child not yet born, without a name', async () => {
    const reply = await site.as(mine).post(paths.people.register, dateBoxes('expectedDate', '1', '3', '2027'))
    saved(reply)
    expect((await site.as(mine).get(reply.location!)).words).toContain('not yet born, expected 01/03/2027')
  })

  it('saves once, however often the button is pressed', async () => {
    const once = crypto.randomUUID()
    const typed = { given: 'Once', family: 'Only' }
    const first = await site.as(mine).post(paths.people.register, typed, { once })
    const second = await site.as(mine).post(paths.people.register, typed, { once })
    expect(second.location).toBe(first.location)
  })

  it('[U28] is not there for a read-only user', async () => {
    expect((await site.as(looksOnly).get(paths.people.register)).status).toBe(404)
    expect((await site.as(looksOnly).post(paths.people.register, form)).status).toBe(404)
  })
})

describe('the details of a person', () => {
  it('[U13] are read by the team, changed by those of it who may, and not there for anybody else', async () => {
    const id = await register({ given: 'Piran', family: 'Tangye' })
    expect((await site.as(looksOnly).get(paths.people.details(id))).status).toBe(200)
    expect((await site.as(looksOnly).get(paths.people.details(id))).html).not.toContain('/details/')
    expect((await site.as(looksOnly).get(paths.people.editSection(id, 'name'))).status).toBe(404)
    const everyPage = [
      paths.people.details(id),
      paths.people.history(id),
      paths.people.duplicates(id),
      paths.people.death(id),
      paths.people.addName(id),
      paths.people.addAddress(id),
      paths.people.addContact(id),
      paths.people.addExternalId(id),
      paths.people.editSection(id, 'name'),
    ]
    for (const path of everyPage) {
      expect([path, (await site.as(mine).get(path)).status]).toEqual([path, 200])
      expect([path, (await site.as(elsewhere).get(path)).status]).toEqual([path, 404])
    }
    for (const user of [elsewhere, looksOnly]) {
      const reply = await site.as(user).post(paths.people.editSection(id, 'name'), { given: 'X', family: 'Y', version: '1' })
      expect(reply.status).toBe(404)
    }
    expect((await recordOf(id)).family).toBe('Tangye')
  })

  it.each(['not-an-id', '00000000-0000-0000-0000-000000000000', "'; drop table people; --"])('are not found under %s', async id => {
    expect((await site.as(mine).get(paths.people.details(encodeURIComponent(id)))).status).toBe(404)
  })

  it('[U9] each reading is in the audit', async () => {
    const id = await register({ given: 'Denzil', family: 'Opie' })
    await site.as(looksOnly).get(paths.people.details(id))
    const { rows } = await database.admin.query(`select action from audit_events where person_id = $1 and user_id = $2`, [id, looksOnly.id])
    expect(rows).toEqual([{ action: 'person-opened' }])
  })

  it('change by section, and every change stands in the history with its author and why', async () => {
    const id = await register({ given: 'Rosenwyn', family: 'Chegwidden', dateOfBirth: asPlainDate('1999-09-09') })
    saved(
      await site.as(mine).post(paths.people.editSection(id, 'name'), {
        given: 'Rosenwyn',
        family: 'Spargo',
        pronouns: 'she/her',
        keep: 'yes',
        reason: 'Married',
        version: '1',
      }),
    )
    saved(
      await site.as(mine).post(paths.people.editSection(id, 'needs'), {
        language: 'uk',
        interpreter: 'spoken',
        communicationNeeds: ['large-print', 'easy-read'],
        version: '2',
      }),
    )
    saved(
      await site
        .as(mine)
        .post(paths.people.editSection(id, 'nhs-number'), { nhsNumber: '999 432 6163', nhsNumberStatus: '01', version: '3' }),
    )
    const record = await recordOf(id)
    expect(record).toMatchObject({ family: 'Spargo', language: 'uk', nhsNumber: '9994326163', version: 4 })
    expect(record.names).toMatchObject([{ kind: 'previous', given: 'Rosenwyn', family: 'Chegwidden' }])
    const page = await site.as(looksOnly).get(paths.people.history(id))
    expect(page.words).toContain('from “Chegwidden” to “Spargo”')
    expect(page.words).toContain('Why: Married')
    expect(page.words).toContain('Tamsin Rowe')
    const details = await site.as(mine).get(paths.people.details(id))
    expect(details.words).toContain('NHS 999 432 6163 traced')
    expect(details.words).toContain('Speaks Ukrainian, interpreter needed; large print; easy read')
    const { rows } = await database.admin.query(`select token from person_tokens where person_id = $1 and token like 'n%'`, [id])
    expect(new Set(rows.map(row => row.token))).toEqual(new Set(['nrosenwyn', 'nspargo', 'nchegwidden']))
  })

  it('refuse a section’s mistakes and keep what was typed', async () => {
    const id = await register({ given: 'Kitto', family: 'Uren' })
    const reply = await site
      .as(mine)
      .post(paths.people.editSection(id, 'birth'), { ...dateBoxes('dateOfBirth', '31', '4', '1990'), version: '1' })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('Date of birth must be a real date')
    expect(reply.html).toContain('value="31"')
    expect((await versions(id)).length).toBe(1)
    const gone = await site.as(mine).post(paths.people.editSection(id, 'name'), { given: '', family: '', version: '1' })
    expect(gone.words).toContain('Enter a surname or a first name')
  })

  it('do not lose a change made meanwhile: the second writer is told and decides', async () => {
    const id = await register({ given: 'Jory', family: 'Bray' })
    saved(await site.as(mine).post(paths.people.editSection(id, 'gp'), { gpName: 'Dr Ede', version: '1' }))
    // Another section does not stand in the way.
    saved(await site.as(mine).post(paths.people.editSection(id, 'name'), { given: 'Jory', family: 'Brey', version: '1' }))
    const stale = await site.as(mine).post(paths.people.editSection(id, 'gp'), { gpName: 'Dr Angove', version: '1' })
    expect(stale.status).toBe(422)
    expect(stale.words).toContain('changed this on 20/11/2026 10:00, while you were writing: GP is now “Dr Ede”')
    expect(stale.html).toContain('value="Dr Angove"')
    const version = /name="version" value="(\d+)"/.exec(stale.html)?.[1] ?? ''
    saved(await site.as(mine).post(paths.people.editSection(id, 'gp'), { gpName: 'Dr Angove', version }))
    expect((await recordOf(id)).gpName).toBe('Dr Angove')
  })
})

describe('other names', () => {
  it('are added, found by, and removed with a reason', async () => {
    const id = await register({ given: 'Ana', family: 'Ede' })
    saved(await site.as(mine).post(paths.people.addName(id), { kind: 'other-script', given: 'Анна', family: 'Єде' }))
    const [name] = (await recordOf(id)).names
    expect(name).toMatchObject({ kind: 'other-script', given: 'Анна' })
    expect((await site.as(mine).post(paths.people.endName(id, name!.id), {})).words).toContain('Enter why this name is removed')
    saved(await site.as(mine).post(paths.people.endName(id, name!.id), { reason: 'Wrong person' }))
    expect((await recordOf(id)).names).toEqual([])
    expect((await site.as(mine).get(paths.people.history(id))).words).toContain('“Анна Єде” removed')
    expect((await site.as(mine).post(paths.people.addName(id), { kind: 'alias' })).words).toContain('Enter a first name or a surname')
  })
})

describe('addresses', () => {
  it('keep their dates; moving house ends the old home and changes the banner', async () => {
    const id = await register({
      given: 'Lowenna',
      family: 'Kitto',
      addresses: [{ kind: 'home', lines: '1 Old Road', from: asPlainDate('2020-01-01') }],
    })
    const moved = {
      kind: 'home',
      lines: '2 New Road',
      town: 'Porthkerris',
      postcode: 'tr18 4qa',
      ...dateBoxes('from', '1', '11', '2026'),
      moved: 'yes',
    }
    saved(await site.as(mine).post(paths.people.addAddress(id), moved))
    const record = await recordOf(id)
    expect(record).toMatchObject({ addressLine: '2 New Road, Porthkerris', postcode: 'TR18 4QA' })
    expect(record.addresses).toMatchObject([
      { lines: '2 New Road', to: null },
      { lines: '1 Old Road', to: '2026-10-31' },
    ])
  })

  it('that are confidential stand in no banner and are not searched', async () => {
    const id = await register({ given: 'Merryn', family: 'Skewes' })
    saved(
      await site
        .as(mine)
        .post(paths.people.addAddress(id), { kind: 'refuge', lines: '9 Secret Row', postcode: 'TR27 9ZZ', confidential: 'yes' }),
    )
    const record = await recordOf(id)
    expect(record).toMatchObject({ addressLine: 'Address confidential', postcode: null })
    const { rows } = await database.admin.query(`select from person_tokens where person_id = $1 and token like 'p%'`, [id])
    expect(rows).toEqual([])
    const details = await site.as(mine).get(paths.people.details(id))
    expect(details.words).toContain('Confidential: do not tell anyone')
    expect(details.words).toContain('9 Secret Row')
  })

  it('may be none: no fixed abode', async () => {
    const id = await register({ given: 'Wil', family: 'Roe' })
    saved(await site.as(mine).post(paths.people.addAddress(id), { kind: 'no-fixed-abode' }))
    expect(await recordOf(id)).toMatchObject({ addressLine: 'No fixed abode', postcode: 'ZZ99 3VZ' })
  })

  it.each([
    [{ kind: 'home' }, 'Enter the building and street, or a postcode'],
    [{ lines: '1 A Street' }, 'Select what kind of address it is'],
    [{ kind: 'home', lines: '1', postcode: 'nonsense' }, 'Enter a full UK postcode'],
    [
      { kind: 'home', lines: '1', ...dateBoxes('from', '2', '1', '2020'), ...dateBoxes('to', '1', '1', '2020') },
      'must be the same as or after the date they moved in',
    ],
    [{ kind: 'home', lines: '1', uprn: '1234567890123' }, 'UPRN must be 12 digits or fewer'],
  ])('[U16] refuse %j: %s', async (typed, message) => {
    const id = await register({ given: 'Wil', family: 'Roe' })
    const reply = await site.as(mine).post(paths.people.addAddress(id), typed)
    expect(reply.status).toBe(422)
    expect(reply.words).toContain(message)
  })

  it('change and are removed, never by two people at once unnoticed', async () => {
    const id = await register({ given: 'Wil', family: 'Roe', addresses: [{ kind: 'home', lines: '1 Old Road' }] })
    const [address] = (await recordOf(id)).addresses
    const path = paths.people.editAddress(id, address!.id)
    saved(await site.as(mine).post(path, { kind: 'home', lines: '1a Old Road', version: '1' }))
    expect((await site.as(mine).post(path, { kind: 'home', lines: '1b Old Road', version: '1' })).words).toContain(
      'Somebody else changed this address',
    )
    expect((await recordOf(id)).addressLine).toBe('1a Old Road')
    saved(await site.as(mine).post(path, { do: 'remove' }))
    expect((await recordOf(id)).addressLine).toBeNull()
  })
})

describe('contacts', () => {
  it('[U7] say on every page when it is not safe to ring', async () => {
    const id = await register({ given: 'Demelza', family: 'Trenear' })
    const typed = {
      kind: 'mobile',
      value: '07700 900789',
      use: 'text-only',
      message: 'no',
      days: ['1', '2'],
      from: '9am',
      to: '3pm',
      note: 'Ask for the dentist',
    }
    saved(await site.as(mine).post(paths.people.addContact(id), typed))
    const words = (await site.as(looksOnly).get(paths.people.history(id))).words
    expect(words).toContain(
      'Safe to contact. 07700 900789: text only. Monday and Tuesday, 09:00 to 15:00. Do not leave a message. Ask for the dentist.',
    )
    const [contact] = (await recordOf(id)).contacts
    saved(await site.as(mine).post(paths.people.editContact(id, contact!.id), { do: 'remove' }))
    expect((await recordOf(id)).contactCare).toBeNull()
  })

  it.each([
    [{ kind: 'mobile', value: '01632 960123', use: 'any' }, 'This is not a mobile number'],
    [{ kind: 'email', value: 'nobody', use: 'any' }, 'Enter an email address in the correct format'],
    [{ kind: 'mobile', value: '07700 900789' }, 'Select whether it is safe to use'],
    [{ kind: 'mobile', value: '07700 900789', use: 'any', from: '9am' }, 'Enter both times, or neither'],
    [{ kind: 'mobile', value: '07700 900789', use: 'any', from: '25:00', to: '9am' }, 'Safe from must be a time'],
    [{ kind: 'telephone', value: '01632 960123', use: 'text-only' }, 'A landline takes no texts'],
  ])('[U16] refuse %j: %s', async (typed, message) => {
    const id = await register({ given: 'Wil', family: 'Roe' })
    const reply = await site.as(mine).post(paths.people.addContact(id), typed)
    expect(reply.status).toBe(422)
    expect(reply.words).toContain(message)
  })
})

describe('numbers of other systems', () => {
  it('are added once, and removed', async () => {
    const id = await register({ given: 'Wil', family: 'Roe' })
    saved(await site.as(mine).post(paths.people.addExternalId(id), { system: 'Niche', value: 'NI-77' }))
    expect((await site.as(mine).post(paths.people.addExternalId(id), { system: 'Niche', value: 'NI-77' })).words).toContain(
      'on the record already',
    )
    const [external] = (await recordOf(id)).externalIds
    saved(await site.as(mine).post(paths.people.endExternalId(id, external!.id), {}))
    expect((await recordOf(id)).externalIds).toEqual([])
  })
})

describe('a death', () => {
  it('[U26] stands on every page of the record, with who recorded it on its own, and can be taken back', async () => {
    const id = await register({ given: 'Clive', family: 'Rosevear', dateOfBirth: asPlainDate('1943-01-01') })
    saved(
      await site
        .as(mine)
        .post(paths.people.death(id), { known: 'yes', ...dateBoxes('died', '12', '11', '2026'), note: 'His daughter rang' }),
    )
    for (const path of [paths.people.details(id), paths.people.history(id), paths.people.addContact(id)]) {
      const { words } = await site.as(mine).get(path)
      expect(words).toContain('Died on 12/11/2026.')
      expect(words).toContain('Recorded on 20/11/2026')
      expect(words).toContain('died aged 83')
    }
    expect((await site.as(mine).get(paths.people.death(id))).words).toContain('Recorded by Tamsin Rowe')
    expect((await site.as(mine).post(paths.people.death(id), { do: 'take-back' })).words).toContain(
      'Enter why the death was recorded by mistake',
    )
    saved(await site.as(mine).post(paths.people.death(id), { do: 'take-back', reason: 'Another Clive Rosevear' }))
    expect((await recordOf(id)).deathRecordedAt).toBeNull()
    expect((await site.as(mine).get(paths.people.details(id))).words).not.toContain('Died on')
  })

  it('[U26] may be known without its date', async () => {
    const id = await register({ given: 'Wil', family: 'Roe' })
    saved(await site.as(mine).post(paths.people.death(id), { known: 'no' }))
    expect((await site.as(mine).get(paths.people.details(id))).words).toContain('Has died. The date is not known.')
  })

  it.each([
    [{}, 'Select yes if the date of death is known'],
    [{ known: 'yes', ...dateBoxes('died', '1', '1', '2027') }, 'Date of death must be today or in the past'],
    [{ known: 'yes', ...dateBoxes('died', '1', '1', '1940') }, 'Date of death must be on or after the date of birth, 01/01/1943'],
  ])('[U16] refuses %j: %s', async (typed, message) => {
    const id = await register({ given: 'Wil', family: 'Roe', dateOfBirth: asPlainDate('1943-01-01') })
    const reply = await site.as(mine).post(paths.people.death(id), typed)
    expect(reply.status).toBe(422)
    expect(reply.words).toContain(message)
  })
})

describe('two records side by side', () => {
  it('[F11] are compared, told apart, and not offered again', async () => {
    const one = await register({ given: 'Hedrek', family: 'Faull', dateOfBirth: asPlainDate('1981-04-02') })
    const two = await register({ given: 'Hedrek', family: 'Faul', dateOfBirth: asPlainDate('1981-02-04') })
    expect((await site.as(mine).get(paths.people.duplicates(one))).html).toContain(paths.people.compare(one, two))
    const compared = await site.as(mine).get(paths.people.compare(one, two))
    expect(compared.words).toContain('day and month the other way round')
    const { rows } = await database.admin.query(
      `select action from audit_events where person_id = $1 and user_id = $2 and action = 'person-compared'`,
      [two, mine.id],
    )
    expect(rows, 'the audit of the other tells it as well').toHaveLength(1)
    const pages = await database.admin.query(
      `select detail ->> 'page' as page from audit_events where person_id = $1 and action = 'person-opened'`,
      [one],
    )
    expect(pages.rows.at(-1)?.page, 'no id of the other stands in the audit of one').toBe('duplicates')
    expect((await site.as(elsewhere).get(paths.people.compare(one, two))).status).toBe(404)
    saved(await site.as(mine).post(paths.people.compare(one, two), { reason: 'Cousins' }))
    expect((await site.as(mine).get(paths.people.duplicates(two))).words).toContain('Nobody else on record')
  })
})
