import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asActor } from '../../src/platform/actor.ts'
import { testDatabase } from '../harness/database.ts'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser } from './world.ts'

test('a worker of the team reads the case and the person; a worker of another team reads neither', async () => {
  const database = await testDatabase()
  const agency = await addAgency(database)
  const team = await addTeam(database, agency)
  const person = await addPerson(database, team)
  const theCase = await addCase(database, person, team)
  const mine = await addUser(database, team)
  const other = await addUser(database, await addTeam(database, agency))
  const seen = async (userId: string) =>
    asActor(database.web, await actorOf(database, userId), 'read', async tx => {
      const { rows } = await sql<{ n: number }>`
        select (select count(*)::int from cases where id = ${theCase.id}) + (select count(*)::int from people where id = ${person.id}) as n`.execute(
        tx,
      )
      return rows[0]?.n
    })
  expect(await seen(mine.id)).toBe(2)
  expect(await seen(other.id)).toBe(0)
})
