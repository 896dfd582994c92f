/** Plans: needs, the goals for each, the actions towards each goal, with every version. */
export { changePlan, planApproved } from './change-plan.ts'
export { openPlanActions, planActionsFor, planOf } from './plan.queries.ts'
export { type Action, type Goal, type Need, type Plan, type PlanChange, progressOf as planProgress } from './plan.ts'
export { PlanPanel } from './plan-panel.tsx'
export { planToSign } from './plan-to-sign.tsx'
export { PlanView } from './plan-view.tsx'
export { planRoutes } from './plans.routes.ts'
