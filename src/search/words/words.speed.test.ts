import { expect, test } from 'vitest'
import { actorOf, addAgency, addTeam, addUser } from '../../../test/factories/world.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Explained, expectNoScan } from '../../../test/harness/explain.ts'
import { textsStatement } from './find-texts.ts'
import { type Stretch, stretchesFrom, type Wanted } from './wanted.ts'

// What a search of words costs hangs on this: the policy's condition and the words are conditions of one index (decision 19).
const now = new Date('2026-11-20T10:00:00Z')
const every = stretchesFrom(now)

test.each<[string, Wanted, readonly (Stretch | undefined)[]]>([
  ['words in the latest weeks and before', { words: 'green parrot' }, every],
  [
    'a phrase, of one kind and author',
    { words: '"green parrot" -cage', source: 'note', authors: ['01a2204d-6f97-71ad-bd49-539c6ec0a3d9'] },
    every,
  ],
  ['words on some days', { words: 'parrot', days: { from: '2026-03-01' as never, to: '2026-03-31' as never } }, [undefined]],
  ['what is new', { words: 'parrot', recordedAfter: new Date('2026-11-01T00:00:00Z') }, [undefined]],
])('%s are found by the index, with their policy', async (_what, wanted, stretches) => {
  const database = await testDatabase()
  const actor = await actorOf(database, (await addUser(database, await addTeam(database, await addAgency(database)))).id)
  const explained = await expectNoScan(database, actor, ['texts'], () => textsStatement(wanted, stretches, 21))
  expect(conditionsOf(explained, 'texts_found')).toMatch(/readers && .*tsv @@ /)
})

test('words among the cases of one worker are looked for in the texts of these cases, not the cases among the texts with the words', async () => {
  const database = await testDatabase()
  const user = await addUser(database, await addTeam(database, await addAgency(database)))
  const wanted = { words: 'parrot', workers: [user.id] }
  const explained = await expectNoScan(database, await actorOf(database, user.id), ['texts'], () => textsStatement(wanted, [undefined], 21))
  expect(JSON.stringify(explained.plan)).toContain('ts_match_vq(tsv')
  expect(conditionsOf(explained, 'texts_found')).not.toMatch(/tsv @@ /)
})

/** The conditions that an index is asked with, as the plan tells them. */
function conditionsOf(explained: Explained, index: string): string {
  type Node = Record<string, unknown> & { Plans?: Node[] }
  const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)]
  return nodes(explained.plan as Node)
    .flatMap(node => (node['Index Name'] === index ? [String(node['Index Cond'])] : []))
    .join(' ')
}
