import { sql } from 'kysely'
import { findActor } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'

/** A team of the demonstration in one service area, with somebody who may act for it and those who hold its cases. */
export type TeamOfStaff = {
  id: string
  name: string
  serviceArea: string
  post: number
  leader: Actor
  workers: readonly { userId: string; principal: number; name: string }[]
}
export type Staff = {
  teamFor(serviceArea: string, spread: number): TeamOfStaff
  /** Anybody by the beginning of their e-mail address: `tamsin.rowe`. */
  user(name: string): Actor
}

type Row = {
  id: string
  team: string
  serviceArea: string
  post: number
  userId: string
  principal: number
  name: string
  email: string
  capabilities: string[]
}

/** Who works in Porthkerris, as actors: everything that the demonstration records is recorded as one of them. */
export async function staffOf(gate: Database, now: Date): Promise<Staff> {
  const { rows } = await sql<Row>`
    select t.id, t.name as team, o.service_area as "serviceArea", s.principal as post, u.id as "userId", u.principal, u.name, u.email, r.capabilities
    from posts o join teams t on t.id = o.team_id join team_services s on s.team_id = o.team_id and s.service_area = o.service_area
      join users u on u.id = o.user_id join roles r on r.id = o.role_id
    where o.ended_at is null order by t.name, u.name`.execute(gate.kysely)
  const all = await sql<{ id: string; email: string }>`select id, email from users`.execute(gate.kysely)
  const actors = new Map<string, Actor>()
  for (const { id, email } of all.rows) {
    const found = await findActor(gate, id, now)
    if (found) actors.set(email.split('@')[0]!, { ...found, requestId: 'demonstration', address: '127.0.0.1' })
  }
  const actor = (email: string) => actors.get(email.split('@')[0]!) ?? missing(email)
  const teams = new Map<string, TeamOfStaff>()
  for (const row of rows) {
    const key = `${row.team} ${row.serviceArea}`
    if (teams.has(key)) continue
    const ofTeam = rows.filter(one => `${one.team} ${one.serviceArea}` === key)
    const recording = ofTeam.filter(one => one.capabilities.includes('record'))
    const leader = recording.find(one => one.capabilities.includes('manage-allocation')) ?? recording[0]
    if (!leader) continue
    const workers = recording.filter(one => !one.capabilities.includes('manage-allocation') && !one.capabilities.includes('break-glass'))
    teams.set(key, {
      id: row.id,
      name: row.team,
      serviceArea: row.serviceArea,
      post: row.post,
      leader: actor(leader.email),
      workers: workers.length > 0 ? workers : [leader],
    })
  }
  const teamFor = (serviceArea: string, spread: number): TeamOfStaff => {
    const choice = [...teams.values()].filter(team => team.serviceArea === serviceArea)
    return choice[spread % choice.length] ?? missing(serviceArea)
  }
  return { teamFor, user: name => actor(name) }
}

function missing(what: string): never {
  throw new Error(`The demonstration has nobody for ${what}.`)
}
