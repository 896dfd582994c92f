import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfItem } from './frame.tsx'
import { logOf } from './log.ts'
import { partyName } from './meeting.ts'
import { reviewsFrom } from './review.ts'
import { ReviewTag } from './review-panel.tsx'
import { reviewStepsOf } from './review-steps.ts'

/** The same in a line or two for whoever chairs: how much was logged, where a review stands, and the way to move somebody to another step. */
export async function BetweenInShort(
  { tx, actor }: Visit,
  { item, kind, parties }: Pick<OfItem, 'item' | 'kind' | 'parties'>,
): Promise<VNode | null> {
  const entries = kind.logs.length > 0 ? (await logOf(tx, actor, item.id, kind.logs)).filter(one => !one.withdrawnAt) : []
  const [review] = kind.review ? reviewsFrom((await reviewStepsOf(tx, item.id)).filter(one => !one.withdrawnAt)) : []
  const movable = parties.filter(one => one.role === kind.stages?.role)
  const logged = kind.logs.flatMap(log => {
    const [last, ...rest] = entries.filter(one => one.log === log.code)
    return last ? [{ log, last, count: rest.length + 1 }] : []
  })
  if (!review && movable.length === 0 && logged.length === 0) return null
  const link = (href: string, text: string) => (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
  return (
    <ul class="govuk-list">
      {movable.map(one => (
        <li key={one.id}>{link(paths.meetings.stage(item.id, one.id), `${kind.stages!.label} of ${partyName(one)}`)}</li>
      ))}
      {logged.map(({ log, last, count }) => (
        <li key={log.code}>
          {link(paths.meetings.log(item.id, log.code), log.title)}: {count}, the last on {formatDate(last.happenedOn)}
        </li>
      ))}
      {review ? (
        <li>
          {link(paths.meetings.review(item.id), kind.review!.name)} <ReviewTag review={review} />
        </li>
      ) : null}
    </ul>
  )
}
