import { type Case, coordinates, leadsEpisode } from '../cases/index.ts'
import { type Actor, may } from '../platform/actor.ts'

/**
 * Whether the actor shares and withholds this case: by a right of their role, of a case that is theirs. An episode's co-ordinator has
 * it on that episode and while they are it, whatever their role (E2); of whoever else may add to an episode, only its desk has it.
 */
export function mayShare(actor: Actor, theCase: Case): boolean {
  if (!theCase.whole || !theCase.mayDecide) return false
  if (!theCase.isEpisode) return may(actor, 'share')
  return coordinates(actor, theCase) || (may(actor, 'share') && leadsEpisode(actor, theCase))
}
