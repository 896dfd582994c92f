import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdPlaces, whoAnswersForPlaces } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Group, OpenTo } from './group.ts'
import type { OwnTeam } from './groups.queries.ts'

export type GroupWords = {
  name: string
  about: string
  place: string
  capacity: number | null
  openTo: OpenTo
  programmeId: string | null
}
export type Facilitator = { userId: string; principal: number }

/** Begins a group of a team that the actor works in. */
export async function addGroup(
  tx: Tx,
  actor: Actor,
  now: Date,
  team: OwnTeam,
  words: GroupWords,
  facilitators: readonly Facilitator[],
): Promise<string> {
  const id = uuid()
  const { seenBy, runBy } = await whoSees(tx, team, words.openTo, facilitators)
  await sql`
    insert into groups (id, name, about, service_area, team_id, programme_id, place, capacity, open_to, seen_by, run_by, created_at, created_by)
    values (${id}, ${words.name}, ${words.about}, ${team.serviceArea}, ${team.teamId}, ${words.programmeId}, ${words.place}, ${words.capacity}, ${words.openTo},
      ${seenBy}::int[], ${runBy}::int[], ${now}, ${actor.userId})`.execute(tx)
  await writeFacilitators(tx, actor, now, id, runBy, facilitators)
  await auditOf(tx, actor, now, 'group-added', id)
  await tellNewFacilitators(tx, actor, now, id, facilitators)
  return id
}

/**
 * Other words, another number of places, somebody else who facilitates. `version` is that of the group when its form was opened. More places
 * are given to those who wait; fewer take nobody's away.
 */
export async function changeGroup(
  tx: Tx,
  actor: Actor,
  now: Date,
  group: Group,
  version: number,
  words: GroupWords,
  facilitators: readonly Facilitator[],
): Promise<Result<void, 'changed-meanwhile'>> {
  const team = await teamOf(tx, group)
  const { seenBy, runBy } = await whoSees(tx, team, words.openTo, facilitators)
  const changed = await sql`
    update groups set name = ${words.name}, about = ${words.about}, programme_id = ${words.programmeId}, place = ${words.place}, capacity = ${words.capacity},
      open_to = ${words.openTo}, seen_by = ${seenBy}::int[], run_by = ${runBy}::int[], version = version + 1
    where id = ${group.id} and version = ${version} and ended_at is null`.execute(tx)
  if (changed.numAffectedRows !== 1n) return no('changed-meanwhile')
  await sql`update group_sessions set open_to = ${words.openTo}, seen_by = ${seenBy}::int[], run_by = ${runBy}::int[] where group_id = ${group.id}`.execute(
    tx,
  )
  await writeFacilitators(tx, actor, now, group.id, runBy, facilitators)
  const before = new Set(group.facilitators.map(one => one.userId))
  await tellNewFacilitators(
    tx,
    actor,
    now,
    group.id,
    facilitators.filter(one => !before.has(one.userId)),
  )
  await auditOf(tx, actor, now, 'group-changed', group.id, { capacity: words.capacity, openTo: words.openTo })
  await enqueue(tx, 'fill-places', { groupId: group.id })
  return ok(undefined)
}

/**
 * The group meets no more: sessions that were still to come are cancelled, and nobody new is booked. Whoever still has a place, or waits for one,
 * keeps that until what came of it is recorded for them, by whoever answers for them: they are told, also of those whom the actor may not see.
 */
export async function endGroup(tx: Tx, actor: Actor, now: Date, group: Group, because: string): Promise<Result<void, 'ended-already'>> {
  await holdPlaces(tx, group.id)
  const ended = await sql`
    update groups set ended_at = ${now}, ended_by = ${actor.userId}, ended_because = ${because}, version = version + 1
    where id = ${group.id} and ended_at is null`.execute(tx)
  if (ended.numAffectedRows !== 1n) return no('ended-already')
  const cancelled = await sql`
    update group_sessions set cancelled_at = ${now}, cancelled_by = ${actor.userId}, cancelled_because = ${`The group has ended. ${because}`}, version = version + 1
    where group_id = ${group.id} and cancelled_at is null and starts_at > ${now}`.execute(tx)
  await auditOf(tx, actor, now, 'group-ended', group.id, { sessionsCancelled: Number(cancelled.numAffectedRows ?? 0) })
  const to = [...(await whoAnswersForPlaces(tx, group.id)), ...group.facilitators.map(one => one.userId)]
  await tellUsers(tx, now, {
    to: [...new Set(to)].filter(one => one !== actor.userId),
    kind: 'group',
    words: 'A group has ended: tell whoever you booked, and record what came of it',
    href: paths.groups.show(group.id),
  })
  return ok(undefined)
}

type Team = Pick<OwnTeam, 'post' | 'agency'>

async function teamOf(tx: Tx, group: Pick<Group, 'teamId' | 'serviceArea'>): Promise<Team> {
  const { rows } = await sql<Team>`
    select principal as post, agency from team_services where team_id = ${group.teamId} and service_area = ${group.serviceArea}`.execute(tx)
  const team = rows[0]
  if (!team) throw new Error('The team of this group has left its service area.')
  return team
}

/** Whoever runs it and the commissioners see it in any case. */
export async function whoSees(
  tx: Tx,
  { post, agency }: Team,
  openTo: OpenTo,
  facilitators: readonly Facilitator[] = [],
): Promise<{ seenBy: number[]; runBy: number[] }> {
  const { rows } = await sql<{ commissioners: number }>`select commissioners from authorities`.execute(tx)
  const runBy = [...new Set([post, ...facilitators.map(one => one.principal)])].sort((a, b) => a - b)
  const seenBy = [...new Set([...runBy, ...rows.map(row => row.commissioners), ...(openTo === 'agency' ? [agency] : [])])].sort(
    (a, b) => a - b,
  )
  return { seenBy, runBy }
}

async function writeFacilitators(
  tx: Tx,
  actor: Actor,
  now: Date,
  groupId: string,
  runBy: readonly number[],
  facilitators: readonly Facilitator[],
): Promise<void> {
  const ids = facilitators.map(one => one.userId)
  await sql`update group_facilitators set run_by = ${[...runBy]}::int[], ended_at = case when user_id = any (${ids}::uuid[]) then null else coalesce(ended_at, ${now}) end
    where group_id = ${groupId}`.execute(tx)
  await sql`
    insert into group_facilitators (group_id, user_id, run_by, added_at, added_by)
    select ${groupId}, u, ${[...runBy]}::int[], ${now}, ${actor.userId} from unnest(${ids}::uuid[]) u
    where not exists (select from group_facilitators f where f.group_id = ${groupId} and f.user_id = u)`.execute(tx)
}

async function tellNewFacilitators(tx: Tx, actor: Actor, now: Date, groupId: string, facilitators: readonly Facilitator[]): Promise<void> {
  const to = facilitators.map(one => one.userId).filter(one => one !== actor.userId)
  await tellUsers(tx, now, { to, kind: 'group', words: 'You have been asked to run a group', href: paths.groups.show(groupId) })
}

export const auditOf = (
  tx: Tx,
  actor: Actor,
  now: Date,
  action: string,
  groupId: string,
  detail?: Record<string, unknown>,
): Promise<void> => audit(tx, actor, now, { action, subject: { type: 'group', id: groupId }, ...(detail ? { detail } : {}) })
