import type { Routes } from '../platform/web/routes.ts'
import { myWorkRoutes, type WorkParts } from './my-work/routes.tsx'
import { agencyRoutes } from './team/agency-routes.tsx'
import { teamRoutes } from './team/routes.tsx'
import { workerRoutes } from './team/worker-routes.tsx'
import { weightRoutes } from './weights/routes.tsx'

/** The pages of work: one's own, a team's, an agency's, a colleague's; what a case weighs. */
export function workRoutes(routes: Routes, parts: WorkParts): void {
  myWorkRoutes(routes, parts)
  teamRoutes(routes)
  agencyRoutes(routes)
  workerRoutes(routes)
  weightRoutes(routes)
}

/** A part of "My work" that another module fills. */
export type { WorkPanel } from './my-work/routes.tsx'
/** Whether somebody has a team whose work there is to see. */
export { hasTeam } from './team/which-team.ts'
