import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { outboxOpening } from '../notifications/index.ts'
import { systemClock } from '../platform/clock.ts'
import { type Config, ConfigFault, readConfig } from '../platform/config.ts'
import { AlreadyRunning } from '../platform/embedded-postgres/index.ts'
import { createLog, type Log } from '../platform/log.ts'
import { createApplication } from './application.ts'
import { openDatabases, urlOf } from './databases.ts'
import { greet } from './greeting.ts'
import { beginLife, type Lifecycle, listen, portTaken } from './lifecycle.ts'
import { authorityIn, readyDatabase, Unprepared } from './ready-database.ts'
import { carrierFor, scanningFor, startWork } from './work.ts'

/** One process that serves pages and runs jobs. Any number of them may run against one database. */
async function main(): Promise<void> {
  const { databaseUrl, ...config } = configOrEnd()
  // Read once: what is started later, and what reads the environment for its own ends, finds no way into the database there.
  delete process.env['DATABASE_URL']
  const log = createLog(config.production ? 'json' : 'lines')
  const life = beginLife(log)
  try {
    await serve(config, databaseUrl, log, life)
  } catch (fault) {
    if (fault instanceof AlreadyRunning || fault instanceof Unprepared) {
      log.error(fault.message)
      await life.stop('', 1)
    }
    log.error(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
    await life.stop('Lanyard could not start.', 1)
  }
}

async function serve(config: Omit<Config, 'databaseUrl'>, databaseUrl: string | undefined, log: Log, life: Lifecycle): Promise<void> {
  const dataFolder = resolve(config.dataFolder)
  mkdirSync(dataFolder, { recursive: true })
  const secretOf = () => config.secret ?? keptSecret(join(dataFolder, 'secret'))
  const { address, announce } = await readyDatabase({ databaseUrl, listening: config, secret: secretOf, dataFolder, log, life })
  const secret = secretOf()
  const databases = openDatabases({ config, address, secret })
  life.onStop('the database connections', () => databases.close())
  const authorityName = await authorityIn(databases.gate)
  const scanning = scanningFor({ config, databases, dataFolder, log })
  if (scanning) life.onStop('the scanner', () => scanning.stop())
  const outbox = outboxOpening({ smtpUrl: config.smtpUrl, production: config.production, demonstration: config.loadDemonstration })
  const carrier = carrierFor({ config, log, outbox })
  const application = await createApplication({
    ...databases,
    clock: systemClock,
    log,
    staticFolder: resolve('dist/static'),
    dataFolder,
    secret,
    origin: config.origin,
    secure: config.secure,
    trustedProxies: config.trustedProxies,
    authorityName,
    demonstration: config.loadDemonstration,
    sessionIdleMinutes: config.sessionIdleMinutes,
    sessionLongestMinutes: config.sessionLongestMinutes,
    outbox,
    texting: carrier && { callbackToken: config.notify?.callbackToken ?? null },
    scanning,
    floorPage: config.floorPage,
  })
  const listening = await listen(() => application.listen({ host: config.host, port: config.port }))
  if (!listening.ok) {
    log.error(portTaken(config.port))
    await life.stop('', 1)
  }
  life.onStop('the web server', () => application.close())
  const workerUrl = urlOf(address, 'lanyard_worker', secret)
  const work = await startWork({ config, workerUrl, databases, log, dataFolder, carrier })
  life.onStop('the jobs', () => work.stop())
  announce(config.origin)
  greet(config, log)
}

function configOrEnd(): Config {
  try {
    return readConfig(process.env)
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault
    console.error(fault.message)
    process.exit(1)
  }
}

/** The deployment's secret where none was given: made once, readable by this account alone. Losing it loses second factors. */
function keptSecret(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(48).toString('base64url'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

await main()
