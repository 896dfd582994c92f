import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

/** A team as it can be referred or allocated to: in one service area. */
export type TeamChoice = { teamId: string; teamName: string; agencyName: string; serviceArea: string; serviceName: string }
export type WorkerChoice = {
  userId: string
  principal: number
  name: string
  jobTitle: string
  teamId: string
  teamName: string
  openCases: number
}

/**
 * Every team that takes work, by service area. With a service given, the teams of that service. Nobody is referred to an episode: one is
 * begun (src/episodes). With `desks`, those that keep episodes too: they have work like any other.
 */
export async function teamsFor(tx: Tx, serviceArea?: string, { desks = false } = {}): Promise<TeamChoice[]> {
  const { rows } = await sql<TeamChoice>`
    select ts.team_id as "teamId", t.name as "teamName", a.name as "agencyName", s.code as "serviceArea", s.name as "serviceName"
    from team_services ts
      join teams t on t.id = ts.team_id and t.disabled_at is null
      join agencies a on a.principal = ts.agency and a.disabled_at is null
      join service_areas s on s.code = ts.service_area and s.archived_at is null
    where (${serviceArea ?? null}::text is null and (${desks} or not s.is_episode)) or ts.service_area = ${serviceArea ?? null}
    order by s.position, s.name, a.name, t.name`.execute(tx)
  return rows
}

/**
 * Who can be given a case of this team and service: those with a post in it that records. With how many they hold, as far as the actor sees.
 * With a case given, without those from whom it is withheld.
 */
export async function workersFor(tx: Tx, teamId: string, serviceArea: string, caseId: string | null = null): Promise<WorkerChoice[]> {
  const { rows } = await sql<WorkerChoice>`
    select distinct on (u.name, u.id) u.id as "userId", u.principal, u.name, u.job_title as "jobTitle", t.id as "teamId", t.name as "teamName",
      (select count(*) from caseload_entries w where w.worker_id = u.id and w.closed_on is null) as "openCases"
    from posts o
      join users u on u.id = o.user_id and u.status <> 'disabled'
      join teams t on t.id = o.team_id
      join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
    where o.team_id = ${teamId} and o.service_area = ${serviceArea} and o.ended_at is null
      and (${caseId}::uuid is null or not ${isKeptFrom(caseId)})
    order by u.name, u.id`.execute(tx)
  return rows
}

/** Who can work with a case beside its worker: whoever records for the agency whose case it is, in any of its services. */
export async function coWorkersFor(
  tx: Tx,
  caseId: string,
): Promise<Pick<WorkerChoice, 'userId' | 'principal' | 'name' | 'jobTitle' | 'teamName'>[]> {
  const { rows } = await sql<WorkerChoice>`
    select distinct on (u.name, u.id) u.id as "userId", u.principal, u.name, u.job_title as "jobTitle", t.name as "teamName"
    from cases c
      join posts o on o.agency = c.agency and o.service_area is not null and o.ended_at is null
      join users u on u.id = o.user_id and u.status <> 'disabled' and u.id is distinct from c.worker_id
      join teams t on t.id = o.team_id
      join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
    where c.id = ${caseId} and not ${isKeptFrom(caseId)}
      and not exists (select from co_workers k where k.case_id = c.id and k.worker_id = u.id and k.ended_at is null)
    order by u.name, u.id`.execute(tx)
  return rows
}

/** Why a case of this team and service cannot be given to somebody: it is withheld from them, or they record nothing there. Null: it can. */
export async function whyNotTo(
  tx: Tx,
  theCase: { id: string; teamId: string; serviceArea: string },
  userId: string,
): Promise<'withheld' | 'may-not-record' | null> {
  if (await isWithheldFrom(tx, theCase.id, userId)) return 'withheld'
  const { rows } = await sql`
    select from posts o join roles r on r.id = o.role_id and 'record' = any (r.capabilities) join users u on u.id = o.user_id and u.status <> 'disabled'
    where o.user_id = ${userId} and o.team_id = ${theCase.teamId} and o.service_area = ${theCase.serviceArea} and o.ended_at is null`.execute(
    tx,
  )
  return rows.length > 0 ? null : 'may-not-record'
}

/** Whether the case is withheld from this user: by name, or through an agency that they belong to or have a post in (E5). */
export async function isWithheldFrom(tx: Tx, caseId: string, userId: string): Promise<boolean> {
  const { rows } = await sql`select from users u where u.id = ${userId} and ${isKeptFrom(caseId)}`.execute(tx)
  return rows.length > 0
}

const isKeptFrom = (caseId: string | null) => sql`exists (
  select from cases k where k.id = ${caseId}::uuid and k.withheld && (array[u.principal, u.agency]
    || array(select p.agency from posts p where p.user_id = u.id and p.ended_at is null)))`

/** The teams that keep a desk of multi-agency episodes. */
export async function episodeDesks(tx: Tx): Promise<DeskChoice[]> {
  const areas = await tx
    .selectFrom('service_areas')
    .select('code')
    .where('is_episode', '=', true)
    .where('archived_at', 'is', null)
    .execute()
  const desks = (await Promise.all(areas.map(({ code }) => teamsFor(tx, code)))).flat()
  const numbers = await telephonesOf(
    tx,
    desks.map(one => one.teamId),
  )
  return desks.map(one => ({ ...one, telephone: numbers.get(one.teamId) ?? '' }))
}

/** A desk of episodes, and the number on which it is rung: its own, or its agency's. */
export type DeskChoice = TeamChoice & { telephone: string }

async function telephonesOf(tx: Tx, teamIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; telephone: string }>`
    select t.id, coalesce(nullif(t.telephone, ''), a.telephone) as telephone
    from teams t join agencies a on a.principal = t.agency where t.id = any (${[...teamIds]}::uuid[])`.execute(tx)
  return new Map(rows.map(row => [row.id, row.telephone]))
}

/** A team in a service area as one posted value, and back. */
export const teamValue = (team: { teamId: string; serviceArea: string }): string => `${team.teamId}/${team.serviceArea}`
export const teamChosen = (teams: readonly TeamChoice[], value: string): TeamChoice | undefined =>
  teams.find(team => teamValue(team) === value)
