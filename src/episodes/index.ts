/** The pages: one's own episodes, beginning one, its co-ordinator, the team around the person, what the family gets. */

export { appoint, candidateById } from './coordinator.ts'
export { episodeRoutes } from './episodes.routes.ts'
export { addMember, colleagueById } from './members.ts'
/** An episode's own page, in place of an ordinary case's. */
export { EpisodePage } from './show-episode.tsx'
/** Begins one; appoints its co-ordinator; who is in its team. */
export { startEpisode } from './start-episode.ts'
