import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { listsFor, readsAnyOf } from './lists.ts'
import { knownOfAll } from './rewrite-case.ts'

/** Of which of these parts of a case the actor reads anything: for whoever reads the case itself by a share of some, or of one document. */
export async function partsOpenTo<Part extends string>(
  tx: Tx,
  actor: Actor,
  caseId: string,
  parts: readonly Part[],
): Promise<ReadonlySet<Part>> {
  const known = await asKeeper(tx, keeper => knownOfAll(keeper, [caseId]))
  const facts = known.get(caseId)?.facts
  if (!facts) return new Set()
  const lists = listsFor(facts)
  return new Set(parts.filter(part => readsAnyOf(lists, part, actor.readPrincipals)))
}

/** That somebody opened pages of a case: who, how often, first and last. Not what was on them. */
export type Opening = { userId: string; name: string; agency: number | null; first: Date; last: Date; times: number }

/**
 * Who opened a case since a moment, from the audit: whoever shares it may know that of those they shared it with, whose audit they do not read
 * otherwise. Throws unless the actor may edit the case.
 */
export async function openingsOf(tx: Tx, actor: Actor, caseId: string, since: Date): Promise<Opening[]> {
  const edited = await sql`select from cases where id = ${caseId} and editors && ${[...actor.writePrincipals]}::int[]`.execute(tx)
  if (edited.rows.length === 0) throw new Error('Who opened a case is told to those who may edit it.')
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<Opening>`
      select user_id as "userId", max(actor) as name, max(agency) as agency, min(at) as first, max(at) as last, count(distinct request_id)::int as times
      from audit_events where case_id = ${caseId} and at >= ${since} and user_id is not null and action <> 'page-refused' group by user_id order by max(at) desc`.execute(
      keeper,
    )
    return rows
  })
}
