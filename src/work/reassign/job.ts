import { passAppointments } from '../../activities/index.ts'
import { allocate, lockCase } from '../../cases/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { actingAt } from '../../platform/acting-at.ts'
import { type Actor, asActor, may } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { passTasks } from '../../tasks/index.ts'
import { findReassignment, finishReassignment, itemsOf, nextItem, settleItem } from './reassign.queries.ts'

export type ReassignWork = {
  database: Database
  /** Who a user is now; asked again for every case, so that rights taken away stop the work. */
  actorOf: (userId: string) => Promise<Actor | undefined>
  clock: Clock
  /** Set when the process is asked to stop: the work ends between two cases and is carried on at the next start. */
  signal?: AbortSignal
}

/** Hands many cases on as the user who asked for it: each in a transaction of its own, so that one that cannot go keeps back no other. */
export function reassignJobs(work: ReassignWork): { 'reassign-cases': (payload: unknown) => Promise<void> } {
  return {
    'reassign-cases': async payload => {
      const { reassignmentId, userId } = payload as { reassignmentId?: unknown; userId?: unknown }
      if (typeof reassignmentId !== 'string' || typeof userId !== 'string') throw new Error('A job that hands cases on names what and who.')
      while (await one(work, reassignmentId, userId))
        if (work.signal?.aborted) throw new Error('The service is stopping. The work is carried on when it is back.')
    },
  }
}

/** Does the next case; false when none is left, or whoever began it may do it no more. */
async function one({ database, actorOf, clock }: ReassignWork, id: string, userId: string): Promise<boolean> {
  const actor = await actorOf(userId)
  if (!actor) return false
  return asActor(database, actor, 'write', async tx => {
    const reassignment = await findReassignment(tx, id)
    if (!reassignment || reassignment.finishedAt) return false
    const now = clock.now()
    const item = await nextItem(tx, id)
    if (!item) {
      await finish(tx, reassignment, now)
      return false
    }
    const theCase = await lockCase(tx, actor, item.caseId)
    if (!may(theCase ? actingAt(actor, [theCase]) : actor, 'manage-allocation')) {
      await settleItem(tx, id, item.caseId, 'refused', 'You may not allocate cases any more')
      return true
    }
    const receiver = await tx.selectFrom('users').select(['principal', 'name']).where('id', '=', item.to).executeTakeFirst()
    const why =
      !theCase?.whole || !receiver
        ? 'It is not yours to change'
        : theCase.workerId !== reassignment.workerId
          ? 'It has changed hands meanwhile'
          : await give(tx, actor, now, { theCase, reassignment, to: { userId: item.to, ...receiver } })
    await settleItem(tx, id, item.caseId, why ? 'refused' : 'done', why ?? '')
    return true
  })
}

type Gift = {
  theCase: NonNullable<Awaited<ReturnType<typeof lockCase>>>
  reassignment: NonNullable<Awaited<ReturnType<typeof findReassignment>>>
  to: { userId: string; principal: number; name: string }
}

async function give(tx: Tx, actor: Actor, now: Date, { theCase, reassignment, to }: Gift): Promise<string | undefined> {
  const { fromOn, reason, handOver } = reassignment
  const allocation = { to: { teamId: theCase.teamId, ...to }, fromOn, reason, handOver }
  const done = await allocate(tx, actor, now, theCase, allocation, { tasks: passTasks, appointments: passAppointments })
  return done.ok ? undefined : refusals[done.error]
}

const refusals = {
  'not-now': 'It has been closed',
  'has-it-already': 'They have it already',
  withheld: 'It cannot be given to them',
  'may-not-record': 'They do not record in this team',
} as const

/** Each receiver is told once, however many they have got; so is whoever had them. */
async function finish(tx: Tx, { id, workerId }: { id: string; workerId: string }, now: Date): Promise<void> {
  if (!(await finishReassignment(tx, id, now))) return
  const receivers = new Set((await itemsOf(tx, id)).filter(item => item.outcome === 'done').map(item => item.to))
  if (receivers.size === 0) return
  const words = 'Cases of yours have been given to colleagues'
  await tellUsers(tx, now, { to: [workerId], kind: 'case-moved', words, href: paths.work.mine })
  await tellUsers(tx, now, {
    to: [...receivers],
    kind: 'case-allocated',
    words: 'Cases of a colleague have been given to you',
    href: `${paths.work.mine}?order=new`,
  })
}
