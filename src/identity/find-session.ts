import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { capabilitiesFor } from '../platform/acting-at.ts'
import type { Actor, Post } from '../platform/actor.ts'
import { type Capability, capabilities } from '../platform/capabilities.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { type FactorNeeded, mostNeeded } from './second-factor/needed.ts'

export type Session = {
  id: string
  csrf: string
  createdAt: Date
  lastSeenAt: Date
  endedAt: Date | null
  endedBecause: string | null
  /** When its user last showed who they are, and for how many minutes that is good. */
  provedAt: Date
  proofMinutes: number
  /** What is still to be done before the product opens, in this order. */
  mustChangePassword: boolean
  factorNeeded: FactorNeeded
  secondFactorAt: Date | null
  secondFactor: SecondFactor | null
  phishingResistant: boolean
  begunWith: 'password' | 'passkey' | 'provider'
  hasAuthenticator: boolean
  hasPasskey: boolean
  /** Of every agency in which they have a post the first whose terms, as they are now, they have not accepted. */
  termsToAccept: { agencyId: string; agencyName: string; version: number } | null
  actor: Omit<Actor, 'requestId' | 'address'>
}

export type SecondFactor = 'authenticator' | 'recovery-code' | 'passkey' | 'provider'

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * Who a session's token belongs to and everything that they are now, in one statement: posts that have ended, shares that have run out and
 * users who were disabled are gone with the next request.
 */
export async function findSession(gate: Database, token: string, now: Date): Promise<Session | undefined> {
  const { rows } = await sql<SessionRow>`${statement(hashOfToken(token), now)}`.execute(gate.kysely)
  const row = rows[0]
  return row && { ...rowToSession(row) }
}

/** The same actor that a session would give: for jobs that act as the user who caused them, and for the command line. */
export async function findActor(gate: Database, userId: string, now: Date): Promise<Omit<Actor, 'requestId' | 'address'> | undefined> {
  const { rows } = await sql<ActorRow>`${actorStatement(sql`where u.id = ${userId} and u.status <> 'disabled'`, now)}`.execute(gate.kysely)
  return rows[0] && rowToActor(rows[0])
}

/** The same for a colleague, as the directory that everybody reads has it: what would somebody see? */
export async function colleagueAsActor(tx: Tx, userId: string, now: Date): Promise<Omit<Actor, 'requestId' | 'address'> | undefined> {
  const { rows } = await sql<ActorRow>`${actorStatement(sql`where u.id = ${userId} and u.status <> 'disabled'`, now)}`.execute(tx)
  return rows[0] && rowToActor(rows[0])
}

type PostRow = Omit<Post, 'capabilities'> & {
  teamPrincipal: number
  agency: number
  capabilities: string[]
  factorNeeded: FactorNeeded
  managesOwnUsers: boolean
}
type ActorRow = {
  userId: string
  name: string
  principal: number
  agency: number
  agencyName: string
  /** In teams and agencies that are open: in a closed one nobody sees or does anything. */
  posts: PostRow[] | null
  /** Principals of every post that has not ended, of closed teams too: what is withheld from any of them stays so. */
  worksAs: number[]
  /** `agency`: the one for which it is held, where there is one. */
  held: { principal: number; holder: number; agency: number | null }[] | null
  commissioners: number
  existence: number
  agencies: number[]
}
type SessionRow = ActorRow & {
  id: string
  csrf: string
  createdAt: Date
  lastSeenAt: Date
  endedAt: Date | null
  endedBecause: string | null
} & Pick<
    Session,
    | 'provedAt'
    | 'proofMinutes'
    | 'mustChangePassword'
    | 'secondFactorAt'
    | 'secondFactor'
    | 'phishingResistant'
    | 'begunWith'
    | 'hasAuthenticator'
    | 'hasPasskey'
    | 'termsToAccept'
  >

const actorColumns = (now: Date) => sql`
  u.id as "userId", u.name, u.principal, u.agency, a.name as "agencyName", y.commissioners, y.existence, p.posts, array_remove(p.principals, null) as "worksAs",
  case when exists (select from unnest(p.capabilities) c where c in ('manage-authority', 'read-all-audit'))
    then (select array_agg(principal) from agencies) else '{}' end as agencies,
  (with direct as (
      select h.principal, h.holder, h.agency from held_principals h
      where h.holder = any (array[u.principal, u.agency] || p.principals) and h.starts_at <= ${now} and (h.ends_at is null or h.ends_at > ${now})
    )
    select json_agg(json_build_object('principal', h.principal, 'holder', h.holder, 'agency', h.agency)) from (
      select * from direct
      union select h.principal, h.holder, h.agency from direct d join held_principals h on h.holder = d.principal and h.starts_at <= ${now} and (h.ends_at is null or h.ends_at > ${now})
    ) h) as held`

const actorTables = sql`
  users u
  join agencies a on a.principal = u.agency and a.disabled_at is null
  cross join authorities y
  cross join lateral (
    select json_agg(json_build_object('teamId', t.id, 'teamName', t.name, 'serviceArea', o.service_area, 'postPrincipal', s.principal, 'agencyName', g.name,
        'teamPrincipal', t.principal, 'agency', o.agency, 'capabilities', r.capabilities, 'factorNeeded', r.factor_needed, 'managesOwnUsers', g.manages_own_users) order by o.started_at, o.id) filter (where t.disabled_at is null and g.disabled_at is null) as posts,
      coalesce(array_agg(t.principal) || array_agg(o.agency) || array_agg(s.principal), '{}') as principals,
      (select array_agg(c) from posts o2 join roles r2 on r2.id = o2.role_id, unnest(r2.capabilities) c where o2.user_id = u.id and o2.ended_at is null) as capabilities
    from posts o
      join teams t on t.id = o.team_id
      join agencies g on g.principal = o.agency
      join roles r on r.id = o.role_id
      left join team_services s on s.team_id = o.team_id and s.service_area = o.service_area
    where o.user_id = u.id and o.ended_at is null
  ) p`

const actorStatement = (where: ReturnType<typeof sql>, now: Date) => sql`select ${actorColumns(now)} from ${actorTables} ${where}`

const statement = (tokenHash: string, now: Date) => sql`
  select z.id, z.csrf_token as csrf, z.created_at as "createdAt", z.last_seen_at as "lastSeenAt", z.ended_at as "endedAt", z.ended_because as "endedBecause",
    z.second_factor_at as "secondFactorAt", z.second_factor as "secondFactor", z.phishing_resistant as "phishingResistant", z.begun_with as "begunWith",
    coalesce(z.proved_at, z.created_at) as "provedAt", y.proof_minutes as "proofMinutes",
    exists (select from passkeys p where p.user_id = u.id) as "hasPasskey",
    k.must_change_password as "mustChangePassword", k.totp_confirmed_at is not null as "hasAuthenticator",
    (select json_build_object('agencyId', g.id, 'agencyName', g.name, 'version', g.terms_version) from agencies g
      where g.disabled_at is null and g.terms_version > 0 and g.terms <> '' and (g.principal = u.agency or exists (
          select from posts o join teams t on t.id = o.team_id
          where o.user_id = u.id and o.agency = g.principal and o.ended_at is null and t.disabled_at is null))
        and not exists (select from terms_acceptances x where x.user_id = u.id and x.agency_id = g.id and x.version = g.terms_version)
      order by g.principal <> u.agency, g.name limit 1) as "termsToAccept",
    ${actorColumns(now)}
  from sessions z join credentials k on k.user_id = z.user_id join ${actorTables} on u.id = z.user_id
  where z.token_hash = ${tokenHash} and u.status <> 'disabled'`

function rowToSession(row: SessionRow): Session {
  const { id, csrf, createdAt, lastSeenAt, endedAt, endedBecause, begunWith, termsToAccept } = row
  const { provedAt, proofMinutes, mustChangePassword, secondFactorAt, secondFactor, phishingResistant, hasAuthenticator, hasPasskey } = row
  return {
    id,
    csrf,
    createdAt,
    lastSeenAt,
    endedAt,
    endedBecause,
    begunWith,
    provedAt,
    proofMinutes,
    mustChangePassword,
    secondFactorAt,
    secondFactor,
    phishingResistant,
    hasAuthenticator,
    hasPasskey,
    termsToAccept,
    factorNeeded: mostNeeded((row.posts ?? []).map(post => post.factorNeeded)),
    actor: rowToActor(row),
  }
}

/**
 * What a user's posts make of them. A post whose role cannot record gives nothing to write with: the database then refuses every change. What is held
 * for an agency, such as its seat in a meeting, is read and written with as far as a post of that agency allows, whatever another one does.
 */
export function rowToActor(row: ActorRow): Session['actor'] {
  const rows = row.posts ?? []
  const posts = rows.map(postFrom)
  const held = known(rows.flatMap(post => post.capabilities))
  const own = (some: readonly PostRow[]) =>
    some.flatMap(post => [post.teamPrincipal, post.agency, ...(post.postPrincipal === null ? [] : [post.postPrincipal])])
  const reading = rows.filter(post => post.capabilities.includes('read-records'))
  const recording = rows.filter(post => post.capabilities.includes('record'))
  const writing = recording.length > 0 ? [row.principal, ...own(recording)] : []
  // What is withheld from their own agency stays so, wherever their posts are; what it may see they see only in a post there.
  const everything = [
    row.principal,
    row.agency,
    ...row.worksAs,
    ...own(rows),
    ...(held.has('commission') ? [row.commissioners] : []),
    ...(held.has('see-existence') ? [row.existence] : []),
  ]
  const opened = [
    ...(reading.length > 0 ? [row.principal, ...own(reading)] : []),
    ...(held.has('commission') ? [row.commissioners] : []),
    ...(held.has('see-existence') ? [row.existence] : []),
  ]
  const heldDirectly = (holders: readonly number[], to?: Capability) =>
    (row.held ?? [])
      .filter(one => holders.includes(one.holder) && (!to || one.agency === null || capabilitiesFor(posts, one.agency).has(to)))
      .map(one => one.principal)
  // Twice: a meeting is held by its members, and a window of the meeting by the meeting.
  const withHeld = (holders: readonly number[], to?: Capability) => {
    const first = heldDirectly(holders, to)
    return [...new Set([...holders, ...first, ...heldDirectly(first, to)])]
  }
  return {
    userId: row.userId,
    name: row.name,
    principal: row.principal,
    agency: row.agency,
    agencyName: row.agencyName,
    // Whoever has left the agency that they are of does nothing for it any more: what they do stands in the audit of one in which they have a post.
    ...(posts[0] && posts.every(post => post.agency !== row.agency) ? { actsFor: posts[0].agency } : {}),
    principals: withHeld(everything),
    readPrincipals: withHeld(opened, 'read-records'),
    writePrincipals: withHeld(writing, 'record'),
    administers: held.has('manage-authority')
      ? [0, ...row.agencies]
      : agenciesOf(rows.filter(post => post.capabilities.includes('manage-users') && post.managesOwnUsers)),
    audits: held.has('read-all-audit') ? [0] : agenciesOf(rows.filter(post => post.capabilities.includes('read-audit'))),
    capabilities: held,
    posts,
  }
}

const postFrom = ({ teamId, teamName, serviceArea, postPrincipal, agency, agencyName, capabilities }: PostRow): Post => ({
  teamId,
  teamName,
  serviceArea,
  postPrincipal,
  agency,
  agencyName,
  capabilities: known(capabilities),
})
const agenciesOf = (posts: readonly PostRow[]): number[] => [...new Set(posts.map(post => post.agency))]
const known = (names: readonly string[]): Set<Capability> => new Set(names.filter((one): one is Capability => one in capabilities))
