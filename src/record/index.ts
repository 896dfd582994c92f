/** The person's page: who they are, what is dangerous, who works with them, what is due, what happened last. */

/** The banner of every page of a record, with risk and dangers. */
export { bannerOf } from './banner.tsx'
export { type RecordParts, recordRoutes } from './show-person.tsx'
