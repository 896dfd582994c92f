import type { PersonFrame } from '../people/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { groupRoutes } from './group.routes.tsx'
import { mergeRoutes } from './merge.routes.tsx'
import { requestRoutes } from './requests.routes.tsx'
import { undoRoutes } from './undo.routes.tsx'

/** The pages of grouping and merging records of one person. */
export function samePersonRoutes(routes: Routes, frame: PersonFrame): void {
  groupRoutes(routes, frame)
  mergeRoutes(routes, frame)
  requestRoutes(routes, frame)
  undoRoutes(routes, frame)
}

/** Cases that are on other records of the same person. */
export { GroupedCases } from './grouped-cases.tsx'
/** The other records of the same person that the reader may see; says that two are. */
export { groupRecords, othersOfTheSame } from './groups.ts'
/** Where a page of a merged record is now. */
export { movedRecord } from './moved-record.ts'
