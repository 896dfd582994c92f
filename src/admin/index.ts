/** Users, teams, roles and agencies: the pages of administrators, each for what they administer. */
export { adminRoutes } from './admin.routes.ts'
/** A page of administration among the others, for modules below that have one. */
export { listPage } from './frame.tsx'
