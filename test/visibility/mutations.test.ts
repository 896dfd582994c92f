import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../harness/database.ts'
import { differences } from './compare.ts'
import { loosen, readTables } from './tables.ts'
import { aWorld } from './world.ts'

/** An oracle that never fails proves nothing: each of these policies is wrong in one way, in a database of its own, and must be found out. */
const opened: TestDatabase[] = []
afterAll(async () => {
  for (const database of opened) await database.close()
})

const list = (name: string) => `(nullif(current_setting('lanyard.${name}', true), ''))::int[]`
const reading = `readers && ${list('read_principals')}`
const notKeptOut = `(withheld && ${list('principals')}) is not true`

const mutations: [what: string, statement: string, found: RegExp][] = [
  ['a withholding is forgotten for notes', `alter policy readable on case_notes using (${reading})`, /READS case_notes/],
  ['a withholding is forgotten for people', `alter policy readable on people using (${reading})`, /READS people/],
  [
    'a restricted note is read by the whole team',
    `alter policy readable on timeline_entries using (${reading} and ${notKeptOut})`,
    /READS timeline_entries/,
  ],
  [
    'an administrator of users reads records',
    `alter policy readable on case_flags using (readers && ${list('principals')} and ${notKeptOut})`,
    /READS case_flags/,
  ],
  ['a withheld section is found by its words', `alter policy readable on texts using (${reading})`, /FINDS by its words|READS texts/],
  ['a reader may write', `alter policy changeable on plans using (${reading} and ${notKeptOut}) with check (true)`, /WRITES plans/],
  [
    'a share to read is a share of nothing',
    `alter policy readable on risk_levels using (editors && ${list('read_principals')} and ${notKeptOut})`,
    /does not read risk_levels/,
  ],
  [
    'whoever may read one of two people is told what they are to each other',
    `alter policy readable on relationships using (${reading} and ${notKeptOut})`,
    /READS relationships/,
  ],
  [
    'a member of a conversation reads on who may not see its case any more',
    `alter policy readable on messages using (named_readers && ${list('principals')})`,
    /READS messages/,
  ],
  [
    'an address that one agency keeps is read by whoever reads the person',
    `alter policy readable on person_addresses using (${reading} and ${notKeptOut})`,
    /READS person_addresses/,
  ],
  [
    'the history of such an address is read by somebody who has left that agency for another',
    `alter policy readable on person_versions using (${reading} and ${notKeptOut} and (named_readers is null or named_readers && ${list('principals')}))`,
    /READS person_versions/,
  ],
  ['everybody finds everybody', `alter policy found on person_tokens using (false)`, /does not find people/],
  ['the keeper may not rewrite documents', `drop policy kept on documents`, /documents/],
]

test.each(mutations)('the oracle finds out when %s', async (_, statement, found) => {
  const database = await freshDatabase()
  opened.push(database)
  await loosen(database.admin)
  await database.admin.query(statement)
  const tables = await readTables(database.admin)
  const outcome = await fc.check(
    fc.asyncProperty(aWorld, async world => {
      const said = await differences(database, tables, world)
      return !said.some(one => found.test(one))
    }),
    { numRuns: 400, seed: 20_260_302, endOnFailure: true },
  )
  expect(outcome.failed).toBe(true)
})
