import { sql } from 'kysely'
import { holdCase, listsForPart } from '../../access/index.ts'
import { type Timescales, timescalesFor } from '../../dues/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { stageOf } from '../stage.ts'
import type { CaseState } from '../status.ts'
import { followersMove } from './followed.ts'
import { keptMomentsOf } from './moments.queries.ts'
import { needsKept, noneKept, type WantedDue, wantedDues } from './wanted-dues.ts'

/** What is next because of one source, such as the case's tasks: the earliest of them. */
export type NextDue = { dueOn: PlainDate; words: string; href?: string }

/**
 * Says what is next on a case because of one source (`tasks`, `plan`, `forms`), or, with null, that nothing is. Lists of work sort by the
 * earliest over all sources. To be called in the transaction that changes the source.
 */
export async function noteDue(tx: Tx, caseId: string, source: string, due: NextDue | null): Promise<void> {
  if (due)
    await writeDue(tx, caseId, { source, ...due, ruleId: null, begunOn: null, opensOn: null, closesOn: null, answer: null }, due.href)
  else await tx.deleteFrom('case_dues').where('case_id', '=', caseId).where('source', '=', source).execute()
  await chooseNext(tx, caseId)
}

/** The dates that the rules give a case: its stage, its review, statutory clocks. To be called whenever what they count from may have changed. */
export async function writeStage(tx: Tx, caseId: string, state: CaseState): Promise<void> {
  const timescales = await timescalesFor(tx, state.serviceArea)
  await writeDues(tx, caseId, state, timescales)
  await chooseNext(tx, caseId, stageOf(state, timescales).words)
}

/** Makes the rows what the rules want. Answers whether any changed. Tasks that follow a date that moved are seen to by a job. */
export async function writeDues(tx: Tx, caseId: string, state: CaseState, timescales: Timescales): Promise<boolean> {
  const kept = needsKept(timescales) ? await keptMomentsOf(tx, caseId) : noneKept
  const standing = (await standingDues(tx, [caseId])).get(caseId) ?? []
  const { gone, changed } = differences(standing, wantedDues(state, timescales, kept))
  for (const due of changed) await writeDue(tx, caseId, due, hrefOf(caseId, due.source))
  if (gone.length > 0) {
    const sources = gone.map(row => row.source)
    await tx.deleteFrom('case_dues').where('case_id', '=', caseId).where('source', 'in', sources).execute()
  }
  const moved = [...gone, ...changed].map(one => one.source)
  if (moved.length > 0 && standing.some(row => row.isFollowed)) await followersMove(tx, caseId)
  return moved.length > 0
}

export type Standing = Pick<WantedDue, 'source' | 'dueOn' | 'words' | 'ruleId' | 'begunOn'> & { isFollowed: boolean }

/** The dates that rules gave these cases, as they stand in their rows. */
export async function standingDues(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, Standing[]>> {
  const { rows } = await sql<Standing & { caseId: string }>`
    select case_id as "caseId", source, due_on as "dueOn", words, rule_id as "ruleId", begun_on as "begunOn", is_followed as "isFollowed"
    from case_dues where case_id = any (${[...caseIds]}::uuid[]) and (source in ('stage', 'review') or source like 'rule/%')`.execute(tx)
  return Map.groupBy(rows, row => row.caseId)
}

/** What has to be written for the rows to be what is wanted. */
export function differences(standing: readonly Standing[], wanted: readonly WantedDue[]): { gone: Standing[]; changed: WantedDue[] } {
  return {
    gone: standing.filter(row => !wanted.some(one => one.source === row.source)),
    changed: wanted.filter(one => !standing.some(row => row.source === one.source && isSame(row, one))),
  }
}

const isSame = (row: Standing, due: WantedDue): boolean =>
  row.dueOn === due.dueOn && row.words === due.words && row.ruleId === due.ruleId && row.begunOn === due.begunOn

/** Where a rule's date is read in full. Stage and review lead to what has to be done, which depends on who looks. */
export const hrefOf = (caseId: string, source: string): string =>
  source.startsWith('rule/') ? paths.cases.date(caseId, source.slice('rule/'.length)) : ''

async function writeDue(tx: Tx, caseId: string, due: WantedDue, href = ''): Promise<void> {
  const { dueOn, words, ruleId, begunOn, opensOn, closesOn, answer } = due
  const values = { due_on: dueOn, words, href, rule_id: ruleId, begun_on: begunOn, opens_on: opensOn, closes_on: closesOn }
  // Another day is flagged anew.
  const changed = await tx
    .updateTable('case_dues')
    .set(row => ({
      ...values,
      flagged_at: row.case().when('due_on', '=', dueOn).then(row.ref('flagged_at')).else(null).end(),
      ...(answer ? { answer_set_id: answer.answerSetId, section: answer.section } : {}),
    }))
    .where('case_id', '=', caseId)
    .where('source', '=', due.source)
    .executeTakeFirst()
  if (changed.numUpdatedRows > 0n) return
  if (answer) {
    const lists = await listsForPart(tx, caseId, 'work', [answer])
    const place = { case_id: caseId, source: due.source, answer_set_id: answer.answerSetId, section: answer.section }
    await tx
      .insertInto('case_dues')
      .values({ ...place, ...values, ...lists })
      .execute()
    return
  }
  // The case, then its rows: nobody hides it from somebody between the lists that are read here and the row that carries them.
  await holdCase(tx, caseId)
  // Only for those who edit the whole case: somebody with a share of one part leaves the index to the next who does.
  await sql`
    with whole as (select readers, editors, withheld from caseload_entries where case_id = ${caseId} for update)
    insert into case_dues (case_id, source, due_on, words, href, rule_id, begun_on, opens_on, closes_on, readers, editors, withheld)
    select ${caseId}, ${due.source}, ${dueOn}, ${words}, ${href}, ${ruleId}::uuid, ${begunOn}::date, ${opensOn}::date, ${closesOn}::date, readers, editors, withheld
    from whole`.execute(tx)
}

/** The line of the caseload shows the earliest, of those that whoever reads the line may all see. */
export async function chooseNext(tx: Tx, caseId: string, stage?: string): Promise<void> {
  await sql`
    update caseload_entries set stage = coalesce(${stage ?? null}::text, stage),
      due_on = coalesce((select min(d.due_on) from case_dues d where d.case_id = ${caseId} and d.section is null), 'infinity'),
      next_step = coalesce((select d.words from case_dues d where d.case_id = ${caseId} and d.section is null order by d.due_on, d.source limit 1), '')
    where case_id = ${caseId}`.execute(tx)
}
