import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isOfAuthority } from '../rights.ts'

/** What one user did in a span of time, as numbers and moments alone. */
export type AccessLine = {
  userId: string
  name: string
  agency: string
  /** When the account was made, and by whom: who lets in those who read. Nobody where the authority was set up with it. */
  madeAt: Date
  madeBy: string | null
  /** How many different people's records they opened or changed. */
  people: number
  acts: number
  searches: number
  taken: number
  emergencies: number
  /** How often they asked for a page that is not there for them. */
  refused: number
  outOfHours: number
  signIns: number
  last: Date | null
}

export type Span = { from: Date; before: Date; agency: number | null }

const mostLines = 1_000

/** Of users `u`: its own, and whoever of another has a post there. */
const worksFor = (agency: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  u.agency = ${agency} or exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.agency = ${agency}))`

/**
 * What the users of the actor's agencies did, and whoever of another did something for one of them, those who opened most first (E3). It names no person and no case: which records they were is in the
 * audit of a user, which shows each only to whoever may see it. Row-level security leaves out what the actor may not audit.
 */
export async function accessOf(tx: Tx, actor: Actor, { from, before, agency }: Span): Promise<AccessLine[]> {
  const { rows } = await sql<AccessLine>`
    select u.id as "userId", u.name, a.name as agency, u.created_at as "madeAt", m.name as "madeBy", c.*
    from users u join agencies a on a.principal = u.agency left join users m on m.id = u.created_by
      cross join lateral (
        select count(distinct e.person_id) filter (where e.action <> 'page-refused')::int as people,
          count(*) filter (where e.person_id is not null and e.action <> 'page-refused')::int as acts,
          count(*) filter (where e.action = 'page-refused')::int as refused,
          count(*) filter (where e.action in ('people-searched', 'words-searched'))::int as searches,
          count(*) filter (where e.action ~ '-(exported|downloaded|printed)$')::int as taken,
          count(*) filter (where e.action = 'case-opened-in-emergency')::int as emergencies,
          count(*) filter (where e.person_id is not null and e.action <> 'page-refused' and (extract(isodow from e.at at time zone 'Europe/London') > 5
            or extract(hour from e.at at time zone 'Europe/London') not between 7 and 18))::int as "outOfHours",
          count(*) filter (where e.action = 'signed-in')::int as "signIns", max(e.at) as last
        from audit_events e where e.user_id = u.id and e.at >= ${from} and e.at < ${before} and (${agency}::int is null or e.agency = ${agency})
      ) c
    where (${isOfAuthority(actor)} or ${worksFor(sql`any (${[...actor.administers]}::int[])`)} or c.last is not null)
      and (${agency}::int is null or ${worksFor(sql`${agency}`)} or c.last is not null)
      and (u.status <> 'disabled' or c.last is not null)
    order by c.people desc, c.acts desc, lower(u.name), u.id limit ${mostLines}`.execute(tx)
  return rows
}
