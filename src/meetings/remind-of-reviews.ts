import { sql } from 'kysely'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate, startOfDay } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { addDays } from '../platform/plain-date.ts'
import type { Series } from './meeting.ts'
import { reviewDues, reviewsFrom } from './review.ts'
import { reviewStepsOf, workingDays } from './review-steps.ts'

/** Tells whoever runs a series once a week that a step of a review is due today or late: of what they read. */
export async function remindOfReviews(tx: Tx, actor: Actor, now: Date, series: Series): Promise<void> {
  const rules = series.reviewRules
  if (!rules) return
  const { rows } = await sql<{ itemId: string }>`
    select distinct s.item_id as "itemId" from meeting_review_steps s join meeting_items i on i.id = s.item_id
    where i.series_id = ${series.id} and s.withdrawn_at is null`.execute(tx)
  const calendar = await workingDays(tx)
  for (const { itemId } of rows) {
    const [review] = reviewsFrom((await reviewStepsOf(tx, itemId)).filter(one => !one.withdrawnAt))
    if (!review || !reviewDues(review, rules, calendar).some(due => due.on <= londonDate(now))) continue
    const href = paths.meetings.review(itemId)
    const told = await sql`
      select from notices where user_id = ${actor.userId}::uuid and meeting_item_id = ${itemId} and href = ${href}
        and at >= ${startOfDay(addDays(londonDate(now), -6))}`.execute(tx)
    if (told.rows.length > 0) continue
    await tellUsers(tx, now, {
      to: [actor.userId!],
      kind: 'meeting',
      words: 'The next step of a case review is due',
      href,
      meetingItemId: itemId,
    })
  }
}
