import { sql } from 'kysely'
import type { Lists } from '../access/index.ts'
import { colleagueInWords, colleaguesAmong } from '../cases/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type Assignee = { principal: number; name: string }

/**
 * Who can be given a task: the actor first, then the teams and then the people who may see it. For a task of no case these are the actor's
 * own teams and everybody with a post in them: nobody is given what they could not open.
 */
export async function assigneesFor(tx: Tx, actor: Actor, now: Date, lists: Lists | null): Promise<Assignee[]> {
  const own = actor.posts.map(post => post.teamId)
  const among = lists ?? { readers: await teamPrincipals(tx, own), editors: [], withheld: [] }
  const teams = await teamsAmong(tx, among)
  const people = await colleaguesAmong(tx, among, now)
  return [
    { principal: actor.principal, name: `Me (${actor.name})` },
    ...teams.map(team => ({ principal: team.principal, name: `Team: ${team.name}` })),
    ...people.filter(one => one.principal !== actor.principal).map(one => ({ principal: one.principal, name: colleagueInWords(one) })),
  ]
}

async function teamsAmong(tx: Tx, { readers, withheld }: Lists): Promise<Assignee[]> {
  const { rows } = await sql<Assignee>`
    select distinct t.principal, t.name || ', ' || a.name as name from teams t join agencies a on a.principal = t.agency left join team_services s on s.team_id = t.id
    where t.disabled_at is null and (t.principal = any (${readers}::int[]) or s.principal = any (${readers}::int[]) or t.agency = any (${readers}::int[]))
      and t.agency <> all (${withheld}::int[]) and t.principal <> all (${withheld}::int[])
    order by name`.execute(tx)
  return rows
}

async function teamPrincipals(tx: Tx, teamIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ principal: number }>`select principal from teams where id = any (${[...teamIds]}::uuid[])`.execute(tx)
  return rows.map(row => row.principal)
}
