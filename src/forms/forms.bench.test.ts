import { expect, test } from 'vitest'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser } from '../../test/factories/world.ts'
import { testDatabase } from '../../test/harness/database.ts'
import { asActor } from '../platform/actor.ts'
import { benchAutosave, benchRead, benchRender, benchSave } from './forms.bench.ts'
import { benchmarkDefinition } from './testing/benchmark-definition.ts'
import { release } from './testing/forms.ts'

// How fast is for `npm run bench` to say, on a machine with nothing else to do: here only that each benchmark does its work.
test('the benchmarks of forms run, and print what they find', async () => {
  const database = await testDatabase()
  const team = await addTeam(database, await addAgency(database))
  const user = await addUser(database, team)
  const theCase = await addCase(database, await addPerson(database, team), team)
  const actor = { ...(await actorOf(database, user.id)), administers: [0] }
  await asActor(database.web, actor, 'write', tx => release(tx, actor, benchmarkDefinition))
  const runs = Number(process.env.BENCH_RUNS ?? '5')
  const found = [
    benchRender(runs),
    benchRead(runs),
    await benchSave(database.web, actor, theCase.id, runs),
    await benchAutosave(database.web, actor, theCase.id, runs),
  ]
  for (const one of found) console.info(JSON.stringify(one))
  expect(found.every(one => one.runs === runs)).toBe(true)
})
