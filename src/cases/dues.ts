import { sql } from 'kysely'
import { holdCase } from '../access/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { type StageTargets, stageOf } from './stage.ts'
import type { CaseState } from './status.ts'

/** What is next because of one source, such as the case's tasks: the earliest of them. */
export type NextDue = { dueOn: PlainDate; words: string; href?: string }

/**
 * Says what is next on a case because of one source (`tasks`, `plan`, `forms`), or, with null, that nothing is. Lists of work sort by the
 * earliest over all sources. To be called in the transaction that changes the source.
 */
export async function noteDue(tx: Tx, caseId: string, source: string, due: NextDue | null): Promise<void> {
  await writeDue(tx, caseId, source, due)
  await chooseNext(tx, caseId)
}

/** The same for the stage that the case is in. */
export async function writeStage(tx: Tx, caseId: string, state: CaseState): Promise<void> {
  const now = stageOf(state, await targetsFor(tx, state.serviceArea))
  // A stage without a target is still the next step; it sorts last.
  const due = now.stage === 'ended' ? null : { dueOn: now.dueOn ?? ('infinity' as PlainDate), words: now.nextStep }
  await writeDue(tx, caseId, 'stage', due)
  // A review that was planned before the work has come to it is due beside the stage.
  const review = now.stage !== 'review' && now.stage !== 'ended' && state.reviewDueOn
  await writeDue(tx, caseId, 'review', review ? { dueOn: review, words: 'Hold the review' } : null)
  await chooseNext(tx, caseId, now.words)
}

export async function targetsFor(tx: Tx, serviceArea: string): Promise<StageTargets> {
  const rows = await tx
    .selectFrom('stage_targets')
    .select(['stage', 'days'])
    .where('service_area', 'in', ['', serviceArea])
    .orderBy('service_area')
    .execute()
  return Object.fromEntries(rows.map(row => [row.stage, row.days]))
}

async function writeDue(tx: Tx, caseId: string, source: string, due: NextDue | null): Promise<void> {
  if (!due) {
    await tx.deleteFrom('case_dues').where('case_id', '=', caseId).where('source', '=', source).execute()
    return
  }
  const values = { due_on: due.dueOn, words: due.words, href: due.href ?? '' }
  const changed = await tx
    .updateTable('case_dues')
    .set(values)
    .where('case_id', '=', caseId)
    .where('source', '=', source)
    .executeTakeFirst()
  if (changed.numUpdatedRows > 0n) return
  // The case, then its rows: nobody hides it from somebody between the lists that are read here and the row that carries them.
  await holdCase(tx, caseId)
  // Only for those who edit the whole case: somebody with a share of one part leaves the index to the next who does.
  await sql`
    with whole as (select readers, editors, withheld from caseload_entries where case_id = ${caseId} for update)
    insert into case_dues (case_id, source, due_on, words, href, readers, editors, withheld)
    select ${caseId}, ${source}, ${values.due_on}, ${values.words}, ${values.href}, readers, editors, withheld from whole`.execute(tx)
}

async function chooseNext(tx: Tx, caseId: string, stage?: string): Promise<void> {
  await sql`
    update caseload_entries set stage = coalesce(${stage ?? null}::text, stage),
      due_on = coalesce((select min(d.due_on) from case_dues d where d.case_id = ${caseId}), 'infinity'),
      next_step = coalesce((select d.words from case_dues d where d.case_id = ${caseId} order by d.due_on, d.source limit 1), '')
    where case_id = ${caseId}`.execute(tx)
}
