import { planOf } from '../../cases/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Drawing } from '../paper/drawing.ts'
import { addSignature } from './signatures.queries.ts'
import { contentOfPlan } from './subjects.ts'

/** Keeps the signature of the person under the plan as it is now, in the actor's presence. */
export async function signPlan(
  tx: Tx,
  actor: Actor,
  now: Date,
  place: { caseId: string; personId: string },
  { name, drawing }: { name: string; drawing: Drawing | null },
): Promise<void> {
  const subject = { type: 'plan', id: place.caseId, ...contentOfPlan(await planOf(tx, place.caseId)) } as const
  await addSignature(tx, actor, now, place, subject, { signer: 'person', name, drawing })
}
