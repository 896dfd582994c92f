import type { FrameParts } from '../cases/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { exchangeRoutes } from './between/exchange-routes.tsx'
import { inboxPage, sentPage } from './between/pages.tsx'

/** `/referrals…`: what waits for a team, what was asked of others, and what the two say to each other meanwhile. */
export function referralRoutes(routes: Routes, parts: FrameParts): void {
  routes.get('/referrals', { may: 'read-records' }, inboxPage)
  routes.get('/referrals/sent', { may: 'read-records' }, sentPage)
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
