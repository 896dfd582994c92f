import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/platform/db/migrate.ts'
import { AlreadyRunning, type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { prepareJobs } from '../../src/platform/jobs.ts'
import { onServer, testSchema, testSecret, withDatabase } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run's workers clone their databases: `adminUrl` reaches the cluster, `template` is migrated and has its queue, `run` begins their names. */
    cluster: { adminUrl: string; template: string; run: string }
  }
}

type Cluster = { adminUrl: string; template: string; run: string; end(): Promise<void> }

// Each project of a run calls this file: they share one cluster, kept here until the last has finished.
const shared = globalThis as typeof globalThis & { lanyardTestCluster?: { users: number; cluster: Promise<Cluster> } }

export default async function setUp(project: TestProject) {
  shared.lanyardTestCluster ??= { users: 0, cluster: startCluster() }
  const current = shared.lanyardTestCluster
  current.users++
  const { adminUrl, template, run, end } = await current.cluster
  project.provide('cluster', { adminUrl, template, run })
  return async () => {
    if (--current.users > 0) return
    delete shared.lanyardTestCluster
    await end()
  }
}

const startCluster = async (): Promise<Cluster> => {
  const given = process.env.DATABASE_URL
  const embedded = given ? undefined : await startOne()
  const adminUrl = given ?? embedded!.url('postgres')
  const run = `lanyard_test_${randomBytes(4).toString('hex')}`
  const template = await prepareTemplate(adminUrl, embedded !== undefined)
  const end = async () => {
    await dropDatabases(adminUrl, name => name.startsWith(`${run}_`))
    await embedded?.stop()
  }
  return { adminUrl, template, run, end }
}

/** Two runs in one checkout at once each have a cluster: the first free one of a row is taken, so that its templates are used again. */
const startOne = async (): Promise<EmbeddedPostgres> => {
  for (let number = 1; ; number++) {
    const dataFolder = path.resolve('.cache', `test-postgresql-${number}`)
    try {
      return await start(dataFolder)
    } catch (error) {
      if (!(error instanceof AlreadyRunning) || number === 50) throw error
    }
  }
}

// Without fsync a cluster does not survive a power cut, and need not: it is made anew.
const start = async (dataFolder: string): Promise<EmbeddedPostgres> => {
  const options = { dataFolder, safe: false, log: () => {} }
  try {
    return await startEmbeddedPostgres(options)
  } catch (error) {
    if (error instanceof AlreadyRunning) throw error
    rmSync(dataFolder, { recursive: true, force: true })
    return await startEmbeddedPostgres(options)
  }
}

/** The migrated database that workers clone. Its name tells what it was made from, so it is made once for each state of the schema. */
const prepareTemplate = async (adminUrl: string, ours: boolean): Promise<string> => {
  const template = `lanyard_template_${schemaHash()}`
  // In our own cluster nobody else is at work: what crashed runs and earlier schemas left can go.
  if (ours) await dropDatabases(adminUrl, name => /^lanyard_(test|template)_/.test(name) && name !== template)
  await onServer(adminUrl, async client => {
    await client.query(`select pg_advisory_lock(hashtext('lanyard test template'))`)
    const { rows } = await client.query('select from pg_database where datname = $1', [template])
    if (rows.length > 0) return
    const draft = `${template}_draft`
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft} template template0`)
    await migrate({ adminUrl: withDatabase(adminUrl, draft), schema: testSchema, secret: testSecret, folder: path.resolve('db') })
    await prepareJobs(withDatabase(adminUrl, draft), testSchema)
    await client.query(`alter database ${draft} rename to ${template}`)
  })
  return template
}

const schemaHash = (): string => {
  const files = globSync(['db/**/*.sql', 'src/platform/db/{migrate,policy-words}.ts', 'src/platform/jobs.ts']).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}

const dropDatabases = (adminUrl: string, wanted: (name: string) => boolean) =>
  onServer(adminUrl, async (client: pg.Client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    for (const { datname } of rows) if (wanted(datname)) await client.query(`drop database if exists ${datname} with (force)`)
  })
