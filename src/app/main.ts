import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { outboxOpening } from '../notifications/index.ts'
import { systemClock } from '../platform/clock.ts'
import { type Config, ConfigFault, readConfig } from '../platform/config.ts'
import { AlreadyRunning } from '../platform/embedded-postgres/index.ts'
import { createLog, type Log } from '../platform/log.ts'
import { createApplication } from './application.ts'
import { openDatabases, prepareDatabase } from './databases.ts'
import { greet } from './greeting.ts'
import { beginLife, isTaken, type Lifecycle, listen, portTaken } from './lifecycle.ts'
import { openOwnDatabase } from './own-database.ts'
import { scanningFor, startWork } from './work.ts'

/** One process that serves pages and runs jobs. Any number of them may run against one database. */
async function main(): Promise<void> {
  const config = configOrEnd()
  const log = createLog(config.production ? 'json' : 'lines')
  const life = beginLife(log)
  try {
    await serve(config, log, life)
  } catch (fault) {
    if (fault instanceof AlreadyRunning) {
      log.error(fault.message)
      await life.stop('', 1)
    }
    log.error(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
    await life.stop('Lanyard could not start.', 1)
  }
}

async function serve(config: Config, log: Log, life: Lifecycle): Promise<void> {
  const dataFolder = resolve(config.dataFolder)
  mkdirSync(dataFolder, { recursive: true })
  const embedded = config.databaseUrl ? undefined : await openOwnDatabase({ dataFolder, log: line => log.info(line) })
  if (embedded) {
    life.onStop('PostgreSQL', () => embedded.stop())
    void embedded.ended.then(() => life.stop('PostgreSQL has ended by itself. postgresql.log in the data folder says why.', 1))
  }
  if (await isTaken(config)) {
    log.error(portTaken(config.port))
    await life.stop('', 1)
  }
  const adminUrl = config.databaseUrl ?? embedded!.adminUrl
  const secret = config.secret ?? keptSecret(join(dataFolder, 'secret'))
  const prepared = await prepareDatabase({ config, adminUrl, secret, log, now: systemClock.now() })

  const databases = openDatabases({ config, adminUrl, secret })
  life.onStop('the database connections', () => databases.close())
  const scanning = scanningFor({ config, databases, dataFolder, log })
  if (scanning) life.onStop('the scanner', () => scanning.stop())
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
    authorityName: prepared.authorityName,
    demonstration: config.loadDemonstration,
    sessionIdleMinutes: config.sessionIdleMinutes,
    sessionLongestMinutes: config.sessionLongestMinutes,
    outbox: outboxOpening({ smtpUrl: config.smtpUrl, production: config.production, demonstration: config.loadDemonstration }),
    scanning,
    floorPage: config.floorPage,
  })
  const listening = await listen(() => application.listen({ host: config.host, port: config.port }))
  if (!listening.ok) {
    log.error(portTaken(config.port))
    await life.stop('', 1)
  }
  life.onStop('the web server', () => application.close())
  const work = await startWork({ config, adminUrl, secret, databases, log, dataFolder })
  life.onStop('the jobs', () => work.stop())
  embedded?.announce(config.origin)
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
