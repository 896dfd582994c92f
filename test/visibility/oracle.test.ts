import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../harness/database.ts'
import { differences } from './compare.ts'
import { loosen, readTables, type Table } from './tables.ts'
import { inWords } from './words.ts'
import { aWorld, type World } from './world.ts'

/**
 * Random worlds, built and changed through the product's own functions; then every user reads, finds and writes what they can of every
 * protected table, at three times, and that is compared with the rules (model.ts). Other worlds in every run; a wrong policy is found within a few dozen (mutations.test.ts). WORLDS=20000 for a longer search, SEED=… to repeat one.
 */
const worlds = Number(process.env.WORLDS ?? 1_000)
const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647)
const opened: TestDatabase[] = []
afterAll(async () => {
  for (const database of opened) await database.close()
})

/** A database of its own, with its tables emptied now and then so that the thousandth world is as quick as the first. */
async function place(): Promise<{ check: (world: World) => Promise<string[]>; database: TestDatabase; tables: Table[] }> {
  const database = await freshDatabase()
  opened.push(database)
  await loosen(database.admin)
  const tables = await readTables(database.admin)
  let built = 0
  const check = async (world: World) => {
    if (built++ % 50 === 0)
      await database.admin.query(
        `truncate principals, authorities, agencies, service_areas, teams, team_services, roles, users, posts, held_principals, person_tokens, notices, ${tables.map(one => one.table).join(', ')}`,
      )
    return differences(database, tables, world)
  }
  return { check, database, tables }
}

// Two at once, each in its own database: the machine's cores share the work.
test.concurrent.each([0, 1])(
  '[U2] [E5] [E7] what everybody sees, finds and changes is what the rules say, in random worlds (%i)',
  async half => {
    const { check } = await place()
    let failedAt: number | undefined
    console.info(`Visibility: ${worlds / 2} worlds, SEED=${seed + half}`)
    await fc.assert(
      fc.asyncProperty(aWorld, async world => {
        // Made smaller for a minute at most; the smallest that failed by then is shown.
        if (failedAt !== undefined && Date.now() - failedAt > 60_000) return
        const found = await check(world)
        if (found.length > 0) failedAt ??= Date.now()
        expect(found.slice(0, 12), `${inWords(world)}\n\n${found.slice(0, 12).join('\n')}`).toEqual([])
      }),
      {
        numRuns: Math.ceil(worlds / 2),
        seed: seed + half,
        endOnFailure: false,
        interruptAfterTimeLimit: 1_500_000,
        markInterruptAsFailure: true,
      },
    )
  },
  1_600_000,
)
