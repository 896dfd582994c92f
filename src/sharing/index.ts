/** Shares of the actor's cases that end soon, for "My work". */
export { EndingSharesPanel } from './ending-panel.tsx'
/** What others share with the actor: on their first page. */
export { SharedWithMePanel } from './shared-with-me.tsx'
/** The pages: what is shared of a case and of a person, sharing, ending it. */
export { sharingRoutes } from './sharing.routes.ts'
export type { SharingParts } from './sharing-parts.ts'
