import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts'

export type OwnDatabase = Omit<EmbeddedPostgres, 'url'> & {
  /** The superuser's connection string of Lanyard's database. */
  adminUrl: string
}

/**
 * Starts the PostgreSQL that comes with Lanyard and makes sure that it holds the database `lanyard`.
 * Throws AlreadyRunning, in words fit to be shown, when another process has the data folder.
 */
export const openOwnDatabase = async (options: { dataFolder: string; log: (line: string) => void }): Promise<OwnDatabase> => {
  const { url, ...postgres } = await startEmbeddedPostgres(options)
  try {
    const client = new pg.Client({ connectionString: url('postgres') })
    await client.connect()
    const { rows } = await client.query(`select from pg_database where datname = 'lanyard'`)
    if (rows.length === 0) await client.query('create database lanyard')
    await client.end()
    return { ...postgres, adminUrl: url('lanyard') }
  } catch (fault) {
    await postgres.stop()
    throw fault
  }
}
