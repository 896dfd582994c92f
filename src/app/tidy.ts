import { forgetPresence } from '../forms/index.ts'
import { tidyImports } from '../imports/index.ts'
import { asActor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { forgetSubmissions } from '../platform/web/once.ts'

export type TidyParts = {
  /** Connected as the worker. */
  database: Database
  /** Where the files of imports are kept. */
  importFiles: Files
  clock: Clock
}

const daysKept = { submissions: 7, presence: 1 } as const

/** Forgets what nobody will ask for again: which forms were sent, who had one open, the files of imports. For a nightly job. */
export async function tidy({ database, importFiles, clock }: TidyParts): Promise<void> {
  const now = clock.now()
  const before = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)
  await asActor(database, tidier, 'write', async tx => {
    await forgetSubmissions(tx, before(daysKept.submissions))
    await forgetPresence(tx, before(daysKept.presence))
  })
  await tidyImports({ database, files: importFiles, now, actor: tidier })
}

/** Tidying is nobody's: the system itself. */
const tidier = theSystem('Tidying up')
