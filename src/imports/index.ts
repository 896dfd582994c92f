/** The pages of imports and the jobs behind them. What an import is: README.md. */
export { type ImportPages, importRoutes, type ImportTask } from './pages/routes.ts'
export { importTasks } from './tasks.ts'
export type { ImportWork } from './work/job.ts'
