import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { type AnsweredIn, type KeptMoments, noneKept } from './wanted-dues.ts'

export type NewMoment = { moment: string; on: PlainDate; note?: string; answer?: AnsweredIn }

/** The latest recorded of each moment that no event of the case holds. */
export async function keptMomentsOf(tx: Tx, caseId: string): Promise<KeptMoments> {
  return (await keptMomentsOfMany(tx, [caseId])).get(caseId) ?? noneKept
}

/** The same for many cases at once, by their ids. */
export async function keptMomentsOfMany(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, KeptMoments>> {
  const { rows } = await sql<Row>`
    select distinct on (case_id, moment) case_id as "caseId", moment, on_date as on, answer_set_id as "answerSetId", section from case_moments
    where case_id = any (${[...caseIds]}::uuid[]) order by case_id, moment, recorded_at desc, id desc`.execute(tx)
  return new Map([...Map.groupBy(rows, row => row.caseId)].map(([caseId, theirs]) => [caseId, keptOf(theirs)]))
}

type Row = { caseId: string; moment: string; on: PlainDate; answerSetId: string | null; section: string | null }

function keptOf(rows: readonly Row[]): KeptMoments {
  const answers = rows.flatMap(({ moment, answerSetId, section }) =>
    answerSetId && section ? [[moment, { answerSetId, section }] as const] : [],
  )
  return { moments: new Map(rows.map(row => [row.moment, row.on])), answers: new Map(answers) }
}

/** Keeps a day that dates may count from. The caller has the dates worked out again (`writeStage`). */
export async function keepMoment(
  tx: Tx,
  actor: Actor,
  now: Date,
  caseId: string,
  { moment, on, note = '', answer }: NewMoment,
): Promise<string> {
  const id = uuid()
  const lists = await listsForPart(tx, caseId, 'work', answer ? [answer] : [])
  await tx
    .insertInto('case_moments')
    .values({
      id,
      case_id: caseId,
      moment,
      on_date: on,
      note,
      answer_set_id: answer?.answerSetId ?? null,
      section: answer?.section ?? null,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...lists,
    })
    .execute()
  return id
}
