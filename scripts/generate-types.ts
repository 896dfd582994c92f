/**
 * Writes src/platform/db/schema.generated.ts from a freshly migrated schema: `npm run db:types`.
 * Uses DATABASE_URL where given, else an embedded cluster of its own that it throws away.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/platform/db/migrate.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts'

const outFile = 'src/platform/db/schema.generated.ts'
const scratch = `lanyard_types_${process.pid}`

const folder = await mkdtemp(join(tmpdir(), 'lanyard-types-'))
const cluster = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres({ dataFolder: folder, log: () => {} })
const admin = new pg.Client({ connectionString: process.env.DATABASE_URL ?? cluster!.url('postgres') })
await admin.connect()
try {
  await admin.query(`create database ${scratch}`)
  const url = new URL(process.env.DATABASE_URL ?? cluster!.url('postgres'))
  url.pathname = `/${scratch}`
  await migrate({ adminUrl: url.href, schema: 'authority', secret: 'only-for-types', folder: 'db' })
  execFileSync(
    'kysely-codegen',
    [
      '--dialect',
      'postgres',
      '--url',
      url.href,
      '--default-schema',
      'authority',
      '--include-pattern',
      'authority.*',
      '--date-parser',
      'string',
      '--out-file',
      outFile,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  // pg gives int8 as a number here (src/platform/db/database.ts), which kysely-codegen cannot know.
  const text = await readFile(outFile, 'utf8')
  await writeFile(
    outFile,
    text.replace(/export type Int8 = .*;/, 'export type Int8 = ColumnType<number, number | string, number | string>;'),
  )
} finally {
  await admin.query(`drop database if exists ${scratch} with (force)`)
  await admin.end()
  await cluster?.stop()
  await rm(folder, { recursive: true, force: true })
}
