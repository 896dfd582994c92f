import { sql } from 'kysely'
import { teamsInWhich } from '../../platform/acting-at.ts'
import { may } from '../../platform/actor.ts'
import { isId } from '../../platform/id.ts'
import type { Visit } from '../../platform/web/routes.ts'

export type ShownWorker = { id: string; principal: number; name: string; jobTitle: string; status: string }

/**
 * Somebody with whom the actor shares a team, for whom they cover, or one of whose cases they read; whoever works with people, for a commissioner. Of anybody else there is no such page.
 */
export async function findWorker({ tx, actor, params }: Visit): Promise<ShownWorker | undefined> {
  const userId = params['userId'] ?? ''
  if (!isId(userId)) return undefined
  const { rows } = await sql<ShownWorker>`
    select u.id, u.principal, u.name, u.job_title as "jobTitle", u.status from users u
    where u.id = ${userId} and (
      exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.team_id = any (${teamIdsOf(actor.posts)}::uuid[]))
      or ${may(actor, 'commission')} and exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.service_area is not null)
      or exists (select from covers k where k.worker_id = u.id and k.covered_by = ${actor.userId} and k.ended_at is null)
      or exists (select from caseload_entries w where w.worker_id = u.id and w.closed_on is null))`.execute(tx)
  return rows[0]
}

export type SharedTeam = { teamId: string; teamName: string; serviceArea: string; serviceName: string }

/** The teams and services in which the actor gives out the work and somebody works, or has a case that the actor reads. */
export async function teamsShared({ tx, actor }: Visit, userId: string): Promise<SharedTeam[]> {
  const { rows } = await sql<SharedTeam>`
    select t.id as "teamId", t.name as "teamName", s.code as "serviceArea", s.name as "serviceName"
    from team_services x join teams t on t.id = x.team_id join service_areas s on s.code = x.service_area
    where t.id = any (${teamsInWhich(actor, 'manage-allocation')}::uuid[]) and (
      exists (select from posts o where o.user_id = ${userId} and o.ended_at is null and o.team_id = t.id and o.service_area = s.code)
      or exists (select from caseload_entries w where w.worker_id = ${userId} and w.closed_on is null and w.team_id = t.id and w.service_area = s.code))
    order by t.name, s.position`.execute(tx)
  return rows
}

const teamIdsOf = (posts: readonly { teamId: string }[]): string[] => [...new Set(posts.map(post => post.teamId))]
