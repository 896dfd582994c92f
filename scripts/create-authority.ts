/**
 * `npm run authority -- --name "Example Council" --telephone "01632 960000" --support help@example.org
 *    --administrator "Ann Example" --email ann@example.org`: makes the authority of an empty database and its first administrator, once.
 */
import { parseArgs } from 'node:util'
import pg from 'pg'
import { addFirstAdministrator, firstRoles, firstServiceAreas, setUpAuthority } from '../src/identity/index.ts'
import { systemClock } from '../src/platform/clock.ts'
import { readConfig } from '../src/platform/config.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { reachDatabase } from './reach-database.ts'

const options = {
  name: { type: 'string' },
  telephone: { type: 'string' },
  support: { type: 'string' },
  administrator: { type: 'string' },
  email: { type: 'string' },
} as const
const { values } = parseArgs({ options })
const missing = Object.keys(options).filter(name => !values[name as keyof typeof values])
const config = readConfig(process.env)
if (missing.length > 0 || !config.secret) {
  console.error(
    [...missing.map(name => `Say --${name}.`), ...(config.secret ? [] : ['Set LANYARD_SECRET to what the service runs with.'])].join('\n'),
  )
  process.exit(1)
}

const database = await reachDatabase(config)
const owner = new pg.Client({ connectionString: database.url })
try {
  await migrate({ adminUrl: database.url, schema: config.schema, secret: config.secret, folder: 'db', log: line => console.info(line) })
  await owner.connect()
  await owner.query(`begin; set local role lanyard_owner; set local search_path = ${config.schema}`)
  const [name, telephone] = [values.name!, values.telephone!]
  const made = await setUpAuthority(owner, {
    code: config.schema.replaceAll('_', '-'),
    name,
    telephone,
    supportEmail: values.support!,
    serviceAreas: firstServiceAreas,
    roles: firstRoles,
  })
  if (!made) throw new Error('There is an authority already. Its administrators set up everybody else in the product.')
  const password = await addFirstAdministrator(owner, {
    agencyName: name,
    telephone,
    name: values.administrator!,
    email: values.email!,
    now: systemClock.now(),
  })
  await owner.query('commit')
  console.info(
    `${name} is set up. ${values.administrator} signs in as ${values.email} with the password below, and is asked for a new one:\n\n  ${password}\n`,
  )
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault))
  process.exitCode = 1
} finally {
  await owner.end()
  await database.leave()
}
