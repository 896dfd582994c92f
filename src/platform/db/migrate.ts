import { createHash, createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { writeOutPolicyWords } from './policy-words.ts'

/** The roles that processes log in as. The keeper and the owner never log in. */
export const loginRoles = ['lanyard_web', 'lanyard_gate', 'lanyard_stranger', 'lanyard_worker', 'lanyard_reporting'] as const
export type LoginRole = (typeof loginRoles)[number]

/** A login role's password, derived from the deployment's secret so that no second secret has to be kept. */
export function rolePassword(secret: string, role: LoginRole): string {
  return createHmac('sha256', secret).update(`database role ${role}`).digest('base64url')
}

export type Migration = { name: string; sql: string; hash: string }
export type MigrateOptions = {
  /** Connection of somebody who may create roles and schemas: the embedded superuser, or a managed database's administrator. */
  adminUrl: string
  /** The authority's schema. */
  schema: string
  /** The deployment's secret: the login roles' passwords follow from it. */
  secret: string
  /** The folder that holds roles.sql, migrations/ and policies/. */
  folder: string
  log?: (line: string) => void
}

/**
 * Brings an authority's schema up to date: roles, then each migration not yet applied in a transaction of its own, then all policies
 * and grants afresh. Safe to run twice at once: a lock makes the second wait and find nothing to do.
 */
export async function migrate({ adminUrl, schema, secret, folder, log = () => {} }: MigrateOptions): Promise<{ applied: string[] }> {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(schema)) throw new Error(`"${schema}" is not a schema name: lower-case letters, digits and _ only.`)
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'lanyard migrate' })
  await client.connect()
  try {
    await refuseOldServer(client)
    // Roles belong to the cluster and schemas to a database: one lock for all keeps two first starts apart.
    await client.query(`select pg_advisory_lock(hashtext('lanyard migrate'))`)
    await client.query(await readFile(join(folder, 'roles.sql'), 'utf8'))
    for (const role of loginRoles) {
      await client.query(`alter role ${role} login password ${client.escapeLiteral(rolePassword(secret, role))}`)
    }
    await client.query(`create schema if not exists ${schema} authorization lanyard_owner`)
    await client.query(`grant usage on schema ${schema} to ${[...loginRoles, 'lanyard_keeper'].join(', ')}`)
    await letWordsUseTheirIndex(client, log)
    await client.query(`set role lanyard_owner; set search_path = ${schema}`)
    await client.query(
      `create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    )
    await client.query(`alter table migrations no force row level security`)
    const applied = await applyMigrations(client, await readMigrations(folder), log)
    await applyPolicies(client, schema, folder)
    return { applied }
  } finally {
    await client.end()
  }
}

/** What a DATABASE_URL leads to may be older than what the policies are written for. */
async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  )
  const { number, version } = rows[0]!
  if (number < oldestServer) throw new Error(`This is PostgreSQL ${version}. Lanyard needs PostgreSQL 15 or later: change DATABASE_URL.`)
}
const oldestServer = 150_000

/**
 * Marks the comparison of words with a search as leaking nothing, which it does not: it raises no error and writes no message that hangs on
 * what it compares. Only then may an index serve it under row-level security. It is a superuser's act; without it a search of words is as
 * right and slower (docs/operations), so nobody is kept from starting.
 */
async function letWordsUseTheirIndex(client: pg.Client, log: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ done: boolean; may: boolean }>(`
    select p.proleakproof as done, r.rolsuper as may from pg_proc p, pg_roles r
    where p.oid = 'pg_catalog.ts_match_vq(tsvector, tsquery)'::regprocedure and r.rolname = current_user`)
  if (rows[0]?.done) return
  if (rows[0]?.may) await client.query('alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof')
  else log('Searching words will be slow: only a superuser can let it use its index. docs/operations says how.')
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(join(folder, 'migrations'))).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(join(folder, 'migrations', name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function applyMigrations(client: pg.Client, migrations: Migration[], log: (line: string) => void): Promise<string[]> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations')
  const known = new Map(rows.map(row => [row.name, row.hash]))
  const applied: string[] = []
  for (const { name, sql, hash } of migrations) {
    const before = known.get(name)
    if (before === hash) continue
    if (before) throw new Error(`Migration ${name} was changed after it had been applied. Migrations are never edited: add a new one.`)
    log(`Applying ${name}`)
    await inTransaction(client, async () => {
      await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash])
      await whereOwnerSees(client, () => client.query(sql))
    })
    applied.push(name)
  }
  return applied
}

/**
 * Row-level security is forced on the owner too, who has no policy: what a migration would change in rows that are there already, it would not find,
 * and say nothing. So it is lifted from every table for as long as the migration's transaction lasts, and from the owner alone.
 */
async function whereOwnerSees(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relnamespace = current_schema()::regnamespace and relforcerowsecurity order by relname`,
  )
  const each = (change: string) => rows.map(({ name }) => `alter table if exists ${name} ${change};`).join(' ')
  await client.query(each('no force row level security'))
  await work()
  await client.query(each('force row level security'))
}

/** Drops every policy and grant of the application's roles in the schema and creates those of the policy files: they are all there is. */
async function applyPolicies(client: pg.Client, schema: string, folder: string): Promise<void> {
  const names = (await readdir(join(folder, 'policies'))).filter(name => name.endsWith('.sql')).sort()
  const files = await Promise.all(names.map(name => readFile(join(folder, 'policies', name), 'utf8')))
  await inTransaction(client, async () => {
    const { rows } = await client.query<{ policyname: string; tablename: string }>(
      'select policyname, tablename from pg_policies where schemaname = $1',
      [schema],
    )
    if (rows.length > 0) await client.query(rows.map(row => `drop policy ${row.policyname} on ${row.tablename}`).join(';'))
    const everyone = [...loginRoles, 'lanyard_keeper'].join(', ')
    await client.query(`revoke all on all tables in schema ${schema} from public, ${everyone}`)
    await client.query(`revoke all on all sequences in schema ${schema} from public, ${everyone}`)
    for (const file of files) await client.query(writeOutPolicyWords(file))
  })
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback')
    throw fault
  }
}
