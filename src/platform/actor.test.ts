import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import { asActor, theSystem } from './actor.ts'
import { connect } from './db/database.ts'

test('on a connection that is new as on one that is not, whatever is asked first is asked as the actor', async () => {
  const { url, schema } = await testDatabase()
  const actor = { ...theSystem('Somebody'), principals: [7], readPrincipals: [7] }
  for (let turns = 0; turns < 12; turns++) {
    const fresh = connect({ url: url('lanyard_web'), schema, max: 1, name: 'test of one connection' })
    const seen = await asActor(fresh, actor, 'read', async tx => {
      // Something small is awaited before the first question.
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      const { rows } = await sql<{ principals: string }>`
        select current_setting('lanyard.principals', true) as principals where ${turns}::int is not null`.execute(tx)
      return rows[0]?.principals
    })
    await fresh.close()
    expect([turns, seen]).toEqual([turns, '{7}'])
  }
})
