import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, actorOf, addAgency, addPost, addRole, addTeam, type Team, type User } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type FrontDoor, frontDoor } from '../../test/harness/front-door.ts'
import { letIn, userAtTheDoor } from '../../test/harness/users-at-the-door.ts'
import type { Capability } from '../platform/capabilities.ts'
import { adminRoutes } from './index.ts'

// What an agency’s administrator does beside what is meant for them: open its records to themself, offer another’s service, shut their eyes to a guest.

let database: TestDatabase
let door: FrontDoor
let council: { agency: Agency; team: Team }
let harbour: { agency: Agency; team: Team }
let elestren: User
let austell: User

beforeAll(async () => {
  database = await freshDatabase()
  const place = async (services?: string[]) => {
    const agency = await addAgency(database)
    return { agency, team: await addTeam(database, agency, services) }
  }
  council = await place(['early-help'])
  harbour = await place(['drug-and-alcohol'])
  // What the authority lets agencies give, and what it asks at the door for it.
  await addRole(database, ['read-records', 'record'])
  const { id } = await addRole(database, ['manage-users'])
  await database.admin.query(`update roles set factor_needed = 'any' where id = $1`, [id])
  elestren = await aUser(harbour.team, ['manage-users'])
  austell = await aUser(council.team, ['manage-users', 'manage-authority'])
  // Their own roles are no agency's to give, so that what is asked of the one above is what counts.
  await database.admin.query(`update roles set authority_only = true where 'manage-users' = any (capabilities) and id <> $1`, [id])
  door = await frontDoor(database, { now: () => new Date('2026-11-20T09:00:00Z') }, { register: adminRoutes })
})
afterAll(async () => {
  expect(door.faults).toEqual([])
  await door.close()
  await database.close()
})

const aUser = (team: Team, may: readonly Capability[]) => userAtTheDoor(database, new Date('2026-11-20T09:00:00Z'), team, may)
const signedIn = (user: User) => letIn(door, user)

describe('[E3] whoever sets up the users of an agency', () => {
  test('makes no role that sets up users with less at the door than the authority asks for it', async () => {
    const visitor = await signedIn(elestren)
    await visitor.open('/users/roles/new')
    const role = { name: 'Desk keeper', description: '', capability: ['manage-users'] }
    const refused = await visitor.submit({ ...role, factor: 'none' })
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('What this role allows needs more at sign-in')])
    await visitor.open('/users/roles/new')
    expect((await visitor.submit({ ...role, factor: 'any' })).words).toContain('The role Desk keeper has been added.')
  })

  test('is given no post that opens its records by one of themselves, in one role or in two; the authority gives it', async () => {
    const visitor = await signedIn(elestren)
    await visitor.open('/users/roles/new')
    const both = await visitor.submit({ name: 'Both', description: '', capability: ['manage-users', 'read-records'], factor: 'any' })
    expect([both.status, both.words]).toEqual([422, expect.stringContaining('must not open records as well')])
    const other = await aUser(harbour.team, ['manage-users'])
    const reads = (await addRole(database, ['read-records', 'record'])).id
    const post = { place: `${harbour.team.id} drug-and-alcohol`, role: reads }
    await visitor.open(`/users/${other.id}/posts/new`)
    const refused = await visitor.submit(post)
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('only the authority gives somebody both')])
    expect((await actorOf(database, other.id)).capabilities.has('read-records')).toBe(false)
    const authority = await signedIn(austell)
    await authority.open(`/users/${other.id}/posts/new`)
    expect((await authority.submit(post)).words).toContain(`${harbour.team.name}, ${harbour.agency.name}`)
  })

  test('sets up teams in what the agency does, and not in the service of another', async () => {
    const visitor = await signedIn(elestren)
    await visitor.open('/users/teams/new')
    expect(visitor.page.html).not.toContain('value="early-help"')
    await visitor.submit({ name: 'Spy team', telephone: '', service: ['early-help', 'drug-and-alcohol'] })
    const { rows } = await database.admin.query(
      `select x.service_area as service from teams t join team_services x on x.team_id = t.id where t.name = 'Spy team'`,
    )
    expect(rows).toEqual([{ service: 'drug-and-alcohol' }])
  })
})

describe('[E3] somebody of another agency with a post in one', () => {
  let guest: User
  let postId: string
  beforeAll(async () => {
    guest = await aUser(council.team, ['read-records', 'record'])
    postId = await addPost(database, guest, harbour.team)
  })

  test('is on the list of whoever administers it, with that post alone, and their account is not theirs to touch', async () => {
    const visitor = await signedIn(elestren)
    expect((await visitor.open('/users')).words).toContain(guest.name)
    const { words } = await visitor.open(`/users/${guest.id}`)
    expect(words).toContain(`Their account is looked after by ${council.agency.name}`)
    expect(words).toContain(harbour.team.name)
    expect(words).not.toContain(council.team.name)
    for (const page of ['edit', 'disable', 'first-password', 'posts/new']) {
      expect([page, (await visitor.open(`/users/${guest.id}/${page}`)).status]).toEqual([page, 404])
    }
  })

  test('is shut out by them at once, and not of any other agency', async () => {
    const visitor = await signedIn(elestren)
    const { rows } = await database.admin.query<{ id: string }>('select id from posts where user_id = $1 and agency = $2', [
      guest.id,
      council.agency.principal,
    ])
    expect((await visitor.open(`/users/${guest.id}/posts/${rows[0]!.id}/end`)).status).toBe(404)
    await visitor.open(`/users/${guest.id}/posts/${postId}/end`)
    await visitor.submit()
    const actor = await actorOf(database, guest.id)
    expect(actor.posts.map(post => post.agency)).toEqual([council.agency.principal])
    expect(actor.readPrincipals).not.toContain(harbour.agency.principal)
    expect((await visitor.open(`/users/${guest.id}`)).status).toBe(404)
  })
})

test('[F4] what is withheld from an agency stays so from whoever has a post there, when its administrator closes the team that the post is in', async () => {
  const annexe = await addTeam(database, harbour.agency, ['drug-and-alcohol'])
  const guest = await aUser(council.team, ['read-records'])
  await addPost(database, guest, annexe)
  const visitor = await signedIn(elestren)
  await visitor.open(`/users/teams/${annexe.id}`)
  expect((await visitor.submit({ name: annexe.name, telephone: '', closed: 'yes' })).words).toContain('has been saved')
  const actor = await actorOf(database, guest.id)
  expect(actor.principals).toContain(harbour.agency.principal)
  expect(actor.readPrincipals).not.toContain(harbour.agency.principal)
  await database.admin.query('update agencies set disabled_at = now() where principal = $1', [harbour.agency.principal])
  expect((await actorOf(database, guest.id)).principals).toContain(harbour.agency.principal)
})
