import type pg from 'pg'
import { v7 as uuid } from 'uuid'
import { hashOfToken } from '../src/identity/find-session.ts'

/** Who works in a bench world. Everyone has a session whose token is known, so that requests are real ones with real sessions. */
export type Worker = { userId: string; principal: number; token: string; teamIndex: number }
export type Team = { id: string; principal: number; agency: number; post: number }
export type World = { commissioners: number; teams: Team[]; workers: Worker[]; commissioner: Worker }

/** As many teams and workers as so many people need: 5,000 people and 125 workers a team, as in a large council. */
export const teamsFor = (people: number): number => Math.max(4, Math.ceil(people / 25_000))
export const workersFor = (people: number): number => Math.max(1_000, Math.ceil(people / 40))

/** How many of them hold cases: fifty each, a full page of a caseload. */
export const holdersFor = (people: number): number => Math.ceil(people / 50)

/** Makes the authority, its teams, and workers with sessions, in an empty schema. The client is a superuser's, past row-level security. */
export async function makeOrganisation(admin: pg.ClientBase, people: number): Promise<World> {
  const commissioners = await principal(admin, 'commissioners')
  const existence = await principal(admin, 'existence')
  await admin.query(
    `insert into authorities (code, name, commissioners, existence, support_email, telephone) values ('bench', 'Bench Council', $1, $2, 'bench@example.org', '01632 960000')`,
    [commissioners, existence],
  )
  await admin.query(`insert into service_areas (code, name, position) values ('early-help', 'Early help', 1)`)
  const agency = await principal(admin, 'agency')
  await admin.query(`insert into agencies (id, principal, name, kind, is_authority) values ($1, $2, 'Bench Council', 'council', true)`, [
    uuid(),
    agency,
  ])
  const caseworker = await role(admin, 'Caseworker', ['read-records', 'record', 'share', 'see-existence', 'send-texts'])
  const commissioning = await role(admin, 'Commissioner', ['read-records', 'commission', 'see-existence'])
  const teams: Team[] = []
  for (let index = 0; index < teamsFor(people); index++) teams.push(await team(admin, agency, `Early Help ${index + 1}`))
  const workers: Worker[] = []
  for (let index = 0; index < workersFor(people); index++) {
    const teamIndex = index % teams.length
    workers.push(await worker(admin, agency, teams[teamIndex]!, teamIndex, caseworker, 'early-help', index))
  }
  const commissioner = await worker(admin, agency, teams[0]!, 0, commissioning, null, workers.length)
  return { commissioners, teams, workers, commissioner }
}

async function principal(admin: pg.ClientBase, kind: string): Promise<number> {
  return (await admin.query<{ id: number }>('insert into principals (kind) values ($1) returning id', [kind])).rows[0]!.id
}

async function role(admin: pg.ClientBase, name: string, capabilities: string[]): Promise<string> {
  const id = uuid()
  await admin.query('insert into roles (id, name, description, capabilities) values ($1, $2, $2, $3)', [id, name, capabilities])
  return id
}

async function team(admin: pg.ClientBase, agency: number, name: string): Promise<Team> {
  const made: Team = { id: uuid(), principal: await principal(admin, 'team'), agency, post: await principal(admin, 'post') }
  await admin.query('insert into teams (id, principal, agency, name) values ($1, $2, $3, $4)', [made.id, made.principal, agency, name])
  await admin.query(`insert into team_services (team_id, agency, service_area, principal) values ($1, $2, 'early-help', $3)`, [
    made.id,
    agency,
    made.post,
  ])
  return made
}

async function worker(
  admin: pg.ClientBase,
  agency: number,
  of: Team,
  teamIndex: number,
  roleId: string,
  serviceArea: string | null,
  index: number,
): Promise<Worker> {
  const made: Worker = {
    userId: uuid(),
    principal: await principal(admin, 'user'),
    token: `bench-session-${index}-${'x'.repeat(24)}`,
    teamIndex,
  }
  await admin.query(`insert into users (id, principal, agency, name, email, status) values ($1, $2, $3, $4, $5, 'active')`, [
    made.userId,
    made.principal,
    agency,
    `Worker ${index}`,
    `worker${index}@bench.example.org`,
  ])
  await admin.query('insert into posts (id, user_id, team_id, agency, service_area, role_id) values ($1, $2, $3, $4, $5, $6)', [
    uuid(),
    made.userId,
    of.id,
    agency,
    serviceArea,
    roleId,
  ])
  await admin.query(
    `insert into credentials (user_id, password_hash, password_changed_at, must_change_password) values ($1, 'none', now(), false)`,
    [made.userId],
  )
  await admin.query(
    `insert into sessions (id, token_hash, user_id, csrf_token, created_at, last_seen_at, address, browser) values ($1, $2, $3, 'bench-csrf', now(), now(), '127.0.0.1', 'bench')`,
    [uuid(), hashOfToken(made.token), made.userId],
  )
  return made
}

/** Gives every worker a fresh session: a cached world is older than a session may be. */
export async function refreshSessions(admin: pg.ClientBase): Promise<void> {
  await admin.query('update sessions set created_at = now(), last_seen_at = now(), ended_at = null')
}
