/** Users, teams, roles and agencies: the pages of administrators, each for what they administer. */
export { adminRoutes } from './admin.routes.ts'
