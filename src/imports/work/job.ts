import { randomUUID } from 'node:crypto'
import { type Actor, asActor, may } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import { FileFault } from '../files/csv.ts'
import type { Import, ImportState, Progress } from '../import.ts'
import { changeImport, findImport, type ImportChange } from '../imports.queries.ts'

/** What the work on an import needs of the application. */
export type ImportWork = {
  /** Acts under row-level security like the pages do: nothing here sees or writes more than whoever started it. */
  database: Database
  /** Who a user is now; undefined when they may no longer come in. Asked again for every batch: rights taken away stop the work. */
  actorOf: (userId: string) => Promise<Actor | undefined>
  files: Files
  clock: Clock
  /** Set when the process is asked to stop: the work ends between two batches and is carried on later. */
  signal?: AbortSignal | undefined
}

/** One run of a job over an import. */
export type Job = {
  work: ImportWork
  import: Import
  startedAt: Date
  /** A transaction as the user, which also says how far the work has come. Throws when another job has taken over. */
  inBatch<T>(progress: Progress, batch: (tx: Tx, actor: Actor) => Promise<T>): Promise<T>
}

/** Why work ended before its end, in words for whoever started it. */
export class Stopped extends Error {
  override name = 'Stopped'
}

/** Another job is at work on the same import. */
class Replaced extends Error {
  override name = 'Replaced'
}

/** What a job can be asked to do with an import: the state that it is in meanwhile. */
export type WorkState = ImportState & ('checking' | 'running' | 'undoing')

/** Says what is to be done with an import next. Only a job of that kind takes it up. */
export async function askFor(
  tx: Tx,
  importId: string,
  state: WorkState,
  more: Pick<ImportChange, 'columns' | 'mappingName' | 'checked'> = {},
) {
  await changeImport(tx, importId, { ...more, state, stoppedIn: '', stoppedBecause: '', progress: {} })
}

/** The one key of every job on an import: what is asked for last replaces what still waits, or would be tried again. */
export const jobKey = (importId: string): string => `import ${importId}`

/**
 * Does work on an import as a user: takes it up (a job that was at it before loses it), marks it stopped when it cannot be finished, and says
 * why. A fault is thrown on, so that whoever runs jobs tries again; work that is done again goes on where it had come to. A job that comes
 * when its work is done, or something else has been asked for since, does nothing: an import that was undone must not run again by itself.
 */
export async function work(
  parts: ImportWork,
  importId: string,
  userId: string,
  state: WorkState,
  task: (job: Job) => Promise<void>,
): Promise<void> {
  const runner = randomUUID()
  const startedAt = parts.clock.now()
  const actorNow = async () => {
    if (parts.signal?.aborted) throw new Error('The service is stopping. The work is carried on when it is back.')
    const actor = await parts.actorOf(userId)
    if (!actor || !may(actor, 'import-records')) throw new Stopped('Whoever started this may not import any more')
    return actor
  }
  const inTransaction = async <T>(batch: (tx: Tx, actor: Actor) => Promise<T>) => {
    const actor = await actorNow()
    return asActor(parts.database, actor, 'write', tx => batch(tx, actor))
  }
  const taken = await inTransaction(async tx => {
    const found = await findImport(tx, importId, { lock: true })
    if (!found || !isAskedFor(found, state)) return undefined
    await changeImport(tx, importId, {
      state,
      stoppedIn: '',
      stoppedBecause: '',
      runner,
      progress: { startedAt: startedAt.toISOString(), at: startedAt.toISOString() },
    })
    return found
  })
  if (!taken) return
  const job: Job = {
    work: parts,
    import: taken,
    startedAt,
    inBatch: (progress, batch) =>
      inTransaction(async (tx, actor) => {
        const at = parts.clock.now().toISOString()
        const outcome = await batch(tx, actor)
        if (!(await changeImport(tx, importId, { progress: { ...progress, startedAt: startedAt.toISOString(), at } }, runner)))
          throw new Replaced()
        return outcome
      }),
  }
  try {
    await task(job)
  } catch (fault) {
    if (fault instanceof Replaced) return
    const known = fault instanceof Stopped || fault instanceof FileFault
    const because = known ? fault.message : 'The service had a problem. It is tried again by itself; nothing is taken over twice'
    await markStopped(parts, importId, userId, runner, state, because).catch(() => {})
    if (!known) throw fault
  }
}

const isAskedFor = ({ state, stoppedIn }: Import, wanted: WorkState): boolean =>
  state === wanted || (state === 'stopped' && stoppedIn === wanted)

async function markStopped(
  parts: ImportWork,
  importId: string,
  userId: string,
  runner: string,
  stoppedIn: string,
  stoppedBecause: string,
): Promise<void> {
  const actor = await parts.actorOf(userId)
  if (!actor) return
  await asActor(parts.database, actor, 'write', tx => changeImport(tx, importId, { state: 'stopped', stoppedIn, stoppedBecause }, runner))
}
