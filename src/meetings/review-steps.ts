import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, wordsPart } from '../access/index.ts'
import { bankHolidays, calendarWithout, type WorkingCalendar } from '../dues/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import type { Party } from './meeting.ts'
import { mayFollow, type ReviewStep, type ReviewStepName, reviewsFrom } from './review.ts'

/** A step of a review as it was recorded: by those who run the meeting, read by whoever reads the item's free words. */
export type RecordedStep = ReviewStep & {
  id: string
  /** Who asked, where the reader sees them. */
  party: Pick<Party, 'familyName' | 'givenName'> | null
  askedAs: string
  complaints: number | null
  weighed: readonly string[]
  recommends: boolean | null
  words: string
  byName: string
  recordedAt: Date
  withdrawnAt: Date | null
}

/** All steps of an item's reviews in the order in which they were recorded, those that were taken back too. */
export async function reviewStepsOf(tx: Tx, itemId: string): Promise<RecordedStep[]> {
  const { rows } = await sql<RecordedStep>`
    select s.id, s.step, s.happened_on as "happenedOn",
      case when p.id is not null then json_build_object('familyName', p.family_name, 'givenName', p.given_name) end as party,
      s.asked_as as "askedAs", s.complaints, s.weighed, s.recommends, s.words, u.name as "byName", s.recorded_at as "recordedAt", s.withdrawn_at as "withdrawnAt"
    from meeting_review_steps s join users u on u.id = s.recorded_by left join meeting_parties p on p.id = s.party_id
    where s.item_id = ${itemId} order by s.recorded_at, s.id`.execute(tx)
  return rows
}

export type NewStep = {
  step: ReviewStepName
  happenedOn: PlainDate
  partyId?: string | null
  askedAs?: string
  complaints?: number
  weighed?: readonly string[]
  recommends?: boolean
  words?: string
}

/** Records a step where it may come next. `writer` is who must be able to write it, where they do not run the meeting. */
export async function recordStep(
  tx: Tx,
  actor: Actor,
  now: Date,
  itemId: string,
  step: NewStep,
  writer: readonly number[] = [],
): Promise<Result<void, 'not-now'>> {
  const lists = await listsForRowOfItem(tx, itemId, { audience: 'item', part: wordsPart, own: writer, outlasts: true })
  const stands = (await reviewStepsOf(tx, itemId)).filter(one => !one.withdrawnAt)
  if (!mayFollow(reviewsFrom(stands)[0], step.step)) return no('not-now')
  await sql`
    insert into meeting_review_steps (id, item_id, step, happened_on, party_id, asked_as, complaints, weighed, recommends, words, recorded_at, recorded_by, readers, editors, withheld)
    values (${uuid()}, ${itemId}, ${step.step}, ${step.happenedOn}, ${step.partyId ?? null}, ${step.askedAs ?? ''}, ${step.complaints ?? null}, ${[...(step.weighed ?? [])]}::text[],
      ${step.recommends ?? null}, ${step.words ?? ''}, ${now}, ${actor.userId}, ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(
    tx,
  )
  await auditItem(tx, actor, now, 'meeting-review-step', itemId, { step: step.step })
  return ok(undefined)
}

/** Takes the last step back, recorded by mistake: what went before stands again. */
export async function takeStepBack(tx: Tx, actor: Actor, now: Date, itemId: string, id: string): Promise<Result<void, 'not-the-last'>> {
  await listsForRowOfItem(tx, itemId, { audience: 'item' })
  const last = (await reviewStepsOf(tx, itemId)).filter(one => !one.withdrawnAt).at(-1)
  if (!last || last.id !== id) return no('not-the-last')
  await sql`
    update meeting_review_steps set withdrawn_at = ${now}, withdrawn_by = ${actor.userId} where id = ${id} and withdrawn_at is null`.execute(
    tx,
  )
  await auditItem(tx, actor, now, 'meeting-review-step-taken-back', itemId, { step: last.step })
  return ok(undefined)
}

/** The days on which a review's clock runs. */
export const workingDays = async (tx: Tx): Promise<WorkingCalendar> =>
  calendarWithout((await bankHolidays(tx)).filter(one => !one.withdrawnAt).map(one => one.on))
