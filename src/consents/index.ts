/** What was said to an assessment, and to sharing, as a case's page shows it. */

export { type Consent, latestOf, purposes as purposeWords, type Standing } from './consent.ts'
export { ConsentBar } from './consent-bar.tsx'
/** What was agreed to, beside the forms of a case. */
export { ConsentBeside } from './consent-beside.tsx'
/** The fields of a consent, for a page that asks before there is a case; what was typed in them. */
export { ConsentFields } from './consent-form.tsx'
/** How a case stands with a purpose: a yes in force, a no, nobody asked. */
export { consentsOf as consentsOfCase, standingOf } from './consents.queries.ts'
/** The pages, and what they need from modules above. */
export { consentRoutes } from './consents.routes.ts'
export type { ConsentsParts } from './consents-parts.ts'
/** A refusal that stands in the way of an assessment. */
export { consentInTheWay } from './in-the-way.tsx'
/** Writes a consent down; takes it back, or goes on without it. */
export { type ConsentWords, changeConsent, recordConsent } from './keep-consent.ts'
export { type KnownForConsent, type MayConsent, readConsent, themselves } from './read-consent.ts'
