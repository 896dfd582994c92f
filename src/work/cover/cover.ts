import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { endGrantsOf, grantAccess } from '../../access/index.ts'
import { auditAll } from '../../audit/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { startOfDay } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'

export type Cover = {
  id: string
  teamId: string
  workerId: string
  workerName: string
  coveredBy: string
  coveredByName: string
  fromOn: PlainDate
  toOn: PlainDate
  reason: string
  startsAt: Date
  endsAt: Date
}

type Of = { workerId: string } | { teamId: string } | { concerning: string } | { id: string }

/** Covers that stand, now or later: of a worker, in a team, or where somebody is either of the two. Only those that the actor may know of. */
export async function coversOf(tx: Tx, now: Date, of: Of): Promise<Cover[]> {
  const which =
    'workerId' in of
      ? sql`k.worker_id = ${of.workerId}`
      : 'teamId' in of
        ? sql`k.team_id = ${of.teamId}`
        : 'id' in of
          ? sql`k.id = ${of.id}`
          : sql`(k.worker_id = ${of.concerning} or k.covered_by = ${of.concerning})`
  const { rows } = await sql<Cover>`
    select k.id, k.team_id as "teamId", k.worker_id as "workerId", w.name as "workerName", k.covered_by as "coveredBy", c.name as "coveredByName",
      k.from_on as "fromOn", k.to_on as "toOn", k.reason, k.starts_at as "startsAt", k.ends_at as "endsAt"
    from covers k join users w on w.id = k.worker_id join users c on c.id = k.covered_by
    where ${which} and k.ended_at is null and k.ends_at > ${now} order by k.from_on, c.name, k.id`.execute(tx)
  return rows
}

export type Coverer = { userId: string; principal: number; name: string; jobTitle: string; teamName: string }

/** Who could cover: whoever records for the team's agency, in any of its teams. */
export async function whoCouldCover(tx: Tx, teamId: string, workerId: string): Promise<Coverer[]> {
  const { rows } = await sql<Coverer>`
    select distinct on (o.team_id <> t.id, u.name, u.id) u.id as "userId", u.principal, u.name, u.job_title as "jobTitle", x.name as "teamName"
    from teams t
      join posts o on o.agency = t.agency and o.service_area is not null and o.ended_at is null
      join teams x on x.id = o.team_id
      join users u on u.id = o.user_id and u.status <> 'disabled' and u.id <> ${workerId}
      join roles r on r.id = o.role_id and 'record' = any (r.capabilities)
    where t.id = ${teamId} order by o.team_id <> t.id, u.name, u.id`.execute(tx)
  return [...new Map(rows.toReversed().map(one => [one.userId, one])).values()].toReversed()
}

export type NewCover = {
  teamId: string
  workerId: string
  by: Coverer
  fromOn: PlainDate
  toOn: PlainDate
  reason: string
}

/**
 * Lets somebody see and change a worker's cases of this team from one day to another, by a window on each case: it opens and ends by itself,
 * however late any job is. Cases that come to the worker meanwhile are covered when they are given. A restricted case is not: whoever covers is
 * named on it where they must see it. Nor is one that is withheld from them. Answers how many cases it opens.
 */
export async function beginCover(tx: Tx, actor: Actor, now: Date, cover: NewCover): Promise<Result<number, 'covers-then'>> {
  const { teamId, workerId, by, fromOn, toOn, reason } = cover
  const overlapping = await sql`
    select from covers where worker_id = ${workerId} and covered_by = ${by.userId} and team_id = ${teamId} and ended_at is null
      and from_on <= ${toOn}::date and to_on >= ${fromOn}::date`.execute(tx)
  if (overlapping.rows.length > 0) return no('covers-then')
  const [startsAt, endsAt] = [startOfDay(fromOn), startOfDay(addDays(toOn, 1))]
  const id = uuid()
  await sql`
    insert into covers (id, team_id, team, worker_id, covered_by, from_on, to_on, starts_at, ends_at, reason, user_id, author, recorded_at)
    select ${id}, t.id, t.principal, ${workerId}, ${by.userId}, ${fromOn}, ${toOn}, ${startsAt}, ${endsAt}, ${reason}, ${actor.userId}, ${actor.name}, ${now}
    from teams t where t.id = ${teamId}`.execute(tx)
  const cases = await openTo(tx, cover)
  for (const { id: caseId } of cases)
    await grantAccess(tx, actor, now, {
      caseId,
      kind: 'cover',
      holder: by.principal,
      level: 'edit',
      startsAt,
      endsAt,
      purpose: 'Covers for its worker',
    })
  await auditAll(tx, actor, now, [
    { action: 'cover-begun', subject: { type: 'user', id: workerId }, detail: { by: by.userId, fromOn, toOn, cases: cases.length } },
    ...cases.map(one => ({
      action: 'case-covered',
      subject: { type: 'case', id: one.id },
      personId: one.personId,
      caseId: one.id,
      detail: { by: by.userId, fromOn, toOn },
    })),
  ])
  const kind = 'case-moved'
  await tellUsers(tx, now, { to: [by.userId], kind, words: 'You are to cover for a colleague', href: paths.work.worker(workerId) })
  await tellUsers(tx, now, { to: [workerId], kind, words: 'Somebody is to cover for you', href: paths.work.mine })
  return ok(cases.length)
}

/** The worker's cases of the team that the actor may change, held until the transaction ends, and that may be opened to whoever covers. */
async function openTo(tx: Tx, { teamId, workerId, by }: NewCover): Promise<{ id: string; personId: string }[]> {
  const held = await sql<{ id: string; personId: string; isOpen: boolean }>`
    select c.id, c.person_id as "personId", not c.restricted and (c.withheld && (
      select array[u.principal, u.agency] || array(select p.agency from posts p where p.user_id = u.id and p.ended_at is null) from users u where u.id = ${by.userId}
    )) is not true as "isOpen"
    from cases c where c.worker_id = ${workerId} and c.team_id = ${teamId} and c.closed_on is null order by c.id for update`.execute(tx)
  return held.rows.filter(one => one.isOpen)
}

/** Ends a cover before its time: at once. */
export async function endCover(tx: Tx, actor: Actor, now: Date, cover: Cover): Promise<boolean> {
  const ended = await tx
    .updateTable('covers')
    .set({ ended_at: now, ended_by: actor.name })
    .where('id', '=', cover.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) return false
  const { rows } = await sql<{ caseId: string; holder: number }>`
    select distinct g.case_id as "caseId", g.holder from access_grants g join cases c on c.id = g.case_id join users u on u.principal = g.holder
    where g.kind = 'cover' and g.ended_at is null and u.id = ${cover.coveredBy} and c.worker_id = ${cover.workerId} and c.team_id = ${cover.teamId}
      and g.starts_at = ${cover.startsAt} and g.ends_at = ${cover.endsAt} order by g.case_id`.execute(tx)
  for (const { caseId, holder } of rows) await endGrantsOf(tx, actor, now, { caseId, kind: 'cover', holder, reason: 'The cover was ended' })
  await auditAll(tx, actor, now, [
    { action: 'cover-ended', subject: { type: 'user', id: cover.workerId }, detail: { by: cover.coveredBy, cases: rows.length } },
  ])
  const words = 'Cover that you had to do with has been ended'
  await tellUsers(tx, now, { to: [cover.coveredBy, cover.workerId], kind: 'case-moved', words, href: paths.work.mine })
  return true
}
