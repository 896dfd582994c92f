import { sql } from 'kysely'
import { findActor } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'

/** A team of the demonstration in one service area. */
export type TeamOfCast = {
  id: string
  name: string
  serviceArea: string
  /** The principal of those who work in it. */
  post: number
  principal: number
}
/** Who works in Porthkerris, as actors: everything that the demonstration records is recorded as one of them. */
export type Cast = {
  team(name: string, serviceArea: string): TeamOfCast
  /** Anybody by the beginning of their e-mail address: `tamsin.rowe`. */
  user(who: string): Actor & { readonly userId: string }
  /** An agency's principal, and its id. */
  agency(name: string): number
  agencyId(name: string): string
}

type TeamRow = TeamOfCast & { key: string }

/** The cast, or undefined where this is another authority than the demonstration. */
export async function castOf(gate: Database, now: Date): Promise<Cast | undefined> {
  const users = await sql<{ id: string; email: string }>`select id, email from users where email like '%@porthkerris.example.org'`.execute(
    gate.kysely,
  )
  if (!users.rows.some(one => one.email.startsWith('tamsin.rowe@'))) return undefined
  const teams = await sql<TeamRow>`
    select t.id, t.name, s.service_area as "serviceArea", s.principal as post, t.principal
    from team_services s join teams t on t.id = s.team_id`.execute(gate.kysely)
  const agencies = await sql<{ id: string; name: string; principal: number }>`select id, name, principal from agencies`.execute(gate.kysely)
  const actors = new Map<string, Actor & { userId: string }>()
  for (const { id, email } of users.rows) {
    const found = await findActor(gate, id, now)
    if (found) actors.set(email.split('@')[0]!, { ...found, userId: id, requestId: 'demonstration', address: '127.0.0.1' })
  }
  return {
    team: (name, serviceArea) =>
      teams.rows.find(team => team.name === name && team.serviceArea === serviceArea) ?? missing(`${name}, ${serviceArea}`),
    user: who => actors.get(who) ?? missing(who),
    agency: name => agencies.rows.find(one => one.name === name)?.principal ?? missing(name),
    agencyId: name => agencies.rows.find(one => one.name === name)?.id ?? missing(name),
  }
}

function missing(what: string): never {
  throw new Error(`The demonstration has nobody for ${what}.`)
}
