import { timescalesFor } from '../../dues/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Case } from '../load-case.ts'
import { stageOf } from '../stage.ts'

/** By when its service says that somebody decides on a referral: for whoever made it too, who reads none of the team's dates. Null: it has set no time. */
export async function decideBy(tx: Tx, { status, serviceArea, state }: Case): Promise<PlainDate | null> {
  return status === 'referred' ? stageOf(state, await timescalesFor(tx, serviceArea)).dueOn : null
}
