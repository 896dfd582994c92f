import { v7 as uuid } from 'uuid'
import { firstRoles, hashPassword, sealSecret, setUpAuthority } from '../../src/identity/index.ts'
import type { TestDatabase } from '../harness/database.ts'
import { addUserWithoutPost, type Team, type User } from './world.ts'

/** Users who can really sign in, in the roles that an authority begins with. */
export type Colleague = User & { password: string /** The authenticator's key, for roles that need one. */; totpKey: string | null }
export type RoleName =
  | 'Caseworker'
  | 'Team leader'
  | 'Duty officer'
  | 'Read only'
  | 'Partner officer'
  | 'Agency administrator'
  | 'Authority administrator'
  | 'Commissioner'

export const usualPassword = 'harbour-lantern-26'
const totpKey = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
let usualHash: Promise<string> | undefined

const serviceAreas = [
  { code: 'early-help', name: 'Early help', existenceShown: true },
  { code: 'drug-and-alcohol', name: 'Drug and alcohol', existenceShown: true },
  { code: 'domestic-abuse', name: 'Domestic abuse', existenceShown: false },
]

/** Signing in with a second factor has tests of its own; in all others these come in by password, as in the demonstration. */
const byPasswordAlone: ReadonlySet<string> = new Set(['Team leader', 'Duty officer', 'Partner officer'])

/** The council with its service areas and first roles, as the command line makes it. */
export async function addAuthority({ admin }: TestDatabase): Promise<void> {
  const owner = await admin.connect()
  try {
    await setUpAuthority(owner, {
      code: 'porthkerris',
      name: 'Porthkerris Council',
      supportEmail: 'help@porthkerris.example',
      telephone: '01632 960 001',
      serviceAreas,
      roles: firstRoles.map(role => (byPasswordAlone.has(role.name) ? { ...role, factorNeeded: 'none' as const } : role)),
    })
  } finally {
    owner.release()
  }
}

export type NewColleague = {
  name?: string
  role?: RoleName
  /** Null for a post with no casework of its own. The team's first unless said. */
  serviceArea?: string | null
  /** Given by somebody else, to be changed at the first sign-in. */
  firstPassword?: string
  /** Where the role does not settle it: with one of their own choice, or still to be set up at the door. */
  authenticator?: boolean
}

/** Somebody of the team's agency in a role. Everybody's password is the same unless a first one is given. */
export async function addColleague(
  database: TestDatabase,
  team: Team,
  { name, role = 'Caseworker', serviceArea, firstPassword, authenticator }: NewColleague = {},
): Promise<Colleague> {
  const user = await addUserWithoutPost(database, team.agency, name ? { name } : {})
  const { rows } = await database.admin.query<{ id: string; needs: boolean; only: boolean }>(
    `select id, factor_needed <> 'none' as needs, authority_only as only from roles where name = $1`,
    [role],
  )
  const given = rows[0]
  if (!given) throw new Error(`There is no role ${role}.`)
  const area = serviceArea === undefined ? (Object.keys(team.posts)[0] ?? null) : serviceArea
  await database.admin.query(
    'insert into posts (id, user_id, team_id, agency, service_area, role_id, role_authority_only) values ($1, $2, $3, $4, $5, $6, $7)',
    [uuid(), user.id, team.id, team.agency.principal, area, given.id, given.only],
  )
  usualHash ??= hashPassword(usualPassword)
  const key = (authenticator ?? given.needs) ? totpKey : null
  await database.admin.query(
    `insert into credentials (user_id, password_hash, password_changed_at, must_change_password, totp_secret, totp_confirmed_at)
     values ($1, $2, now(), $3, $4::text, case when $4::text is null then null else now() end)`,
    [
      user.id,
      firstPassword ? await hashPassword(firstPassword) : await usualHash,
      firstPassword !== undefined,
      key && sealSecret(key, { secret: database.secret, userId: user.id }),
    ],
  )
  return { ...user, password: firstPassword ?? usualPassword, totpKey: key }
}
