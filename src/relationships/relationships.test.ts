import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  commissioner,
  type Person,
  reader,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, withhold } from '../access/index.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { bannerOf, recordRoutes } from '../record/index.ts'
import { relationshipsRoutes } from './index.ts'

const clock = fixedClock('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let team: Team
let other: Team
let worker: User
let looksOnly: User
let elsewhere: User
let both: User
let boss: User
/** Of our team alone, and of the other team alone. */
let jago: Person
let oksana: Person
let bob: Person
let casesOf: Record<'jago' | 'oksana' | 'bob', Case>

beforeAll(async () => {
  database = await testDatabase()
  site = await siteOf(database, clock, routes => {
    recordRoutes(routes, { recordContact: paths.notes.add })
    relationshipsRoutes(routes, { personBanner: bannerOf })
  })
  team = await addTeam(database, await addAgency(database))
  other = await addTeam(database, await addAgency(database), ['domestic-abuse'])
  worker = await addUser(database, team, { name: 'Tamsin Rowe' })
  looksOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, other)
  both = await addUser(database, team)
  boss = await addUser(database, team, { may: commissioner })
  jago = await addPerson(database, team, { givenName: 'Jago', familyName: 'Penrose' })
  oksana = await addPerson(database, team, { givenName: 'Oksana', familyName: 'Penrose' })
  bob = await addPerson(database, other, { givenName: 'Bob', familyName: 'Tremayne' })
  casesOf = {
    jago: await addCase(database, jago, team),
    oksana: await addCase(database, oksana, team),
    bob: await addCase(database, bob, other),
  }
  // Somebody of our team who also sees Bob, whom the rest of the team does not: by a share of his case.
  await as(database, elsewhere, (tx, actor) =>
    grantAccess(tx, actor, clock.now(), {
      caseId: casesOf.bob.id,
      kind: 'share',
      holder: both.principal,
      level: 'read',
      purpose: 'Safety',
      lawfulBasis: 'Public task',
    }),
  )
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
})

const saved = (reply: Reply) => expect([reply.status, reply.words.slice(0, 400)]).toEqual([303, reply.words.slice(0, 400)])
const relate = async (user: User, person: Person, other: Person | 'nobody', fields: Record<string, string | string[]>) =>
  site.as(user).post(paths.network.addRelationship(person.id), { with: other === 'nobody' ? other : other.id, ...fields })
const network = async (user: User, person: Person) => (await site.as(user).get(paths.network.show(person.id))).words
const page = async (user: User, person: Person) => (await site.as(user).get(paths.people.show(person.id))).words
const idOf = async (user: User, person: Person) =>
  /relationships\/([0-9a-f-]{36})"/.exec((await site.as(user).get(paths.network.show(person.id))).html)![1]!
const auditsOf = async (person: Person, like: string) =>
  (
    await database.admin.query('select action from audit_events where person_id = $1 and action like $2 order by id', [person.id, like])
  ).rows.map(row => row.action)

describe('a relationship of two people on record', () => {
  test('[U30] is recorded from one page and read the other way round on the other', async () => {
    saved(await relate(worker, jago, oksana, { kind: 'parent', role: 'parental-responsibility', note: 'Speaks Ukrainian with him' }))
    expect(await network(worker, jago)).toMatch(/PENROSE, Oksana.*Parent.*Parental responsibility/)
    expect(await network(worker, oksana)).toMatch(/PENROSE, Jago.*Child.*This person has parental responsibility for them/)
    expect(await page(worker, jago)).toMatch(/Family and network.*PENROSE, Oksana.*parent, parental responsibility/)
    expect(await auditsOf(jago, 'relationship-%')).toEqual(['relationship-added'])
    expect(await auditsOf(oksana, 'relationship-%')).toEqual(['relationship-added'])
  })

  test('is corrected, ended, taken back and undone, with its history, from the other’s page too', async () => {
    const id = await idOf(worker, oksana)
    const edit = paths.network.relationship(oksana.id, id)
    const form = await site.as(worker).get(edit)
    expect(form.html).toMatch(/<option value="parent\/back"[^>]* selected/)
    const ended = { 'to-day': '1', 'to-month': '2', 'to-year': '2026' }
    saved(await site.as(worker).post(edit, { version: '1', kind: 'step-parent/back', ...ended }))
    expect(await network(worker, jago)).toMatch(/Step-parent \(no longer\).*until 01\/02\/2026/)
    const stale = await site.as(worker).post(edit, { version: '1', kind: 'parent' })
    expect([stale.status, stale.words]).toEqual([422, expect.stringContaining('Somebody else changed this')])
    const undo = (version: number) => site.as(worker).post(paths.network.undoRelationship(jago.id, id), { version: String(version) })
    saved(await undo(2))
    expect(await network(worker, jago)).toMatch(/Parent.*Parental responsibility/)
    saved(await site.as(worker).post(edit, { do: 'remove' }))
    expect(await network(worker, jago)).toContain('Nobody is on record')
    expect((await site.as(worker).get(edit)).status).toBe(404)
    const history = (await site.as(worker).get(paths.network.relationshipHistory(jago.id))).words
    expect(history).toMatch(/Taken back.*Undone.*Changed.*Recorded/)
    // Twice pressed in two windows: the second finds that it was done.
    saved(await undo(4))
    expect((await undo(4)).status).toBe(303)
    expect(await network(worker, jago)).toMatch(/Parent.*Parental responsibility/)
    expect(await auditsOf(oksana, 'relationship-%')).toHaveLength(5)
  })

  test('keeps what was typed when something is missing, and takes only choices of the list', async () => {
    const reply = await relate(worker, jago, oksana, {
      kind: 'emperor',
      note: 'Keep this',
      'from-day': '31',
      'from-month': '2',
      'from-year': '2026',
    })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('Select what PENROSE, Oksana is to Jago')
    expect(reply.html).toContain('Keep this')
    expect(reply.html).toContain('value="31"')
  })
})

describe('a warning', () => {
  test('[I3] between services is told on both pages to whoever may see both, and to nobody else', async () => {
    saved(await relate(both, jago, bob, { kind: 'alleged-perpetrator', warning: ['no-contact', 'address-unknown'] }))
    for (const words of [await page(both, jago), await network(both, jago)]) {
      expect(words).toMatch(/TREMAYNE, Bob/)
      expect(words).toContain('Must not be contacted')
    }
    expect(await page(both, bob)).toMatch(/PENROSE, Jago.*This person must not be contacted about them/)
    expect(await page(boss, bob)).toContain('PENROSE, Jago')
    // Our team does not see Bob; his does not see Jago.
    for (const user of [worker, looksOnly]) {
      expect(await page(user, jago)).not.toMatch(/TREMAYNE|Bob|Must not be contacted|perpetrator/)
      expect(await network(user, jago)).not.toMatch(/TREMAYNE|Bob|Must not be contacted|perpetrator/)
    }
    expect(await page(elsewhere, bob)).not.toMatch(/PENROSE|Jago|must not be contacted|victim/)
    expect(await network(elsewhere, bob)).not.toMatch(/PENROSE|Jago|must not be contacted|victim/)
    expect((await site.as(elsewhere).get(paths.network.relationshipHistory(bob.id))).words).not.toMatch(/PENROSE|Jago/)
  })

  test('is gone at once for somebody from whom one of the two is withheld, and back with them', async () => {
    await as(database, elsewhere, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: casesOf.bob.id, holder: both.principal, reason: 'They are related' }),
    )
    expect(await page(both, jago)).not.toMatch(/TREMAYNE|Must not be contacted/)
    const rows = await as(database, both, async tx => tx.selectFrom('relationships').select('id').where('other_id', '=', bob.id).execute())
    expect(rows).toEqual([])
    expect(await page(boss, jago)).toContain('TREMAYNE')
  })

  test('[I3] that is told of on one side stands on that person’s pages alone, whoever reads them', async () => {
    const wella = await addPerson(database, team, { givenName: 'Wella', familyName: 'Hocking' })
    const nadia = await addPerson(database, team, { givenName: 'Nadia', familyName: 'Rahimi' })
    saved(await relate(worker, nadia, wella, { kind: 'neighbour', warning: 'violence', oneSided: 'yes' }))
    expect(await page(worker, nadia)).toMatch(/HOCKING, Wella.*May be violent to this person/)
    for (const words of [await page(worker, wella), await network(worker, wella), await page(boss, wella)])
      expect(words).not.toMatch(/RAHIMI|violent/)
    const id = await idOf(worker, nadia)
    expect((await site.as(worker).get(paths.network.relationship(wella.id, id))).status).toBe(404)
    expect((await site.as(worker).get(paths.network.relationshipHistory(wella.id))).words).not.toContain('RAHIMI')
    expect(await auditsOf(wella, 'relationship-%')).toEqual([])
    // Nor does somebody else's picture tell it.
    saved(await relate(worker, oksana, nadia, { kind: 'friend' }))
    saved(await relate(worker, oksana, wella, { kind: 'friend' }))
    const picture = (await site.as(worker).get(`${paths.network.show(oksana.id)}?steps=2`)).words
    expect(picture).toContain('RAHIMI')
    expect(picture).not.toContain('violent')
  })
})

describe('somebody who is not on record', () => {
  test('[U30] is written by name with how to reach them, and told to whoever sees the person', async () => {
    saved(await relate(worker, oksana, 'nobody', { otherName: 'مريم', otherContact: '07700 900 111', kind: 'friend' }))
    const { html } = await site.as(looksOnly).get(paths.network.show(oksana.id))
    expect(html).toContain('<bdi>مريم</bdi>')
    expect(html).toContain('href="tel:+447700900111"')
    expect((await site.as(elsewhere).get(paths.network.show(oksana.id))).status).toBe(404)
  })
})

describe('who may record', () => {
  test('a read-only user, a commissioner and another team find no form, and nothing is saved', async () => {
    for (const user of [looksOnly, boss, elsewhere]) {
      expect((await site.as(user).get(paths.network.addRelationship(jago.id))).status).toBe(404)
      expect((await relate(user, jago, oksana, { kind: 'friend' })).status).toBe(404)
    }
  })

  test('nobody names somebody whom they may not see, by a forged id either', async () => {
    const unseen = await relate(worker, jago, bob, { kind: 'friend' })
    const unknown = await relate(worker, jago, { id: crypto.randomUUID(), clientId: '' }, { kind: 'friend' })
    expect([unseen.status, unknown.status]).toEqual([404, 404])
    const shown = await site.as(worker).get(paths.network.addRelationshipWith(jago.id, bob.id))
    expect(shown.words).toContain('Who is the other person?')
    expect(shown.words).not.toContain('TREMAYNE')
  })
})

describe('the picture', () => {
  test('[F21] shows who may be seen, with links, and says the same in words', async () => {
    const { html } = await site.as(worker).get(paths.network.show(oksana.id))
    expect(html).toMatch(/<svg[^>]*>.*Picture of the family and network of Oksana/s)
    expect(html).toContain(`<a href="${paths.people.show(jago.id)}"><title>PENROSE, Jago</title>`)
    expect(html).not.toContain('TREMAYNE')
  })

  test('says every danger, whole, under the person whom it is about, and names the other where that is not who it is of', async () => {
    const elena = await addPerson(database, team, { givenName: 'Elena', familyName: 'Rusu' })
    const petru = await addPerson(database, team, { givenName: 'Petru', familyName: 'Rusu' })
    await Promise.all([addCase(database, elena, team), addCase(database, petru, team)])
    saved(await relate(worker, elena, petru, { kind: 'alleged-perpetrator', warning: ['no-contact', 'alleged-harm'] }))
    const under = async (of: Person, whom: string) => {
      const { html } = await site.as(worker).get(paths.network.show(of.id))
      const drawn = html.split('<rect class="ly-picture__words"').find(part => part.includes(`<title>${whom}</title>`)) ?? ''
      return [...drawn.split('</svg>')[0]!.matchAll(/<text[^>]*>([^<]*)/g)].map(match => match[1]).join(' ')
    }
    expect(await under(elena, 'RUSU, Petru')).toMatch(
      /RUSU Petru.*Alleged perpetrator.*Must not be contacted.*Alleged perpetrator of harm to Elena/,
    )
    expect(await under(elena, 'RUSU, Elena')).not.toMatch(/contacted|harm/)
    expect(await under(petru, 'RUSU, Petru')).toMatch(/For Elena: Must not be contacted.*Alleged perpetrator of harm to Elena/)
    expect(await under(petru, 'RUSU, Elena')).toContain('Alleged victim')
  })
})

describe('professionals from outside', () => {
  test('are recorded with how to reach them, changed, ended, and shown as working with the person', async () => {
    const add = paths.network.addProfessional(jago.id)
    const wrong = await site.as(worker).post(add, { role: 'GP', telephone: '12' })
    expect(wrong.words).toMatch(/Enter a name or an organisation.*Enter a telephone number/)
    saved(
      await site.as(worker).post(add, {
        role: 'Health visitor',
        name: 'Morwenna Angove',
        organisation: 'Porthkerris Community Health',
        telephone: '01632 960 480',
      }),
    )
    expect(await page(looksOnly, jago)).toMatch(
      /Who is working with Jago.*Morwenna Angove , health visitor.*Porthkerris Community Health · 01632 960480/,
    )
    const id = /professionals\/([0-9a-f-]{36})/.exec((await site.as(worker).get(paths.network.show(jago.id))).html)![1]!
    const ended = { role: 'Health visitor', name: 'Morwenna Angove', version: '1', 'to-day': '19', 'to-month': '11', 'to-year': '2026' }
    saved(await site.as(worker).post(paths.network.professional(jago.id, id), ended))
    expect(await page(worker, jago)).not.toContain('Morwenna')
    expect(await network(worker, jago)).toMatch(/Morwenna Angove.*\(no longer\).*until 19\/11\/2026/)
    expect((await site.as(looksOnly).post(paths.network.professional(jago.id, id), ended)).status).toBe(404)
    expect((await site.as(elsewhere).get(paths.network.professional(jago.id, id))).status).toBe(404)
  })
})
