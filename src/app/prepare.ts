import { resolve } from 'node:path'
import pg from 'pg'
import { loadDemonstration } from '../demonstration/index.ts'
import { installShippedLetters } from '../letters/index.ts'
import type { Config } from '../platform/config.ts'
import { migrate } from '../platform/db/migrate.ts'
import { filesOnDisk } from '../platform/files.ts'
import { prepareJobs } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import { installShippedDefinitions } from '../services/index.ts'
import { openDatabases } from './databases.ts'

type Preparing = { config: Config; adminUrl: string; secret: string; log: Log; now: Date }

/** Brings the schema up to date, the job queue with it, and loads the demonstration authority into an empty one. */
export async function prepareDatabase({ config, adminUrl, secret, log, now }: Preparing): Promise<void> {
  const say = (line: string) => log.info(line)
  await migrate({ adminUrl, schema: config.schema, secret, folder: 'db', log: say })
  await prepareJobs(adminUrl, config.schema)
  await putInForms({ adminUrl, schema: config.schema, log, now })
  if (!config.loadDemonstration) return
  const databases = openDatabases({ config, address: adminUrl, secret })
  const store = (name: string) => filesOnDisk(`${resolve(config.dataFolder)}/${name}`)
  const files = { files: store('documents'), outsideFiles: store('outside') }
  await loadDemonstration({ ...databases, ...files, adminUrl, schema: config.schema, secret, log: say, now }).finally(() =>
    databases.close(),
  )
}

/** Forms and letters that come with the product and that this authority has not got yet. Its own versions of them are left alone. */
async function putInForms({ adminUrl, schema, log, now }: { adminUrl: string; schema: string; log: Log; now: Date }): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl })
  await owner.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    const forms = await installShippedDefinitions(owner, now)
    const letters = await installShippedLetters(owner, now)
    await owner.query('commit')
    if (forms + letters > 0) log.info(`Put in ${forms} forms and ${letters} letters that come with Lanyard.`)
  } finally {
    await owner.end()
  }
}
