import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

export type TeamShown = {
  id: string
  agency: number
  agencyName: string
  name: string
  telephone: string
  disabledAt: Date | null
  services: string[]
  serviceNames: string[]
  members: number
}

const columns = sql`
  t.id, t.agency, a.name as "agencyName", t.name, t.telephone, t.disabled_at as "disabledAt",
  coalesce((select array_agg(x.service_area order by s.position) from team_services x join service_areas s on s.code = x.service_area where x.team_id = t.id), '{}') as services,
  coalesce((select array_agg(s.name order by s.position) from team_services x join service_areas s on s.code = x.service_area where x.team_id = t.id), '{}') as "serviceNames",
  (select count(distinct o.user_id)::int from posts o where o.team_id = t.id and o.ended_at is null) as members`

/** The teams of the agencies that the actor administers. */
export async function listTeams(tx: Tx, actor: Actor): Promise<TeamShown[]> {
  const { rows } = await sql<TeamShown>`
    select ${columns} from teams t join agencies a on a.principal = t.agency where t.agency = any (${[...actor.administers]}::int[])
    order by lower(a.name), lower(t.name)`.execute(tx)
  return rows
}

/** A team, if the actor administers its agency: the database refuses the lock to anybody else. */
export async function administeredTeam(tx: Tx, teamId: string): Promise<TeamShown | undefined> {
  const held = await sql`select from teams where id = ${teamId} for no key update`.execute(tx)
  if (held.rows.length === 0) return undefined
  const { rows } =
    await sql<TeamShown>`select ${columns} from teams t join agencies a on a.principal = t.agency where t.id = ${teamId}`.execute(tx)
  return rows[0]
}

type Team = { name: string; telephone: string; services: readonly string[]; inUse: boolean }

export async function addTeam(tx: Tx, team: Team & { id: string; agency: number }): Promise<void> {
  const principal = await newPrincipal(tx, 'team')
  await tx.insertInto('teams').values({ id: team.id, principal, agency: team.agency, name: team.name, telephone: team.telephone }).execute()
  await addServices(tx, team.id, team.agency, team.services)
}

/** A service that the team works in already stays: its cases name it. */
export async function changeTeam(tx: Tx, now: Date, team: TeamShown, changed: Team): Promise<void> {
  const disabledAt = changed.inUse ? null : (team.disabledAt ?? now)
  await tx
    .updateTable('teams')
    .set({ name: changed.name, telephone: changed.telephone, disabled_at: disabledAt })
    .where('id', '=', team.id)
    .execute()
  await addServices(
    tx,
    team.id,
    team.agency,
    changed.services.filter(code => !team.services.includes(code)),
  )
}

/** Whoever has a post in this team, those too who have one in another team of its agency: at this moment that may be ending. */
export async function holdersIn(tx: Tx, team: TeamShown): Promise<{ id: string; principal: number; agency: number }[]> {
  const { rows } = await sql<{ id: string; principal: number; agency: number }>`
    select distinct u.id, u.principal, u.agency from posts o join users u on u.id = o.user_id
    where o.team_id = ${team.id} and o.ended_at is null order by u.principal`.execute(tx)
  return rows
}

async function addServices(tx: Tx, teamId: string, agency: number, services: readonly string[]): Promise<void> {
  for (const code of services) {
    await tx
      .insertInto('team_services')
      .values({ team_id: teamId, agency, service_area: code, principal: await newPrincipal(tx, 'post') })
      .execute()
  }
}

export async function newPrincipal(tx: Tx, kind: 'team' | 'post' | 'agency'): Promise<number> {
  const { id } = await tx.insertInto('principals').values({ kind }).returning('id').executeTakeFirstOrThrow()
  return id
}
