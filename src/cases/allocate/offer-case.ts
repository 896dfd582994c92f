import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import type { Passing } from '../case-frame.tsx'
import { whyNotTo } from '../directory.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { allocate, type NoAllocation } from './allocate-case.ts'

export type NewOffer = { to: { userId: string; name: string }; reason: string; handOver: string }
export type Offer = {
  id: string
  workerId: string
  workerName: string
  reason: string
  handOver: string
  offeredBy: string | null
  author: string
  offeredOn: string
}

/** The offer that waits for an answer, if one does. */
export async function standingOffer(tx: Tx, caseId: string): Promise<Offer | undefined> {
  const row = await tx
    .selectFrom('case_offers as o')
    .innerJoin('users as u', 'u.id', 'o.worker_id')
    .select(['o.id', 'o.worker_id', 'u.name', 'o.reason', 'o.hand_over', 'o.user_id', 'o.author', 'o.offered_on'])
    .where('o.case_id', '=', caseId)
    .where('o.answer', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, reason, author } = row
  return {
    id,
    reason,
    author,
    workerId: row.worker_id,
    workerName: row.name,
    handOver: row.hand_over,
    offeredBy: row.user_id,
    offeredOn: row.offered_on,
  }
}

/**
 * Asks a worker of the team whether they take a case (U5). They have it only when they say so. An offer opens nothing, so a restricted case,
 * which they could not read before they answer, is assigned and not offered. An offer that stood is withdrawn. The case was locked.
 */
export async function offerCase(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  { to, reason, handOver }: NewOffer,
): Promise<Result<Case, NoAllocation | 'restricted'>> {
  if (theCase.restricted) return no('restricted')
  if (theCase.workerId === to.userId || theCase.state.offeredTo === to.userId) return no('has-it-already')
  const why = await whyNotTo(tx, theCase, to.userId)
  if (why) return no(why)
  const id = uuid()
  const lists = await listsForPart(tx, theCase.id, 'allocation')
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'worker-offered', data: { workerId: to.userId } },
    { part: 'allocation', kind: 'people', title: `Offered to ${to.name}`, summary: reason, source: { type: 'case-offer', id } },
  )
  if (!done.ok) return done
  await answerStanding(tx, now, theCase.id, 'withdrawn')
  await tx
    .insertInto('case_offers')
    .values({
      id,
      case_id: theCase.id,
      team_id: theCase.teamId,
      worker_id: to.userId,
      offered_on: londonDate(now),
      reason,
      hand_over: handOver,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...lists,
    })
    .execute()
  const tell = {
    kind: 'case-offered',
    words: 'A case has been offered to you',
    href: paths.cases.action(theCase.id, 'answer-offer'),
  } as const
  await tellUsers(tx, now, { to: [to.userId], caseId: theCase.id, ...tell })
  return done
}

/** The worker to whom it is offered takes it: from now on they have it. */
export async function acceptOffer(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  passing?: Passing,
): Promise<Result<Case, NoAllocation | 'not-offered'>> {
  const offer = await standingOffer(tx, theCase.id)
  if (!offer || offer.workerId !== actor.userId) return no('not-offered')
  const allocation = {
    to: { teamId: theCase.teamId, userId: actor.userId, principal: actor.principal, name: actor.name },
    fromOn: londonDate(now),
    reason: offer.reason || 'Offered and accepted',
    handOver: offer.handOver,
  }
  const done = await allocate(tx, actor, now, theCase, allocation, passing)
  if (!done.ok) return done
  // Giving it to anybody has withdrawn what stood; this was its answer.
  await tx.updateTable('case_offers').set({ answer: 'accepted' }).where('id', '=', offer.id).execute()
  await tellOfferer(tx, now, theCase, offer, actor, 'Somebody has taken a case that you offered')
  return done
}

/** They do not take it, and say why: it is its leader's to give again. */
export async function declineOffer(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  reason: string,
): Promise<Result<Case, 'not-now' | 'not-offered'>> {
  const offer = await standingOffer(tx, theCase.id)
  if (!offer || offer.workerId !== actor.userId) return no('not-offered')
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'offer-declined', data: { workerId: offer.workerId } },
    {
      part: 'allocation',
      kind: 'people',
      title: `Declined by ${actor.name}`,
      summary: reason,
      source: { type: 'case-offer', id: offer.id },
    },
  )
  if (!done.ok) return done
  await answerStanding(tx, now, theCase.id, 'declined', reason)
  await tellOfferer(tx, now, theCase, offer, actor, 'A case that you offered has been declined')
  return done
}

/** Takes an offer back before it is answered. */
export async function withdrawOffer(tx: Tx, actor: Actor, now: Date, theCase: Case): Promise<Result<Case, 'not-now' | 'not-offered'>> {
  const offer = await standingOffer(tx, theCase.id)
  if (!offer) return no('not-offered')
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'offer-withdrawn', data: { workerId: offer.workerId } },
    { part: 'allocation', kind: 'people', title: `No longer offered to ${offer.workerName}`, source: { type: 'case-offer', id: offer.id } },
  )
  if (!done.ok) return done
  await answerStanding(tx, now, theCase.id, 'withdrawn')
  return ok(done.value)
}

async function answerStanding(tx: Tx, now: Date, caseId: string, answer: 'declined' | 'withdrawn', because = ''): Promise<void> {
  await tx
    .updateTable('case_offers')
    .set({ answer, answered_at: now, declined_because: because })
    .where('case_id', '=', caseId)
    .where('answer', 'is', null)
    .execute()
}

async function tellOfferer(tx: Tx, now: Date, theCase: Case, { offeredBy }: Offer, actor: Actor, words: string): Promise<void> {
  if (!offeredBy || offeredBy === actor.userId) return
  await tellUsers(tx, now, { to: [offeredBy], kind: 'case-offered', words, href: paths.cases.show(theCase.id), caseId: theCase.id })
}
