import type { FrameParts } from '../cases/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { exchangeRoutes } from './between/exchange-routes.tsx'
import { inboxPage, sentPage } from './between/pages.tsx'
import { type OutsideInboxParts, outsideInboxRoutes } from './outside/inbox/routes.ts'

/** `/referrals…`: what waits for a team, from inside and outside, what was asked of others, and what the two say to each other meanwhile. */
export function referralRoutes(routes: Routes, parts: FrameParts & OutsideInboxParts): void {
  routes.get('/referrals', { may: 'read-records' }, inboxPage)
  routes.get('/referrals/sent', { may: 'read-records' }, sentPage)
  outsideInboxRoutes(routes, parts)
  exchangeRoutes(routes, parts)
}

/** What was asked of the referrer, on the case's page. */
export { ReferralTalkPanel } from './between/exchange-routes.tsx'
/** What the receiving team asks its referrer, and the answer. */
export { addExchange } from './between/exchanges.ts'
/** How many wait for the actor's teams: for the navigation. */
export { waitingReferrals } from './between/referrals.queries.ts'
/** Tells those whom a step of a referral concerns. */
export { tellOfReferral } from './between/tell.ts'
/** What somebody outside does on a page, all at once: for the demonstration. */
export { type AtOnce, sendAtOnce } from './outside/at-once.ts'
/** How to reach whoever it is about, as it was sent from outside: beside the referral. */
export { SentContactPanel } from './outside/inbox/sent-contact.tsx'
/** Tells the team of what came from outside; forgets it in time; has its files scanned. */
export { forgetOutside, outsideJobs, outsideScans } from './outside/jobs.ts'
/** Referral pages as administrators keep them. */
export {
  type Audience,
  addPage,
  audiences,
  audienceWords,
  changePage,
  type KeptPage,
  keptPages,
  type PageState,
  type PageWords,
  pageStates,
} from './outside/page.ts'
/** Every page for people without an account. */
export { type StrangersParts, strangersRoutes } from './outside/public/routes.ts'
