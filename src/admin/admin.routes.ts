import type { Gate } from '../identity/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { accessRoutes } from './access/access.routes.tsx'
import { agencyRoutes } from './agencies/agencies.routes.tsx'
import { approvalNeedRoutes } from './approvals/approvals.routes.tsx'
import { chasingRoutes } from './chasing/chasing.routes.tsx'
import { listRoutes } from './lists/lists.routes.tsx'
import { missedRoutes } from './missed-appointments/missed-appointments.routes.tsx'
import { providerRoutes } from './providers/providers.routes.tsx'
import { referralPageRoutes } from './referral-pages/referral-pages.routes.tsx'
import { roleRoutes } from './roles/roles.routes.tsx'
import { teamRoutes } from './teams/teams.routes.tsx'
import { bankHolidayRoutes } from './timescales/bank-holidays.routes.tsx'
import { timescaleRoutes } from './timescales/timescales.routes.tsx'
import { userRoutes } from './users/users.routes.tsx'

/** Every page of administration. Those of teams, roles and agencies come first: their addresses begin like a user's. */
export function adminRoutes(routes: Routes, gate: Gate): void {
  teamRoutes(routes)
  roleRoutes(routes, gate)
  agencyRoutes(routes)
  accessRoutes(routes)
  providerRoutes(routes, gate)
  userRoutes(routes, gate)
  timescaleRoutes(routes)
  bankHolidayRoutes(routes)
  chasingRoutes(routes)
  approvalNeedRoutes(routes)
  missedRoutes(routes)
  listRoutes(routes)
  referralPageRoutes(routes)
}
