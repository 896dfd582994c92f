import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openOwnDatabase } from '../src/app/own-database.ts'
import type { Config } from '../src/platform/config.ts'
import { AlreadyRunning } from '../src/platform/embedded-postgres/index.ts'

/** A superuser's connection for the command line: DATABASE_URL, the embedded database that is running, or that one started for the while. */
export async function reachDatabase(config: Config): Promise<{ url: string; leave(): Promise<void> }> {
  if (config.databaseUrl) return { url: config.databaseUrl, leave: async () => {} }
  try {
    const own = await openOwnDatabase({ dataFolder: config.dataFolder, log: () => {} })
    return { url: own.adminUrl, leave: () => own.stop() }
  } catch (fault) {
    if (!(fault instanceof AlreadyRunning)) throw fault
    return { url: urlOfRunning(config.dataFolder), leave: async () => {} }
  }
}

/** PostgreSQL keeps its port in the fourth line of postmaster.pid. The cluster may stand elsewhere, behind a link. */
function urlOfRunning(dataFolder: string): string {
  const file = ['postgresql', 'elsewhere/postgresql'].map(folder => join(dataFolder, folder, 'postmaster.pid')).find(existsSync)
  const port = file && readFileSync(file, 'utf8').split('\n')[3]?.trim()
  if (!port) throw new Error(`The database of ${dataFolder} is starting or stopping. Try again in a moment.`)
  const password = readFileSync(join(dataFolder, 'postgresql.password'), 'utf8').trim()
  return `postgres://postgres:${password}@127.0.0.1:${port}/lanyard`
}
