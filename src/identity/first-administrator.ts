import type pg from 'pg'
import { v7 as uuid } from 'uuid'
import { firstPassword, hashPassword } from './passwords/hashing.ts'
import { newPrincipal } from './set-up-authority.ts'

export type FirstAdministrator = { agencyName: string; telephone: string; name: string; email: string; now: Date }

/**
 * The council as an agency, its systems team, and the one user who can set up everybody else. Run by the owner, beside setUpAuthority.
 * Answers the random first password, which must be changed at the first sign-in, where a second factor is then set up as well (S12, E8).
 */
export async function addFirstAdministrator(
  owner: pg.ClientBase,
  { agencyName, telephone, name, email, now }: FirstAdministrator,
): Promise<string> {
  const [agency, team, user] = [await newPrincipal(owner, 'agency'), await newPrincipal(owner, 'team'), await newPrincipal(owner, 'user')]
  const [teamId, userId, password] = [uuid(), uuid(), firstPassword()]
  await owner.query(`insert into agencies (id, principal, name, kind, is_authority, telephone) values ($1, $2, $3, 'council', true, $4)`, [
    uuid(),
    agency,
    agencyName,
    telephone,
  ])
  await owner.query(`insert into teams (id, principal, agency, name, telephone) values ($1, $2, $3, 'Systems', $4)`, [
    teamId,
    team,
    agency,
    telephone,
  ])
  await owner.query(
    `insert into users (id, principal, agency, name, email, job_title, status, created_at) values ($1, $2, $3, $4, $5, 'Systems administrator', 'active', $6)`,
    [userId, user, agency, name, email, now],
  )
  await owner.query(
    `insert into posts (id, user_id, team_id, agency, role_id, started_at, role_authority_only)
     select $1, $2, $3, $4, r.id, $5, r.authority_only from roles r where r.name = 'Authority administrator'`,
    [uuid(), userId, teamId, agency, now],
  )
  await owner.query(
    'insert into credentials (user_id, password_hash, password_changed_at, must_change_password) values ($1, $2, $3, true)',
    [userId, await hashPassword(password), now],
  )
  return password
}
