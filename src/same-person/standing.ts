import { seesEveryCaseOf } from '../access/index.ts'
import { mayEdit, type PersonRecord } from '../people/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** What somebody may do about two records that are of one person. */
export type Standing =
  /** Merge them. */
  | 'merge'
  /** Ask whoever may. Why not is not told: that a record holds a case which one does not see is itself not to be told. */
  | 'ask'
  | 'nothing'

/**
 * Whoever holds the right of it, sees every case of both records, and may change both, or works for the data controller, may merge; whoever may
 * change one of them may ask.
 */
export async function standingOn(tx: Tx, actor: Actor, records: readonly PersonRecord[]): Promise<Standing> {
  const editsAll = records.every(record => mayEdit(actor, record))
  const hasTheRight = may(actor, 'merge-people') && (editsAll || may(actor, 'commission'))
  if (
    hasTheRight &&
    (await seesEveryCaseOf(
      tx,
      records.map(record => record.id),
    ))
  )
    return 'merge'
  return records.some(record => mayEdit(actor, record)) ? 'ask' : 'nothing'
}
