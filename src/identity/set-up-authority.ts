import type pg from 'pg'
import { v7 as uuid } from 'uuid'
import type { Capability } from '../platform/capabilities.ts'
import type { FactorNeeded } from './second-factor/needed.ts'

export type NewAuthority = {
  code: string
  name: string
  supportEmail: string
  telephone: string
  serviceAreas: readonly NewServiceArea[]
  roles: readonly NewRole[]
}
export type NewServiceArea = {
  code: string
  name: string
  existenceShown: boolean /** Its cases are multi-agency episodes. */
  isEpisode?: true
}
export type NewRole = {
  name: string
  description: string
  capabilities: readonly Capability[]
  factorNeeded: FactorNeeded
  authorityOnly: boolean
}

/**
 * Makes the one authority of an empty schema: the council, its service areas and its first roles. Run by the owner from the command line,
 * inside its transaction. Answers false, having changed nothing, when there is an authority already.
 */
export async function setUpAuthority(owner: pg.ClientBase, authority: NewAuthority): Promise<boolean> {
  const { rows } = await owner.query('select from authorities')
  if (rows.length > 0) return false
  await owner.query(
    'insert into authorities (code, name, commissioners, existence, support_email, telephone) values ($1, $2, $3, $4, $5, $6)',
    [
      authority.code,
      authority.name,
      await newPrincipal(owner, 'commissioners'),
      await newPrincipal(owner, 'existence'),
      authority.supportEmail,
      authority.telephone,
    ],
  )
  for (const [position, area] of authority.serviceAreas.entries()) {
    await owner.query('insert into service_areas (code, name, position, existence_shown, is_episode) values ($1, $2, $3, $4, $5)', [
      area.code,
      area.name,
      position,
      area.existenceShown,
      area.isEpisode ?? false,
    ])
  }
  for (const role of authority.roles) {
    await owner.query(
      'insert into roles (id, name, description, capabilities, factor_needed, authority_only) values ($1, $2, $3, $4, $5, $6)',
      [uuid(), role.name, role.description, role.capabilities, role.factorNeeded, role.authorityOnly],
    )
  }
  return true
}

export async function newPrincipal(client: pg.ClientBase, kind: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>('insert into principals (kind) values ($1) returning id', [kind])
  return rows[0]!.id
}

/**
 * The roles that an authority begins with. It changes them on the roles page. Whoever signs in from another agency, whoever opens other agencies' records
 * in an emergency, and whoever decides who reads a record needs a second factor (E8).
 */
export const firstRoles: readonly NewRole[] = [
  {
    name: 'Caseworker',
    description: 'Works with people: records contacts, assessments, plans and notes on the cases of their team.',
    capabilities: ['read-records', 'record', 'sign', 'share', 'start-episodes', 'co-ordinate-episodes', 'see-existence', 'send-texts'],
    factorNeeded: 'none',
    authorityOnly: false,
  },
  {
    name: 'Team leader',
    description: 'A caseworker who also accepts referrals, allocates, signs off and restricts.',
    capabilities: [
      'read-records',
      'record',
      'sign',
      'share',
      'start-episodes',
      'co-ordinate-episodes',
      'go-on-without-consent',
      'see-existence',
      'send-texts',
      'manage-allocation',
      'supervise',
      'sign-off',
      'sign-off-own',
      'restrict',
      'read-audit',
      'import-records',
      'merge-people',
    ],
    factorNeeded: 'any',
    authorityOnly: false,
  },
  {
    name: 'Duty officer',
    description: 'Answers the telephone out of hours: finds people, records calls, opens another service’s record in an emergency.',
    capabilities: ['read-records', 'record', 'sign', 'see-existence', 'break-glass', 'send-texts'],
    factorNeeded: 'any',
    // It opens other agencies' records: the data controller says who may.
    authorityOnly: true,
  },
  {
    name: 'Read only',
    description: 'Reads the records of their team and changes nothing.',
    capabilities: ['read-records'],
    factorNeeded: 'none',
    authorityOnly: false,
  },
  {
    name: 'Partner officer',
    description: 'Logs in from another agency for what is shared with them.',
    capabilities: ['read-records', 'record', 'sign', 'start-episodes', 'co-ordinate-episodes', 'see-existence'],
    factorNeeded: 'any',
    authorityOnly: false,
  },
  {
    name: 'Agency administrator',
    description: 'Sets up and disables the users of their own agency, and reads what they did.',
    capabilities: ['manage-users', 'read-audit'],
    factorNeeded: 'any',
    authorityOnly: false,
  },
  {
    name: 'Authority administrator',
    description: 'Sets up agencies, roles and everybody’s users; imports; reads the whole audit.',
    capabilities: ['manage-users', 'manage-authority', 'manage-settings', 'import-records', 'read-all-audit'],
    factorNeeded: 'any',
    authorityOnly: true,
  },
  {
    name: 'Commissioner',
    description: 'Works for the data controller and may reach every part of the system.',
    capabilities: ['commission', 'read-records', 'see-existence', 'break-glass', 'read-all-audit', 'merge-people'],
    factorNeeded: 'any',
    authorityOnly: true,
  },
]

/** The service areas that an authority begins with. Which of them show that they are involved (E7) is its to decide. */
export const firstServiceAreas: readonly NewServiceArea[] = [
  { code: 'early-help', name: 'Early help', existenceShown: true },
  { code: 'drug-and-alcohol', name: 'Drug and alcohol', existenceShown: true },
  // That a domestic abuse service is involved can itself put somebody in danger: its existence is not shown.
  { code: 'domestic-abuse', name: 'Domestic abuse', existenceShown: false },
  { code: 'anti-social-behaviour', name: 'Anti-social behaviour', existenceShown: true },
  { code: 'refugees', name: 'Refugee resettlement', existenceShown: true },
  { code: 'complex-needs', name: 'Complex needs', existenceShown: true },
  { code: 'housing', name: 'Housing support', existenceShown: true },
  { code: 'multi-agency-episodes', name: 'Multi-agency episode', existenceShown: true, isEpisode: true },
]
