import { sql } from 'kysely'
import { type HeldWork, tasksAloneOf, workHeldBy } from '../../access/index.ts'
import type { FactorNeeded } from '../../identity/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { authorityCapabilities, isOfAuthority } from '../rights.ts'

export type UserStatus = 'invited' | 'active' | 'disabled'
export type UserFilters = {
  text: string
  status: UserStatus | 'in-use' | 'all'
  agency: number | null
  roleId: string | null
  page: number
}
export type UserRow = {
  id: string
  name: string
  email: string
  agencyName: string
  status: UserStatus
  lastSignInAt: Date | null
  posts: string[] | null
}

export const usersOfAPage = 50

// A role of the authority: marked as one, or holding what only the authority holds.
const ofAuthority = (role: string) =>
  sql`(${sql.ref(`${role}.authority_only`)} or ${sql.ref(`${role}.capabilities`)} && ${[...authorityCapabilities]}::text[])`

/** The users that the actor administers, and whoever of another agency has a post in theirs, by name. `count` is of all pages. */
export async function listUsers(tx: Tx, actor: Actor, filters: UserFilters): Promise<{ rows: UserRow[]; count: number }> {
  const pattern = `%${filters.text.replace(/[\\%_]/g, letter => `\\${letter}`)}%`
  const where = sql`
    where (${isOfAuthority(actor)} or u.agency = any (${[...actor.administers]}::int[])
        or exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.agency = any (${[...actor.administers]}::int[])))
      and (${filters.text === ''} or u.name ilike ${pattern} or u.email ilike ${pattern})
      and (${filters.agency === null} or u.agency = ${filters.agency}::int)
      and (${filters.status === 'all'} or u.status = ${filters.status} or (${filters.status === 'in-use'} and u.status <> 'disabled'))
      and (${filters.roleId === null} or exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.role_id = ${filters.roleId}::uuid))`
  const { rows } = await sql<UserRow>`
    select u.id, u.name, u.email, a.name as "agencyName", u.status, u.last_sign_in_at as "lastSignInAt",
      (select array_agg(r.name || ', ' || t.name || coalesce(' – ' || s.name, '') order by o.started_at) from posts o join teams t on t.id = o.team_id join roles r on r.id = o.role_id
        left join service_areas s on s.code = o.service_area where o.user_id = u.id and o.ended_at is null
          and (${isOfAuthority(actor)} or u.agency = any (${[...actor.administers]}::int[]) or o.agency = any (${[...actor.administers]}::int[]))) as posts
    from users u join agencies a on a.principal = u.agency ${where}
    order by lower(u.name), u.id limit ${usersOfAPage} offset ${(filters.page - 1) * usersOfAPage}`.execute(tx)
  const counted = await sql<{ count: number }>`select count(*)::int as count from users u ${where}`.execute(tx)
  return { rows, count: counted.rows[0]!.count }
}

export type UserShown = {
  id: string
  principal: number
  agency: number
  agencyName: string
  name: string
  email: string
  jobTitle: string
  telephone: string
  status: UserStatus
  disabledReason: string
  disabledAt: Date | null
  disabledBy: string | null
  disabledByAuthority: boolean
  lastSignInAt: Date | null
  createdAt: Date
  createdBy: string | null
  version: number
  holdsAuthorityRole: boolean
  worksFor: number[]
}

/** A user, if the actor administers their agency: the database itself refuses the lock to anybody else. Held until the transaction ends. */
export async function administeredUser(tx: Tx, actor: Actor, userId: string): Promise<UserShown | undefined> {
  // `no key`: rows that name this user as their own may be added meanwhile by the gate.
  const held = await sql`select from users where id = ${userId} for no key update`.execute(tx)
  const { rows } = await sql<UserShown>`
    select u.id, u.principal, u.agency, a.name as "agencyName", u.name, u.email, u.job_title as "jobTitle", u.telephone, u.status, u.disabled_reason as "disabledReason",
      u.disabled_at as "disabledAt", d.name as "disabledBy", u.disabled_by_authority as "disabledByAuthority",
      u.last_sign_in_at as "lastSignInAt", u.created_at as "createdAt", c.name as "createdBy", u.version,
      exists (select from posts o join roles r on r.id = o.role_id where o.user_id = u.id and o.ended_at is null and ${ofAuthority('r')}) as "holdsAuthorityRole",
      array(select distinct o.agency from posts o where o.user_id = u.id and o.ended_at is null) as "worksFor"
    from users u join agencies a on a.principal = u.agency left join users c on c.id = u.created_by left join users d on d.id = u.disabled_by
    where u.id = ${userId}`.execute(tx)
  const user = rows[0]
  if (held.rows.length > 0) return user
  // Whom the authority disabled is still to be seen by their agency, and not to be changed (`mayAdminister`).
  return user?.disabledByAuthority && actor.administers.includes(user.agency) ? user : undefined
}

/** Somebody of another agency who has a post in one that the actor administers: whose account it is not, and whose post there it is. */
export type Guest = Pick<UserShown, 'id' | 'principal' | 'agency' | 'agencyName' | 'name' | 'email' | 'jobTitle' | 'telephone'>

export async function guestOf(tx: Tx, actor: Actor, userId: string): Promise<Guest | undefined> {
  const { rows } = await sql<Guest>`
    select u.id, u.principal, u.agency, a.name as "agencyName", u.name, u.email, u.job_title as "jobTitle", u.telephone
    from users u join agencies a on a.principal = u.agency
    where u.id = ${userId} and exists (
      select from posts o where o.user_id = u.id and o.ended_at is null and o.agency = any (${[...actor.administers]}::int[]))`.execute(tx)
  return rows[0]
}

/** What somebody may do in an agency, by all their posts there. */
export async function allowedIn(tx: Tx, userId: string, agency: number): Promise<string[]> {
  const { rows } = await sql<{ capability: string }>`
    select distinct unnest(r.capabilities) as capability from posts o join roles r on r.id = o.role_id
    where o.user_id = ${userId} and o.agency = ${agency} and o.ended_at is null`.execute(tx)
  return rows.map(row => row.capability)
}

export type PostRow = {
  id: string
  team: string
  agency: number
  agencyName: string
  serviceArea: string | null
  role: string
  roleOfAuthority: boolean
  /** Its role sets up everything: `manage-authority`. */
  administersAuthority: boolean
  startedAt: Date
  endedAt: Date | null
}

/** A user's posts, those held now first. */
export async function postsOf(tx: Tx, userId: string): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select o.id, t.name as team, o.agency, a.name as "agencyName", s.name as "serviceArea", r.name as role, ${ofAuthority('r')} as "roleOfAuthority",
      'manage-authority' = any (r.capabilities) as "administersAuthority", o.started_at as "startedAt", o.ended_at as "endedAt"
    from posts o join teams t on t.id = o.team_id join agencies a on a.principal = o.agency join roles r on r.id = o.role_id left join service_areas s on s.code = o.service_area
    where o.user_id = ${userId} order by o.ended_at desc nulls first, o.started_at desc`.execute(tx)
  return rows
}

/**
 * Whether the actor administers the authority still, without one of their posts or what they hold by one role. Nobody takes that from themself: of
 * whoever takes it from another, one is then left. One at a time, so that two who take it from each other are not both let.
 */
export async function stillAdministers(tx: Tx, actor: Actor, without: { post?: string; role?: string } = {}): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' administrators of the authority'))`.execute(tx)
  const { rows } = await sql`
    select from posts o join roles r on r.id = o.role_id join users u on u.id = o.user_id
    where u.id = ${actor.userId} and u.status <> 'disabled' and o.ended_at is null and 'manage-authority' = any (r.capabilities)
      and o.id is distinct from ${without.post ?? null}::uuid and r.id is distinct from ${without.role ?? null}::uuid limit 1`.execute(tx)
  return rows.length > 0
}

export type Place = {
  teamId: string
  team: string
  agency: number
  agencyName: string
  serviceArea: string | null
  serviceName: string | null
}

/** Where the actor may give somebody a post: each of their agencies' teams, without casework and in each service area that it works in. */
export async function placesFor(tx: Tx, actor: Actor): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select t.id as "teamId", t.name as team, t.agency, a.name as "agencyName", p.service_area as "serviceArea", s.name as "serviceName"
    from teams t join agencies a on a.principal = t.agency and a.disabled_at is null
      cross join lateral (select null::text as service_area union all select service_area from team_services x where x.team_id = t.id) p
      left join service_areas s on s.code = p.service_area
    where t.disabled_at is null and t.agency = any (${[...actor.administers]}::int[])
    order by lower(a.name), lower(t.name), s.position nulls first`.execute(tx)
  return rows
}

export type RoleRow = {
  id: string
  name: string
  description: string
  capabilities: string[]
  authorityOnly: boolean
  factorNeeded: FactorNeeded
  /** Whose it is; null for the authority's. */
  agency: number | null
  agencyName: string | null
  version: number
}

export async function allRoles(tx: Tx): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select r.id, r.name, r.description, r.capabilities, r.authority_only as "authorityOnly", r.factor_needed as "factorNeeded", r.agency, a.name as "agencyName", r.version
    from roles r left join agencies a on a.principal = r.agency order by r.agency nulls first, lower(r.name)`.execute(tx)
  return rows
}

export async function agenciesOf(tx: Tx, actor: Actor): Promise<{ principal: number; name: string }[]> {
  return tx
    .selectFrom('agencies')
    .select(['principal', 'name'])
    .where('principal', 'in', actor.administers.length > 0 ? [...actor.administers] : [-1])
    .orderBy('name')
    .execute()
}

export type Holding = HeldWork & { teamName: string; leaders: { name: string; email: string }[] }
export type Holdings = { teams: Holding[]; tasksAlone: number; groups: { id: string; name: string }[] }

/** What somebody has still to do: by team, how much and who there can hand it on; tasks of no case; groups that the actor may see. */
export async function holdingsOf(tx: Tx, actor: Actor, now: Date, userId: string): Promise<Holdings> {
  const held = await workHeldBy(tx, actor, now, userId)
  const tasksAlone = await tasksAloneOf(tx, userId)
  const groups = await sql<{ id: string; name: string }>`
    select g.id, g.name from group_facilitators f join groups g on g.id = f.group_id
    where f.user_id = ${userId} and f.ended_at is null and g.ended_at is null order by g.name, g.id`.execute(tx)
  const teams = await sql<Pick<Holding, 'teamId' | 'teamName' | 'leaders'>>`
    select t.id as "teamId", t.name as "teamName", coalesce((
      select json_agg(json_build_object('name', l.name, 'email', l.email) order by l.name) from (
        select distinct u.name, u.email from posts o join roles r on r.id = o.role_id join users u on u.id = o.user_id
        where o.team_id = t.id and o.ended_at is null and u.id <> ${userId} and u.status <> 'disabled' and 'manage-allocation' = any (r.capabilities)
      ) l), '[]') as leaders
    from teams t where t.id = any (${held.map(one => one.teamId)}::uuid[]) order by t.name`.execute(tx)
  return { teams: teams.rows.map(row => ({ ...row, ...held.find(one => one.teamId === row.teamId)! })), tasksAlone, groups: groups.rows }
}
