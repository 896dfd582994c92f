import { sql } from 'kysely'
import { whereTheyWork } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Member } from './conversation.ts'

/**
 * Who can be written to: whoever reads records and may record, in any agency. They are found by name and post: no address, no number, and
 * not whether they are here just now. `among`: only these, as those who may read what the conversation is about.
 */
export async function usersToWriteTo(
  tx: Tx,
  actor: Actor,
  wanted: { called: string; among?: ReadonlySet<number> | undefined; limit: number },
): Promise<Member[]> {
  const parts = wanted.called.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)
  const fits = parts.map(
    part =>
      sql`and (position(${part} in lower(u.name)) > 0 or position(${part} in lower(${whereTheyWork})) > 0 or position(${part} in lower(coalesce(p.team, ''))) > 0)`,
  )
  const among = wanted.among ? sql`and u.principal = any (${[...wanted.among]}::int[])` : sql``
  const { rows } = await sql<Member>`
    ${members} where u.status = 'active' and u.principal <> ${actor.principal} and p.writes ${among} ${sql.join(fits, sql` `)}
    order by u.agency <> ${actor.agency}, u.name, u.principal limit ${wanted.limit}`.execute(tx)
  return rows
}

export const longestFind = 200
export const findTooLong = `Name, team or agency must be ${longestFind} characters or fewer`

/** Those of these users who can be written to. */
export async function usersWithIds(tx: Tx, ids: readonly string[]): Promise<Member[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Member>`
    ${members} where u.id = any (${[...ids]}::uuid[]) and u.status = 'active' and p.writes order by u.name, u.principal`.execute(tx)
  return rows
}

const members = sql`
  select u.id as "userId", u.principal, u.name, u.job_title as "jobTitle", ${whereTheyWork} as "agencyName", p.team as "teamName"
  from users u join agencies a on a.principal = u.agency and a.disabled_at is null
    cross join lateral (
      select min(t.name) filter (where 'read-records' = any (r.capabilities)) as team,
        coalesce(bool_or('read-records' = any (r.capabilities)), false) and coalesce(bool_or('record' = any (r.capabilities)), false) as writes
      from posts o join roles r on r.id = o.role_id join teams t on t.id = o.team_id and t.disabled_at is null
      where o.user_id = u.id and o.ended_at is null
    ) p`

/** 'Tamsin Rowe, family worker, Families first, Porthkerris Council' */
export const memberInWords = ({ name, jobTitle, teamName, agencyName }: Member): string =>
  [name, jobTitle, teamName, agencyName].filter(Boolean).join(', ')
