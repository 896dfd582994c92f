/** Finds people by anything that was typed, for pages and pick-lists of other modules; words in what was written. README.md. */

/** The box that looks in one record, for a person's page and a case's. */
export { FindHere, FindInCasePanel } from './find-here.tsx'
/** Finds people. */
export { type FoundPage, findPeopleBy } from './find-people.ts'
/** The same for a page on which one of them is chosen. */
export { findToChoose } from './find-to-choose.ts'
/** Keeps a search of words. */
export { keepSearch } from './saved/saved-searches.ts'
/** The search page. */
export { searchRoutes } from './search.routes.tsx'
/** Works out what was typed. */
export { type Term, type Understood, understand } from './understand.ts'
/** Who works with somebody whom the actor does not see, before they are put on record again. */
export { knownElsewhere } from './who-is-involved.tsx'
/** Why somebody was found, in words. */
export { whyFound } from './why-found.ts'
