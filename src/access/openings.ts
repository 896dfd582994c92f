import { sql } from 'kysely'
import { type Actor, asKeeper, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Lists, listsFor, readsAnyOf } from './lists.ts'
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

/** Parts by which somebody knows of a case and reads nothing of its work: what became of a referral of theirs; the person alone. */
const besideTheWork: ReadonlySet<string> = new Set(['referral', 'person'])

/** The cases among these of which the actor may know that there is one, and reads nothing of the work: whoever referred somebody sees what was decided, and no more. */
export async function knownWithoutTheWork(tx: Tx, actor: Actor, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const known = await asKeeper(tx, keeper => knownOfAll(keeper, caseIds))
  const reads = ({ readers }: Lists) => readers.some(reader => actor.readPrincipals.includes(reader))
  return new Set(
    caseIds.filter(id => {
      const facts = known.get(id)?.facts
      if (!facts) return true
      const { whole, parts } = listsFor(facts)
      return !reads(whole) && ![...parts].some(([part, lists]) => !besideTheWork.has(part) && reads(lists))
    }),
  )
}

/** That somebody opened pages of a case: who, how often, first and last. Not what was on them. */
export type Opening = { userId: string; name: string; agency: number | null; first: Date; last: Date; times: number }

/**
 * Who opened a case since a moment, from the audit: whoever shares it may know that of those they shared it with, whose audit they do not read
 * otherwise. Throws unless the actor may edit the case, or reads it as a commissioner.
 */
export async function openingsOf(tx: Tx, actor: Actor, caseId: string, since: Date): Promise<Opening[]> {
  const theirs = await sql`
    select from cases where id = ${caseId} and (${may(actor, 'commission')} or editors && ${[...actor.writePrincipals]}::int[])`.execute(tx)
  if (theirs.rows.length === 0) throw new Error('Who opened a case is told to those who may edit it, and to commissioners.')
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<Opening>`
      select user_id as "userId", max(actor) as name, max(agency) as agency, min(at) as first, max(at) as last, count(distinct request_id)::int as times
      from audit_events where case_id = ${caseId} and at >= ${since} and user_id is not null and action <> 'page-refused' group by user_id order by max(at) desc`.execute(
      keeper,
    )
    return rows
  })
}
