import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase, listsForPart } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { recordOnTimeline } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Place } from './change-bookings.ts'
import { attendances, type Booking, came, type Session } from './group.ts'
import type { Course, How, Module, ModuleOfCourse } from './programme.ts'
import { progressOf } from './programme.ts'
import { modulesOfCourse } from './programmes.queries.ts'

/** Begins a programme with somebody. Who goes through it already goes on. */
export async function beginCourse(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: Pick<Place, 'caseId' | 'personId'>,
  programme: { id: string; name: string },
  beganOn: PlainDate,
): Promise<Result<string, 'going-already'>> {
  const id = uuid()
  const { readers, editors, withheld } = await listsForPart(tx, place.caseId, 'groups')
  const added = await sql`
    insert into programme_courses (id, programme_id, case_id, status, began_on, begun_by, recorded_at, readers, editors, withheld)
    values (${id}, ${programme.id}, ${place.caseId}, 'going', ${beganOn}::date, ${actor.userId}, ${now}, ${readers}::int[], ${editors}::int[], ${withheld}::int[])
    on conflict (programme_id, case_id) where status = 'going' do nothing`.execute(tx)
  if (added.numAffectedRows !== 1n) return no('going-already')
  await follow(tx, actor, now, { ...place, courseId: id }, 'programme-begun', { title: `Programme begun: ${programme.name}` })
  return ok(id)
}

export type Done = { on: PlainDate; how: Exclude<How, 'in-session'>; words: string }

/** A module that somebody has done outside a session of a group. */
export async function completeModule(
  tx: Tx,
  actor: Actor,
  now: Date,
  course: Course,
  module: Module,
  done: Done,
): Promise<Result<void, 'not-going' | 'done-already'>> {
  if (course.status !== 'going') return no('not-going')
  const { readers, editors, withheld } = await listsForPart(tx, course.caseId, 'groups')
  const added = await sql`
    insert into module_completions (id, course_id, module_id, case_id, done_on, how, words, recorded_at, recorded_by, readers, editors, withheld)
    values (${uuid()}, ${course.id}, ${module.id}, ${course.caseId}, ${done.on}::date, ${done.how}, ${done.words}, ${now}, ${actor.userId},
      ${readers}::int[], ${editors}::int[], ${withheld}::int[])
    on conflict (course_id, module_id) where withdrawn_at is null do nothing`.execute(tx)
  if (added.numAffectedRows !== 1n) return no('done-already')
  const line = { title: `Module done: ${module.title}`, summary: done.words }
  await follow(tx, actor, now, { ...course, courseId: course.id }, 'programme-module-done', line)
  return ok(undefined)
}

/** It was not so after all, and why. */
export async function withdrawModule(
  tx: Tx,
  actor: Actor,
  now: Date,
  course: Course,
  module: ModuleOfCourse,
  because: string,
): Promise<Result<void, 'not-going' | 'not-done'>> {
  if (course.status !== 'going') return no('not-going')
  await holdCase(tx, course.caseId)
  const withdrawn = await sql`
    update module_completions set withdrawn_at = ${now}, withdrawn_because = ${because} where id = ${module.done?.id ?? null}::uuid and withdrawn_at is null`.execute(
    tx,
  )
  if (withdrawn.numAffectedRows !== 1n) return no('not-done')
  const line = { title: `Module not done after all: ${module.title}`, summary: because }
  await follow(tx, actor, now, { ...course, courseId: course.id }, 'programme-module-withdrawn', line)
  return ok(undefined)
}

/**
 * Whoever came to a session about a module has done it, where they go through the programme; whoever did not after all has not, unless they came to
 * another session about it: then they did it there. The caller has written the attendance.
 */
export async function followAttendance(
  tx: Tx,
  actor: Actor,
  now: Date,
  session: Pick<Session, 'id' | 'startsAt' | 'moduleId'>,
  booking: Pick<Booking, 'caseId'>,
  hasCome: boolean,
): Promise<void> {
  if (!session.moduleId) return
  if (hasCome) return completeInSession(tx, actor, now, session.moduleId, session, booking.caseId)
  const withdrawn = await sql`
    update module_completions set withdrawn_at = ${now}, withdrawn_because = 'They did not come to the session after all'
    where case_id = ${booking.caseId} and session_id = ${session.id} and withdrawn_at is null`.execute(tx)
  if (withdrawn.numAffectedRows === 0n) return
  const { rows } = await sql<Pick<Session, 'id' | 'startsAt'>>`
    select x.id, x.starts_at as "startsAt" from group_attendances d join group_sessions x on x.id = d.session_id
    where d.case_id = ${booking.caseId} and d.replaced_at is null and d.attendance = any (${attendances.filter(came)}::text[])
      and x.module_id = ${session.moduleId} and x.id <> ${session.id}
    order by x.starts_at, x.id limit 1`.execute(tx)
  if (rows[0]) await completeInSession(tx, actor, now, session.moduleId, rows[0], booking.caseId)
}

async function completeInSession(
  tx: Tx,
  actor: Actor,
  now: Date,
  moduleId: string,
  session: Pick<Session, 'id' | 'startsAt'>,
  caseId: string,
): Promise<void> {
  const { readers, editors, withheld } = await listsForPart(tx, caseId, 'groups')
  await sql`
    insert into module_completions (id, course_id, module_id, case_id, done_on, how, session_id, recorded_at, recorded_by, readers, editors, withheld)
    select gen_random_uuid(), k.id, m.id, k.case_id, ${londonDate(session.startsAt)}::date, 'in-session', ${session.id}, ${now}, ${actor.userId},
      ${readers}::int[], ${editors}::int[], ${withheld}::int[]
    from programme_courses k join programme_modules m on m.programme_id = k.programme_id
    where k.case_id = ${caseId} and k.status = 'going' and m.id = ${moduleId}
    on conflict (course_id, module_id) where withdrawn_at is null do nothing`.execute(tx)
}

export type Ending = { outcome: 'completed' | 'left'; on: PlainDate; words: string }

/** Somebody has completed the programme, or leaves it. Complete it is when every module that is needed has been done, by the word of whoever sees which. */
export async function endCourse(
  tx: Tx,
  actor: Actor,
  now: Date,
  course: Course,
  { outcome, on, words }: Ending,
): Promise<Result<void, 'not-going' | 'not-open' | 'modules-missing'>> {
  await holdCase(tx, course.caseId)
  if (outcome === 'completed' && !course.isOpen) return no('not-open')
  if (outcome === 'completed' && progressOf(await modulesOfCourse(tx, course)).missing.length > 0) return no('modules-missing')
  const ended = await sql`
    update programme_courses set status = ${outcome}, ended_on = ${on}::date, ended_by = ${actor.userId}, ended_words = ${words}
    where id = ${course.id} and status = 'going'`.execute(tx)
  if (ended.numAffectedRows !== 1n) return no('not-going')
  const title = `Programme ${outcome === 'completed' ? 'completed' : 'left'}: ${course.programmeName}`
  await follow(tx, actor, now, { ...course, courseId: course.id }, 'programme-ended', { title, summary: words })
  return ok(undefined)
}

type Followed = { caseId: string; personId: string; courseId: string }

async function follow(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, personId, courseId }: Followed,
  action: string,
  line: { title: string; summary?: string },
): Promise<void> {
  await recordOnTimeline(tx, {
    caseId,
    at: now,
    kind: 'group',
    part: 'groups',
    ...line,
    source: { type: 'programme-course', id: courseId },
    href: paths.programmes.course(caseId, courseId),
    actor,
  })
  await audit(tx, actor, now, { action, subject: { type: 'programme-course', id: courseId }, personId, caseId })
}
