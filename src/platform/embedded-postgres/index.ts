import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { accountForPostgres } from './account.ts'
import { initialise, newPassword, resetPassword, startServer } from './cluster.ts'
import { occupy } from './occupancy.ts'
import { placeFor } from './place.ts'
import { settingsFor } from './settings.ts'

export { AlreadyRunning } from './occupancy.ts'

export type EmbeddedPostgres = {
  /** Connection string of the superuser for one database of the cluster. */
  url(database: string): string
  port: number
  superuserPassword: string
  /** Tells whoever tries to start on the same data folder where this process is reached. */
  announce(address: string): void
  /** Settles when the server has ended, asked or not. */
  ended: Promise<void>
  stop(): Promise<void>
}

type Options = {
  /** Everything of this installation; the cluster stands in `postgresql` below it, the password and the log beside that. */
  dataFolder: string
  log: (line: string) => void
  /** False trades safety for speed: for tests only. */
  safe?: boolean
}

/**
 * Starts the PostgreSQL that comes with Lanyard on its data folder, making the cluster the first time. Works for root (PostgreSQL then runs
 * as an ordinary account), in a checkout that others cannot enter, and after everything was killed.
 * Throws AlreadyRunning when another process has the folder; any other error says what to do.
 */
export const startEmbeddedPostgres = async ({ dataFolder, log, safe = true }: Options): Promise<EmbeddedPostgres> => {
  const home = ownFolder(dataFolder)
  const occupancy = occupy(home)
  try {
    const account = accountForPostgres(path.join(home, 'postgresql'))
    // The account must be able to pass through to its cluster; everything else in here stays closed to it by its own mode.
    if (account) chmodSync(home, 0o711)
    const { folder, programs } = placeFor({ home, account, safe, log })
    const { password, isNew } = superuserPassword(path.join(home, 'postgresql.password'))
    const cluster = { folder, programs, account, password, logFile: path.join(home, 'postgresql.log'), safe }
    const existed = existsSync(path.join(folder, 'PG_VERSION'))
    initialise(cluster)
    if (existed && isNew) resetPassword(cluster)
    const server = await startServer(cluster, settingsFor(safe), log)
    return {
      url: database => `postgres://postgres:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`,
      port: server.port,
      superuserPassword: password,
      announce: occupancy.announce,
      ended: server.ended,
      stop: async () => {
        await server.stop()
        occupancy.release()
      },
    }
  } catch (error) {
    occupancy.release()
    throw error
  }
}

const ownFolder = (dataFolder: string): string => {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const home = realpathSync(dataFolder)
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new Error(`The data folder ${home} belongs to another user. Start as that user, or set LANYARD_DATA to a folder of your own.`)
  }
  return home
}

const superuserPassword = (file: string): { password: string; isNew: boolean } => {
  if (existsSync(file)) return { password: readFileSync(file, 'utf8').trim(), isNew: false }
  const password = newPassword()
  writeFileSync(file, password, { mode: 0o600 })
  return { password, isNew: true }
}
