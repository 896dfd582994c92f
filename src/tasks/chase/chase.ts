import { flagOverdue } from '../../cases/index.ts'
import { type NoticeKind, tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { teamsInWhich } from '../../platform/acting-at.ts'
import { type Actor, asActor, may, theSystem } from '../../platform/actor.ts'
import { type Clock, londonTime, today as londonToday } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { moveFollowersOf } from '../follow-dates.ts'
import { chasingSteps, forgetChasings, notYetTold, ownPending, type Pending, teamsOverdue, usersToChase } from './chase.queries.ts'
import { type ChasingStep, stepReached, stepsFor } from './steps.ts'

export type ChaseParts = {
  /** Connected as lanyard_worker. */
  database: Database
  clock: Clock
  /** A user as they are now; nobody when they have been disabled. */
  actorOf: (userId: string) => Promise<Actor | undefined>
}

/** Nobody is told of work in the night: from this time on London's clocks, in summer and in winter. */
const from = '07:00'

/**
 * Tells everybody of what is near or overdue, each under their own rights, so that nobody hears of what they could not open. For a job that
 * runs every hour: each is told once of each step, however often it runs and however late.
 */
export async function chase(parts: ChaseParts): Promise<void> {
  const { database, clock, actorOf } = parts
  if (londonTime(clock.now()) < from) return
  const system = theSystem('Reminders')
  const { users, steps } = await asActor(database, system, 'read', async tx => ({
    users: await usersToChase(tx),
    steps: await chasingSteps(tx),
  }))
  const faults: unknown[] = []
  for (const userId of users) {
    const actor = await actorOf(userId)
    // What goes wrong with the work of one keeps nobody else's reminders back.
    if (actor && may(actor, 'read-records')) await chaseOne(parts, actor, steps).catch(fault => faults.push(fault))
  }
  await asActor(database, system, 'write', tx => forgetChasings(tx, new Date(clock.now().getTime() - 400 * 24 * 3_600_000)))
  if (faults.length > 0) throw faults[0]
}

type Steps = readonly (ChasingStep & { serviceArea: string })[]

async function chaseOne({ database, clock }: ChaseParts, actor: Actor, steps: Steps): Promise<void> {
  const now = clock.now()
  const day = londonToday(clock)
  if (may(actor, 'record')) {
    // In nobody's name: the rule did it, with the rights of whoever has the case.
    const onBehalf = { ...actor, userId: null, name: 'Lanyard' }
    const teamIds = teamsInWhich(actor, 'manage-allocation')
    await asActor(database, onBehalf, 'write', tx => flagOverdue(tx, onBehalf, now, day, { workerId: actor.userId ?? '', teamIds }))
    await asActor(database, actor, 'write', tx => moveFollowersOf(tx, actor, now, { assignee: actor.principal }))
  }
  await asActor(database, actor, 'write', async tx => {
    await tellOfOwn(tx, actor, now, day, await ownPending(tx, actor, now, day), steps)
    if (may(actor, 'manage-allocation')) await tellOfTeams(tx, actor, now, day, await teamsOverdue(tx, actor, day), steps)
  })
}

/** In words, one and many of them, and where they are listed: not narrowed, since the dates of cases stand beside the tasks. */
const owned = {
  own: ['A task or a date of yours', 'tasks or dates of yours', paths.tasks.mine],
  team: ['A task of your team', 'tasks of your teams', paths.tasks.ofTeams],
  covered: ['A task or a date of somebody for whom you cover', 'tasks or dates of those for whom you cover', paths.work.mine],
} as const

async function tellOfOwn(tx: Tx, actor: Actor, now: Date, day: PlainDate, pending: readonly Pending[], steps: Steps): Promise<void> {
  const fresh = await notYetTold(tx, actor, now, reachedOf(pending, 'assignee', day, steps))
  for (const whose of ['own', 'team', 'covered'] as const) {
    // Whoever may only read can take none of their team's.
    if (whose === 'team' && !may(actor, 'record')) continue
    const [one, many, list] = owned[whose]
    const theirs = fresh.filter(thing => thing.whose === whose)
    const near = theirs.filter(thing => thing.dueOn >= day)
    const late = theirs.filter(thing => thing.dueOn < day)
    await tell(tx, actor, now, near, { kind: 'task-due', one: `${one} is near`, many: `${many} are near`, list })
    await tell(tx, actor, now, late, { kind: 'task-overdue', one: `${one} is overdue`, many: `${many} are overdue`, list })
  }
}

async function tellOfTeams(tx: Tx, actor: Actor, now: Date, day: PlainDate, pending: readonly Pending[], steps: Steps): Promise<void> {
  const fresh = await notYetTold(tx, actor, now, reachedOf(pending, 'leaders', day, steps))
  await tell(tx, actor, now, fresh, {
    kind: 'task-overdue',
    one: 'Something in your team is overdue',
    many: 'things in your team are overdue',
    list: `${paths.tasks.mine}?view=colleagues&due=overdue`,
  })
}

/** Everything that has come to a step, with the step and its day: what is given another day is chased anew. */
function reachedOf(pending: readonly Pending[], tell: ChasingStep['tell'], day: PlainDate, steps: Steps): (Pending & { step: string })[] {
  return pending.flatMap(one => {
    const own: ChasingStep[] = one.remindDays === null ? [] : [{ days: -one.remindDays, tell: 'assignee' }]
    const step = stepReached([...stepsFor(steps, one.serviceArea), ...own], tell, one.dueOn, day)
    return step ? [{ ...one, step: `${tell} ${step.days} ${one.dueOn}` }] : []
  })
}

type Saying = { kind: NoticeKind; one: string; many: string; list: string }

/** One notice a day of each kind: of the thing itself where it is one, else of how many there are. */
async function tell(tx: Tx, actor: Actor, now: Date, things: readonly Pending[], { kind, one, many, list }: Saying): Promise<void> {
  const [first] = things
  if (!first || !actor.userId) return
  const alone = things.length === 1
  await tellUsers(tx, now, {
    to: [actor.userId],
    kind,
    words: alone ? one : `${things.length} ${many}`,
    href: alone ? first.href : list,
    caseId: alone ? first.caseId : null,
    personId: alone ? first.personId : null,
  })
}
