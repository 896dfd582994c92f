import { expect, test } from 'vitest'
import { freshDatabase, testDatabase } from './database.ts'

test('every worker has a migrated database of its own', async () => {
  const database = await testDatabase()
  expect(await testDatabase()).toBe(database)
  const { rows } = await database.admin.query('select current_database() as name, count(*)::int as applied from migrations')
  expect(rows[0].name).toBe(database.name)
  expect(rows[0].applied).toBeGreaterThan(0)
})

test('each role that logs in reaches the database as itself and not as a superuser', async () => {
  const database = await testDatabase()
  for (const role of ['web', 'gate', 'worker', 'reporting'] as const) {
    const { rows } = await database[role].pool.query(
      `select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`,
    )
    expect(rows[0]).toEqual({ name: `lanyard_${role}`, rolsuper: false, rolbypassrls: false })
  }
})

test('a fresh database is another than the shared one', async () => {
  const [shared, fresh] = [await testDatabase(), await freshDatabase()]
  expect(fresh.name).not.toBe(shared.name)
  await fresh.close()
})
