import type { Routes } from '../platform/web/routes.ts'
import { coverRoutes } from './cover/routes.tsx'
import { flagManyRoutes } from './flag-many/routes.tsx'
import { myWorkRoutes, type WorkParts } from './my-work/routes.tsx'
import type { Enqueue } from './reassign/enqueue.ts'
import { reassignRoutes } from './reassign/routes.tsx'
import { agencyRoutes } from './team/agency-routes.tsx'
import { teamRoutes } from './team/routes.tsx'
import { workerRoutes } from './team/worker-routes.tsx'
import { viewRoutes } from './views/routes.tsx'
import { weightRoutes } from './weights/routes.tsx'

/** The pages of work: one's own, a team's, an agency's, a colleague's; what a case weighs. */
export function workRoutes(routes: Routes, parts: WorkParts & { enqueue: Enqueue }): void {
  myWorkRoutes(routes, parts)
  teamRoutes(routes, parts)
  flagManyRoutes(routes)
  agencyRoutes(routes)
  workerRoutes(routes)
  coverRoutes(routes)
  reassignRoutes(routes, parts.enqueue)
  viewRoutes(routes)
  weightRoutes(routes)
}

/** Whoever is on a list of work, as a group that can be texted. */
export { listToText } from './caseload/list-to-text.ts'
/** Lets somebody do a colleague's work for a time; who could. */
export { beginCover, whoCouldCover } from './cover/cover.ts'
/** Since when something is new to somebody who looks now; remembers that they looked. */
export { newSince } from './my-work/last-visit.ts'
/** A part of "My work" that another module fills. */
export type { WorkPanel } from './my-work/routes.tsx'
/** Hands many cases on, behind the pages. */
export { reassignJobs } from './reassign/job.ts'
/** Whether somebody has a team whose work there is to see. */
export { hasTeam } from './team/which-team.ts'
/** Keeps a view of a list. */
export { saveView } from './views/views.ts'
