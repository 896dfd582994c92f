import { type Compilable, CompiledQuery } from 'kysely'
import { type Actor, asActor } from '../../src/platform/actor.ts'
import type { Tx } from '../../src/platform/db/database.ts'
import type { TestDatabase } from './database.ts'

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Node[] } & Record<string, unknown>
export type Explained = { /** Tables that are read from end to end. */ scanned: string[]; indexes: string[]; plan: Node }
/** A Kysely query or a `sql` template; both compile to text and values. */
type Query = Compilable | { compile(tx: Tx): CompiledQuery }

/**
 * How PostgreSQL would answer this query for this actor, under row-level security. On an empty table a sequential scan is right, so the
 * planner is told to take one only where no index will do (`enable_seqscan = off`): what still scans could not do otherwise.
 */
export async function explainAs(database: TestDatabase, actor: Actor, query: (tx: Tx) => Query): Promise<Explained> {
  return asActor(database.web, actor, 'read', async tx => {
    await tx.executeQuery(CompiledQuery.raw('set local enable_seqscan = off'))
    const { sql: text, parameters } = query(tx).compile(tx)
    const { rows } = await tx.executeQuery<{ 'QUERY PLAN': [{ Plan: Node }] }>(
      CompiledQuery.raw(`explain (format json) ${text}`, [...parameters]),
    )
    const plan = rows[0]!['QUERY PLAN'][0].Plan
    const nodes = everyNode(plan)
    const named = (type: RegExp, name: 'Relation Name' | 'Index Name') =>
      [...new Set(nodes.filter(node => type.test(node['Node Type'])).map(node => String(node[name])))].sort()
    return { scanned: named(/^(Parallel )?Seq Scan$/, 'Relation Name'), indexes: named(/Index/, 'Index Name'), plan }
  })
}

/** Throws, with the plan, when one of these tables would be read from end to end: `await expectNoScan(database, actor, ['people'], tx => …)`. */
export async function expectNoScan(
  database: TestDatabase,
  actor: Actor,
  tables: readonly string[],
  query: (tx: Tx) => Query,
): Promise<Explained> {
  const explained = await explainAs(database, actor, query)
  const scanned = explained.scanned.filter(table => tables.includes(table))
  if (scanned.length > 0) throw new Error(`Read from end to end: ${scanned.join(', ')}\n${JSON.stringify(explained.plan, null, 1)}`)
  return explained
}

const everyNode = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)]
