import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Due, Facts, Tag } from '../ui/index.ts'
import type { OfItem } from './frame.tsx'
import { mayWriteWords } from './own-rows.ts'
import { isOver, lastStep, type Review, reviewDues, reviewsFrom } from './review.ts'
import { type RecordedStep, reviewStepsOf, workingDays } from './review-steps.ts'
import { dueStepWords, stepWords } from './review-words.ts'

/** Where the latest review of an item stands, and what is due of it; the way to ask for one, to those who run the meeting. */
export async function ReviewPanel(visit: Visit, of: OfItem): Promise<VNode | null> {
  const { item, kind, series } = of
  if (!kind.review) return null
  const [review] = reviewsFrom((await reviewStepsOf(visit.tx, item.id)).filter(one => !one.withdrawnAt))
  const mayRecord = item.mayEdit && (await mayWriteWords(visit, of)) !== undefined
  if (!review && !mayRecord) return null
  const rules = series.reviewRules ?? kind.review.rules
  const dues = review && mayRecord ? reviewDues(review, rules, await workingDays(visit.tx)) : []
  return (
    <section aria-labelledby="review">
      <h2 class="govuk-heading-m" id="review">
        {kind.review.name} {review ? <ReviewTag review={review} /> : null}
      </h2>
      {review ? (
        <Facts
          items={[
            { label: 'Asked for', value: formatDate(review.steps[0].happenedOn) },
            lastStep(review) === review.steps[0]
              ? null
              : { label: 'Since then', value: stepWords[lastStep(review).step], second: formatDate(lastStep(review).happenedOn) },
            ...dues.map(due => ({ label: dueStepWords[due.step], value: <Due date={due.on} today={londonDate(visit.clock.now())} /> })),
          ]}
        />
      ) : (
        <p class="govuk-body">Nobody has asked for one.</p>
      )}
      <p class="govuk-body">
        {review ? (
          <a class="govuk-link" href={paths.meetings.review(item.id)}>
            {mayRecord && !isOver(review) ? 'Go on with the review' : 'The whole review'}
          </a>
        ) : (
          <a class="govuk-link" href={paths.meetings.reviewStep(item.id, 'asked')}>
            Somebody asks for one
          </a>
        )}
      </p>
    </section>
  )
}

export function ReviewTag({ review }: { review: Review<RecordedStep> }): VNode {
  if (isOver(review)) return <Tag text="over" classes="govuk-tag--grey" />
  const last = lastStep(review).step
  return last === 'asked' || last === 'acknowledged' ? (
    <Tag text="to be decided" classes="govuk-tag--yellow" />
  ) : last === 'met' ? (
    <Tag text="threshold met" classes="govuk-tag--orange" />
  ) : (
    <Tag text="to be told" classes="govuk-tag--yellow" />
  )
}
