import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import { tellUsers, withdrawNotices } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import type { VisitOut } from './visit.ts'

export type NewVisit = {
  teamId: string
  whereabouts: string
  expectedBackAt: Date
  appointmentId: string | null
  /** Who goes with them. */
  secondId: string | null
}

/** Two presses at one moment are one visit: the second waits here, and then finds the first. Held in one order by all who hold several. */
export async function holdVisitsOf(tx: Tx, userIds: readonly (string | null)[]): Promise<void> {
  for (const id of [...new Set(userIds)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`visits-out ${id}`}, 0))`.execute(tx)
}

/** The actor sets out, alone or with a colleague. Whoever is in that team sees until when, and is told if they do not come back. */
export async function setOut(tx: Tx, actor: Actor, now: Date, visit: NewVisit): Promise<string> {
  const id = uuid()
  await sql`
    insert into visits_out (id, user_id, second_worker, team, appointment_id, whereabouts, set_out_at, expected_back_at)
    select ${id}, ${actor.userId}, ${visit.secondId}::uuid, t.principal, ${visit.appointmentId}::uuid, ${visit.whereabouts}, ${now}, ${visit.expectedBackAt}
    from teams t where t.id = ${visit.teamId}`.execute(tx)
  await audit(tx, actor, now, {
    action: 'visit-begun',
    subject: { type: 'visit', id },
    detail: { expectedBackAt: visit.expectedBackAt, secondWorker: visit.secondId },
  })
  if (visit.secondId)
    await tellUsers(tx, now, {
      to: [visit.secondId],
      kind: 'not-back',
      words: `${actor.name} has set out on a visit with you`,
      href: visitOnBoard(id),
    })
  return id
}

/** They are back, or a colleague has heard from them. False when somebody has said so already. */
export async function comeBack(tx: Tx, actor: Actor, now: Date, visit: VisitOut, words: string): Promise<boolean> {
  const changed = await tx
    .updateTable('visits_out')
    .set({ back_at: now, back_by: actor.userId, back_words: words })
    .where('id', '=', visit.id)
    .where('back_at', 'is', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  await audit(tx, actor, now, { action: 'visit-ended', subject: { type: 'visit', id: visit.id } })
  const href = visitOnBoard(visit.id)
  await withdrawNotices(tx, now, { kind: 'not-back', href })
  // From now on nobody looks for them: whoever is out hears of it, and can say otherwise.
  if (!visit.isOwn)
    await tellUsers(tx, now, {
      to: onVisit(visit),
      kind: 'not-back',
      words: `${actor.name} has said that you are back from your visit`,
      href,
    })
  return true
}

/** Whoever is out still, of whom a colleague has said that they are back, is missed again when they were expected. False when they are not. */
export async function stillOut(tx: Tx, actor: Actor, now: Date, visit: VisitOut): Promise<boolean> {
  const changed = await tx
    .updateTable('visits_out')
    .set({ back_at: null, back_by: null, back_words: '' })
    .where('id', '=', visit.id)
    .where('back_at', 'is not', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  await audit(tx, actor, now, { action: 'visit-goes-on', subject: { type: 'visit', id: visit.id } })
  await withdrawNotices(tx, now, { kind: 'not-back', href: visitOnBoard(visit.id) })
  return true
}

const onVisit = ({ userId, second }: VisitOut): string[] => [userId, ...(second ? [second.id] : [])]

/** It takes longer, or they are elsewhere: written only over what whoever says so has seen, since the worker may have said another meanwhile. */
export async function changeVisit(
  tx: Tx,
  actor: Actor,
  now: Date,
  visit: VisitOut,
  {
    expectedBackAt,
    whereabouts,
    because,
  }: { expectedBackAt: Date; whereabouts: string /** Asked of anybody but the worker. */; because: string },
): Promise<Result<void, 'back-already' | 'changed-meanwhile'>> {
  const changed = await tx
    .updateTable('visits_out')
    .set({ expected_back_at: expectedBackAt, whereabouts })
    .where('id', '=', visit.id)
    .where('back_at', 'is', null)
    .where('expected_back_at', '=', visit.expectedBackAt)
    .where('whereabouts', '=', visit.whereabouts)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) {
    const stillOut = await tx
      .selectFrom('visits_out')
      .select('id')
      .where('id', '=', visit.id)
      .where('back_at', 'is', null)
      .executeTakeFirst()
    return no(stillOut ? 'changed-meanwhile' : 'back-already')
  }
  await audit(tx, actor, now, {
    action: 'visit-changed',
    subject: { type: 'visit', id: visit.id },
    detail: {
      before: { expectedBackAt: visit.expectedBackAt, whereabouts: visit.whereabouts },
      after: { expectedBackAt, whereabouts },
      ...(because ? { because } : {}),
    },
  })
  const href = visitOnBoard(visit.id)
  await withdrawNotices(tx, now, { kind: 'not-back', href })
  const others = onVisit(visit).filter(id => id !== actor.userId)
  await tellUsers(tx, now, { to: others, kind: 'not-back', words: `${actor.name} has changed when you are expected back`, href })
  return ok(undefined)
}

/** The board, as a notice of one visit leads there: by its address the notices of that visit are known. */
export const visitOnBoard = (visitId: string): string => `${paths.visits.board}?visit=${visitId}`
