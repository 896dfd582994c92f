import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../platform/db/database.ts'
import type { Log } from '../platform/log.ts'
import { addressOf, namesSomebody } from './databases.ts'
import { isTaken, type Lifecycle, portTaken } from './lifecycle.ts'
import { openOwnDatabase } from './own-database.ts'

type Readying = {
  /** As given; undefined for the PostgreSQL that comes along. */
  databaseUrl: string | undefined
  listening: { host: string; port: number }
  secret: () => string
  dataFolder: string
  log: Log
  life: Lifecycle
}
export type ReadyDatabase = {
  /** Where it is. Whoever may change everything in it is named nowhere in this process from here on. */
  address: string
  /** Tells a second start that this one is here, where the database is our own. */
  announce: (origin: string) => void
}

/** Starts our own PostgreSQL where no other is given, and has the database brought up to date by a process that ends before anybody is served. */
export async function readyDatabase({ databaseUrl, listening, secret, dataFolder, log, life }: Readying): Promise<ReadyDatabase> {
  const own = databaseUrl ? undefined : await openOwnDatabase({ dataFolder, log: line => log.info(line) })
  if (own) {
    life.onStop('PostgreSQL', () => own.stop())
    void own.ended.then(() => life.stop('PostgreSQL has ended by itself. postgresql.log in the data folder says why.', 1))
  }
  if (await isTaken(listening)) {
    log.error(portTaken(listening.port))
    await life.stop('', 1)
  }
  const url = databaseUrl ?? own!.adminUrl
  if (namesSomebody(url) && !(await prepareApart({ url, secret: secret(), dataFolder, life }))) {
    log.error('The database could not be brought up to date; the reason stands above.')
    await life.stop('', 1)
  }
  return { address: addressOf(url), announce: origin => own?.announce(origin) }
}

/** Whether it went well. */
function prepareApart({ url, secret, dataFolder, life }: { url: string; secret: string; dataFolder: string; life: Lifecycle }) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'prepare-database.js')], {
    env: { ...process.env, DATABASE_URL: url, LANYARD_SECRET: secret, LANYARD_DATA: dataFolder },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<boolean>((done, failed) => {
    child.once('error', failed)
    child.once('exit', code => done(code === 0))
  })
  life.onStop('preparing the database', async () => {
    child.kill('SIGKILL')
    await ended
  })
  return ended
}

/** The authority that this database is of. Throws what to do where nobody has prepared it, or not for this release. */
export async function authorityIn(gate: Database): Promise<string> {
  const remedy = 'Run `npm run database` with the DATABASE_URL of somebody who may create roles and schemas, then start again.'
  const known = await sql<{ name: string }>`select name from migrations`.execute(gate.kysely).catch((fault: { code?: string }) => {
    // No such role or password, no such schema, no right to it: nobody has prepared it with this secret.
    if (['28P01', '28000', '42P01', '42501', '3F000'].includes(fault.code ?? ''))
      throw new Unprepared(`The database is not prepared for this service. ${remedy}`)
    throw fault
  })
  const applied = new Set(known.rows.map(row => row.name))
  const missing = (await readdir(join('db', 'migrations'))).filter(name => name.endsWith('.sql') && !applied.has(name))
  if (missing.length > 0) throw new Unprepared(`The database is of an earlier release: ${missing.join(', ')} is not applied. ${remedy}`)
  const { rows } = await sql<{ name: string }>`select name from authorities`.execute(gate.kysely)
  return rows[0]?.name ?? 'Lanyard'
}

/** What whoever starts the service has to do first, in words fit to be shown. */
export class Unprepared extends Error {}
