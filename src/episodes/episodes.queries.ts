import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'

/** Whom to ring about an episode: its co-ordinator, at their own number or their agency's. Undefined: nobody co-ordinates it. */
export type Reach = { name: string; jobTitle: string; agencyName: string; telephone: string; email: string }

export async function coordinatorOf(tx: Tx, workerId: string | null): Promise<Reach | undefined> {
  if (!workerId) return undefined
  const { rows } = await sql<Reach>`
    select u.name, u.job_title as "jobTitle", a.name as "agencyName", coalesce(nullif(u.telephone, ''), a.telephone) as telephone, u.email
    from users u join agencies a on a.principal = u.agency where u.id = ${workerId}`.execute(tx)
  return rows[0]
}

/** Another episode of the same person: that it is or was, and whom to ring. Not a word of it: episodes are discrete (E1). */
export type OtherEpisode = {
  caseId: string
  openedOn: PlainDate
  closedOn: PlainDate | null
  isReadable: boolean
  /** Who is rung: its co-ordinator, or its desk. */
  whom: string
  telephone: string
}

/** The other episodes of a person as far as the actor may know of them, the latest first. */
export async function otherEpisodesOf(tx: Tx, personId: string, caseId: string): Promise<OtherEpisode[]> {
  const { rows } = await sql<OtherEpisode>`
    select e.id as "caseId", e.opened as "openedOn", e.closed as "closedOn", bool_or(e.readable) as "isReadable", coalesce(u.name || ', ' || a.name, t.name) as whom,
      case when u.id is null then coalesce(nullif(t.telephone, ''), d.telephone) else coalesce(nullif(u.telephone, ''), a.telephone) end as telephone
    from (
      select i.case_id as id, i.opened_on as opened, i.closed_on as closed, i.team_id, i.coordinator_id as coordinator, i.service_area, false as readable
        from involvements i where i.person_id = ${personId}
      union select c.id, coalesce(c.opened_on, c.referred_on), c.closed_on, c.team_id, c.worker_id, c.service_area, true from cases c where c.person_id = ${personId}
    ) e
      join service_areas s on s.code = e.service_area and s.is_episode
      join teams t on t.id = e.team_id join agencies d on d.principal = t.agency
      left join users u on u.id = e.coordinator left join agencies a on a.principal = u.agency
    where e.id <> ${caseId}
    group by e.id, e.opened, e.closed, u.id, u.name, u.telephone, a.name, a.telephone, t.name, t.telephone, d.telephone
    order by e.opened desc, e.id`.execute(tx)
  return rows
}

/** An episode that the actor co-ordinates, is in the team of, or keeps. */
export type OwnEpisode = {
  caseId: string
  reference: string
  given: string | null
  family: string | null
  coordinatorName: string | null
  isMine: boolean
  /** What the actor is in its team; '' for whoever is not. */
  role: string
  openedOn: PlainDate
  closedOn: PlainDate | null
  reviewOn: PlainDate | null
  /** Actions of its plan that are the actor's and still open. */
  actions: number
}

/** Those first that are open and are reviewed soonest. */
export async function ownEpisodes(tx: Tx, actor: Actor): Promise<OwnEpisode[]> {
  const { rows } = await sql<OwnEpisode>`
    select c.id as "caseId", c.reference, p.given_name as given, p.family_name as family, u.name as "coordinatorName",
      c.worker_id is not distinct from ${actor.userId}::uuid as "isMine",
      coalesce((select m.role from episode_members m where m.case_id = c.id and m.user_id = ${actor.userId} and m.ended_at is null), '') as role,
      coalesce(c.opened_on, c.referred_on) as "openedOn", c.closed_on as "closedOn",
      (select min(r.due_on) from reviews r where r.case_id = c.id and r.held_on is null and r.replaced_at is null) as "reviewOn",
      (select count(*)::int from plan_actions x where x.case_id = c.id and x.who = ${actor.principal} and x.status = 'open') as actions
    from cases c join service_areas s on s.code = c.service_area and s.is_episode
      left join people p on p.id = c.person_id left join users u on u.id = c.worker_id
    order by c.closed_on is not null, "reviewOn" nulls last, c.referred_on desc, c.id limit 200`.execute(tx)
  return rows
}
