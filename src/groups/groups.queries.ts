import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Group, Session } from './group.ts'

type Row = Omit<Group, 'mayRun'> & { runBy: number[] }

const columns = sql`
  select g.id, g.name, g.about, g.service_area as "serviceArea", s.name as "serviceName", g.team_id as "teamId", t.name as "teamName", a.name as "agencyName",
    g.programme_id as "programmeId", p.name as "programmeName", g.place, g.capacity, g.open_to as "openTo", g.ended_at as "endedAt",
    g.ended_because as "endedBecause", g.version, g.run_by as "runBy",
    coalesce((select json_agg(json_build_object('userId', u.id, 'name', u.name) order by u.name) from group_facilitators f join users u on u.id = f.user_id
      where f.group_id = g.id and f.ended_at is null), '[]') as facilitators`
const from = sql`
  from groups g join service_areas s on s.code = g.service_area join teams t on t.id = g.team_id join agencies a on a.principal = t.agency
    left join programmes p on p.id = g.programme_id`

const asRead =
  (actor: Actor) =>
  <T extends Row>({ runBy, ...row }: T): Omit<T, 'runBy'> & { mayRun: boolean } => ({
    ...row,
    mayRun: runBy.some(one => actor.writePrincipals.includes(one)),
  })

export async function findGroup(tx: Tx, actor: Actor, id: string): Promise<Group | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${columns} ${from} where g.id = ${id}`.execute(tx)
  return rows.map(asRead(actor))[0]
}

export type ListedGroup = Group & { nextAt: Date | null; sessions: number }

/** Groups that the actor may see: those they run, every one that is open to them, or those that have ended. What meets next stands first. */
export async function groupsFor(tx: Tx, actor: Actor, which: 'mine' | 'all' | 'ended', now: Date): Promise<ListedGroup[]> {
  const wanted: Record<typeof which, RawBuilder<unknown>> = {
    mine: sql`g.ended_at is null and g.run_by && ${[...actor.principals]}::int[]`,
    all: sql`g.ended_at is null`,
    ended: sql`g.ended_at is not null`,
  }
  const { rows } = await sql<Row & { nextAt: Date | null; sessions: number }>`
    ${columns},
      (select min(x.starts_at) from group_sessions x where x.group_id = g.id and x.cancelled_at is null and x.ends_at > ${now}) as "nextAt",
      (select count(*)::int from group_sessions x where x.group_id = g.id and x.cancelled_at is null) as sessions
    ${from} where ${wanted[which]} order by g.ended_at desc nulls first, "nextAt" nulls last, g.name, g.id limit 200`.execute(tx)
  return rows.map(asRead(actor))
}

const sessionColumns = sql`
  select x.id, x.group_id as "groupId", x.starts_at as "startsAt", x.ends_at as "endsAt", coalesce(nullif(x.place, ''), g.place) as place, x.topic,
    x.module_id as "moduleId", m.title as "moduleTitle", x.cancelled_at as "cancelledAt", x.cancelled_because as "cancelledBecause", x.version
  from group_sessions x join groups g on g.id = x.group_id left join programme_modules m on m.id = x.module_id`

/** The sessions of a group in the order in which they are held. */
export async function sessionsOf(tx: Tx, groupId: string): Promise<Session[]> {
  const { rows } = await sql<Session>`${sessionColumns} where x.group_id = ${groupId} order by x.starts_at, x.id`.execute(tx)
  return rows
}

export async function findSession(tx: Tx, groupId: string, id: string): Promise<Session | undefined> {
  if (!isId(id) || !isId(groupId)) return undefined
  const { rows } = await sql<Session>`${sessionColumns} where x.id = ${id} and x.group_id = ${groupId}`.execute(tx)
  return rows[0]
}

/** A session by itself, as far as the actor may see its group. */
export async function findSessionById(tx: Tx, id: string): Promise<Session | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Session>`${sessionColumns} where x.id = ${id}`.execute(tx)
  return rows[0]
}

/** A team in a service area that the actor records for: whose group it can be. */
export type OwnTeam = { teamId: string; serviceArea: string; name: string; post: number; agency: number }

export async function ownTeams(tx: Tx, actor: Actor): Promise<OwnTeam[]> {
  const { rows } = await sql<OwnTeam>`
    select ts.team_id as "teamId", ts.service_area as "serviceArea", t.name || ', ' || s.name as name, ts.principal as post, ts.agency
    from team_services ts join teams t on t.id = ts.team_id join service_areas s on s.code = ts.service_area
    where ts.principal = any (${[...actor.writePrincipals]}::int[]) and t.disabled_at is null and s.archived_at is null order by t.name, s.name`.execute(
    tx,
  )
  return rows
}

export type PossibleFacilitator = { userId: string; principal: number; name: string; jobTitle: string; agencyName: string; inTeam: boolean }

/** Who may be asked to facilitate a group of this team: its own members, then whoever else records here. */
export async function possibleFacilitators(tx: Tx, teamId: string): Promise<PossibleFacilitator[]> {
  const { rows } = await sql<PossibleFacilitator>`
    select u.id as "userId", u.principal, u.name, u.job_title as "jobTitle", a.name as "agencyName", bool_or(o.team_id = ${teamId}::uuid) as "inTeam"
    from users u join agencies a on a.principal = u.agency
      join posts o on o.user_id = u.id and o.ended_at is null and o.service_area is not null
      join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
    where u.status <> 'disabled'
    group by u.id, u.principal, u.name, u.job_title, a.name order by "inTeam" desc, u.name, u.id limit 500`.execute(tx)
  return rows
}
