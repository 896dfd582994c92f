import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAuthority } from '../../test/factories/colleagues.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { connect } from '../platform/db/database.ts'
import { addressOf, namesSomebody, urlOf } from './databases.ts'
import { authorityIn, Unprepared } from './ready-database.ts'

describe('where a database is', () => {
  test.each([
    ['postgres://postgres:se%40cret@db.example.org:5433/lanyard', 'postgres://db.example.org:5433/lanyard'],
    ['postgres://admin@localhost/lanyard?sslmode=require', 'postgres://localhost/lanyard?sslmode=require'],
    ['postgres://localhost:5432/lanyard', 'postgres://localhost:5432/lanyard'],
  ])('%s is known without whoever it names', (url, address) => {
    expect(addressOf(url)).toBe(address)
    expect(namesSomebody(addressOf(url))).toBe(false)
    expect(urlOf(address, 'lanyard_web', 'secret')).toBe(urlOf(url, 'lanyard_web', 'secret'))
  })
})

describe('a service that may not change its database', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
    await addAuthority(database)
  })
  afterAll(() => database.close())

  test('serves the authority of one that was prepared for it', async () => {
    expect(await authorityIn(database.gate)).toBe('Porthkerris Council')
  })

  test('says what to do with one of an earlier release', async () => {
    await database.admin.query(`delete from migrations where name = '0001_core.sql'`)
    await expect(authorityIn(database.gate)).rejects.toThrow(/0001_core\.sql is not applied\. Run `npm run database`/)
    await database.admin.query(`insert into migrations (name, hash) values ('0001_core.sql', '')`)
  })

  test.each([
    ['with another secret', 'another secret', undefined],
    ['without its schema', undefined, 'elsewhere'],
  ])('says what to do with one prepared %s', async (_, secret, schema) => {
    const url = urlOf(addressOf(database.adminUrl), 'lanyard_gate', secret ?? database.secret)
    const gate = connect({ url, schema: schema ?? database.schema, max: 1, name: 'test' })
    await expect(authorityIn(gate)).rejects.toThrow(Unprepared)
    await gate.close()
  })

  test('reads which migrations there are and changes none', async () => {
    await expect(sql`update migrations set name = name`.execute(database.gate.kysely)).rejects.toThrow('permission denied')
    await expect(sql`select from migrations`.execute(database.web.kysely)).rejects.toThrow('permission denied')
  })
})
