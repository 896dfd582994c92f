import pg from 'pg'
import { inject } from 'vitest'
import { connect, type Database } from '../../src/platform/db/database.ts'
import { type LoginRole, rolePassword } from '../../src/platform/db/migrate.ts'
import { asRole, onServer, testSchema, testSecret, withDatabase } from './cluster.ts'

export type TestDatabase = {
  name: string
  schema: string
  secret: string
  /** The superuser's connection string: sets scenes and looks behind row-level security. Nothing under test uses it. */
  adminUrl: string
  url(role: LoginRole): string
  /** A pool of the superuser with the authority's schema as search path. */
  admin: pg.Pool
  /** What the product itself connects with, one for each role that logs in. */
  web: Database
  gate: Database
  stranger: Database
  worker: Database
  reporting: Database
  close(): Promise<void>
}

// Files of one worker share its process and its database; tests therefore make their own people and never count whole tables.
const shared = globalThis as typeof globalThis & { lanyardTestDatabase?: Promise<TestDatabase>; lanyardTestDatabases?: number }

/** The worker's own migrated database, cloned at first use and shared by all of its test files. Never closed by a test. */
export const testDatabase = (): Promise<TestDatabase> => {
  shared.lanyardTestDatabase ??= freshDatabase()
  return shared.lanyardTestDatabase
}

/** A migrated database for one test file alone, about a tenth of a second: for tests that count whole tables. Close it in afterAll. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const { adminUrl, template, run } = inject('cluster')
  shared.lanyardTestDatabases = (shared.lanyardTestDatabases ?? 0) + 1
  const name = `${run}_${process.pid}_${shared.lanyardTestDatabases}`
  await onServer(adminUrl, client => client.query(`create database ${name} template ${template} strategy file_copy`))
  return handleOf(withDatabase(adminUrl, name), name)
}

const handleOf = (adminUrl: string, name: string): TestDatabase => {
  const url = (role: LoginRole) => asRole(adminUrl, role, rolePassword(testSecret, role))
  const opened = new Map<string, Database>()
  const database = (role: LoginRole): Database => {
    const known =
      opened.get(role) ?? connect({ url: url(role), schema: testSchema, max: 4, name: `test ${role}`, pages: role !== 'lanyard_worker' })
    opened.set(role, known)
    return known
  }
  // Without parallel workers: to start two of them for every look at all of a hundred and sixty tables takes twenty times as long as the look.
  const options = `-c search_path=${testSchema} -c max_parallel_workers_per_gather=0`
  const admin = new pg.Pool({ connectionString: adminUrl, max: 3, options, idleTimeoutMillis: 5_000 })
  admin.on('error', () => {})
  return {
    name,
    schema: testSchema,
    secret: testSecret,
    adminUrl,
    url,
    admin,
    get web() {
      return database('lanyard_web')
    },
    get gate() {
      return database('lanyard_gate')
    },
    get stranger() {
      return database('lanyard_stranger')
    },
    get worker() {
      return database('lanyard_worker')
    },
    get reporting() {
      return database('lanyard_reporting')
    },
    close: async () => {
      await Promise.all([...opened.values()].map(each => each.close()))
      await admin.end()
    },
  }
}
