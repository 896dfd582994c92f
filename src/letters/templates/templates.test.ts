import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, as, reader, type User, worker } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../../test/harness/site.ts'
import { listPage } from '../../admin/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { templateRoutes } from './templates.routes.tsx'

let database: TestDatabase
let site: Site
let authority: User
let administrator: User
let colleague: User
let elsewhere: User
let caseworker: User
let readOnly: User

const clock = fixedClock('2026-11-20T09:30:00Z')

beforeAll(async () => {
  database = await testDatabase()
  const agency = await addAgency(database)
  const team = await addTeam(database, agency)
  authority = await addUser(database, team, { may: ['manage-users', 'manage-authority', 'manage-settings'] })
  administrator = await addUser(database, team, { may: ['manage-users'] })
  colleague = await addUser(database, team, { may: ['manage-users'] })
  caseworker = await addUser(database, team, { may: worker })
  readOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, await addTeam(database, await addAgency(database)), { may: ['manage-users'] })
  site = await siteOf(database, clock, routes => templateRoutes(routes, listPage))
})
afterAll(() => site.close())

const revisionOn = ({ html }: Reply): string => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? ''
const agencyOn = ({ html }: Reply): string => /<option value="(\d+)"/.exec(html)![1]!
const add = async (who = administrator, title = 'Appointment'): Promise<string> => {
  const agency = agencyOn(await site.as(who).get('/users/letters/new'))
  const added = await site.as(who).post('/users/letters/new', { title, agency, service: '' })
  expect(added.status, added.words).toBe(303)
  return added.location!
}
const save = async (at: string, body: string, fields: Record<string, string> = {}, who = administrator) =>
  site.as(who).post(at, { title: 'Appointment', service: '', revision: revisionOn(await site.as(who).get(at)), body, ...fields })

describe('a template', () => {
  test('[F16] is written with the fields there are, seen for a made-up person, released, and never changed again', async () => {
    const at = await add()
    const page = await site.as(administrator).get(at)
    expect(page.words).toContain('{{person.salutation}}')
    expect(
      (await save(at, "# Come\n\nDear {{person.salutation}},\n\n{{if person.interpreter == 'spoken'}}\nWe bring an interpreter.\n{{end}}"))
        .status,
    ).toBe(303)
    const seen = await site.as(administrator).get(at)
    expect(seen.words).toContain('Dear Łucja,')
    expect(seen.words).toContain('We bring an interpreter.')
    await save(at, 'Dear {{person.salutation}},', { _then: 'release' })
    const released = await site.as(administrator).get(at)
    expect(released.words).toContain('This version is in use and cannot be changed')
    await site.as(administrator).post(at, { title: 'Other', service: '', revision: '3', body: 'Other' })
    const [, code] = /letters\/([\w-]+)\//.exec(at)!
    const change = (statement: string) => as(database, administrator, tx => sql.raw(statement).execute(tx))
    expect(
      (
        await change(`update letter_templates set body = 'x', status = 'released' where code = '${code}' returning code`).catch(() => ({
          rows: [],
        }))
      ).rows,
    ).toEqual([])
    const { rows } = await database.admin.query('select body, status from letter_templates where code = $1', [code])
    expect(rows).toEqual([{ body: 'Dear {{person.salutation}},', status: 'released' }])
  })

  test('has a next version, of which there is one draft at a time, and can be retired', async () => {
    const at = await add()
    await save(at, 'One', { _then: 'release' })
    const next = await site.as(administrator).post(`${at}/next`, {})
    expect(next.location).toBe(at.replace(/1$/, '2'))
    expect((await site.as(administrator).post(`${at}/next`, {})).location).toBe('/users/letters')
    await save(at.replace(/1$/, '2'), 'Two', { _then: 'release' })
    expect((await site.as(administrator).post(`${at}/retire`, {})).status).toBe(303)
    expect((await site.as(administrator).get(at.replace(/1$/, '3'))).words).toContain('out of use')
    expect((await site.as(administrator).post(`${at}/retire`, {})).status).toBe(303)
    const { rows } = await database.admin.query('select count(*)::int as versions from letter_templates where code = $1', [
      /letters\/([\w-]+)\//.exec(at)![1],
    ])
    expect(rows).toEqual([{ versions: 3 }])
  })

  test.each([
    ['an unknown field', 'a\n{{person.nmae}}', 'Line 2: there is no field {{person.nmae}}'],
    ['a misspelt condition', "{{if person.nmae == 'x'}}\nb\n{{end}}", 'Line 1: the condition “person.nmae == &#39;x&#39;” cannot be used'],
    ['a part that there is not', '@adress', 'Line 1: there is no part @adress'],
  ])('with %s is refused by its line, and what was typed is kept', async (_what, body, message) => {
    const refused = await save(await add(), body)
    expect(refused.status).toBe(422)
    expect(refused.html.replaceAll("'", '&#39;')).toContain(message)
    expect(refused.html).toContain(body.split('\n')[0]!)
  })

  test('two people changing it at once are both told, and neither loses a word', async () => {
    const at = await add()
    const revision = revisionOn(await site.as(colleague).get(at))
    await save(at, 'Hers')
    const late = await site.as(colleague).post(at, { title: 'Appointment', service: '', revision, body: 'His' })
    expect(late.status).toBe(422)
    expect(late.words).toContain('Somebody changed this template while you were writing')
    expect(late.html).toContain('>His</textarea>')
  })
})

describe('who administers templates', () => {
  test('[E3] an agency’s administrators its own alone; the authority’s everybody’s', async () => {
    const at = await add(administrator, 'Ours alone')
    expect((await site.as(elsewhere).get('/users/letters')).words).not.toContain('Ours alone')
    expect((await site.as(elsewhere).get(at)).status).toBe(404)
    for (const path of ['', '/next', '/retire'])
      expect((await site.as(elsewhere).post(`${at}${path}`, { body: 'x', title: 'x', revision: '1' })).status).toBe(404)
    expect((await site.as(authority).get(at)).status).toBe(200)
    const own = agencyOn(await site.as(elsewhere).get('/users/letters/new'))
    const others = agencyOn(await site.as(administrator).get('/users/letters/new'))
    expect(own).not.toBe(others)
    for (const agency of ['', others])
      expect((await site.as(elsewhere).post('/users/letters/new', { title: 'x', agency, service: '' })).status).toBe(422)
    await expect(
      as(database, elsewhere, tx =>
        sql`insert into letter_templates (code, version, title, body, changed_at) values ('for-everybody', 1, 'x', 'x', now())`.execute(tx),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('a caseworker and a read-only user find no such page, and the database takes nothing from them', async () => {
    const at = await add()
    for (const user of [caseworker, readOnly]) {
      for (const path of ['/users/letters', '/users/letters/new', '/users/letters/letterhead', at])
        expect((await site.as(user).get(path)).status).toBe(404)
      expect((await site.as(user).post(at, { title: 'x', body: 'x', revision: '1' })).status).toBe(404)
      const changed = await as(database, user, tx => sql`update letter_templates set title = 'x' returning code`.execute(tx))
      expect(changed.rows).toEqual([])
    }
  })

  test('the letterhead of one’s own agency', async () => {
    const saved = await site
      .as(administrator)
      .post('/users/letters/letterhead', { address: 'The Quay\nPorthkerris', telephone: '', email: 'help@example.org', website: '' })
    expect(saved.status).toBe(303)
    expect((await site.as(colleague).get('/users/letters/letterhead')).html).toContain('The Quay\nPorthkerris')
    expect((await site.as(elsewhere).get('/users/letters/letterhead')).html).not.toContain('The Quay')
    const changed = await as(database, elsewhere, tx =>
      sql`update letterheads set address = 'x' where agency = ${administrator.agency.principal} returning agency`.execute(tx),
    )
    expect(changed.rows).toEqual([])
  })
})
