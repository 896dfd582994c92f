import { sql } from 'kysely'
import { colleagueInWords, colleaguesAmong, type PartOfCase } from '../cases/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type Assignee = { principal: number; name: string }
type Readers = Pick<PartOfCase, 'lists' | 'knownAgencies'>

/**
 * Who can be given a task: the actor first, then the teams and then the people who may see it. For a task of no case these are the actor's
 * own teams and everybody with a post in them: nobody is given what they could not open, nor what they could not end, because they only read.
 */
export async function assigneesFor(tx: Tx, actor: Actor, now: Date, part: Readers | null): Promise<Assignee[]> {
  const own = actor.posts.map(post => post.teamId)
  const among = part ?? { lists: { readers: await teamPrincipals(tx, own), editors: [], withheld: [] }, knownAgencies: null }
  const teams = await teamsAmong(tx, among)
  const people = await thoseWhoRecord(tx, await colleaguesAmong(tx, among, now))
  return [
    { principal: actor.principal, name: `Me (${actor.name})` },
    ...teams.map(team => ({ principal: team.principal, name: `Team: ${team.name}` })),
    ...people.filter(one => one.principal !== actor.principal).map(one => ({ principal: one.principal, name: colleagueInWords(one) })),
  ]
}

/** Whoever may record in any of their posts: by the directory, as everybody may read it. */
async function thoseWhoRecord<One extends { principal: number }>(tx: Tx, people: readonly One[]): Promise<One[]> {
  const { rows } = await sql<{ principal: number }>`
    select u.principal from users u where u.principal = any (${people.map(one => one.principal)}::int[]) and exists (
      select from posts o join roles r on r.id = o.role_id where o.user_id = u.id and o.ended_at is null and 'record' = any (r.capabilities))`.execute(
    tx,
  )
  const recording = new Set(rows.map(row => row.principal))
  return people.filter(one => recording.has(one.principal))
}

async function teamsAmong(tx: Tx, { lists: { readers, withheld }, knownAgencies }: Readers): Promise<Assignee[]> {
  const { rows } = await sql<Assignee>`
    select distinct t.principal, t.name || ', ' || a.name as name from teams t join agencies a on a.principal = t.agency left join team_services s on s.team_id = t.id
    where t.disabled_at is null and (t.principal = any (${readers}::int[]) or s.principal = any (${readers}::int[]) or t.agency = any (${readers}::int[]))
      and t.agency <> all (${withheld}::int[]) and t.principal <> all (${withheld}::int[])
      and (${knownAgencies === null} or t.agency = any (${[...(knownAgencies ?? [])]}::int[]))
    order by name`.execute(tx)
  return rows
}

async function teamPrincipals(tx: Tx, teamIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ principal: number }>`select principal from teams where id = any (${[...teamIds]}::uuid[])`.execute(tx)
  return rows.map(row => row.principal)
}
