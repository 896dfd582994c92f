import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type ApplicationParts, createApplication } from '../../src/app/application.ts'
import { urlOf } from '../../src/app/databases.ts'
import { carrierFor, startWork } from '../../src/app/work.ts'
import { installShippedLetters } from '../../src/letters/index.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { type Config, readConfig } from '../../src/platform/config.ts'
import { installShippedDefinitions } from '../../src/services/index.ts'
import { addAuthority } from '../factories/colleagues.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { portOf, startProxy } from './proxy.ts'

/** The whole product as `npm start` runs it, in this process: door, pages, jobs, real roles, a database and a data folder of its own. */
export type Product = {
  database: TestDatabase
  server: FastifyInstance
  /** Where documents, and files from outside, are kept. */
  dataFolder: string
  /** Where a browser reaches it. */
  origin: string
  clock: MovableClock
  /** Faults that were logged. A test that provokes none says so: `expect(product.faults).toEqual([])`. */
  faults: string[]
  /** Ends one of several web processes as a machine's failure does: its lines break, and nobody is told. */
  kill(process: number): Promise<void>
  close(): Promise<void>
}
/** The real time, and as much later as a test has let pass. */
export type MovableClock = Clock & { pass(minutes: number): void }

/** Starts it with the authority, its service areas, first roles and shipped forms; agencies and people are the test's to add. */
export async function startProduct({
  notify,
  smtpUrl,
  webProcesses = 1,
}: {
  notify?: NonNullable<Config['notify']>
  /** Where mail really goes. */
  smtpUrl?: string
  /** More than one serve behind a proxy, which is what a browser reaches. */
  webProcesses?: number
} = {}): Promise<Product> {
  const database = await freshDatabase()
  await addAuthority(database)
  await addForms(database)
  const dataFolder = await mkdtemp(join(tmpdir(), 'lanyard-product-'))
  const port = await freePort()
  const faults: string[] = []
  const log = {
    info: () => {},
    warn: () => {},
    error: (detail: object | string) => void faults.push(typeof detail === 'string' ? detail : JSON.stringify(detail)),
  }
  const clock = movableClock()
  const config = readConfig({ PORT: String(port), DATABASE_URL: database.adminUrl, LANYARD_SCHEMA: database.schema, SMTP_URL: smtpUrl })
  const parts: ApplicationParts = {
    web: database.web,
    gate: database.gate,
    stranger: database.stranger,
    worker: database.worker,
    clock,
    log,
    staticFolder: resolve('dist/static'),
    dataFolder,
    secret: database.secret,
    origin: config.origin,
    secure: config.secure,
    trustedProxies: 0,
    authorityName: 'Porthkerris Council',
    demonstration: false,
    sessionIdleMinutes: config.sessionIdleMinutes,
    sessionLongestMinutes: config.sessionLongestMinutes,
    outbox: 'this-machine',
    texting: { callbackToken: notify?.callbackToken ?? null },
    scanning: null,
    floorPage: false,
  }
  const servers: FastifyInstance[] = []
  for (let one = 0; one < webProcesses; one++) {
    const server = await createApplication(parts)
    await server.listen({ host: config.host, port: webProcesses === 1 ? port : 0 })
    servers.push(server)
  }
  const server = servers[0]!
  const proxy = webProcesses === 1 ? undefined : await startProxy(port, servers.map(portOf))
  const { web, gate, stranger, worker } = database
  const work = await startWork({
    config,
    workerUrl: urlOf(database.adminUrl, 'lanyard_worker', database.secret),
    databases: { web, gate, stranger, worker, close: async () => {} },
    log,
    dataFolder,
    carrier: carrierFor({ config: { notify }, log, outbox: 'this-machine' }),
  })
  return {
    database,
    server,
    dataFolder,
    origin: config.origin,
    clock,
    faults,
    kill: async one => {
      servers[one]!.server.closeAllConnections()
      await servers[one]!.close()
    },
    close: async () => {
      await work.stop()
      await proxy?.close()
      await Promise.all(servers.map(one => one.close()))
      await database.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

function movableClock(): MovableClock {
  let passed = 0
  return {
    now: () => new Date(Date.now() + passed),
    pass: minutes => {
      passed += minutes * 60_000
    },
  }
}

/** The forms and letters that come with the product, put in as a start does: by the owner. */
async function addForms({ admin, schema }: TestDatabase): Promise<void> {
  const owner = await admin.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    await installShippedDefinitions(owner, new Date())
    await installShippedLetters(owner, new Date())
    await owner.query('commit')
  } finally {
    owner.release()
  }
}

/** The application is told its address before it listens: links in mails begin with it. */
const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => found(port))
    })
  })
