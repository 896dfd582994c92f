import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Lists, listsForPart } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate, middayOf } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { writeStage } from './dues/write-dues.ts'
import type { Case } from './load-case.ts'
import { type CaseEvent, type CaseHappening, type CaseState, happen } from './status.ts'
import { recordOnTimeline, type TimelineKind } from './timeline/record-on-timeline.ts'

/** The part of a case that an event belongs to, as a share can name it. */
export type CasePart = 'referral' | 'allocation' | 'risk' | 'flags' | 'reviews' | 'closure' | 'forms' | 'plan' | 'supervision' | 'case'

export type Telling = {
  part: CasePart
  kind: TimelineKind
  /** The timeline's title: 'Risk raised from medium to high'. */
  title: string
  /** The first words of the reason. Cut to 300 characters. */
  summary?: string
  /** The row that holds the words, so that the timeline leads to it. */
  source?: { type: string; id: string }
  href?: string
  grave?: boolean
}

/**
 * Records that something happened to a case: the event, its line in the timeline, its audit, and the indexes of where the case stands.
 * The case was loaded with its row locked. Answers the new state, or `not-now` where the table of moves does not allow it.
 *
 * A change of team or restriction changes who may see the case: call `rewriteCase` after everything else has been written.
 */
export async function record(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  happening: CaseHappening & { occurredOn?: PlainDate },
  telling: Telling,
): Promise<Result<Case, 'not-now'>> {
  const { occurredOn = londonDate(now), kind, data } = happening
  const event = { kind, data, occurredOn } as CaseEvent
  const state = happen(theCase.state, event)
  if (!state) return no('not-now')
  const id = uuid()
  await insertEvent(tx, actor, now, theCase, event, {
    id,
    part: telling.part,
    position: state.position,
    lists: await listsForPart(tx, theCase.id, telling.part),
  })
  await recordOnTimeline(tx, {
    caseId: theCase.id,
    at: instantOf(occurredOn, now),
    recordedAt: now,
    kind: telling.kind,
    part: telling.part,
    title: telling.title,
    summary: telling.summary ?? '',
    source: telling.source ?? { type: 'case-event', id },
    ...(telling.href ? { href: telling.href } : {}),
    grave: telling.grave ?? false,
    actor,
  })
  await writeIndexes(tx, now, theCase, state)
  if (kind === 'assessment-completed')
    await tx.updateTable('involvements').set({ assessed_on: occurredOn }).where('case_id', '=', theCase.id).execute()
  await audit(tx, actor, now, {
    action: `case-${kind}`,
    subject: { type: 'case', id: theCase.id },
    personId: theCase.personId,
    caseId: theCase.id,
    detail: { ...data, occurredOn },
  })
  return ok({ ...theCase, state, version: state.position })
}

export async function insertEvent(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id: case_id }: { id: string },
  event: CaseEvent,
  { id, part, position, lists }: { id: string; part: string; position: number; lists: Lists },
): Promise<void> {
  await tx
    .insertInto('case_events')
    .values({
      id,
      case_id,
      position,
      kind: event.kind,
      part,
      data: JSON.stringify(event.data),
      occurred_on: event.occurredOn,
      recorded_at: now,
      user_id: actor.userId,
      author: actor.name,
      ...lists,
    })
    .execute()
}

/** Writes where the case stands on to its row and its line of the caseload. They are one row each; anything else is a fault. */
async function writeIndexes(tx: Tx, now: Date, theCase: Case, state: CaseState): Promise<void> {
  const written = await sql`
    update cases set service_area = ${state.serviceArea}, team_id = ${state.teamId}, agency = (select agency from teams where id = ${state.teamId}),
      worker_id = ${state.workerId}, status = ${state.status}, opened_on = ${state.acceptedOn}, closed_on = ${state.closedOn},
      restricted = ${state.restricted}, version = ${state.position}
    where id = ${theCase.id}`.execute(tx)
  if (written.numAffectedRows !== 1n) throw new Error('A case was not written.')
  await sql`
    update caseload_entries set service_area = ${state.serviceArea}, team_id = ${state.teamId}, worker_id = ${state.workerId}, status = ${state.status},
      initial_risk = ${state.initialRisk}, risk = ${state.risk}, risk_order = ${riskOrder[state.risk]}, flags = ${state.openFlags.length},
      review_on = ${state.reviewDueOn}, allocated_on = ${state.allocatedOn}, closed_on = ${state.closedOn}, offered_to = ${state.offeredTo}, open_since = ${state.acceptedOn ?? state.referredOn},
      allocated_at = case when ${state.workerId}::uuid is null then null when worker_id is distinct from ${state.workerId}::uuid then ${now} else allocated_at end
    where case_id = ${theCase.id}`.execute(tx)
  await writeStage(tx, theCase.id, state)
}

export const riskOrder = { high: 0, medium: 1, low: 2, 'not-rated': 3 } as const

/** Today's events stand at the minute; those of another day at its midday on London's clocks, since no time was asked for. */
export function instantOf(day: PlainDate, now: Date): Date {
  return day === londonDate(now) ? now : middayOf(day)
}
