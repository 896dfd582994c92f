import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, as, reader, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../../test/harness/site.ts'
import { paths } from '../../paths.ts'
import { type NewAddress, type NewPerson, parsePostcode, peopleRoutes, registerPeople } from '../../people/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { relationshipsRoutes } from '../index.ts'

const clock = fixedClock('2026-11-20T10:00:00Z')
let database: TestDatabase
let site: Site
let team: Team
let worker: User
let looksOnly: User
let elsewhere: User

beforeAll(async () => {
  database = await testDatabase()
  site = await siteOf(database, clock, routes => {
    relationshipsRoutes(routes, {})
    peopleRoutes(routes)
  })
  team = await addTeam(database, await addAgency(database))
  worker = await addUser(database, team)
  looksOnly = await addUser(database, team, { may: reader })
  elsewhere = await addUser(database, await addTeam(database, await addAgency(database)))
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
})

const at = (lines: string, confidential = false): NewAddress => {
  const postcode = parsePostcode('TR18 4QA')
  if (!postcode.ok) throw new Error('No postcode')
  return { kind: 'home', lines, postcode: postcode.value, confidential }
}
const register = (person: NewPerson, by: User = worker): Promise<string> =>
  as(database, by, async (tx, actor) => {
    const outcome = await registerPeople(tx, actor, clock.now(), [person])
    if (!outcome.ok) throw new Error(outcome.error)
    return outcome.value[0]!.id
  })
const saved = (reply: Reply) => expect([reply.status, reply.words.slice(0, 400)]).toEqual([303, reply.words.slice(0, 400)])
const network = async (user: User, id: string) => (await site.as(user).get(paths.network.show(id))).words
const household = (id: string) => paths.network.household(id)

describe('a household', () => {
  test('[U30] is suggested from a shared address, and recorded only when it is saved', async () => {
    const mother = await register({ given: 'Oksana', family: 'Penrose', addresses: [at('14 Fore Street')] })
    const child = await register({ given: 'Jago', family: 'Penrose', addresses: [at('14 fore street')] })
    const neighbour = await register({ given: 'Kerra', family: 'Nance', addresses: [at('16 Fore Street')] })
    const offered = await site.as(worker).get(household(mother))
    expect(offered.html).toContain(`value="${child}"`)
    expect(offered.html).not.toContain(neighbour)
    expect(await network(worker, mother)).toContain('No household is on record')
    saved(await site.as(worker).post(household(mother), { who: child, 'from-day': '1', 'from-month': '3', 'from-year': '2020' }))
    for (const id of [mother, child])
      expect(await network(looksOnly, id)).toMatch(/PENROSE, Jago.*since 01\/03\/2020.*14 Fore Street, TR18 4QA/i)
    // Saved again: nobody is in it twice.
    saved(await site.as(worker).post(household(mother), { who: child }))
    const { rows } = await database.admin.query('select from household_members where person_id = any ($1)', [[mother, child]])
    expect(rows).toHaveLength(2)
  })

  test('is not there for those who may not see its members, not even as a count', async () => {
    const mine = await register({ given: 'Senara', family: 'Bolitho', addresses: [at('3 Chapel Row')] })
    const alsoMine = await register({ given: 'Talan', family: 'Bolitho', addresses: [at('3 Chapel Row')] })
    const theirs = await register({ given: 'Demelza', family: 'Vyvyan', addresses: [at('3 Chapel Row')] }, elsewhere)
    expect((await site.as(worker).get(household(mine))).html).not.toMatch(/Vyvyan/i)
    saved(await site.as(worker).post(household(mine), { who: alsoMine }))
    // Put into the same household by somebody who sees all three, say.
    await database.admin.query(
      `insert into household_members (id, household_id, person_id, address, recorded_at, readers, editors)
       select gen_random_uuid(), m.household_id, p.id, m.address, now(), p.readers, p.editors from household_members m cross join people p where m.person_id = $1 and p.id = $2`,
      [mine, theirs],
    )
    expect(await network(worker, mine)).not.toMatch(/VYVYAN/)
    expect(await network(worker, mine)).toMatch(/BOLITHO, Talan/)
    expect(await network(elsewhere, theirs)).not.toMatch(/BOLITHO/)
    expect(await network(elsewhere, theirs)).toMatch(/VYVYAN, Demelza/)
    expect((await site.as(worker).post(household(mine), { who: theirs })).status).toBe(422)
  })

  test('never tells a confidential address: not by a suggestion, not by its members, not later', async () => {
    const shown = await register({ given: 'Wella', family: 'Hocking', addresses: [at('9 Quay Lane')] })
    const hiding = await register({ given: 'Kensa', family: 'Hocking', addresses: [at('9 Quay Lane', true)] })
    expect((await site.as(worker).get(household(shown))).html).not.toContain(hiding)
    const refused = await site.as(worker).post(household(shown), { who: hiding })
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('The address of HOCKING, Kensa is confidential')])
    expect((await site.as(worker).post(household(hiding), { who: shown })).status).toBe(422)

    // Two who hide together: the household is told, where it is is not.
    const child = await register({ given: 'Merryn', family: 'Hocking', addresses: [at('9 Quay Lane', true)] })
    saved(await site.as(worker).post(household(hiding), { who: child }))
    expect(await network(worker, child)).toMatch(/HOCKING, Kensa.*Address confidential/)
    expect(await network(worker, child)).not.toMatch(/Quay/)

    // Somebody whose address becomes confidential afterwards leaves the pages of those whose address is not.
    const later = await register({ given: 'Elowen', family: 'Hocking', addresses: [at('9 Quay Lane')] })
    saved(await site.as(worker).post(household(shown), { who: later }))
    expect(await network(worker, shown)).toContain('HOCKING, Elowen')
    const { rows } = await database.admin.query('select id, kind, lines, postcode from person_addresses where person_id = $1', [later])
    const { id, ...said } = rows[0]
    saved(await site.as(worker).post(paths.people.editAddress(later, id), { ...said, version: '1', confidential: 'yes' }))
    const left = await database.admin.query('select address from household_members where person_id = $1', [later])
    expect(left.rows).toEqual([{ address: null }])
    expect(await network(worker, shown)).not.toContain('HOCKING, Elowen')
    expect(await network(worker, later)).not.toMatch(/HOCKING, Wella|Quay/)
  })

  test('has members with their own dates; a read-only user and another team change nothing', async () => {
    const lodger = await register({ given: 'Piran', family: 'Angove', addresses: [at('1 Bal Lane')] })
    const tenant = await register({ given: 'Jory', family: 'Angove', addresses: [at('1 Bal Lane')] })
    saved(await site.as(worker).post(household(tenant), { who: lodger }))
    const { rows } = await database.admin.query('select id from household_members where person_id = $1', [lodger])
    const edit = paths.network.householdMember(lodger, rows[0].id)
    const moved = { version: '1', role: 'Lodger', address: '1 Bal Lane', 'to-day': '1', 'to-month': '11', 'to-year': '2026' }
    for (const user of [looksOnly, elsewhere]) {
      expect((await site.as(user).get(edit)).status).toBe(404)
      expect((await site.as(user).post(edit, moved)).status).toBe(404)
      expect((await site.as(user).post(household(tenant), { who: lodger })).status).toBe(404)
    }
    saved(await site.as(worker).post(edit, moved))
    expect(await network(worker, tenant)).toMatch(/ANGOVE, Piran.*No longer: Lodger.*until 01\/11\/2026/)
    expect((await site.as(worker).get(paths.network.householdMember(tenant, rows[0].id))).status).toBe(404)
  })
})
