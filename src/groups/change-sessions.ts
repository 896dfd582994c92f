import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { whoAnswersForPlaces } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { type PlainTime, sameTimeOn } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { everySoManyWeeks, formatDate, type PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Group, Session } from './group.ts'

export type SessionWords = { startsAt: Date; endsAt: Date; place: string; topic: string; moduleId: string | null }

/** Adds sessions to a group. They are seen and run by whoever sees and runs the group. */
export async function addSessions(tx: Tx, actor: Actor, now: Date, group: Group, sessions: readonly SessionWords[]): Promise<string[]> {
  const ids: string[] = []
  for (const one of sessions) {
    const id = uuid()
    await sql`
      insert into group_sessions (id, group_id, starts_at, ends_at, place, topic, module_id, open_to, seen_by, run_by)
      select ${id}, g.id, ${one.startsAt}, ${one.endsAt}, ${one.place}, ${one.topic}, ${one.moduleId}::uuid, g.open_to, g.seen_by, g.run_by
      from groups g where g.id = ${group.id}`.execute(tx)
    ids.push(id)
  }
  await audit(tx, actor, now, {
    action: 'group-sessions-added',
    subject: { type: 'group', id: group.id },
    detail: { sessions: sessions.length },
  })
  return ids
}

/** Another time, place or topic. Whoever answers for those who come hears of another time or place. */
export async function changeSession(
  tx: Tx,
  actor: Actor,
  now: Date,
  session: Session,
  version: number,
  words: SessionWords,
): Promise<Result<void, 'changed-meanwhile'>> {
  const changed = await sql`
    update group_sessions set starts_at = ${words.startsAt}, ends_at = ${words.endsAt}, place = ${words.place}, topic = ${words.topic},
      module_id = ${words.moduleId}::uuid, version = version + 1
    where id = ${session.id} and version = ${version} and cancelled_at is null`.execute(tx)
  if (changed.numAffectedRows !== 1n) return no('changed-meanwhile')
  await audit(tx, actor, now, { action: 'group-session-changed', subject: { type: 'group', id: session.groupId } })
  const isElsewhere = words.startsAt.getTime() !== session.startsAt.getTime() || (words.place !== '' && words.place !== session.place)
  if (isElsewhere && words.startsAt > now) await tellOf(tx, actor, now, session, 'A session of a group has another time or place')
  return ok(undefined)
}

/** The session is not held. Whoever answers for somebody who would come is told, whoever may see of whom. */
export async function cancelSession(
  tx: Tx,
  actor: Actor,
  now: Date,
  session: Session,
  because: string,
): Promise<Result<void, 'cancelled-already'>> {
  const cancelled = await sql`
    update group_sessions set cancelled_at = ${now}, cancelled_by = ${actor.userId}, cancelled_because = ${because}, version = version + 1
    where id = ${session.id} and cancelled_at is null`.execute(tx)
  if (cancelled.numAffectedRows !== 1n) return no('cancelled-already')
  await audit(tx, actor, now, { action: 'group-session-cancelled', subject: { type: 'group', id: session.groupId } })
  await tellOf(tx, actor, now, session, 'A session of a group is cancelled: tell whoever you booked')
  return ok(undefined)
}

async function tellOf(tx: Tx, actor: Actor, now: Date, session: Session, words: string): Promise<void> {
  const facilitators = await sql<{ userId: string }>`
    select user_id as "userId" from group_facilitators where group_id = ${session.groupId} and ended_at is null`.execute(tx)
  const to = [...(await whoAnswersForPlaces(tx, session.groupId)), ...facilitators.rows.map(row => row.userId)]
  await tellUsers(tx, now, {
    to: to.filter(one => one !== actor.userId),
    kind: 'group',
    words,
    href: paths.groups.session(session.groupId, session.id),
  })
}

/**
 * The sessions of a series that comes again every so many weeks at the same time on the clock, whatever the clocks do in between. A time that
 * they leave out on one of the days is refused, with that day.
 */
export function seriesOf(
  first: PlainDate,
  from: PlainTime,
  minutes: number,
  everyWeeks: number,
  count: number,
): Result<{ startsAt: Date; endsAt: Date }[], string> {
  const starts = sameTimeOn(everySoManyWeeks(first, everyWeeks, count), from)
  if (!starts.ok) return no(`The time does not exist on ${formatDate(starts.error)}, when the clocks go forward over it`)
  // Length is what passes, not what the clock shows.
  return ok(starts.value.map(startsAt => ({ startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) })))
}
