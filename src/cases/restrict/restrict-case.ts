import { endGrantsOf, grantAccess, rewriteCase } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, type Result } from '../../platform/result.ts'
import { coWorkersOf, endCoWorkerRows } from '../co-workers/co-workers.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { mayHappen } from '../status.ts'

export type NamedPerson = { userId: string; principal: number; name: string }

const notNamed = 'The case was restricted, and they were not named'

/**
 * Restricts a case to named people: from now on neither its team nor the commissioners read it, only those named, whoever it is allocated
 * to, and an emergency. Whoever works beside its worker and is not named works with it no more. The grants come first, the lists last. The case was locked.
 */
export async function restrictCase(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  named: readonly NamedPerson[],
  reason: string,
): Promise<Result<Case, 'not-now' | 'nobody-named'>> {
  if (named.length === 0) return no('nobody-named')
  if (theCase.restricted || !mayHappen(theCase.status, 'restricted')) return no('not-now')
  // While the team's lists still stand: once it is restricted, only those named could add a name.
  for (const one of named)
    await grantAccess(tx, actor, now, { caseId: theCase.id, kind: 'named', holder: one.principal, level: 'edit', purpose: reason })
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'restricted', data: {} },
    {
      part: 'case',
      kind: 'people',
      title: 'Restricted to named people',
      summary: `${reason} Named: ${named.map(one => one.name).join(', ')}.`,
    },
  )
  if (!done.ok) return done
  // Whoever works beside its worker, or covers for them, is named like anybody else, or does not see it.
  for (const beside of (await coWorkersOf(tx, theCase.id)).filter(one => one.toOn === null)) {
    if (named.some(one => one.userId === beside.userId)) continue
    await endCoWorkerRows(tx, actor, now, theCase.id, beside.userId, notNamed)
    await endGrantsOf(tx, actor, now, { caseId: theCase.id, kind: 'co-worker', holder: beside.principal, reason: notNamed })
  }
  await endGrantsOf(tx, actor, now, { caseId: theCase.id, kind: 'cover', reason: 'The case was restricted' })
  return done
}

/** Opens a restricted case to its team again. */
export async function unrestrictCase(tx: Tx, actor: Actor, now: Date, theCase: Case, reason: string): Promise<Result<Case, 'not-now'>> {
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'unrestricted', data: {} },
    {
      part: 'case',
      kind: 'people',
      title: 'No longer restricted',
      summary: reason,
    },
  )
  if (!done.ok) return done
  // Restriction is off before the grants end: the team's lists stand by then, and so does whoever does this.
  await rewriteCase(tx, theCase.id)
  await endGrantsOf(tx, actor, now, { caseId: theCase.id, kind: 'named', reason: 'The case is no longer restricted' })
  return done
}
