import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { actorOf, addAgency, addTeam, addUser } from '../factories/world.ts'
import { testDatabase } from './database.ts'
import { expectNoScan, explainAs } from './explain.ts'

test('a query that an index serves under row-level security passes; one that reads everything does not', async () => {
  const database = await testDatabase()
  const actor = await actorOf(database, (await addUser(database, await addTeam(database, await addAgency(database)))).id)
  const byId = await expectNoScan(database, actor, ['people'], tx =>
    tx.selectFrom('people').select('id').where('id', '=', '00000000-0000-7000-8000-000000000000'),
  )
  expect(byId.indexes).toContain('people_pkey')
  await expect(expectNoScan(database, actor, ['people'], () => sql`select id from people where given_name like ${'%a%'}`)).rejects.toThrow(
    'Read from end to end: people',
  )
})

test('a token is sought by its index, policy and prefix at once', async () => {
  const database = await testDatabase()
  const actor = await actorOf(database, (await addUser(database, await addTeam(database, await addAgency(database)))).id)
  const found = await explainAs(
    database,
    actor,
    () =>
      sql`select person_id from person_tokens where principal = any (${[...actor.readPrincipals]}::int[]) and token >= ${'n:pen'} and token < ${'n:peo'}`,
  )
  expect(found).toMatchObject({ scanned: [], indexes: ['person_tokens_pkey'] })
})
