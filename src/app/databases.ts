import { resolve } from 'node:path'
import pg from 'pg'
import { loadDemonstration } from '../demonstration/index.ts'
import type { Config } from '../platform/config.ts'
import { connect, type Database } from '../platform/db/database.ts'
import { type LoginRole, migrate, rolePassword } from '../platform/db/migrate.ts'
import { filesOnDisk } from '../platform/files.ts'
import { prepareJobs } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import { installShippedDefinitions } from '../services/index.ts'

export type Databases = { web: Database; gate: Database; worker: Database; close(): Promise<void> }

type Preparing = { config: Config; adminUrl: string; secret: string; log: Log; now: Date }

/** Brings the schema up to date, the job queue with it, and loads the demonstration authority into an empty one. */
export async function prepareDatabase({ config, adminUrl, secret, log, now }: Preparing): Promise<{ authorityName: string }> {
  const say = (line: string) => log.info(line)
  await migrate({ adminUrl, schema: config.schema, secret, folder: 'db', log: say })
  await prepareJobs(adminUrl, config.schema)
  await putInForms({ adminUrl, schema: config.schema, log, now })
  if (config.loadDemonstration) {
    const databases = openDatabases({ config, adminUrl, secret })
    const files = filesOnDisk(`${resolve(config.dataFolder)}/documents`)
    await loadDemonstration({ ...databases, files, adminUrl, schema: config.schema, secret, log: say, now }).finally(() =>
      databases.close(),
    )
  }
  return { authorityName: await authorityName(adminUrl, config.schema) }
}

/** A pool for each role that this process logs in as. None of them is the owner. */
export function openDatabases({ config, adminUrl, secret }: Pick<Preparing, 'config' | 'adminUrl' | 'secret'>): Databases {
  const open = (role: LoginRole, max: number) => connect({ url: urlOf(adminUrl, role, secret), schema: config.schema, max, name: role })
  const web = open('lanyard_web', config.poolSize)
  const gate = open('lanyard_gate', Math.max(2, Math.ceil(config.poolSize / 2)))
  const worker = open('lanyard_worker', 4)
  return { web, gate, worker, close: async () => void (await Promise.all([web, gate, worker].map(database => database.close()))) }
}

export function urlOf(adminUrl: string, role: LoginRole, secret: string): string {
  const url = new URL(adminUrl)
  url.username = role
  url.password = rolePassword(secret, role)
  return url.href
}

/** Forms that come with the product and that this authority has not got yet. Its own versions of them are left alone. */
async function putInForms({ adminUrl, schema, log, now }: { adminUrl: string; schema: string; log: Log; now: Date }): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl })
  await owner.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    const added = await installShippedDefinitions(owner, now)
    await owner.query('commit')
    if (added > 0) log.info(`Put in ${added} forms that come with Lanyard.`)
  } finally {
    await owner.end()
  }
}

async function authorityName(adminUrl: string, schema: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`set role lanyard_owner; set search_path = ${schema}`)
    const { rows } = await client.query<{ name: string }>('select name from authorities')
    return rows[0]?.name ?? 'Lanyard'
  } finally {
    await client.end()
  }
}
