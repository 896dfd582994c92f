import type pg from 'pg'
import { v7 as uuid } from 'uuid'
import { firstRoles, firstServiceAreas, hashPassword, newPrincipal, sealSecret, setUpAuthority } from '../identity/index.ts'
import { agencies, type DemonstrationAgency, type DemonstrationTeam, type DemonstrationUser } from './porthkerris.ts'

/** What everybody in the demonstration signs in with. Printed at every start; production refuses to load any of this. */
export const demonstrationPassword = 'harbour-lantern-26'
/** The key of every demonstration authenticator, so that a newcomer can sign in as an administrator too (`npm run code`). */
export const demonstrationTotpKey = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/**
 * Unlike an authority as delivered, leaders and officers of partners sign in to the demonstration by password alone: whoever looks at it for an hour
 * plays many of them, and its people are fictional. Administrators and commissioners show what signing in with a second factor is like.
 */
const byPasswordAlone: ReadonlySet<string> = new Set(['Team leader', 'Duty officer', 'Partner officer'])

/** The council, its partners, their teams and users: everyone who can sign in. Answers false when an authority is there already. */
export async function loadOrganisations(owner: pg.ClientBase, secret: string, now: Date): Promise<boolean> {
  const made = await setUpAuthority(owner, {
    code: 'porthkerris',
    name: 'Porthkerris Council',
    supportEmail: 'lanyard-support@porthkerris.example.org',
    telephone: '01632 960100',
    serviceAreas: firstServiceAreas,
    roles: firstRoles.map(role => (byPasswordAlone.has(role.name) ? { ...role, factorNeeded: 'none' as const } : role)),
  })
  if (!made) return false
  const roles = await owner.query<{ id: string; name: string; needs: boolean; authorityOnly: boolean }>(
    `select id, name, factor_needed <> 'none' as needs, authority_only as "authorityOnly" from roles`,
  )
  const known: Known = {
    roleOf: new Map(roles.rows.map(role => [role.name, role])),
    passwordHash: await hashPassword(demonstrationPassword),
    secret,
    now,
  }
  for (const agency of agencies) await addAgency(owner, agency, known)
  return true
}

type Known = {
  roleOf: ReadonlyMap<string, { id: string; needs: boolean; authorityOnly: boolean }>
  passwordHash: string
  secret: string
  now: Date
}

async function addAgency(owner: pg.ClientBase, agency: DemonstrationAgency, known: Known): Promise<void> {
  const principal = await newPrincipal(owner, 'agency')
  await owner.query(
    `insert into agencies (id, principal, name, kind, is_authority, manages_own_users, telephone, out_of_hours_telephone, terms, terms_version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      uuid(),
      principal,
      agency.name,
      agency.kind,
      agency.isAuthority ?? false,
      agency.managesOwnUsers,
      agency.telephone,
      agency.outOfHours,
      agency.terms,
      agency.terms ? 1 : 0,
    ],
  )
  const teamIds = new Map<string, string>()
  for (const team of agency.teams) teamIds.set(team.name, await addTeam(owner, principal, team))
  let someone = ''
  for (const user of agency.users) someone = await addUser(owner, principal, user, teamIds, known)
  await owner.query('insert into letterheads (agency, address, changed_by, changed_at) values ($1, $2, $3, $4)', [
    principal,
    agency.address,
    someone,
    known.now,
  ])
}

async function addTeam(owner: pg.ClientBase, agency: number, team: DemonstrationTeam): Promise<string> {
  const id = uuid()
  await owner.query('insert into teams (id, principal, agency, name, telephone) values ($1, $2, $3, $4, $5)', [
    id,
    await newPrincipal(owner, 'team'),
    agency,
    team.name,
    team.telephone,
  ])
  for (const area of team.serviceAreas) {
    await owner.query('insert into team_services (team_id, agency, service_area, principal) values ($1, $2, $3, $4)', [
      id,
      agency,
      area,
      await newPrincipal(owner, 'post'),
    ])
  }
  return id
}

async function addUser(
  owner: pg.ClientBase,
  agency: number,
  user: DemonstrationUser,
  teamIds: ReadonlyMap<string, string>,
  known: Known,
): Promise<string> {
  const id = uuid()
  await owner.query(
    `insert into users (id, principal, agency, name, email, job_title, telephone, status, created_at) values ($1, $2, $3, $4, $5, $6, $7, 'active', $8)`,
    [id, await newPrincipal(owner, 'user'), agency, user.name, user.email, user.jobTitle, user.telephone, known.now],
  )
  let needsSecondFactor = false
  for (const post of user.posts) {
    const role = known.roleOf.get(post.role)
    if (!role) throw new Error(`The demonstration names a role that there is not: ${post.role}.`)
    needsSecondFactor ||= role.needs
    await owner.query(
      'insert into posts (id, user_id, team_id, agency, service_area, role_id, started_at, role_authority_only) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [uuid(), id, teamIds.get(post.team), agency, post.serviceArea, role.id, known.now, role.authorityOnly],
    )
  }
  await owner.query(
    'insert into credentials (user_id, password_hash, password_changed_at, must_change_password, totp_secret, totp_confirmed_at) values ($1, $2, $3, false, $4, $5)',
    [
      id,
      known.passwordHash,
      known.now,
      needsSecondFactor ? sealSecret(demonstrationTotpKey, { secret: known.secret, userId: id }) : null,
      needsSecondFactor ? known.now : null,
    ],
  )
  return id
}
