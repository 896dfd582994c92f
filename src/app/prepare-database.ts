import { systemClock } from '../platform/clock.ts'
import { ConfigFault, readConfig } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { prepareDatabase } from './prepare.ts'

/**
 * Brings a database up to date, as somebody who may change everything in it, and ends: `npm run database`, and what `npm start` runs before
 * it serves anybody. Whoever serves people never holds this key.
 */
process.umask(0o077)
// Whoever asked for it has gone: half of it is taken back by the database.
process.on('disconnect', () => process.exit(1))

try {
  const config = readConfig(process.env)
  if (!config.databaseUrl) throw new ConfigFault(['DATABASE_URL: says which database, as somebody who may create roles and schemas in it'])
  if (!config.secret) throw new ConfigFault(["LANYARD_SECRET: the roles' passwords follow from it; what the service runs with"])
  const log = createLog(config.production ? 'json' : 'lines')
  await prepareDatabase({ config, adminUrl: config.databaseUrl, secret: config.secret, log, now: systemClock.now() })
  process.exit(0)
} catch (fault) {
  console.error(fault instanceof ConfigFault ? fault.message : fault instanceof Error ? fault.stack : fault)
  process.exit(1)
}
