import { sql } from 'kysely'
import { labelOf } from '../../lists/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { flagsOfCase, raiseFlag } from '../flags/flags.ts'
import { lockCase } from '../load-case.ts'

type Overdue = { caseId: string; source: string; words: string; dueOn: PlainDate; flagKind: string }

/**
 * Raises the flags of rules whose dates have passed, on the cases of this worker and those of these teams that nobody has. Once for a day
 * that passed: where it is resolved, another day must pass. Acts with the actor's rights and in no user's name.
 */
export async function flagOverdue(
  tx: Tx,
  actor: Actor,
  now: Date,
  today: PlainDate,
  { workerId, teamIds }: { workerId: string; teamIds: readonly string[] },
): Promise<void> {
  const { rows } = await sql<Overdue>`
    select d.case_id as "caseId", d.source, d.words, d.due_on as "dueOn", r.flag_kind as "flagKind"
    from caseload_entries w join case_dues d on d.case_id = w.case_id join due_rules r on r.id = d.rule_id
    where w.closed_on is null and (w.worker_id = ${workerId}::uuid or (w.worker_id is null and w.team_id = any (${[...teamIds]}::uuid[])))
      and r.flag_kind <> '' and d.due_on < ${today}::date and d.flagged_at is null order by d.case_id, d.source limit 500`.execute(tx)
  for (const { caseId, source, words, dueOn, flagKind } of rows) {
    const theCase = await lockCase(tx, actor, caseId)
    if (!theCase?.whole) continue
    const stands = (await flagsOfCase(tx, caseId)).some(flag => flag.kind === flagKind && flag.resolvedAt === null)
    const label = await labelOf(tx, 'flag-kind', flagKind)
    if (!stands)
      await raiseFlag(tx, actor, now, theCase, { kind: flagKind, label, note: `${words}: was due on ${formatDate(dueOn)}`, reviewOn: null })
    await sql`update case_dues set flagged_at = ${now} where case_id = ${caseId} and source = ${source}`.execute(tx)
  }
}
