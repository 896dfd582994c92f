import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, actorOf, addAgency, addPerson, addRole, addTeam, as, type Team, type User } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type FrontDoor, frontDoor, type Visitor } from '../../test/harness/front-door.ts'
import { letIn, userAtTheDoor } from '../../test/harness/users-at-the-door.ts'
import { audit } from '../audit/index.ts'
import type { Capability } from '../platform/capabilities.ts'
import { adminRoutes } from './index.ts'
import { authorityCapabilities } from './rights.ts'

const now = new Date('2026-11-20T09:00:00Z')
let database: TestDatabase
let door: FrontDoor
let ours: { agency: Agency; team: Team }
let theirs: { agency: Agency; team: Team }
let administrator: User
let theirAdministrator: User
let ofAuthority: User

beforeAll(async () => {
  // What an agency may give hangs on every role that there is.
  database = await freshDatabase()
  const place = async () => {
    const agency = await addAgency(database)
    return { agency, team: await addTeam(database, agency) }
  }
  ours = await place()
  theirs = await place()
  // What the authority lets agencies give.
  await addRole(database, ['read-records', 'record', 'sign', 'manage-users', 'read-audit'])
  administrator = await aUser(ours.team, ['manage-users', 'read-audit'])
  theirAdministrator = await aUser(theirs.team, ['manage-users', 'read-audit'])
  ofAuthority = await aUser((await place()).team, ['manage-users', 'manage-authority', 'read-all-audit'])
  door = await frontDoor(database, { now: () => now }, { register: adminRoutes })
})
afterAll(async () => {
  expect(door.faults).toEqual([])
  await door.close()
  await database.close()
})

const aUser = (team: Team, may: readonly Capability[]) => userAtTheDoor(database, now, team, may)
const signedIn = (user: User) => letIn(door, user)

async function ownRole(by: User, fields: Record<string, string | string[]> = {}): Promise<{ id: string; name: string; visitor: Visitor }> {
  const visitor = await signedIn(by)
  await visitor.open('/users/roles/new')
  const name = `Night worker ${crypto.randomUUID()}`
  await visitor.submit({ name, description: 'Works nights', capability: ['read-records', 'record'], factor: 'any', ...fields })
  const { rows } = await database.admin.query('select id from roles where name = $1', [name])
  return { id: rows[0]?.id, name, visitor }
}

describe('[E3] an agency’s own security profiles', () => {
  test('are made, given in its own teams and changed by its administrators', async () => {
    const { id, name, visitor } = await ownRole(administrator)
    expect(visitor.page.words).toContain(`The role ${name} has been added.`)
    expect(visitor.page.words).toContain(ours.agency.name)
    const { rows } = await database.admin.query('select agency, authority_only, factor_needed from roles where id = $1', [id])
    expect(rows[0]).toEqual({ agency: ours.agency.principal, authority_only: false, factor_needed: 'any' })

    const worker = await aUser(ours.team, [])
    await visitor.open(`/users/${worker.id}/posts/new`)
    expect((await visitor.submit({ place: `${ours.team.id} early-help`, role: id })).words).toContain(`is now ${name}`)
    expect((await actorOf(database, worker.id)).capabilities.has('record')).toBe(true)
    await visitor.open(`/users/roles/${id}`)
    await visitor.submit({ name, description: '', capability: ['read-records'], factor: 'none' })
    expect((await actorOf(database, worker.id)).capabilities.has('record')).toBe(false)
  })

  test('one that begins to read records is made known to the agency’s other administrators and the authority’s', async () => {
    const other = await aUser(ours.team, ['manage-users'])
    const { id, name, visitor } = await ownRole(administrator, { capability: ['record'] })
    const told = async (user: User) =>
      (await database.admin.query('select from notices where user_id = $1 and words like $2', [user.id, `%${name}%`])).rows.length
    expect(await told(other)).toBe(0)
    await visitor.open(`/users/roles/${id}`)
    await visitor.submit({ name, description: '', capability: ['read-records', 'record'], factor: 'any' })
    expect([await told(other), await told(ofAuthority)]).toEqual([1, 1])
    expect([await told(administrator), await told(theirAdministrator)]).toEqual([0, 0])
  })

  test('hold nothing that the authority does not let agencies give, on the page, in a forged form or past the code', async () => {
    const visitor = await signedIn(administrator)
    await visitor.open('/users/roles/new')
    for (const one of [...authorityCapabilities, 'merge-people']) expect(visitor.page.html).not.toContain(`value="${one}"`)
    const { id } = await ownRole(administrator, { capability: ['record', 'manage-authority', 'merge-people'], limits: ['authority-only'] })
    const { rows } = await database.admin.query('select capabilities, authority_only from roles where id = $1', [id])
    expect(rows[0]).toEqual({ capabilities: ['record'], authority_only: false })
    const insert = (agency: number | null, capabilities: string[]) =>
      as(database, administrator, tx =>
        tx
          .insertInto('roles')
          .values({ id: crypto.randomUUID(), name: crypto.randomUUID(), description: '', capabilities, agency })
          .execute(),
      )
    for (const one of authorityCapabilities) await expect(insert(ours.agency.principal, [one])).rejects.toThrow('row-level security')
    await expect(insert(theirs.agency.principal, ['record'])).rejects.toThrow('row-level security')
    await expect(insert(null, ['record'])).rejects.toThrow('row-level security')
  })

  test('are nobody else’s: another agency neither sees, changes nor gives them, nor does an agency change the authority’s', async () => {
    const { id, name } = await ownRole(administrator)
    const visitor = await signedIn(theirAdministrator)
    expect((await visitor.open('/users/roles')).words).not.toContain(name)
    expect((await visitor.open(`/users/roles/${id}`)).status).toBe(404)
    expect((await visitor.forge(`/users/roles/${id}`, { name, capability: 'record', version: '1' })).status).toBe(404)
    const worker = await aUser(theirs.team, [])
    expect((await visitor.open(`/users/${worker.id}/posts/new`)).words).not.toContain(name)
    expect((await visitor.submit({ place: `${theirs.team.id} early-help`, role: id })).words).toContain('Select what they may do')
    const general = await addRole(database, ['record'])
    expect((await visitor.open('/users/roles')).words).toContain(general.name)
    expect((await visitor.open(`/users/roles/${general.id}`)).status).toBe(404)
    await as(database, theirAdministrator, tx =>
      tx.updateTable('roles').set({ description: 'Ours' }).where('id', 'in', [id, general.id]).execute(),
    )
    const { rows } = await database.admin.query('select description from roles where id = any ($1)', [[id, general.id]])
    expect(rows.map(row => row.description).toSorted()).toEqual(['', 'Works nights'])
  })

  test('are not given in another agency’s teams, by the authority either', async () => {
    const { id } = await ownRole(administrator)
    const visitor = await signedIn(ofAuthority)
    const worker = await aUser(theirs.team, [])
    await visitor.open(`/users/${worker.id}/posts/new`)
    expect((await visitor.submit({ place: `${theirs.team.id} early-help`, role: id })).words).toContain('This role is of another agency')
  })

  test('are not widened by whoever holds them', async () => {
    const { id } = await ownRole(administrator, { capability: ['manage-users'], factor: 'none' })
    const colleague = await aUser(ours.team, [])
    await database.admin.query('update posts set role_id = $1 where user_id = $2', [id, colleague.id])
    const visitor = await signedIn(colleague)
    expect((await visitor.open('/users/roles')).status).toBe(200)
    expect((await visitor.open(`/users/roles/${id}`)).status).toBe(404)
  })

  test('are there for no agency that leaves its users to the authority', async () => {
    await database.admin.query('update agencies set manages_own_users = false where id = $1', [theirs.agency.id])
    const visitor = await signedIn(theirAdministrator)
    for (const path of ['/users', '/users/roles', '/users/roles/new', '/users/access']) expect((await visitor.open(path)).status).toBe(404)
    await database.admin.query('update agencies set manages_own_users = true where id = $1', [theirs.agency.id])
  })
})

describe('[E3] an agency’s report on its own access', () => {
  let worker: User
  beforeAll(async () => {
    worker = await aUser(ours.team, ['read-records', 'record'])
    const [one, other] = [await addPerson(database, ours.team), await addPerson(database, ours.team)]
    const act = (at: string, action: string, personId?: string) =>
      as(database, worker, (tx, actor) =>
        audit(tx, actor, new Date(at), {
          action,
          subject: { type: 'person', id: personId ?? '' },
          ...(personId ? { personId } : {}),
          detail: { term: 'Quoitxanthe' },
        }),
      )
    await act('2026-11-18T10:00:00Z', 'person-opened', one.id)
    await act('2026-11-18T10:05:00Z', 'person-opened', one.id)
    await act('2026-11-18T23:30:00Z', 'timeline-opened', other.id)
    await act('2026-11-18T10:06:00Z', 'people-searched')
    await act('2026-11-18T10:07:00Z', 'caseload-downloaded')
    await act('2026-09-01T10:00:00Z', 'person-opened', other.id)
  })

  test('says who opened how much and when, and names nobody whom they opened', async () => {
    const visitor = await signedIn(administrator)
    const page = await visitor.open('/users/access')
    const row = new RegExp(`${worker.name} (.*?)18/11/2026 23:30`).exec(page.words)?.[1]?.trim()
    expect(row).toBe('2 3 1 1 1 0 0 0')
    expect(page.html).not.toContain('Quoitxanthe')
    const { rows } = await database.admin.query<{ family_name: string }>('select family_name from people')
    for (const person of rows) expect(page.html).not.toContain(person.family_name)
    const csv = await visitor.open('/users/access?from=01/09/2026&to=20/11/2026&as=csv')
    expect(csv.html).toMatch(new RegExp(`${worker.name},[^\\n]*,2,4,1,1,1,0,0,0,18/11/2026 23:30`))
    expect(csv.html).not.toContain('Quoitxanthe')
    const { rows: told } = await database.admin.query(
      `select action from audit_events where user_id = $1 and action like 'access-report%' order by id`,
      [administrator.id],
    )
    expect(told.map(one => one.action)).toEqual(['access-report-read', 'access-report-exported'])
  })

  test('is of its own users alone; the authority’s is of all, or of one agency', async () => {
    const visitor = await signedIn(theirAdministrator)
    expect((await visitor.open('/users/access')).words).not.toContain(worker.name)
    expect((await visitor.open(`/users/access?agency=${ours.agency.principal}`)).words).not.toContain(worker.name)
    const authority = await signedIn(ofAuthority)
    expect((await authority.open('/users/access')).words).toContain(worker.name)
    expect((await authority.open(`/users/access?agency=${theirs.agency.principal}`)).words).not.toContain(worker.name)
  })

  test('is not there for a worker, nor for an administrator who may not read the audit', async () => {
    for (const may of [['read-records', 'read-audit'], ['manage-users']] as const) {
      const visitor = await signedIn(await aUser(ours.team, may))
      expect((await visitor.open('/users/access')).status).toBe(404)
    }
  })

  test('asks again for days that are none', async () => {
    const visitor = await signedIn(administrator)
    const page = await visitor.open('/users/access?from=31/02/2026&to=x')
    expect(page.status).toBe(422)
    expect(page.title).toMatch(/^Error: /)
    expect((await visitor.open('/users/access?from=20/11/2026&to=19/11/2026')).words).toContain('To must be the same as or after From')
  })
})
