import { paths } from '../paths.ts'
import type { Routes } from '../platform/web/routes.ts'
import { actionRoutes } from './actions.routes.ts'
import { workBetweenRoutes } from './between.routes.ts'
import { dateRoutes } from './dates.routes.ts'
import type { MeetingParts } from './frame.tsx'
import { meetingsHome } from './home-page.tsx'
import { itemRoutes } from './items.routes.ts'
import { postReferPerson, referPersonPage } from './refer-person.tsx'
import { seriesRoutes } from './series.routes.ts'
import { postSetUp, setUpPage } from './set-up-pages.tsx'

/** `/meetings…` */
export function meetingRoutes(routes: Routes, parts: MeetingParts): void {
  const { meetings } = paths
  const record = { may: 'record' } as const
  const authority = { may: 'manage-authority' } as const
  routes.get(meetings.home, { may: 'anyone-signed-in' }, visit => meetingsHome(visit, parts))
  routes.get(meetings.setUp, authority, visit => setUpPage(visit, parts))
  routes.post(meetings.setUp, authority, visit => postSetUp(visit, parts))
  // By what they may do at that record, and not by a post of theirs elsewhere: it is what they refer from.
  routes.get(meetings.referPerson(':personId'), record, visit => referPersonPage(visit, parts))
  routes.post(meetings.referPerson(':personId'), record, visit => postReferPerson(visit, parts))
  seriesRoutes(routes, parts)
  dateRoutes(routes, parts)
  actionRoutes(routes, parts)
  itemRoutes(routes, parts)
  workBetweenRoutes(routes, parts)
}
