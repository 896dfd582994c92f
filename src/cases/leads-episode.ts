import type { Actor } from '../platform/actor.ts'
import type { Case } from './load-case.ts'

/**
 * Whether somebody decides about an episode: its co-ordinator while they are it, on that episode alone (E2), and the desk that keeps it. Whoever
 * else may add to it decides nothing.
 */
export const leadsEpisode = (actor: Actor, theCase: Case): boolean => coordinates(actor, theCase) || isOfItsDesk(actor, theCase)

export const coordinates = (actor: Actor, { isEpisode, workerId }: Case): boolean =>
  isEpisode && workerId !== null && workerId === actor.userId

export const isOfItsDesk = (actor: Actor, { isEpisode, teamId, serviceArea }: Case): boolean =>
  isEpisode && actor.posts.some(post => post.teamId === teamId && post.serviceArea === serviceArea)
