import { v7 as uuid } from 'uuid'
import { rewriteCase, rewritePeople } from '../../src/access/index.ts'
import { findActor } from '../../src/identity/find-session.ts'
import { type Actor, asActor } from '../../src/platform/actor.ts'
import type { Capability } from '../../src/platform/capabilities.ts'
import type { TestDatabase } from '../harness/database.ts'

/**
 * Agencies, teams, users, people and cases for tests, in the domain's words. The scene is set by the superuser; whatever a test then
 * proves, it does as one of these users: `asActor(database.web, await actorOf(database, user.id), 'read', tx => …)`.
 * Names differ each time, since the files of a worker share its database.
 */
export type Authority = { commissioners: number; existence: number }
export type Agency = { id: string; principal: number; name: string }
export type Team = {
  id: string
  principal: number
  agency: Agency
  name: string /** The post's principal by service area. */
  posts: Readonly<Record<string, number>>
}
export type Role = { id: string; name: string }
export type User = { id: string; principal: number; name: string; email: string; agency: Agency }
export type Person = { id: string; clientId: string }
export type Case = { id: string; personId: string; team: Team; serviceArea: string }

/** What an ordinary worker may do. */
export const worker: readonly Capability[] = [
  'read-records',
  'record',
  'sign',
  'manage-allocation',
  'share',
  'restrict',
  'sign-off-own',
  'see-existence',
]
/** Sees, changes nothing. */
export const reader: readonly Capability[] = ['read-records']
/** Reaches everything that is not restricted or withheld, and opens the rest with a reason. */
export const commissioner: readonly Capability[] = ['read-records', 'commission', 'break-glass', 'see-existence', 'read-all-audit']

/** The council: one row a schema, made at first use. */
export async function theAuthority(database: TestDatabase): Promise<Authority> {
  const found = await database.admin.query<Authority>('select commissioners, existence from authorities')
  if (found.rows[0]) return found.rows[0]
  const commissioners = await addPrincipal(database, 'commissioners')
  const existence = await addPrincipal(database, 'existence')
  await database.admin.query(
    `insert into authorities (code, name, commissioners, existence, support_email, telephone)
     values ('porthkerris', 'Porthkerris Council', $1, $2, 'help@porthkerris.example', '01632 960 001')`,
    [commissioners, existence],
  )
  return { commissioners, existence }
}

/** The area whose cases are multi-agency episodes, in every test as in every authority. */
export const episodes = 'multi-agency-episodes'

/** A service area, made at first use. */
export async function addServiceArea(database: TestDatabase, code: string, { existenceShown = true } = {}): Promise<string> {
  await database.admin.query(
    `insert into service_areas (code, name, position, existence_shown, is_episode) values ($1, $2, 1, $3, $4) on conflict (code) do nothing`,
    [code, code.replaceAll('-', ' '), existenceShown, code === episodes],
  )
  return code
}

export async function addAgency(
  database: TestDatabase,
  { name = `Agency ${next()}`, kind = 'charity', isAuthority = false } = {},
): Promise<Agency> {
  await theAuthority(database)
  const agency = { id: uuid(), principal: await addPrincipal(database, 'agency'), name }
  await database.admin.query('insert into agencies (id, principal, name, kind, is_authority, telephone) values ($1, $2, $3, $4, $5, $6)', [
    agency.id,
    agency.principal,
    name,
    kind,
    isAuthority,
    '01632 960 100',
  ])
  return agency
}

/** A team of an agency and the service areas that it works in. */
export async function addTeam(
  database: TestDatabase,
  agency: Agency,
  services: readonly string[] = ['early-help'],
  name = `Team ${next()}`,
): Promise<Team> {
  const team = { id: uuid(), principal: await addPrincipal(database, 'team') }
  await database.admin.query('insert into teams (id, principal, agency, name) values ($1, $2, $3, $4)', [
    team.id,
    team.principal,
    agency.principal,
    name,
  ])
  const posts: Record<string, number> = {}
  for (const service of services) {
    await addServiceArea(database, service)
    posts[service] = await addPrincipal(database, 'post')
    await database.admin.query('insert into team_services (team_id, agency, service_area, principal) values ($1, $2, $3, $4)', [
      team.id,
      agency.principal,
      service,
      posts[service],
    ])
  }
  return { ...team, agency, name, posts }
}

export async function addRole(
  database: TestDatabase,
  capabilities: readonly Capability[],
  { name = `Role ${next()}`, authorityOnly = false } = {},
): Promise<Role> {
  const role = { id: uuid(), name }
  await database.admin.query(`insert into roles (id, name, description, capabilities, authority_only) values ($1, $2, '', $3, $4)`, [
    role.id,
    name,
    capabilities,
    authorityOnly,
  ])
  return role
}

export type NewUser = {
  name?: string
  status?: 'invited' | 'active' | 'disabled' /** Capabilities of the role that the post is given. */
  may?: readonly Capability[]
}

/** A user of the team's agency with a post in the team's first service area. */
export async function addUser(database: TestDatabase, team: Team, { name, status = 'active', may = worker }: NewUser = {}): Promise<User> {
  const user = await addUserWithoutPost(database, team.agency, { ...(name ? { name } : {}), status })
  await addPost(database, user, team, { may })
  return user
}

export async function addUserWithoutPost(
  database: TestDatabase,
  agency: Agency,
  { name = `User ${next()}`, status = 'active' }: NewUser = {},
): Promise<User> {
  const user = { id: uuid(), principal: await addPrincipal(database, 'user'), name, email: `user-${next()}@porthkerris.example`, agency }
  await database.admin.query('insert into users (id, principal, agency, name, email, status) values ($1, $2, $3, $4, $5, $6)', [
    user.id,
    user.principal,
    agency.principal,
    name,
    user.email,
    status,
  ])
  return user
}

/** Many users with a post each, called 'Many 0001' and so on: more than one would list. The last of them is given back. */
export async function addManyUsers(database: TestDatabase, team: Team, count: number): Promise<{ principal: number; name: string }> {
  const role = await addRole(database, worker)
  const name = `Many ${String(count).padStart(4, '0')}`
  await database.admin.query(
    `with made as (insert into principals (kind) select 'user' from generate_series(1, $1) returning id),
      numbered as (select id as principal, gen_random_uuid() as id, row_number() over () as number from made),
      people as (
        insert into users (id, principal, agency, name, email, status)
        select id, principal, $2, 'Many ' || lpad(number::text, 4, '0'), id || '@porthkerris.example', 'active' from numbered returning id)
    insert into posts (id, user_id, team_id, agency, service_area, role_id)
      select gen_random_uuid(), id, $3, $2, $4, $5 from people`,
    [count, team.agency.principal, team.id, Object.keys(team.posts)[0] ?? null, role.id],
  )
  const { rows } = await database.admin.query<{ principal: number }>('select principal from users where name = $1 and agency = $2', [
    name,
    team.agency.principal,
  ])
  return { principal: rows[0]!.principal, name }
}

/** One more post. Without a service area given, the team's first; `null` for a post with no casework of its own. */
export async function addPost(
  database: TestDatabase,
  user: User,
  team: Team,
  { may = worker, serviceArea }: { may?: readonly Capability[]; serviceArea?: string | null } = {},
): Promise<string> {
  const id = uuid()
  const role = await addRole(database, may)
  const area = serviceArea === undefined ? (Object.keys(team.posts)[0] ?? null) : serviceArea
  await database.admin.query('insert into posts (id, user_id, team_id, agency, service_area, role_id) values ($1, $2, $3, $4, $5, $6)', [
    id,
    user.id,
    team.id,
    team.agency.principal,
    area,
    role.id,
  ])
  return id
}

export type NewPerson = { givenName?: string; familyName?: string; dateOfBirth?: string; nhsNumber?: string }

/** A person registered by a team's post, read by it until there is a case. */
export async function addPerson(database: TestDatabase, team: Team, person: NewPerson = {}): Promise<Person> {
  const { id, clientId } = { id: uuid(), clientId: nextClientId() }
  await database.admin.query(
    `insert into people (id, client_id, registered_by, registered_at, given_name, family_name, date_of_birth, nhs_number, readers, editors)
     values ($1, $2, $3, now(), $4, $5, $6, $7, '{}', '{}')`,
    [
      id,
      clientId,
      postOf(team),
      person.givenName ?? 'Jago',
      person.familyName ?? 'Penrose',
      person.dateOfBirth ?? '1987-03-12',
      person.nhsNumber ?? null,
    ],
  )
  await asSystem(database, tx => rewritePeople(tx, [id]))
  return { id, clientId }
}

/** A case of a person with a team. Its rows and its person get the lists that the product would write. */
export async function addCase(
  database: TestDatabase,
  person: Person,
  team: Team,
  { serviceArea = Object.keys(team.posts)[0]!, restricted = false }: { serviceArea?: string; restricted?: boolean } = {},
): Promise<Case> {
  const id = uuid()
  await database.admin.query(
    `insert into cases (id, person_id, service_area, team_id, agency, referred_on, restricted, readers, editors) values ($1, $2, $3, $4, $5, current_date, $6, '{}', '{}')`,
    [id, person.id, serviceArea, team.id, team.agency.principal, restricted],
  )
  await database.admin.query(
    `insert into involvements (case_id, person_id, service_area, team_id, opened_on, readers, editors) values ($1, $2, $3, $4, current_date, '{}', '{}')`,
    [id, person.id, serviceArea, team.id],
  )
  await asSystem(database, tx => rewriteCase(tx, id))
  return { id, personId: person.id, team, serviceArea }
}

/** The actor that this user's session would make, now or at an instant. Throws for a disabled user. */
export async function actorOf(database: TestDatabase, userId: string, now = new Date()): Promise<Actor> {
  const actor = await findActor(database.gate, userId, now)
  if (!actor) throw new Error('This user may not come in.')
  return { ...actor, requestId: 'test', address: '127.0.0.1' }
}

/** Everything that a user may do in one word: runs `work` as them and keeps what it did. */
export async function as<T>(database: TestDatabase, user: { id: string }, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
  const actor = await actorOf(database, user.id)
  return asActor(database.web, actor, 'write', tx => work(tx, actor))
}

type Tx = Parameters<Parameters<typeof asActor>[3]>[0]

/** The system itself: no principal at all, so it reads and writes nothing except through the keeper. */
export const systemActor: Actor = {
  userId: null,
  name: 'Lanyard',
  principal: 0,
  agency: 0,
  agencyName: '',
  principals: [],
  readPrincipals: [],
  writePrincipals: [],
  administers: [],
  audits: [],
  capabilities: new Set(),
  posts: [],
  requestId: 'test',
  address: '127.0.0.1',
}

export function asSystem<T>(database: TestDatabase, work: (tx: Tx) => Promise<T>): Promise<T> {
  return asActor(database.web, systemActor, 'write', work)
}

export async function addPrincipal(
  database: TestDatabase,
  kind: 'user' | 'team' | 'post' | 'agency' | 'commissioners' | 'existence' | 'meeting',
): Promise<number> {
  const { rows } = await database.admin.query<{ id: number }>('insert into principals (kind) values ($1) returning id', [kind])
  return rows[0]!.id
}

const postOf = (team: Team): number => Object.values(team.posts)[0] ?? team.principal

// Different in every process and test run that shares a cluster's template.
let counter = 0
const next = (): string => `${process.pid.toString(36)}-${(counter++).toString(36)}`

/** Unlike any other in this run; without a true check character, which only src/people can give. */
const alphabet = '0123456789ABCDEFGHJKMNPQRTUVWXYZ'.replace('U', '')
function nextClientId(): string {
  let number = counter++ + process.pid * 100_000
  let text = ''
  for (let place = 0; place < 7; place++) {
    text = alphabet[number % alphabet.length] + text
    number = Math.floor(number / alphabet.length)
  }
  return text
}
