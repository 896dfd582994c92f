import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/platform/db/migrate.ts'
import { testSchema, testSecret } from '../harness/cluster.ts'
import { freshDatabase, type TestDatabase } from '../harness/database.ts'

// A later release meets rows that are there already: of people, and of the directory that says whose they are.

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'lanyard-migrating-'))
  await cp(resolve('db'), folder, { recursive: true })
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await database.close()
})

const release = async (name: string, sql: string) => {
  await writeFile(join(folder, 'migrations', name), sql)
  return migrate({ adminUrl: database.adminUrl, schema: testSchema, secret: testSecret, folder })
}
const forced = async (): Promise<string[]> => {
  const { rows } = await database.admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = '${testSchema}'::regnamespace and relforcerowsecurity and relname <> 'migrations' order by relname`,
  )
  return rows.map(row => row.name)
}

test('a migration finds the rows that it changes and those that it asks, though nobody’s row-level security lets the owner read', async () => {
  await database.admin.query(`
    insert into principals (id, kind) overriding system value values (900001, 'agency'), (900002, 'post');
    insert into agencies (id, principal, name, kind) values (gen_random_uuid(), 900001, 'Tregarn Homes', 'charity');
    insert into people (id, client_id, registered_by, registered_at, family_name, readers, editors)
      values (gen_random_uuid(), 'ZZZZZZ9', 900002, now(), 'Penrose', '{900001}', '{900001}')`)
  const before = await forced()
  await release('9998_whose.sql', `update people p set needs_note = a.name from agencies a where a.principal = any (p.readers)`)
  const { rows } = await database.admin.query(`select needs_note from people where client_id = 'ZZZZZZ9'`)
  expect(rows).toEqual([{ needs_note: 'Tregarn Homes' }])
  expect(await forced()).toEqual(before)
})

test('a migration that fails leaves every table as guarded as it was', async () => {
  const before = await forced()
  await expect(release('9999_fails.sql', `update people set needs_note = 'x'; select 1 / 0`)).rejects.toThrow('division by zero')
  expect(await forced()).toEqual(before)
})
