import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { identityOf, type ProcessIdentity, stillRuns } from './processes.ts'

type Occupant = ProcessIdentity & { address?: string }

/** Another living process has this data folder. The message is fit to be shown as it is. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning'
  readonly pid: number
  readonly address: string | undefined
  constructor(dataFolder: string, occupant: Occupant) {
    const where = occupant.address ? `at ${occupant.address}` : 'and still starting'
    super(`Lanyard is already running ${where} (process ${occupant.pid}) with the data in ${dataFolder}.`)
    this.pid = occupant.pid
    this.address = occupant.address
  }
}

export type Occupancy = { announce(address: string): void; release(): void }

/**
 * Takes the data folder for this process by a file that names the process and when it started, so that what a killed
 * process left behind is recognised. Throws AlreadyRunning when a living process has it.
 */
export const occupy = (dataFolder: string): Occupancy => {
  const file = path.join(dataFolder, 'running.json')
  const mine = identityOf(process.pid)
  if (!mine) throw new Error('Cannot read when this process started')
  for (;;) {
    if (place(file, mine)) break
    const occupant = read(file)
    if (occupant && stillRuns(occupant)) throw new AlreadyRunning(dataFolder, occupant)
    clearAway(file, occupant)
  }
  return {
    announce: address => {
      const draft = `${file}.${process.pid}`
      writeFileSync(draft, JSON.stringify({ ...mine, address }))
      renameSync(draft, file)
    },
    release: () => {
      if (read(file)?.startedAt === mine.startedAt) rmSync(file, { force: true })
    },
  }
}

// A link appears whole or not at all, so nobody reads half a file.
const place = (file: string, occupant: Occupant): boolean => {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(occupant), { mode: 0o644 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

// Two newcomers may see the same stale file: who finds that it moved somebody's fresh one puts it back.
const clearAway = (file: string, stale: Occupant | undefined) => {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const moved = read(aside)
  if (moved && (moved.pid !== stale?.pid || moved.startedAt !== stale?.startedAt)) {
    try {
      linkSync(aside, file)
    } catch {
      // A third process has taken the folder meanwhile; the next round reports it.
    }
  }
  rmSync(aside, { force: true })
}

const read = (file: string): Occupant | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Occupant
  } catch {
    return undefined
  }
}
