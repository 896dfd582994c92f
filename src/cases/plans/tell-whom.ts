import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { tellOfGivenInVain } from '../given-in-vain.ts'
import { actionsOf, type Plan, type PlanChange } from './plan.ts'

/** Tells whoever gets an action of the plan from somebody else, of any agency, that they have one: not what, and not of whom. */
export async function tellWhoGetsIt(tx: Tx, actor: Actor, now: Date, caseId: string, before: Plan, change: PlanChange): Promise<void> {
  const to = newlyGiven(before, change)
  if (to === null || to === actor.principal) return
  const user = await tx.selectFrom('users').select('id').where('principal', '=', to).executeTakeFirst()
  if (!user) return
  const given = { kind: 'task-given', href: paths.plan.show(caseId), caseId } as const
  await tellUsers(tx, now, { to: [user.id], words: 'An action of a plan has been given to you', ...given })
  await tellOfGivenInVain(tx, now, { userId: user.id, ...given })
}

/** Whose it is now and was not before. What goes over with a whole case is told with the case. */
function newlyGiven(before: Plan, change: PlanChange): number | null {
  if (change.kind === 'action-added') return change.who
  if (change.kind !== 'action-changed') return null
  return actionsOf(before).find(action => action.id === change.id)?.who === change.who ? null : change.who
}
