import type { Routes } from '../platform/web/routes.ts'
import { askWhoCoordinates, postCoordinator } from './coordinator-page.tsx'
import type { EpisodesParts } from './episodes-parts.ts'
import { episodesPage } from './list-page.tsx'
import { printForFamily } from './print-page.tsx'
import { askToStart, postStart } from './start-page.tsx'
import { askWhoJoins, askWhyTheyLeave, postLeaving, postMember, showTeam } from './team-pages.tsx'

/** Episodes: one's own, begun, co-ordinated, their team. An episode's own page is a case's (`/cases/:caseId`). */
export function episodeRoutes(routes: Routes, parts: EpisodesParts): void {
  routes.get('/episodes', { may: 'read-records' }, visit => episodesPage(visit))
  routes.get('/people/:personId/episodes/new', { may: 'start-episodes' }, visit => askToStart(visit, parts))
  routes.post('/people/:personId/episodes/new', { may: 'start-episodes' }, visit => postStart(visit, parts))
  routes.get('/cases/:caseId/co-ordinator', { may: 'record' }, visit => askWhoCoordinates(visit, parts))
  routes.post('/cases/:caseId/co-ordinator', { may: 'record' }, visit => postCoordinator(visit, parts))
  routes.get('/cases/:caseId/team-around', { may: 'read-records' }, visit => showTeam(visit, parts))
  routes.get('/cases/:caseId/team-around/new', { may: 'record' }, visit => askWhoJoins(visit, parts))
  routes.post('/cases/:caseId/team-around/new', { may: 'record' }, visit => postMember(visit, parts))
  routes.get('/cases/:caseId/team-around/print', { may: 'read-records' }, printForFamily)
  routes.get('/cases/:caseId/team-around/:memberId/end', { may: 'record' }, visit => askWhyTheyLeave(visit, parts))
  routes.post('/cases/:caseId/team-around/:memberId/end', { may: 'record' }, visit => postLeaving(visit, parts))
}
