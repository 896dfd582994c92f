import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { leaveConversations } from './conversation-members.ts'
import { holdMemberships } from './hold.ts'
import { type LeftSeries, leaveMeetingsOf } from './leave-meetings.ts'
import { agenciesOf, markLeaving } from './left-meanwhile.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'
import { rewritePeopleWithheldFrom } from './rewrite-people.ts'

export type Leaver = { readonly id: string; readonly principal: number; readonly agency: number }

/** What they were the one for, for whoever must be told: episodes without a co-ordinator, with the desk that keeps each; meetings that they ran. */
export type LeftBehind = {
  readonly episodes: readonly { readonly caseId: string; readonly teamId: string; readonly serviceArea: string }[]
  readonly series: readonly LeftSeries[]
}

/** Opens a case to one of the people of the team that it is with. */
const ofItsTeam = ['named', 'allocation', 'co-worker', 'cover', 'break-glass']

/**
 * Whoever has no post in an agency any more leaves at once what they had for it: the cases of its teams that they worked, its seats in every meeting,
 * and, where it is the agency that they are of, whatever stands in their own name and not in that of an agency in which they still have a post. Other
 * posts of theirs would go on opening it: what is somebody's own is read by whatever post they have. Their administrator ends the post, runs
 * no meeting and sees none of those cases, so it is the keeper who ends what hung on it. Whose case it was stays written there, for its team to hand on.
 * Nothing ends, and undefined is answered, where they still have a post there: of two that end at once it is the second that is the last.
 */
export async function leaveAgency(tx: Tx, actor: Actor, now: Date, user: Leaver, agency: number): Promise<LeftBehind | undefined> {
  const left = await asKeeper(tx, async keeper => {
    await holdWhatTheyHave(keeper, user)
    // Whoever is giving them something has given it by now, or looks again and finds that they have left (`mustBeThereStill`).
    await holdMemberships(keeper, 'to-change')
    const stays = await agenciesOf(keeper, user.id)
    if (stays.includes(agency)) return undefined
    await markLeaving(keeper, user.id)
    const episodes = await endGrants(keeper, actor, now, user, agency, stays)
    const series = await leaveMeetingsOf(keeper, actor, now, user, stays)
    if (!stays.includes(user.agency)) {
      await leaveConversations(keeper, now, user.id, stays)
      await leaveTasks(keeper, user)
    }
    return { episodes, series }
  })
  await rewritePeopleWithheldFrom(tx, [user.principal])
  return left
}

/** Before memberships, as everybody holds them, so that nobody who is changing one of these and this wait for each other. */
async function holdWhatTheyHave(keeper: Tx, { id, principal }: Leaver): Promise<void> {
  await sql`
    select id from cases where id in (select g.case_id from access_grants g where g.holder = ${principal} and g.ended_at is null) order by id for update`.execute(
    keeper,
  )
  await sql`
    select id from meeting_items where referrer = ${principal} or id in (select a.item_id from meeting_actions a where ${principal} = any (a.own))
    order by id for update`.execute(keeper)
  await sql`
    select id from conversations where id in (select m.conversation_id from conversation_members m where m.user_id = ${id} and m.left_at is null)
    order by id for update`.execute(keeper)
  await sql`select id from tasks where case_id is null and assignee = ${principal} order by id for update`.execute(keeper)
  await sql`select id from meeting_members where user_id = ${id} and ended_at is null order by id for update`.execute(keeper)
}

/** Answers the episodes that have no co-ordinator any more. */
async function endGrants(keeper: Tx, actor: Actor, now: Date, user: Leaver, left: number, stays: readonly number[]) {
  const { rows } = await sql<LeftBehind['episodes'][number] & { kind: string }>`
    update access_grants g set ended_at = ${now}, ended_by = ${actor.userId}, ended_reason = 'Left the agency' from cases c
    where c.id = g.case_id and g.holder = ${user.principal} and g.ended_at is null and (
      g.kind = any (${ofItsTeam}::text[]) and c.agency = ${left}
      or not ${stays.includes(user.agency)} and not (g.kind = any (${ofItsTeam}::text[]) and c.agency = any (${[...stays]}::int[])))
    returning g.case_id as "caseId", g.kind, c.team_id as "teamId", c.service_area as "serviceArea"`.execute(keeper)
  // In one order, so that two who end posts at once do not wait for each other.
  for (const caseId of [...new Set(rows.map(row => row.caseId))].sort()) await rewriteCaseAsKeeper(keeper, caseId)
  return rows.filter(row => row.kind === 'co-ordinator')
}

/** A task of no case is read by whoever gave it and whoever has it: the one who gave it keeps it, to give it to somebody else. */
async function leaveTasks(keeper: Tx, user: Leaver): Promise<void> {
  const given = sql`select id from tasks where case_id is null and assignee = ${user.principal} and created_by <> ${user.id}`
  const without = sql`readers = array_remove(readers, ${user.principal}), editors = array_remove(editors, ${user.principal})`
  for (const [table, key] of [
    ['task_changes', 'task_id'],
    ['texts', 'source_id'],
    ['tasks', 'id'],
  ] as const)
    await sql`update ${sql.table(table)} set ${without} where ${sql.ref(key)} in (${given}) and case_id is null`.execute(keeper)
}
