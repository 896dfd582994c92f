import type { ImportTask } from './pages/routes.ts'
import { checkImport, runImport } from './work/check-and-run.ts'
import type { ImportWork } from './work/job.ts'
import { undoImport } from './work/undo-import.ts'

type Payload = { importId?: unknown; userId?: unknown }
type Task = (payload: unknown) => Promise<void>

/** The jobs of imports, by the names under which pages ask for them. Each acts as the user who pressed the button. */
export function importTasks(work: ImportWork): { readonly [task in ImportTask]: Task } {
  const task =
    (what: (work: ImportWork, importId: string, userId: string) => Promise<void>): Task =>
    async payload => {
      const { importId, userId } = payload as Payload
      if (typeof importId !== 'string' || typeof userId !== 'string') throw new Error('A job of imports names an import and a user.')
      await what(work, importId, userId)
    }
  return { 'check-import': task(checkImport), 'run-import': task(runImport), 'undo-import': task(undoImport) }
}
