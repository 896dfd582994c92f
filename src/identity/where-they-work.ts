import { sql } from 'kysely'

/**
 * In a query of users `u` beside the agency `a` that they are of: by the names of which agencies they are known to others. Those in which they have
 * a post now: whoever has left an agency for another is not to be taken for one of its people still.
 */
export const whereTheyWork = sql<string>`coalesce((
  select string_agg(distinct g.name, ', ' order by g.name) from posts w
    join teams e on e.id = w.team_id and e.disabled_at is null join agencies g on g.principal = w.agency and g.disabled_at is null
  where w.user_id = u.id and w.ended_at is null), a.name)`
