/** People who do not exist, with their cases and notes: for the demonstration. */
export { type GeneratedCase, type GeneratedNote, type GeneratedPerson, generateCaseload, type ServiceArea } from './generator/index.ts'
/** The pages of imports and the jobs behind them. What an import is: README.md. */
export { type ImportPages, type ImportTask, importRoutes } from './pages/routes.ts'
/** How somebody may be contacted, out of an old system's words. */
export { readContactRules } from './read/safe-to-contact.ts'
export { importTasks } from './tasks.ts'
export { tidyImports } from './tidy-imports.ts'
export type { ImportWork } from './work/job.ts'
