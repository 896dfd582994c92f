import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import { type Actor, asActor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import type { Scanner, ScanOutcome } from './clamav.ts'
import { wantWordsRead } from './texts-of-documents.ts'

export type ScanningParts = {
  /** Of the worker's role: the only one that may write what a scanner found. */
  database: Database
  files: Files
  /** What else waits for the scanner, when no document does. */
  also?: readonly ScanQueue[]
  scanner: Scanner
  clock: Clock
  log: { error(detail: object, message: string): void }
  /** How often to look for files that no call has told of, in milliseconds. */
  every?: number
}

/** Files of another module that wait to be scanned, each taken up by one process at a time. */
export type ScanQueue = {
  files: Files
  /** The one that has waited longest; again when it was taken up before an instant and nothing was heard since. */
  takeUp(tx: Tx, now: Date, before: Date): Promise<Waiting | undefined>
}
type Waiting = { id: string; key: string; found(tx: Tx, now: Date, outcome: ScanOutcome, actor: Actor): Promise<void> }

export type Scanning = {
  /** Somebody has just added a file. */
  wake(): void
  /** Finishes the file in hand, then stops. */
  stop(): Promise<void>
}

/** Scans what awaits it, now and whenever woken, until stopped. Any number of processes may do so at once. */
export function startScanning(parts: ScanningParts): Scanning {
  let stopped = false
  let again = false
  let running: Promise<void> | undefined
  const run = async () => {
    do {
      again = false
      try {
        while (!stopped && (await scanNext(parts)) === 'scanned') {}
      } catch (fault) {
        parts.log.error({ fault: (fault as Error).message }, 'scanning')
      }
    } while (again && !stopped)
    running = undefined
  }
  const wake = () => {
    again = true
    if (!stopped) running ??= run()
  }
  const timer = setInterval(wake, parts.every ?? 15_000)
  timer.unref()
  wake()
  return {
    wake,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}

/** A scanner that was not heard of for so long has gone: another takes the file up. */
const givenUpAfter = 120_000

/** Takes up the file that has waited longest and writes what was found in it. A scanner that cannot say leaves it waiting. */
export async function scanNext({
  database,
  files,
  also = [],
  scanner,
  clock,
  log,
}: ScanningParts): Promise<'scanned' | 'nothing' | 'failed'> {
  for (const queue of [documentQueue(files), ...also]) {
    const now = clock.now()
    const before = new Date(now.getTime() - givenUpAfter)
    const file = await asActor(database, scannerActor, 'write', tx => queue.takeUp(tx, now, before))
    if (!file) continue
    try {
      const kept = await queue.files.read(file.key)
      if (!kept) throw new Error('The file is not in storage.')
      // Not inside a transaction: the scanner may take its time.
      const outcome = await scanner(kept.content)
      await asActor(database, scannerActor, 'write', tx => file.found(tx, clock.now(), outcome, scannerActor))
      return 'scanned'
    } catch (fault) {
      log.error({ file: file.id, fault: (fault as Error).message }, 'scanning')
      return 'failed'
    }
  }
  return 'nothing'
}

/** The documents of cases. */
const documentQueue = (files: Files): ScanQueue => ({
  files,
  takeUp: async (tx, now, before) => {
    const { rows } = await sql<{ id: string; documentId: string; caseId: string; number: number; key: string }>`
      update document_versions set scan_started_at = ${now}
      where id = (
        select id from document_versions where scan = 'awaiting-scan' and (scan_started_at is null or scan_started_at < ${before})
        order by added_at limit 1 for update skip locked)
      returning id, document_id as "documentId", case_id as "caseId", number, storage_key as key`.execute(tx)
    const file = rows[0]
    return file && { id: file.id, key: file.key, found: (written, at, outcome, actor) => writeFound(written, at, outcome, actor, file) }
  },
})

async function writeFound(
  tx: Tx,
  now: Date,
  outcome: ScanOutcome,
  actor: Actor,
  file: { id: string; documentId: string; caseId: string; number: number },
): Promise<void> {
  await tx
    .updateTable('document_versions')
    .set({ scan: outcome.found ? 'infected' : 'clean', scanned_at: now, scan_words: outcome.found ? outcome.name : '' })
    .where('id', '=', file.id)
    .execute()
  if (!outcome.found) await wantWordsRead(tx)
  const detail = { number: file.number, ...(outcome.found ? { virus: outcome.name } : {}) }
  const action = outcome.found ? 'document-infected' : 'document-scanned'
  await audit(tx, actor, now, { action, subject: { type: 'document', id: file.documentId }, caseId: file.caseId, detail })
}

/** The system itself: no principal at all, which is what the policy for the scanner asks for. */
const scannerActor = theSystem('Virus scanner')
